// Stands in for `node:worker_threads` where the explorer loads a recipe: all parties run in one thread, each with a number
// of its own. An import is a live binding, so that the recipe sees the number of the party that runs.

export let threadId = 0;

/** From now on the code of the recipes runs as the thread of this number. */
export function becomeThread(id: number): void {
  threadId = id;
}
