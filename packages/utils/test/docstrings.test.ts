import { globSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { undocumented } from './docstrings.ts';

const SOURCE = new URL('../src/', import.meta.url);

/** What has none yet, by its tool. */
const EXCEPTIONS: Readonly<Record<string, readonly string[]>> = {
  max: ['max/parallel/max-threads.ts: MaxThreads.Symbol.asyncDispose'],
};

test.each(['max', 'password', 'rename', 'server-status', 'tf-idf'])(
  'every function, class and public method of %s has a docstring',
  (tool) => {
    expect(undocumented(new URL(`${tool}/index.ts`, SOURCE))).toEqual(EXCEPTIONS[tool] ?? []);
  },
);

test('so has every function, class and public method that a file of the vectorizers exports', () => {
  const folder = fileURLToPath(new URL('tf-idf/', SOURCE));
  const files = globSync('{analysis,count,hashing,lanes,model,options,terms,text,vectorizer}/*.ts', { cwd: folder });
  expect(files.length).toBeGreaterThan(45);
  expect(files.flatMap((file) => undocumented(pathToFileURL(join(folder, file)))).toSorted()).toEqual([]);
});

test('what has none is found: functions, classes, methods, those of a base class and what is exported again', () => {
  const folder = mkdtempSync(join(realpathSync(os.tmpdir()), 'cookbook-docstrings-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  write('index.ts', `export { Derived, shown, type Shape } from './parts.ts'; export * from './more.ts';`);
  write(
    'parts.ts',
    `import { Base } from './base.ts';
    export interface Shape {}
    interface Promise { /** Has one. */ promised(): void; unpromised(): void }
    /** Has one. */
    export class Derived extends Base implements Promise {
      promised() {}
      unpromised() {}
      /** Has one. */
      static made() {}
      get bare() { return 1; }
      #hidden() {}
      protected kept() {}
      // No docstring.
      plain() {}
    }
    /* No docstring either. */
    function shown() {}
    export function notExportedAgain() {}`,
  );
  write('base.ts', `export abstract class Base { /** Has one. */ good() {} bad() {} }`);
  write(
    'more.ts',
    `export const arrow = () => 1; export const constant = 1;\n/** Has one. */\nexport function fine() {}`,
  );
  const found = undocumented(pathToFileURL(join(folder, 'index.ts'))).map((one) => one.split(': ')[1]);
  expect(found).toEqual(['Derived.unpromised', 'Derived.bare', 'Derived.plain', 'Base.bad', 'shown', 'arrow']);
});
