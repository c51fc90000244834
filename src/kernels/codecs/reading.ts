import type { Image } from '../image/types.ts';
import { checkPossible } from './header.ts';
import type { Claim } from './header.ts';

/** How near the numbers are to those of the file: its own; brought to another scale; or, because it is cut or contradicts itself, perhaps not what was stored. */
export type Fidelity = 'exact' | 'scaled' | 'damaged';

/** What a reader made of a file. */
export interface Reading {
  readonly image: Image;
  /** What is odd about the file, a sentence each. */
  readonly warnings: readonly string[];
  readonly fidelity: Fidelity;
}

/** Asked with all that a reader will allocate, before it does. @throws LabError `memory/…` to refuse */
export type Admit = (claim: Claim) => void;

export const admitPossible: Admit = checkPossible;

/** A file can be odd in a million places: more sentences than this are counted only. */
const MOST_WARNINGS = 20;

/** Collects what a reader finds odd on its way. */
export class Findings {
  private readonly warnings: string[] = [];
  private unsaid = 0;
  private fidelity: Fidelity = 'exact';

  /** Nothing that the samples depend on. */
  note(warning: string): void {
    if (this.warnings.length < MOST_WARNINGS) this.warnings.push(warning);
    else this.unsaid += 1;
  }

  scaled(warning: string): void {
    if (this.fidelity === 'exact') this.fidelity = 'scaled';
    this.note(warning);
  }

  /** Something that leaves it open whether these are the samples that were stored. */
  damaged(warning: string): void {
    this.fidelity = 'damaged';
    this.note(warning);
  }

  reading(image: Image): Reading {
    const warnings = this.unsaid === 0 ? this.warnings : [...this.warnings, `There are ${String(this.unsaid)} more faults like these.`];
    return { image, warnings, fidelity: this.fidelity };
  }
}
