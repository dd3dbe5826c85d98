import { existsSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runProgram } from '../src/testing/program.ts';
import { checkTypes, makeProject } from '../src/testing/project.ts';
import { listRecipes, rootOf } from '../src/testing/list.ts';

const root = rootOf(fileURLToPath(import.meta.url));
const recipe = listRecipes(root, 'threads').find(
  ({ problems, packages }) => problems.length === 0 && 'piscina' in packages,
);
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(realpathSync(tmpdir()), 'cookbook-project-'));
  await makeProject({ root, id: 'threads/cpu-scaling', folder: path.join(folder, 'plain') });
  await makeProject({ root, id: recipe!.id, folder: path.join(folder, 'pool') });
});
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

test('a project has the packages of its recipe, and no others', async () => {
  expect(readdirSync(path.join(folder, 'plain/node_modules'))).toEqual(['@types']);
  expect(readdirSync(path.join(folder, 'pool/node_modules'))).toEqual(expect.arrayContaining(['@types', 'piscina']));
  const program = "import { Piscina } from 'piscina'; console.log(Piscina.name);";
  expect(await run('plain', program)).toEqual([
    'Expected status 0, got 1',
    expect.stringContaining("Cannot find package 'piscina'"),
  ]);
  expect(await run('pool', program)).toEqual([]);
});

test('errors of types are those of the project that has them', async () => {
  write('plain', "import { Piscina } from 'piscina';\nexport const count: number = 'one';\nconsole.log(Piscina);");
  write('pool', "import { Piscina } from 'piscina';\nconsole.log(Piscina);");
  const errors = await checkTypes(root, folder);
  expect(errors('plain')).toEqual([
    expect.stringMatching(/^plain\/src\/program\.ts\(1,25\): error TS2307: /),
    expect.stringMatching(/^plain\/src\/program\.ts\(2,14\): error TS2322: /),
  ]);
  expect(errors('pool')).toEqual([]);
});

test('an error of no file is of every project', async () => {
  const empty = path.join(folder, 'plain', 'node_modules', '@types');
  const errors = await checkTypes(root, mkdtempSync(path.join(empty, 'none-')));
  expect(errors('plain')).toEqual([expect.stringContaining('error TS18003: No inputs were found')]);
});

test('a recipe that cannot be copied makes no project: the message says why', async () => {
  const project = { root, id: 'threads/no-such-recipe', folder: path.join(folder, 'none') };
  await expect(makeProject(project)).rejects.toThrow("unknown recipe 'threads/no-such-recipe'");
  expect(existsSync(path.join(folder, 'none/src'))).toBe(false);
});

function write(project: string, text: string): void {
  writeFileSync(path.join(folder, project, 'src/program.ts'), text);
}

async function run(project: string, text: string): Promise<string[]> {
  write(project, text);
  const said = await runProgram({
    node: process.execPath,
    cwd: path.join(folder, project),
    program: path.join('src', 'program.ts'),
    limit: 20_000,
  });
  return said.filter((each) => !each.startsWith('Expected it to print'));
}
