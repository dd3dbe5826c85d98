import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from '@cookbook/lab/command';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { copy } from '../src/copy.ts';
import type { CopyRequest } from '../src/copy.ts';
import { describeRecipe } from '../src/recipe/describe.ts';
import { copyPart, headerPart, nodeOf } from '../src/recipe/header.ts';
import { compareVersions, installCommands, needsOf, readCatalog } from '../src/recipe/needs.ts';
import { findRecipes } from '../src/recipe/recipes.ts';
import { readReferences } from '../src/recipe/references.ts';

let top: string;
let root: string;
let target: string;

beforeEach(() => {
  top = mkdtempSync(path.join(tmpdir(), 'cookbook-copy-'));
  root = path.join(top, 'cookbook');
  target = path.join(top, 'lib');
  write('package.json', '{ "version": "1.2.3" }');
  write('LICENSE', 'MIT License\n\nCopyright (c) 2026 the authors\n');
  write(
    'pnpm-workspace.yaml',
    "catalog:\n  '@types/node': 26.0.0\n  '@types/ws': 8.0.1\n  piscina: 5.0.0\n  ws: 8.0.0\n",
  );
  writeRecipe('threads/lock', 'export const lock = 1;\n');
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

test('a recipe is copied with what it reaches in its folder and in a neighbour, and nothing else is', () => {
  writeRecipe('threads/lock', "export * from './words.ts';\n", {
    'words.ts': 'export type Word = number;\n',
    'rig.ts': 'export {};\n',
    'proof/rig.ts': 'export {};\n',
  });
  writeRecipe(
    'threads/race',
    [
      "import type { Word } from '../lock/recipe.ts';",
      "import { Worker } from 'node:worker_threads';",
      "export const start = () => new Worker(new URL('./count-task.ts?now', import.meta.url));",
      'export const word: Word = 1;',
    ].join('\n'),
    { 'count-task.ts': "const { limit } = await import('./limit.ts');\n", 'limit.ts': 'export const limit = 1;\n' },
  );
  const { written, problems } = run('threads/race');
  expect(problems).toEqual([]);
  const names = ['lock/recipe.ts', 'lock/words.ts', 'race/count-task.ts', 'race/limit.ts', 'race/recipe.ts'];
  expect(written.map(nameInTarget)).toEqual(names);
  expect(names.every((name) => existsSync(path.join(target, name)))).toBe(true);
});

test('a kernel of WebAssembly is copied byte for byte, and with the source that it is compiled from', () => {
  const reads = "export const bytes = readFileSync(new URL('./KERNEL.wasm', import.meta.url));\n";
  const wasm = '\0asm\x01\0\0\0';
  writeRecipe(
    'threads/lock',
    reads.replace('KERNEL', 'max') + reads.replace('bytes', 'more').replace('KERNEL', 'sum'),
    {
      'max.wasm': wasm,
      'max.as.ts': '// @ts-nocheck AssemblyScript\nexport function max(): f64 { return 1; }\n',
      'sum.wasm': wasm,
    },
  );
  const { written, problems } = run('threads/lock');
  expect(problems).toEqual([]);
  expect(written.map(nameInTarget)).toEqual(['lock/max.as.ts', 'lock/max.wasm', 'lock/recipe.ts', 'lock/sum.wasm']);
  expect(read('lock/max.wasm')).toBe(wasm);
});

test('the first line of a copied module says where it comes from, and the rest is the file', () => {
  run('threads/lock');
  const [first, ...rest] = read('lock/recipe.ts').split('\n');
  expect(first).toBe(
    '// From the Concurrency Cookbook 1.2.3, packages/threads/src/lock/recipe.ts. MIT License, Copyright (c) 2026 the authors.',
  );
  expect(rest.join('\n')).toBe(readFileSync(path.join(root, 'packages/threads/src/lock/recipe.ts'), 'utf8'));
});

test('in a clone the first line names the commit', () => {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
      cwd: root,
      encoding: 'utf8',
    });
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message', 'First');
  run('threads/lock');
  expect(read('lock/recipe.ts')).toContain(`1.2.3 (commit ${git('rev-parse', '--short', 'HEAD').trim()}), packages/`);
});

test('what is no module is copied byte for byte', () => {
  writeRecipe('threads/lock', "export const words = new URL('words.txt', import.meta.url);\n", {
    'words.txt': 'a\r\nb\n',
  });
  run('threads/lock');
  expect(read('lock/words.txt')).toBe('a\r\nb\n');
});

describe('a recipe cannot be copied, and nothing is written, where it', () => {
  test.each([
    [
      'imports a package of the cookbook',
      "import { x } from '@cookbook/lab/claim';",
      "imports '@cookbook/lab/claim', which is a package of the cookbook",
    ],
    ['imports types of one', "import type { X } from '@cookbook/lab/claim';", "imports '@cookbook/lab/claim'"],
    ['imports a file that is not there', "import { x } from './gone.ts';", "imports './gone.ts', which is no file"],
    [
      'imports of proof/',
      "import { x } from './proof/rig.ts';",
      "imports './proof/rig.ts', which lies outside the recipes of threads",
    ],
    ['exports of its chapter', "export * from '../common.ts';", "imports '../common.ts', which lies outside"],
    [
      'imports of a folder that is no recipe',
      "import '../tools/tool.ts';",
      "imports '../tools/tool.ts', which lies outside",
    ],
    ['imports of another chapter', "import '../../../processes/src/kill/recipe.ts';", 'which lies outside'],
    [
      'starts a file of proof/',
      "new URL('./proof/rig.ts', import.meta.url);",
      "imports './proof/rig.ts', which lies outside",
    ],
    ['imports a claim', "import '../other/claim.ts';", "imports '../other/claim.ts', which is a claim"],
    [
      'names a file by a variable',
      'const name = ""; new URL(name, import.meta.url);',
      'has `new URL(name, import.meta.url)`: write',
    ],
    ['names its folder', 'export const here = import.meta.dirname;', 'has `import.meta.dirname`: write'],
    [
      'needs a package of no catalog',
      "import 'left-pad';",
      "threads/lock needs 'left-pad', which is not in the catalog",
    ],
  ])('%s', (_, line, problem) => {
    writeRecipe('threads/lock', `${line}\n`, { 'proof/rig.ts': '' });
    writeRecipe('threads/other', 'export {};\n');
    writeRecipe('processes/kill', 'export {};\n');
    write('packages/threads/src/common.ts', '');
    write('packages/threads/src/tools/tool.ts', '');
    const { problems, written } = run('threads/lock');
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
    if (!problem.startsWith('threads/')) expect(problems[0]).toMatch(/^packages\/threads\/src\/lock\/recipe\.ts:3 /);
    expect(written).toEqual([]);
    expect(existsSync(target)).toBe(false);
  });

  test('a file that it reaches does so: the message names that file, and the first line', () => {
    const part = "\nimport '@cookbook/threads';\nimport type { X } from '@cookbook/threads';\n";
    writeRecipe('threads/lock', "import './part.ts';\n", { 'part.ts': part });
    expect(run('threads/lock').problems).toEqual([
      "packages/threads/src/lock/part.ts:2 imports '@cookbook/threads', which is a package of the cookbook",
    ]);
  });

  test('meets one of its name of another chapter', () => {
    writeRecipe('processes/lock', 'export const lock = 2;\n');
    expect(run('threads/lock', 'processes/lock').problems).toEqual([
      expect.stringContaining('copy them into two folders'),
    ]);
    expect(existsSync(target)).toBe(false);
  });
});

describe('a file that is there already', () => {
  test('and differs stops the whole copy before anything is written', () => {
    writeRecipe('threads/race', "import '../lock/recipe.ts';\n");
    run('threads/lock');
    writeFileSync(path.join(target, 'lock/recipe.ts'), 'mine\n');
    const { written, differing } = run('threads/race');
    expect(written).toEqual([]);
    expect(differing.map(nameInTarget)).toEqual(['lock/recipe.ts']);
    expect(existsSync(path.join(target, 'race'))).toBe(false);
    expect(read('lock/recipe.ts')).toBe('mine\n');
  });

  test('and differs is overwritten with force', () => {
    run('threads/lock');
    writeFileSync(path.join(target, 'lock/recipe.ts'), 'mine\n');
    expect(run('threads/lock', { force: true }).written.map(nameInTarget)).toEqual(['lock/recipe.ts']);
    expect(read('lock/recipe.ts')).toContain('export const lock = 1;');
  });

  test('and is the same is left as it is, whatever the version that it came from and its line ends', () => {
    run('threads/lock');
    const file = path.join(target, 'lock/recipe.ts');
    writeFileSync(file, read('lock/recipe.ts').replace('1.2.3', '1.0.0').replaceAll('\n', '\r\n'));
    const { mtimeMs } = statSync(file);
    const { written, same, differing } = run('threads/lock');
    expect([written, differing, same.map(nameInTarget)]).toEqual([[], [], ['lock/recipe.ts']]);
    expect(statSync(file).mtimeMs).toBe(mtimeMs);
  });
});

test('a dry run says what it would write, and writes nothing', () => {
  expect(run('threads/lock', { dryRun: true }).written.map(nameInTarget)).toEqual(['lock/recipe.ts']);
  expect(existsSync(target)).toBe(false);
});

test('a target whose parent does not exist, or that is a file, is wrong usage', () => {
  expect(() => run('threads/lock', { target: path.join(top, 'no/lib') })).toThrow(UsageError);
  expect(() => run('threads/lock', { target: path.join(root, 'LICENSE') })).toThrow('to be a folder, got a file');
});

test('an unknown recipe is wrong usage, with the nearest one where there is one', () => {
  expect(() => run('threads/lokc')).toThrow("unknown recipe 'threads/lokc': did you mean 'threads/lock'?");
  expect(() => run('lock')).toThrow("unknown recipe 'lock': did you mean 'threads/lock'?");
  expect(() => run('processes/everything')).toThrow('--list shows those that there are');
});

test('packages come with the versions of the catalog and with their types', () => {
  const needs = needsOf(['piscina', 'ws', 'unheard-of'], readCatalog(root));
  expect(needs).toEqual({
    packages: { piscina: '5.0.0', ws: '8.0.0' },
    types: { '@types/node': '26.0.0', '@types/ws': '8.0.1' },
    missing: ['unheard-of'],
  });
  expect(installCommands(needs)).toEqual([
    'npm install piscina@5.0.0 ws@8.0.0',
    'npm install --save-dev @types/node@26.0.0 @types/ws@8.0.1',
  ]);
  expect(installCommands({ packages: {}, types: {} })).toEqual([]);
});

test.each([
  ['22.18', '22.23.3'],
  ['24', '24.2'],
  ['24.9.1', '24.10'],
  ['22.23.3', '24'],
])('version %s is older than %s', (older, newer) => {
  expect(compareVersions(older, newer)).toBeLessThan(0);
  expect(compareVersions(newer, older)).toBeGreaterThan(0);
});

test('a description has the text that belongs under Copy: own files first, then neighbours, packages, Node', () => {
  writeRecipe('threads/aaa', 'export {};\n', { 'zzz.ts': '' });
  writeRecipe(
    'threads/race',
    "import 'ws';\nimport 'piscina/dist';\nimport './b.ts';\nimport './a.ts';\nimport '../aaa/zzz.ts';\nimport 'node:fs';\nimport 'path';\n",
    { 'a.ts': '', 'b.ts': '' },
    ['Copy       nothing yet; Node 24', '           or newer'],
  );
  expect(describeOf('threads/race').copy).toBe(
    'recipe.ts, a.ts, b.ts, ../aaa/zzz.ts; npm: piscina, ws; Node 24 or newer',
  );
  expect(describeOf('threads/lock').copy).toBe('recipe.ts; Node 22 or newer');
});

test('a description has the question of the claim, or the first sentence of the header', () => {
  expect(describeOf('threads/lock').question).toBe('Locks lock v1.0 alike.');
  write(
    'packages/threads/src/lock/claim.ts',
    "export default defineClaim({ id: 'threads/lock', question: 'Does it lock?' });",
  );
  expect(describeOf('threads/lock').question).toBe('Does it lock?');
});

test('a folder without a claim is no recipe', () => {
  write('packages/threads/src/tools/recipe.ts', '');
  writeRecipe('async-io/files', '');
  expect(findRecipes(root).map(({ id }) => id)).toEqual(['async-io/files', 'threads/lock']);
});

describe('references', () => {
  test('are read from imports, exports, types, URLs and calls; not from comments and strings', () => {
    const text = [
      "import a, { type B } from './1.ts';",
      "import type { C } from './2.ts';",
      "import './3.ts';",
      "export { d } from './4.ts';",
      "export type * from './5.ts';",
      "type E = import('./6.ts').E;",
      "await import('./7.ts');",
      "new Worker(new URL('./8.ts', import.meta.url), { execArgv: [] });",
      'new URL(`9.ts`, import.meta.url);',
      "import.meta.resolve('10');",
      "require('./11.ts');",
      'import {',
      '  several,',
      "} from './13.ts';",
      "// import './comment.ts'",
      "const text = `import './string.ts'`;",
      "new URL('./elsewhere.ts', base);",
      "new URL('https://nodejs.org/', import.meta.url);",
      'await import(variable);',
      'fork(fileURLToPath(import.meta.url));',
    ].join('\n');
    const { found, unreadable } = readReferences('x.ts', text);
    expect(found.map(({ specifier, line }) => `${line} ${specifier}`)).toEqual([
      ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `${n} ./${n}.ts`),
      '10 10',
      '11 ./11.ts',
      '12 ./13.ts',
    ]);
    expect(unreadable).toEqual([]);
  });

  test('of a text that is no TypeScript are an error', () => {
    expect(() => readReferences('x.ts', 'import {')).toThrow(SyntaxError);
  });
});

describe('the header', () => {
  const text =
    '// Claim      One.\n//            Two.\n// Copy       recipe.ts; Node 24.2 or newer\n// Run        it\n\n// Claim      not this\n';

  test.each([
    ['Claim', 'One. Two.'],
    ['Copy', 'recipe.ts; Node 24.2 or newer'],
    ['Run', 'it'],
    ['Mechanism', undefined],
  ])('has under %s its lines joined', (head, part) => expect(headerPart(text, head)).toBe(part));

  test('asks for a Node', () => {
    expect(nodeOf(headerPart(text, 'Copy'))).toBe('24.2');
    expect(nodeOf('recipe.ts')).toBeUndefined();
    expect(nodeOf(copyPart(['recipe.ts'], ['pg'], '26'))).toBe('26');
  });
});

describe('the command', () => {
  const call = (...args: string[]) => {
    const program = fileURLToPath(new URL('../src/main.ts', import.meta.url));
    return spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', cwd: top });
  };

  test('copies into a folder given from where it stands, says what it needs, and copies nothing twice', () => {
    const first = call('threads/cpu-scaling', 'lib');
    expect(first).toMatchObject({ status: 0, stderr: '' });
    expect(first.stdout).toMatch(
      /cpu-scaling\/recipe\.ts\n[^]*npm install --save-dev @types\/node@[\d.]+\n[^]*Node 22/,
    );
    expect(call('threads/cpu-scaling', 'lib').stdout).toContain('Nothing to write');
    writeFileSync(path.join(target, 'cpu-scaling/recipe.ts'), 'mine\n');
    expect(call('threads/cpu-scaling', 'lib')).toMatchObject({ status: 1, stdout: '' });
    const { status, stdout } = call('threads/cpu-scaling', 'lib', '--json');
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      written: [],
      differing: [path.join(target, 'cpu-scaling', 'recipe.ts')],
    });
    expect(call('threads/cpu-scaling', 'lib', '--force').status).toBe(0);
  });

  test('lists every recipe', () => {
    expect(call('--list').stdout).toMatch(/^threads\/cpu-scaling +\S/m);
    const { recipes } = JSON.parse(call('--list', '--json').stdout) as { recipes: unknown[] };
    expect(recipes).toContainEqual(
      expect.objectContaining({
        id: 'threads/cpu-scaling',
        files: expect.arrayContaining(['packages/threads/src/cpu-scaling/recipe.ts']),
      }),
    );
  });

  test.each([
    [[], 'Expected recipes and a folder'],
    [['threads/cpu-scaling'], 'Expected a folder after the recipes'],
    [['lib'], 'Expected recipes before the folder'],
    [['threads/cpu-scaling', 'threads/cpu-scaling'], 'Expected a folder after the recipes'],
    [['threads/cpu-scalign', 'lib'], "did you mean 'threads/cpu-scaling'?"],
    [['threads/cpu-scaling', 'no/lib'], 'to exist, to make lib in it'],
    [['--list', 'lib'], 'Expected --list without recipes'],
    [['--froce'], 'Did you mean --force?'],
  ])('ends with status 2 and one line for %j', (args, message) => {
    const { status, stdout, stderr } = call(...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr.trim()).not.toContain('\n');
    expect(stderr).toContain(message);
  });
});

function run(...args: (string | Partial<CopyRequest>)[]) {
  const recipes = args.filter((arg) => typeof arg === 'string');
  return copy({ root, recipes, target, ...args.find((arg) => typeof arg !== 'string') });
}

function describeOf(id: string) {
  return describeRecipe(
    root,
    readCatalog(root),
    findRecipes(root).find((recipe) => recipe.id === id)!,
  );
}

/** Two lines of header, then the body. */
function writeRecipe(id: string, body: string, others: Record<string, string> = {}, header = ['Run        it']): void {
  const [chapter, name] = id.split('/');
  const folder = `packages/${chapter}/src/${name}`;
  const lines = ['Claim      Locks lock v1.0 alike. Always.', ...header].map((line) => `// ${line}\n`);
  write(`${folder}/recipe.ts`, `${lines.join('')}${body}`);
  write(`${folder}/claim.ts`, `import { defineClaim } from '@cookbook/lab/claim';\n`);
  for (const [file, text] of Object.entries(others)) write(`${folder}/${file}`, text);
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

function read(name: string): string {
  return readFileSync(path.join(target, name), 'utf8');
}

function nameInTarget(file: string): string {
  return path.relative(target, file).split(path.sep).join('/');
}
