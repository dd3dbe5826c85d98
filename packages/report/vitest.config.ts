import { measured } from '@cookbook/lab/test-config';
import { defineConfig } from 'vitest/config';

// Nothing is measured here: files may share the machine.
export default defineConfig({ test: { ...measured.test, fileParallelism: true, maxWorkers: 2 } });
