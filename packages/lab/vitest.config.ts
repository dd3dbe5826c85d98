import { defineConfig } from 'vitest/config';
import { testConfig } from './src/testing/config.ts';

const rooms = ['cgroups', 'host', 'race', 'self-check', 'speedup', 'task'];

export default defineConfig(testConfig(rooms.map((room) => `test/${room}/*.test.ts`)));
