// What runs TypeScript, each in an empty project of its own: whether it starts a worker that is written in TypeScript.

import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { withFolder } from '@cookbook/lab/cleanup';
import type { Outcomes } from './program.ts';

const exec = promisify(execFile);
const RECIPE = fileURLToPath(new URL('../', import.meta.url));
const ROOT = createRequire(new URL('../../../../../package.json', import.meta.url));
const require = createRequire(import.meta.url);
/** ms for one of them. */
const LIMIT = 60_000;

/** The runners: each makes of the sources in src/ what it needs, and runs the program. */
const RUNNERS = {
  node: { name: 'node', run: ({ node }) => node('src/proof/program.ts') },
  tsx: { name: 'tsx', run: ({ node }) => node(toolOf(ROOT, 'tsx'), 'src/proof/program.ts') },
  vitest: {
    name: 'vitest',
    async run({ node, write }) {
      write('src/proof/program.test.ts', `test('program', () => import('./program.ts'));`);
      await node(toolOf(require, 'vitest'), 'run', '--root', '.', '--globals');
    },
  },
  tsc: {
    name: 'tsc, then node',
    async run({ node, write }) {
      write('tsconfig.json', JSON.stringify({ compilerOptions: COMPILER_OPTIONS, include: ['src'] }));
      await node(toolOf(ROOT, 'typescript', 'tsc'), '--project', '.');
      await node('dist/proof/program.js');
    },
  },
  esbuild: { name: 'esbuild, then node', run: (tools) => bundled(tools, ['program', 'answer-worker']) },
  unnamed: { name: 'esbuild, the worker no entry point', run: (tools) => bundled(tools, ['program']) },
} satisfies Record<string, { readonly name: string; run(tools: Tools): Promise<void> }>;

export type RunnerName = keyof typeof RUNNERS;

export interface Started extends Outcomes {
  /** Of the runner: 'tsc, then node'. */
  readonly name: string;
}

interface Tools {
  /** Runs Node.js in the project. @throws Error where it does not end with 0 */
  readonly node: (...args: readonly string[]) => Promise<void>;
  /** Writes a file of the project. */
  readonly write: (file: string, text: string) => void;
}

/** Imports are rewritten, and types are not checked: those of Node.js are not installed there. */
const COMPILER_OPTIONS = {
  rewriteRelativeImportExtensions: true,
  noCheck: true,
  target: 'esnext',
  module: 'nodenext',
  rootDir: 'src',
  outDir: 'dist',
  types: [],
};

/** What comes of starting the worker by a runner. @param node path of the Node.js that runs it */
export function tryRunner(runner: RunnerName, signal: AbortSignal, node = process.execPath): Promise<Started> {
  return withFolder(`cookbook-worker-${runner}`, async (made) => {
    const folder = realpathSync(made);
    const result = path.join(folder, 'outcomes.json');
    const write = (file: string, text: string): void => writeFileSync(path.join(folder, file), text);
    write('package.json', JSON.stringify({ name: 'empty', private: true, type: 'module' }));
    mkdirSync(path.join(folder, 'src', 'proof'), { recursive: true });
    for (const file of ['recipe.ts', 'proof/program.ts', 'proof/answer-worker.ts']) {
      cpSync(path.join(RECIPE, file), path.join(folder, 'src', file));
    }
    const env = { ...environment(), OUTCOMES: result };
    await RUNNERS[runner].run({
      write,
      node: async (...args) => void (await exec(node, args, { cwd: folder, env, signal, timeout: LIMIT })),
    });
    if (!existsSync(result)) throw new Error(`Expected ${RUNNERS[runner].name} to run the program, it did not`);
    return { name: RUNNERS[runner].name, ...(JSON.parse(readFileSync(result, 'utf8')) as Outcomes) };
  });
}

/** Bundles modules of the proof, each as an entry point, and runs the program. */
async function bundled({ node, write }: Tools, entries: readonly string[]): Promise<void> {
  const entryPoints = entries.map((entry) => `src/proof/${entry}.ts`);
  const options = { entryPoints, bundle: true, outdir: 'dist', platform: 'node', format: 'esm' };
  const esbuild = pathToFileURL(require.resolve('esbuild')).href;
  write('bundle.mjs', `import { build } from ${JSON.stringify(esbuild)};\nawait build(${JSON.stringify(options)});\n`);
  await node('bundle.mjs');
  await node('dist/program.js');
}

/** The file behind the command of a package. */
function toolOf(from: NodeJS.Require, name: string, command = name): string {
  const manifest = from.resolve(`${name}/package.json`);
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: string | Record<string, string> };
  return path.join(path.dirname(manifest), typeof bin === 'string' ? bin : bin[command]!);
}

/** What a test runner and package managers set is not there in an empty project. */
function environment(): NodeJS.ProcessEnv {
  const own = /^(NODE_|VITEST|npm_|TEST$|DEV$|PROD$|MODE$|SSR$|BASE_URL$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}
