// Claim      Posting records to a worker to be summed takes at least ten times a sum here; posting shared or transferred
//            columns, under a tenth.
// Mechanism  A posted object is cloned, record by record. Shared memory is not copied.
// Use when   you move work to a worker.
// Do not     post what the worker can read itself. Transfer only what this thread needs no longer.
// Copy       recipe.ts; Node 22 or newer
// Run        pnpm tsx packages/threads/src/main.ts cloning-costs

/** A sale as a program usually has it: an object of objects. */
export interface Sale {
  readonly id: number;
  readonly customer: { readonly name: string; readonly city: string };
  readonly region: number;
  readonly cents: number;
  readonly tags: readonly string[];
}

/** The same sales as columns: what the sum needs, and no more. */
export interface Columns {
  readonly region: Uint8Array;
  readonly cents: Int32Array;
}

const REGIONS = 8;

/** Cents for each region, from records. */
export function sumOfSales(sales: readonly Sale[]): number[] {
  const sums = Array.from({ length: REGIONS }, () => 0);
  for (const { region, cents } of sales) sums[region]! += cents;
  return sums;
}

/** Cents for each region, from columns. */
export function sumOfColumns({ region, cents }: Columns): number[] {
  const sums = Array.from({ length: REGIONS }, () => 0);
  for (let row = 0; row < region.length; row++) sums[region[row]!]! += cents[row]!;
  return sums;
}

/** Columns in memory that all threads share, or that has one owner. */
export function toColumns(sales: readonly Sale[], memory: 'shared' | 'owned'): Columns {
  const allocate = (bytes: number) => (memory === 'shared' ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes));
  const region = new Uint8Array(allocate(sales.length));
  const cents = new Int32Array(allocate(sales.length * Int32Array.BYTES_PER_ELEMENT));
  for (const [row, sale] of sales.entries()) {
    region[row] = sale.region;
    cents[row] = sale.cents;
  }
  return { region, cents };
}

/**
 * What `postMessage(columns, transferList(columns))` transfers instead of cloning: nothing where columns are shared. What is
 * transferred is empty for its sender afterwards.
 */
export function transferList({ region, cents }: Columns): ArrayBuffer[] {
  return [region.buffer, cents.buffer].filter((buffer) => buffer instanceof ArrayBuffer);
}
