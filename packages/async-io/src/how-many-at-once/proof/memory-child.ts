// Brings requests in flight, and reports what this process's objects and buffers take before and meanwhile.

import { Pool } from 'undici';

export interface HeldMemory {
  readonly bytes: number;
}

const [origin, requests] = process.argv.slice(2) as [string, string];
const pool = new Pool(origin);

function look(): void {
  globalThis.gc!();
  const { heapUsed, external } = process.memoryUsage(); // `external` holds the buffers
  process.send!({ bytes: heapUsed + external } satisfies HeldMemory);
}

process.on('disconnect', () => process.exit());
process.on('message', look);
look();
for (let number = 0; number < Number(requests); number++) {
  // None is answered: this process is killed with all of them in flight.
  pool.request({ method: 'GET', path: `/document/${number}` }).catch(() => {});
}
