import { defineConfig } from 'vitest/config';
import { measured } from './src/vitest-config.ts';

export default defineConfig(measured);
