// Text for people: verdicts in words, tables and drawings on a terminal, the written parts of a README, JSON.

export { asNote, logChart } from './chart.ts';
export { claimToJson, pythonsOf, wordsOf } from './json.ts';
export type { ClaimWords, JsonClaim, JsonReport } from './json.ts';
export { compareBlock, fillBlock, measuredOn, verdictsBlock, writeBlock } from './readme.ts';
export type { Block } from './readme.ts';
export { bold, dim, drawCores, openScreen, sparkline, styleMark, table, wrap } from './terminal.ts';
export { claimsOf, describeHost, describeVerdict, markOf, VERDICT_WORDS } from './wording.ts';
