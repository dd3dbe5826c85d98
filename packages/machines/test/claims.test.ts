import { claimsAsTests, readmeAsTest } from '@cookbook/lab/testing';
import { chapter } from '../src/claims.ts';

claimsAsTests(chapter);
readmeAsTest(chapter);
