// What other packages may use of this chapter.

export { openThreads } from './cpu-scaling/recipe.ts';
export type { Threads } from './cpu-scaling/recipe.ts';
