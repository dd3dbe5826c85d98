// The structure of the whole repository: rooms that are small enough to survey, and arrows that go one way.

import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const files = globSync('packages/*/src/**/*.ts', { cwd: root }).map((file) => file.split(path.sep).join('/'));

/** Most files in one folder, its `index.ts` included. */
const MOST_FILES = 12;

/** From each folder to its sibling folders that its files import from. */
function arrowsBetweenRooms(all: readonly string[], read: (file: string) => string): Map<string, Set<string>> {
  const arrows = new Map<string, Set<string>>();
  for (const file of all) {
    for (const [, target] of read(file).matchAll(/(?:from|import\(|new URL\()\s*'(\.\.?\/[^']+\.ts)'/g)) {
      const pair = siblings(roomOf(file), roomOf(path.posix.join(path.posix.dirname(file), target!)));
      if (pair === undefined) continue;
      const [from, to] = pair;
      arrows.set(from, (arrows.get(from) ?? new Set()).add(to));
    }
  }
  return arrows;
}

/** A recipe, its proof and its claim stand in one folder and are three rooms: claims (and pitfalls) rest on proofs, proofs on recipes. */
function roomOf(file: string): string {
  const folder = path.posix.dirname(file).replace(/(\/src\/[^/]+)\/proof\b/, '$1.proof');
  return /^packages\/(?!lab\/).*\/(claim|pitfall)\.ts$/.test(file) ? `${folder}.claim` : folder;
}

/** The two folders in which the ways to both part, undefined where one lies within the other. */
function siblings(from: string, to: string): [string, string] | undefined {
  const [a, b] = [from.split('/'), to.split('/')];
  const parting = a.findIndex((part, index) => part !== b[index]);
  if (parting === -1 || b[parting] === undefined) return undefined;
  return [a.slice(0, parting + 1).join('/'), b.slice(0, parting + 1).join('/')];
}

/** One circle as a list of folders, undefined where there is none. */
function circleIn(arrows: ReadonlyMap<string, ReadonlySet<string>>): string[] | undefined {
  const done = new Set<string>();
  const visit = (room: string, way: readonly string[]): string[] | undefined => {
    if (way.includes(room)) return [...way.slice(way.indexOf(room)), room];
    if (done.has(room)) return undefined;
    for (const next of arrows.get(room) ?? []) {
      const circle = visit(next, [...way, room]);
      if (circle !== undefined) return circle;
    }
    done.add(room);
    return undefined;
  };
  return [...arrows.keys()].map((room) => visit(room, [])).find((circle) => circle !== undefined);
}

describe('the arrows between folders', () => {
  test('make no circle in any package', () => {
    expect(circleIn(arrowsBetweenRooms(files, (file) => readFileSync(path.join(root, file), 'utf8')))).toBeUndefined();
  });

  test('would be found where they made one', () => {
    const made: Record<string, string> = {
      'a/src/one/x.ts': "import { y } from '../two/y.ts';",
      'a/src/two/y.ts': "new Worker(new URL('../three/inner/z.ts', import.meta.url))",
      'a/src/three/inner/z.ts': "export { x } from '../../one/x.ts';",
    };
    expect(circleIn(arrowsBetweenRooms(Object.keys(made), (file) => made[file]!))).toEqual([
      'a/src/one',
      'a/src/two',
      'a/src/three',
      'a/src/one',
    ]);
  });
});

test(`no folder has more than ${MOST_FILES} files`, () => {
  const sizes = Object.entries(Object.groupBy(files, (file) => path.posix.dirname(file)));
  const large = sizes.filter(([, own]) => own!.length > MOST_FILES).map(([folder, own]) => `${folder}: ${own!.length}`);
  expect(large).toEqual([]);
});

test('the install asks for the Node that the catalog pins', () => {
  const workspace = readFileSync(path.join(root, 'pnpm-workspace.yaml'), 'utf8');
  const [, asked] = /^nodeVersion: (.+)$/m.exec(workspace) ?? [];
  const [, pinned] = /^ {2}node: (\d.*)$/m.exec(workspace) ?? [];
  expect(asked).toBe(pinned);
});

test('what is measured comes after all tests of behaviour, one package after another', () => {
  const { tasks } = JSON.parse(readFileSync(path.join(root, 'turbo.json'), 'utf8')) as {
    tasks: Record<string, { dependsOn?: string[] }>;
  };
  const having = (script: string): string[] =>
    globSync('packages/*/package.json', { cwd: root })
      .map((file) => JSON.parse(readFileSync(path.join(root, file), 'utf8')) as { name: string; scripts?: object })
      .flatMap(({ name, scripts }) => (scripts && script in scripts ? [`${name}#${script}`] : []));

  expect(tasks['//#behaved']!.dependsOn!.toSorted()).toEqual(having('test:behaviour').toSorted());
  const before = having('test:measured').map((task) => (tasks[task] ?? tasks['test:measured'])!.dependsOn!);
  expect(before.every(([first]) => first === '//#behaved')).toBe(true);
  const previous = before.flatMap(([, ...others]) => others);
  expect(new Set(previous).size, 'all but the first wait for another').toBe(before.length - 1);
  expect(before.every((tasksBefore) => tasksBefore.length <= 2)).toBe(true);
});
