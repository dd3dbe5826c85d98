// Claim      Posting a large object graph to a worker to have it summed up takes several times as long as summing it up
//            right here, and even the posting alone keeps this thread busy for longer. Columns in shared or transferred
//            memory cost this thread next to nothing.
// Mechanism  A posted object is cloned: every record is written out by the sender and built anew by the receiver, which
//            touches more memory than a sum does. Shared memory is not copied, a transferred buffer only changes hands.
// Use when   you are about to move work to a worker: compare what the message costs with what the work costs.
// Do not     post records where the worker can read them itself (a file, a database), or where they can be columns of
//            numbers. Transfer what this thread needs no longer: its own buffer is empty afterwards.
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

/** Cents for each region: what the worker is asked, and what inline code does. */
export function sumOfSales(sales: readonly Sale[]): number[] {
  const sums = Array.from({ length: REGIONS }, () => 0);
  for (const { region, cents } of sales) sums[region]! += cents;
  return sums;
}

/** The same over columns. */
export function sumOfColumns({ region, cents }: Columns): number[] {
  const sums = Array.from({ length: REGIONS }, () => 0);
  for (let row = 0; row < region.length; row++) sums[region[row]!]! += cents[row]!;
  return sums;
}

/** Columns in memory of the kind that is asked for: shared by all threads, or of a single owner. */
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

/** What has to be in the transfer list for columns to change hands: nothing where they are shared. */
export function transferList({ region, cents }: Columns): ArrayBuffer[] {
  return [region.buffer, cents.buffer].filter((buffer) => buffer instanceof ArrayBuffer);
}
