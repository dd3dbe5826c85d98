// Faults that locks have had, or might have: each is put into the real source, and the explorer has to find it.

import type { Fault } from '../stepping/load.ts';

/** A fault, with the beginning of the name of the scenario that shows it and what is found wrong there. */
export interface KnownFault extends Fault {
  readonly name: string;
  readonly scenario: string;
  readonly wrong: RegExp;
}

/** What is wrong after a wake that was lost. */
export const NOBODY = /wait, and nobody is left to wake them/;
