// What a project needs besides a recipe's files: npm packages at the versions that the claims were measured with, and Node.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

export interface Needs {
  /** Name and version of each package that the recipe runs with. */
  readonly packages: Readonly<Record<string, string>>;
  /** Name and version of each package that the type check needs besides. */
  readonly types: Readonly<Record<string, string>>;
}

export type Catalog = Readonly<Record<string, string>>;

/** The oldest Node that runs a .ts file as it is, in its last minor versions; a recipe's header may ask for a newer one. */
export const OLDEST_NODE = '22';

/** The catalog of a workspace: package names and versions. */
export function readCatalog(root: string): Catalog {
  const workspace = parse(readFileSync(path.join(root, 'pnpm-workspace.yaml'), 'utf8')) as { catalog?: Catalog };
  return workspace.catalog ?? {};
}

/** Looks the packages up in the catalog. `missing` names those that are not in it. */
export function needsOf(names: readonly string[], catalog: Catalog): Needs & { missing: string[] } {
  const types = ['node', ...names].map(typesOf).filter((name) => name in catalog);
  return {
    packages: pick(catalog, names),
    types: pick(catalog, types.toSorted()),
    missing: names.filter((name) => !(name in catalog)),
  };
}

/** The commands that install what is needed; none where nothing is. */
export function installCommands({ packages, types }: Needs): string[] {
  const runs = withVersions(packages);
  const checks = withVersions(types);
  return [
    ...(runs.length > 0 ? [['npm install', ...runs].join(' ')] : []),
    ...(checks.length > 0 ? [['npm install --save-dev', ...checks].join(' ')] : []),
  ];
}

/** What npm installs: 'piscina@5.3.2'. */
export function withVersions(versions: Catalog): string[] {
  return Object.entries(versions).map(([name, version]) => `${name}@${version}`);
}

/** Below 0 where `a` is older than `b`: '22.18' than '22.23.3', '24' than '24.2'. */
export function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

function pick(catalog: Catalog, names: readonly string[]): Catalog {
  return Object.fromEntries(names.flatMap((name) => (name in catalog ? [[name, catalog[name]!]] : [])));
}

function typesOf(name: string): string {
  return `@types/${name.replace(/^@/, '').replace('/', '__')}`;
}
