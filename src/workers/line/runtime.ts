/** What a browser tells of itself: its name with its version, and its system in its own words. */
export function browserOf(userAgent: string): { readonly name: string; readonly system: string | undefined } {
  const [, name, version] = /(Firefox|Edg|Chrome|Version)\/(\d+)/.exec(userAgent) ?? [];
  const [, system] = /\(([^()]+)\)/.exec(userAgent) ?? [];
  return { name: name === undefined || version === undefined ? userAgent : `${name} ${version}`, system };
}
