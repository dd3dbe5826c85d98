// Writes the picture of the reality check into README.md, from a run on this machine: `pnpm readme`.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { fillBlock } from '@cookbook/lab/show';

const root = new URL('../', import.meta.url);
const program = fileURLToPath(new URL('packages/processes/src/main.ts', root));

const run = spawn(process.execPath, [program, 'reality-check'], { stdio: ['ignore', 'pipe', 'inherit'] });
const closed = once(run, 'close');
const output = Buffer.concat(await run.stdout.toArray()).toString();
const [status] = await closed;
if (status !== 0) throw new Error(`Expected the reality check to end with status 0, got ${status}:\n${output}`);

// From the host to the table and the verdict; the figures below repeat the table.
const picture = output.slice(output.indexOf('\n') + 1, output.indexOf('The posts say:')).trim();
const readme = new URL('README.md', root);
await writeFile(readme, fillBlock(await readFile(readme, 'utf8'), 'reality-check', `\`\`\`text\n${picture}\n\`\`\``));
