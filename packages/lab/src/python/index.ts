// The posts' own programs, run by the Pythons of this machine.

export { pythonHalf, pythonRun, speedupOf } from './python-half.ts';
export type { ReadAnswer } from './python-half.ts';
export { findPythons, lookForPythons, runPython } from './python.ts';
export type { Python } from './python.ts';
