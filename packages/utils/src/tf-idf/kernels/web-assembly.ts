// WebAssembly as far as the kernels need it. TypeScript has its types in the library of the browser only.

import { readFileSync } from 'node:fs';

/** Memory that kernels and all threads can read and write, and that can grow. */
export interface Memory {
  readonly buffer: SharedArrayBuffer;
  grow(pages: number): number;
}

/** A variable of a kernel. */
export interface Variable {
  value: number;
}

interface Engine {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (pages: { initial: number; maximum: number; shared: true }) => Memory;
  readonly Instance: new (module: object, imports: { env: object }) => { readonly exports: object };
}

const { WebAssembly: engine } = globalThis as unknown as { readonly WebAssembly: Engine };

export const PAGE = 65_536;

/** The most that 32 bits address; a kernel says so too (`scripts/kernels.ts`). */
const MOST_PAGES = 65_536;

const NAMES = ['tokens', 'terms', 'rows'] as const;
type Name = (typeof NAMES)[number];

/** The compiled kernels, read when first needed; null where the engine or the processor has not the instructions. */
let modules: Readonly<Record<Name, object>> | null | undefined;

/**
 * Whether kernels can run here: their files are there, which a bundler may have left out, the engine knows 128-bit
 * instructions, and there is room for their addresses.
 */
export function haveKernels(): boolean {
  if (modules === undefined) modules = canReserve() ? compileAll() : null;
  return modules !== null;
}

function compileAll(): Readonly<Record<Name, object>> | null {
  const all = NAMES.map((name) => [name, readKernel(name)] as const);
  if (!all.every(([, bytes]) => bytes !== undefined && engine.validate(bytes))) return null;
  return Object.fromEntries(all.map(([name, bytes]) => [name, new engine.Module(bytes!)])) as Record<Name, object>;
}

function readKernel(name: Name): Uint8Array | undefined {
  try {
    return readFileSync(new URL(`./${name}.wasm`, import.meta.url));
  } catch {
    return undefined;
  }
}

/** A limit of a process's addresses (`ulimit -v`) may be too small for memory that could grow to 4 GiB. */
function canReserve(): boolean {
  try {
    return newMemory(1).buffer.byteLength > 0;
  } catch {
    return false;
  }
}

/** Shared, since growing it leaves what stands on its buffer as it is; an unshared one would slow all typed arrays down. */
export function newMemory(pages: number): Memory {
  return new engine.Memory({ initial: pages, maximum: MOST_PAGES, shared: true });
}

/** What the kernel exports, with its variables in this memory. Only after `haveKernels`. */
export function instantiate(name: Name, memory: Memory, imports: object = {}): object {
  return new engine.Instance(modules![name], { env: { ...imports, memory } }).exports;
}
