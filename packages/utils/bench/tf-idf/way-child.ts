// A process that vectorises the text one way: reads it once, then a line from stdin for each run, and answers with a line.

import { createInterface } from 'node:readline';
import { openWay } from './ways.ts';
import type { Run } from './ways.ts';
import { readText } from './text-file.ts';

const [file, way, task] = process.argv.slice(2) as [string, string, string];
const documents = readText(file);
const run = await openWay(way, task, documents);

for await (const _ of createInterface({ input: process.stdin })) {
  const start = performance.now();
  const before = process.cpuUsage();
  const entries = await run();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  const memory = process.resourceUsage().maxRSS / 1_024;
  console.log(JSON.stringify({ ms, cpu: (user + system) / 1_000, entries, memory } satisfies Run));
}
process.exit();
