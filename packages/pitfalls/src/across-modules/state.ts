// A module with state: made once for each thread and each process that imports it.

export const visits = { count: 0 };

/** An exported `let` is read live: importers see each new value. */
export let total = 0;

export function visit(): void {
  visits.count += 1;
  total += 1;
}
