// Whether two hosts are the same machine under the same Node: what changes from moment to moment does not count.

import type { Host } from '@cookbook/lab/host';

const LASTING = ['cpu', 'cores', 'coresOfMachine', 'quota', 'memoryGiB', 'platform', 'node'] as const;

export interface HostDifference {
  readonly field: (typeof LASTING)[number];
  /** Undefined where there is none, such as a quota. */
  readonly before: string | number | undefined;
  readonly after: string | number | undefined;
}

/** What differs of machine, system and Node; not the load, the free cores or the date. */
export function hostDifferences(before: Host, after: Host): HostDifference[] {
  return LASTING.filter((field) => before[field] !== after[field]).map((field) => ({
    field,
    before: before[field],
    after: after[field],
  }));
}
