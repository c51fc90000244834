import type { LabErrorInfo } from '../../kernels/index.ts';

/** What kept a file from opening, with the file's name. */
export const faultOf = (name: string, error: LabErrorInfo): LabErrorInfo => ({ ...error, what: `“${name}”: ${error.what}` });

/** All that could not be opened in one notice, one line each; undefined where everything could. */
export function faultsTogether(faults: readonly LabErrorInfo[]): LabErrorInfo | undefined {
  if (faults.length < 2) return faults[0];
  const lines = faults.map(({ what, remedy }) => `${what} ${remedy}`);
  return { code: 'open/several', what: `${String(faults.length)} files could not be opened.\n${lines.join('\n')}`, remedy: 'What else was chosen is open.' };
}
