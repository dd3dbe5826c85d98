// What keeps this process busy: sockets, timers and other handles, as Node.js lists them.

import { setTimeout as sleep } from 'node:timers/promises';

/** How long what is being closed may take, ms. */
const MOST_CLOSING_MS = 2_000;

/** Resources that are there now and were not before, by name; the sockets of the loopback close within some turns of the loop. */
export async function leftSince(before: readonly string[]): Promise<string[]> {
  const deadline = performance.now() + MOST_CLOSING_MS;
  for (;;) {
    const left = more(before, process.getActiveResourcesInfo());
    if (left.length === 0 || performance.now() > deadline) return left;
    await sleep(5); // it is gone by the time the list is made
  }
}

/** The elements of `after` that have no partner in `before`. */
export function more(before: readonly string[], after: readonly string[]): string[] {
  const partners = [...before];
  return after.filter((name) => {
    const at = partners.indexOf(name);
    if (at !== -1) partners.splice(at, 1);
    return at === -1;
  });
}
