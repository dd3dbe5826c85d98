// WebAssembly as far as it is used here. TypeScript has its types in the library of the browser only.

/** Memory that WebAssembly and all threads can read and write. */
export interface Memory {
  readonly buffer: SharedArrayBuffer;
}

/** What max.wasm offers: the largest of `count` doubles from the byte `from` on. */
export interface Kernel {
  max(from: number, count: number): number;
}

type Module = object;

interface Engine {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => Module;
  readonly Memory: new (pages: { initial: number; maximum: number; shared: true }) => Memory;
  readonly Instance: new (module: Module, imports: { env: { memory: Memory } }) => { readonly exports: Kernel };
}

const { WebAssembly: engine } = globalThis as unknown as { readonly WebAssembly: Engine };
const PAGE = 65_536;
const instances = new WeakMap<Memory, Kernel>();

/** The compiled kernel; undefined where this engine or processor has not the instructions. */
export function compile(bytes: Uint8Array): Module | undefined {
  return engine.validate(bytes) ? new engine.Module(bytes) : undefined;
}

/** Memory of at least so many bytes, zeros at first. It does not grow: what is made on it stays where it is. */
export function newMemory(bytes: number): Memory {
  const pages = Math.max(1, Math.ceil(bytes / PAGE));
  return new engine.Memory({ initial: pages, maximum: pages, shared: true });
}

/** The kernel on that memory; made once for each. */
export function instantiate(module: Module, memory: Memory): Kernel {
  const known = instances.get(memory);
  if (known) return known;
  const { exports: kernel } = new engine.Instance(module, { env: { memory } });
  instances.set(memory, kernel);
  return kernel;
}
