// How much memory this process held at most.

import { readFileSync } from 'node:fs';
import type { PeakMemory } from '../results/format.ts';

/**
 * The maximum resident set size of this process, MiB.
 *
 * On Linux from /proc (VmHWM), which counts from the start of this very program: `resourceUsage` of a process begins
 * with what its parent held when it started it. Elsewhere from `resourceUsage`.
 */
export function peakMemory(): { peakMemory: number } {
  const kib = linuxPeak() ?? process.resourceUsage().maxRSS;
  return { peakMemory: Math.round(kib / 1_024) };
}

function linuxPeak(): number | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const found = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'latin1'));
    return found ? Number(found[1]) : undefined;
  } catch {
    return undefined; // no /proc
  }
}

/** 'Peak memory: the runner 90 MiB, the process of a chapter at most 310 MiB (threads)' */
export function describePeak({ runner, chapters }: PeakMemory): string {
  const [largest] = Object.entries(chapters).toSorted(([, a], [, b]) => b - a);
  const most = largest && `, the process of a chapter at most ${largest[1]} MiB (${largest[0]})`;
  return `Peak memory: the runner ${runner} MiB${most ?? ''}`;
}

/** The peaks of a run with that of one more claim: of this process now, and of the chapter's. */
export function withPeak(before: PeakMemory | undefined, chapter: string, peak: number | undefined): PeakMemory {
  const runner = Math.max(before?.runner ?? 0, peakMemory().peakMemory);
  const own = Math.max(before?.chapters[chapter] ?? 0, peak ?? 0);
  return { runner, chapters: { ...before?.chapters, ...(own > 0 && { [chapter]: own }) } };
}
