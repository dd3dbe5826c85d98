// Loads the real source of a recipe into the explorer, as it is or with one fault put in.

import { registerHooks } from 'node:module';

/** A fault: in the file of a recipe, `from` is replaced by `to`. */
export interface Fault {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const recipes = new URL('../../../src/', import.meta.url).href;
const threadId = new URL('./thread-id.ts', import.meta.url).href;
const faults: Fault[] = [];

// Every fault has module instances of its own, told apart by a query that the imports of a recipe inherit.
registerHooks({
  resolve(specifier, context, next) {
    if (!context.parentURL?.startsWith(recipes)) return next(specifier, context);
    if (specifier === 'node:worker_threads') return { url: threadId, shortCircuit: true };
    const resolved = next(specifier, context);
    return { ...resolved, url: resolved.url + new URL(context.parentURL).search };
  },
  load(url, context, next) {
    const loaded = next(url, context);
    if (!url.startsWith(recipes)) return loaded;
    const fault = faults[Number(new URL(url).searchParams.get('fault') ?? NaN)];
    if (fault === undefined || new URL(url).pathname !== new URL(fault.file, recipes).pathname) return loaded;
    return { ...loaded, source: withFault(String(Buffer.from(loaded.source as Uint8Array)), fault) };
  },
});

function withFault(source: string, { file, from, to }: Fault): string {
  const found = source.split(from).length - 1;
  if (found !== 1) throw new Error(`Expected ${file} to have the text of the fault once, got ${found} times: ${from}`);
  return source.replace(from, () => to);
}

/** The module `file` of the recipes, for instance `mutex/recipe.ts`. */
export async function loadRecipe(file: string, fault?: Fault): Promise<unknown> {
  const query = fault === undefined ? '' : `?fault=${faults.push(fault) - 1}`;
  return import(new URL(file, recipes).href + query);
}
