// Copies every recipe into an empty project, installs there the npm packages that they name, and runs the program that
// calls it under Nodes older than the pinned one: `pnpm copied:nodes`. The Nodes come from npm and are not kept here.

import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { execute, makeSharedProject } from './testing/all-recipes.ts';
import { runProgram } from './testing/program.ts';
import { describeRecipe } from './recipe/describe.ts';
import type { Description } from './recipe/describe.ts';
import { compareVersions, readCatalog } from './recipe/needs.ts';
import { findRecipes } from './recipe/recipes.ts';

const NODES = ['22', '24'];
/** Milliseconds for one program. */
const LIMIT = 30_000;

const root = fileURLToPath(new URL('../../../', import.meta.url));

interface Node {
  readonly path: string;
  /** Such as '22.23.3'. */
  readonly version: string;
}

/** What came of a recipe under a Node, and why where it failed. */
interface Result {
  readonly word: 'ok' | 'skipped' | 'FAILED';
  readonly reasons: readonly string[];
}

const project = mkdtempSync(path.join(realpathSync(tmpdir()), 'cookbook-nodes-'));
process.on('exit', () => rmSync(project, { recursive: true, force: true, maxRetries: 5 }));

const catalog = readCatalog(root);
const recipes = findRecipes(root).map((recipe) => describeRecipe(root, catalog, recipe));
const nodes = NODES.map(fetchNode);
const packages = makeSharedProject({ root, recipes, folder: project });
console.log(`Installed by npm: ${packages.join(', ') || 'nothing'}\n`);

const width = Math.max(...recipes.map(({ recipe }) => recipe.id.length));
console.log([''.padEnd(width), ...nodes.map(({ version }) => version.padEnd(9))].join('  ').trimEnd());
const results: Result[] = [];
for (const recipe of recipes) {
  const row: Result[] = [];
  for (const node of nodes) row.push(await runUnder(node, recipe));
  results.push(...row);
  console.log([recipe.recipe.id.padEnd(width), ...row.map(({ word }) => word.padEnd(9))].join('  ').trimEnd());
  for (const reason of new Set(row.flatMap(({ reasons }) => reasons))) console.log(reason.replaceAll(/^/gm, '    '));
}

const count = (word: Result['word']): number => results.filter((result) => result.word === word).length;
console.log(
  `\n${recipes.length} recipes, each under ${nodes.map(({ version }) => `Node ${version}`).join(' and ')}: ` +
    `${count('ok')} ran, ${count('FAILED')} failed, ${count('skipped')} skipped since they ask for a newer Node`,
);
process.exitCode = count('FAILED') > 0 ? 1 : 0;

async function runUnder({ path: node, version }: Node, { recipe, problems, ...needs }: Description): Promise<Result> {
  if (problems.length > 0) return { word: 'FAILED', reasons: problems };
  if (compareVersions(version, needs.node) < 0) {
    return { word: 'skipped', reasons: [`${recipe.id} asks for Node ${needs.node} or newer`] };
  }
  const cwd = path.join(project, recipe.chapter);
  const program = path.join('test', 'copied', `${recipe.name}.ts`);
  if (!existsSync(path.join(cwd, program))) {
    return { word: 'FAILED', reasons: [`write packages/${recipe.chapter}/test/copied/${recipe.name}.ts`] };
  }
  const reasons = await runProgram({ node, cwd, program, limit: LIMIT });
  return {
    word: reasons.length === 0 ? 'ok' : 'FAILED',
    reasons: reasons.map((reason) => `Node ${version}: ${reason}`),
  };
}

/** Has pnpm fetch a Node into its own cache. */
function fetchNode(major: string): Node {
  const { packageManager } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    packageManager: string;
  };
  const ask = 'process.stdout.write(JSON.stringify({path:process.execPath,version:process.versions.node}))';
  const dlx = ['--silent', `--package=node@${major}`, 'dlx', 'node', '-e', ask];
  const answer = execute('npx', ['--yes', packageManager, ...dlx], project);
  return JSON.parse(answer.slice(answer.indexOf('{'))) as Node;
}
