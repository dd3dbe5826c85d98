import { claimsAsTests } from '@cookbook/lab/vitest';
import { chapter } from '../src/claims.ts';

claimsAsTests(chapter);
