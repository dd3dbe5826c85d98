// What a terminal shows while claims run: what the claim itself draws, and below it how far the run has come.

import type { Screen } from '@cookbook/lab/claim';
import { dim } from '@cookbook/lab/show';

export interface Progress extends Screen {
  /**
   * A claim begins.
   *
   * @param left the ids that are to be measured, this one included, in any order
   */
  begin(id: string, left: readonly string[]): void;
  end(): void;
}

/**
 * The progress of a run of so many claims.
 *
 * @param secondsLeft until so many are measured, the first of which is running for so many seconds; asked every second
 */
export function openProgress(
  screen: Screen,
  all: number,
  secondsLeft: (left: readonly string[], running: number) => number | undefined,
): Progress {
  let frame = '';
  let line: (() => string) | undefined;
  const redraw = (): void => screen.draw([frame, line && dim(line())].filter(Boolean).join('\n'));
  const timer = setInterval(redraw, 1_000);
  return {
    columns: screen.columns,
    begin(id, left) {
      const began = performance.now();
      const ids = [id, ...left.filter((one) => one !== id)];
      frame = '';
      line = () => {
        const seconds = secondsLeft(ids, (performance.now() - began) / 1_000);
        const rest = seconds === undefined ? '' : `, ${describeSeconds(seconds)} left`;
        return `… claim ${all - left.length + 1} of ${all}${rest}: ${id}`;
      };
      redraw();
    },
    draw(text) {
      frame = text;
      redraw();
    },
    print(text) {
      frame = '';
      screen.print(text);
      redraw();
    },
    end: () => clearInterval(timer),
  };
}

/** 'about 2 min', 'about 40 s': no more exact than an estimate is. */
export function describeSeconds(seconds: number): string {
  if (seconds < 60) return `about ${Math.max(5, Math.ceil(seconds / 5) * 5)} s`;
  return `about ${Math.round(seconds / 60)} min`;
}
