// Keeps what a run has measured so far: in the file after every claim, and on the screen.

import type { Screen } from '@cookbook/lab/claim';
import { bold } from '@cookbook/lab/show';
import { claimsOf } from '../results/counts.ts';
import type { PeakMemory, Results } from '../results/format.ts';
import { nameOf, save } from '../results/store.ts';
import { secondsLeft } from './estimate.ts';
import { claimLines } from './lines.ts';
import { peakMemory } from '../chapter/memory.ts';
import type { Pace } from './pace.ts';
import { chapterOf } from '../chapter/plan.ts';
import { openProgress } from './progress.ts';
import type { Listener } from './run-claims.ts';

export interface Recorder extends Listener {
  /** The results as finished now. */
  finish(): Results;
  isFinished(): boolean;
  close(): void;
  /** What to say where the run is cut short. */
  describeCut(): string;
}

export interface RecorderOptions {
  readonly file: URL;
  /** With what was measured before, where the run is gone on with. */
  readonly results: Results;
  /** How many claims are to be measured. */
  readonly all: number;
  /** Seconds that claims took before, by id. */
  readonly known: ReadonlyMap<string, number>;
  readonly pace: Pace;
  readonly screen: Screen;
}

export function claimsRecorder({ file, results: before, all, known, pace, screen }: RecorderOptions): Recorder {
  let results = before;
  let heading = '';
  let done = 0;
  let finished = false;
  const width = Math.max(0, ...Object.keys(before.recipes).map((id) => id.length));
  const progress = openProgress(screen, all);

  const keep = async (change: Partial<Results>): Promise<void> => {
    done += 1;
    results = { ...results, ...change };
    await save(file, results);
  };
  return {
    begin(id, rest) {
      const began = performance.now();
      const measured = results.claims.map(({ seconds }) => seconds);
      const left = (): number | undefined =>
        pace.timeLeft() ?? secondsLeft(rest, (performance.now() - began) / 1_000, measured, known);
      const { title } = results.chapters.find(({ name }) => name === chapterOf(id))!;
      if (title !== heading) progress.print(`\n${bold(title)}`);
      heading = title;
      progress.begin(id, done + 1, left);
      return progress;
    },
    async measured({ claim, peakMemory: peak }) {
      progress.print(claimLines(claim, width));
      const memory = withPeak(results.peakMemory, chapterOf(claim.id), peak);
      await keep({ claims: [...results.claims, claim], ...(memory && { peakMemory: memory }) });
    },
    leftOut: (ids) => keep({ leftOut: [...results.leftOut, ...ids] }),
    finish() {
      progress.end();
      finished = true;
      return { ...results, finished: new Date().toISOString().replace(/\.\d+/, '') };
    },
    isFinished: () => finished,
    close: () => progress.end(),
    describeCut: () =>
      `\nCut short: ${claimsOf(results.claims.length)} kept in ${nameOf(file)}. Go on with: pnpm start --resume`,
  };
}

function withPeak(before: PeakMemory | undefined, chapter: string, peak: number | undefined): PeakMemory | undefined {
  const runner = Math.max(before?.runner ?? 0, peakMemory().peakMemory);
  const own = Math.max(before?.chapters[chapter] ?? 0, peak ?? 0);
  return { runner, chapters: { ...before?.chapters, ...(own > 0 && { [chapter]: own }) } };
}
