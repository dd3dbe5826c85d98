import { measuredAfter } from '@cookbook/lab/vitest-config';
import { defineConfig } from 'vitest/config';

export default defineConfig(measuredAfter);
