// WebAssembly as far as it is used here. TypeScript has its types in the library of the browser only.

/** Memory that WebAssembly and all threads can read and write. */
export interface Memory {
  readonly buffer: SharedArrayBuffer;
}

/** Code of WebAssembly. */
export type Module = object;

interface Engine {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => Module;
  readonly Memory: new (pages: { initial: number; maximum: number; shared: true }) => Memory;
  readonly Instance: new (module: Module, imports: { env: { memory: Memory } }) => { readonly exports: object };
}

const { WebAssembly: engine } = globalThis as unknown as { readonly WebAssembly: Engine };
const PAGE = 65_536;
const instances = new WeakMap<Module, WeakMap<Memory, object>>();

/** The compiled kernel; undefined where this engine or processor has not the instructions. */
export function compile(bytes: Uint8Array): Module | undefined {
  return engine.validate(bytes) ? new engine.Module(bytes) : undefined;
}

/** Memory of at least so many bytes, zeros at first. It does not grow: what is made on it stays where it is. */
export function newMemory(bytes: number): Memory {
  const pages = Math.max(1, Math.ceil(bytes / PAGE));
  return new engine.Memory({ initial: pages, maximum: pages, shared: true });
}

/** What the module exports, on that memory; made once for each. */
export function instantiate(module: Module, memory: Memory): object {
  const own = instances.get(module) ?? new WeakMap<Memory, object>();
  instances.set(module, own);
  const known = own.get(memory);
  if (known) return known;
  const { exports } = new engine.Instance(module, { env: { memory } });
  own.set(memory, exports);
  return exports;
}
