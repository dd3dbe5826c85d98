// A chapter's claims as tests, and the settings that every package's tests take.

export { claimsAsTests, readmeAsTest } from './claims.ts';
export type { TestReport } from './test-report.ts';
