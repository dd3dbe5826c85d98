// What other packages may use of this chapter.

export { openThreads } from './cpu-scaling/recipe.ts';
export type { Threads } from './cpu-scaling/recipe.ts';
export { compile, instantiate, newMemory } from './simd/web-assembly.ts';
export type { Memory as WebAssemblyMemory } from './simd/web-assembly.ts';
