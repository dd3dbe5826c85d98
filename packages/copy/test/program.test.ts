import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runProgram } from '../src/testing/program.ts';

let cwd: string;

beforeEach(() => {
  cwd = mkdtempSync(path.join(tmpdir(), 'cookbook-program-'));
  writeFileSync(path.join(cwd, 'package.json'), '{ "type": "module" }');
});
afterEach(() => rmSync(cwd, { recursive: true, force: true, maxRetries: 5 }));

test.each([
  ['prints and ends', 'const text: string = "done"; console.log(text);'],
  [
    'uses what is experimental',
    'process.emitWarning("It is experimental", "ExperimentalWarning"); setTimeout(() => console.log("done"), 50);',
  ],
  ['finds none of the variables of a test runner', 'console.log(process.env.NODE_ENV === undefined ? "done" : "");'],
])('nothing is wrong with a program that %s', async (_, text) => {
  expect(await run(text)).toEqual([]);
});

test.each([
  ['fails a check', 'console.log(1); process.exit(3);', ['Expected status 0, got 3']],
  [
    'is killed',
    'console.log(1); process.kill(process.pid, "SIGKILL"); setTimeout(() => {}, 5_000);',
    [/^Expected status 0, got/],
  ],
  [
    'warns',
    'console.log(1); process.emitWarning("old", "DeprecationWarning");',
    [/^Expected nothing on stderr, got:\n.*old/],
  ],
  ['says nothing', '1;', ['Expected it to print a line, got nothing']],
  ['does not end', 'console.log(1); setInterval(() => {}, 1_000);', ['Expected it to end within 1500 ms, got no end']],
])('it is said of a program that it %s', async (_, text, wrong) => {
  const said = await run(text, 1_500);
  expect(said).toHaveLength(wrong.length);
  wrong.forEach((each, index) => expect(said[index]).toMatch(each));
});

test.skipIf(process.platform === 'win32')(
  'it is said of a program that it leaves a process behind, which is ended',
  async () => {
    const child = 'spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit" })';
    const text = `import { spawn } from "node:child_process"; const { pid } = ${child}; console.log(pid);
    (await import("node:fs")).writeFileSync("pid", String(pid)); process.exit(0);`;
    expect(await run(text)).toEqual(['Expected no process to be left behind, got one']);
  },
);

function run(text: string, limit = 20_000): Promise<string[]> {
  writeFileSync(path.join(cwd, 'program.ts'), text);
  return runProgram({ node: process.execPath, cwd, program: 'program.ts', limit });
}
