import { LabError } from '../../labError.ts';

export function refusePng(what: string, remedy: string): never {
  throw new LabError({ code: 'png/unreadable', what, remedy });
}
