import { testConfig } from '@cookbook/lab/test-config';
import { defineConfig } from 'vitest/config';

export default defineConfig(testConfig());
