import { claimsAsTests, readmeAsTest } from '@cookbook/lab/vitest';
import { chapter } from '../src/claims.ts';

claimsAsTests(chapter);
readmeAsTest(chapter);
