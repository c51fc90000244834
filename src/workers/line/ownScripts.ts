/**
 * The policy through which every address of a script goes where the site's headers ask for trusted types: workers, also those that
 * libraries start, come from this site or from nowhere. To be imported by whatever starts a worker.
 */
interface TrustedTypes {
  createPolicy(name: 'default', rules: { readonly createScriptURL: (address: string) => string }): unknown;
}

const hasTrustedTypes = (host: object): host is { readonly trustedTypes: TrustedTypes } => 'trustedTypes' in host;

/** @throws TypeError for an address of another origin */
export function ownAddress(address: string, base: string): string {
  // The origin of a blob is that of the page that made it.
  if (new URL(address, base).origin !== new URL(base).origin) throw new TypeError(`Scripts come from ${new URL(base).origin} alone, not from ${address}.`);
  return address;
}

const scope: object = globalThis;
if (hasTrustedTypes(scope)) scope.trustedTypes.createPolicy('default', { createScriptURL: (address) => ownAddress(address, location.href) });
