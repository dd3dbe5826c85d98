// Text for people: verdicts in words, tables and drawings on a terminal, the written parts of a README, JSON.

export { asNote, logChart } from './chart.ts';
export { claimToJson, toJson } from './json.ts';
export type { JsonClaim, JsonReport } from './json.ts';
export { fillBlock, readBlock, readmeCells, verdictsTable, writeVerdicts } from './readme.ts';
export { bold, dim, drawCores, openScreen, sparkline, styleVerdict, table, wrap } from './terminal.ts';
export { describeHost, describeVerdict, summarize, VERDICT_WORDS } from './wording.ts';
