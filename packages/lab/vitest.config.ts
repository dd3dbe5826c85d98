import { defineConfig } from 'vitest/config';
import { measured } from './src/testing/config.ts';

export default defineConfig(measured);
