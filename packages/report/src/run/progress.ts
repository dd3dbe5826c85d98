// What a terminal shows while claims run: what the claim itself draws, and below it how far the run has come.

import type { Screen } from '@cookbook/lab/claim';
import { dim } from '@cookbook/lab/show';
import { describeSeconds } from './estimate.ts';

export interface Progress {
  /** A claim begins: the `n`th. `left` tells the seconds that are left, asked again each second. */
  begin(id: string, n: number, left: () => number | undefined): void;
  draw(frame: string): void;
  print(text: string): void;
  end(): void;
}

/** The progress of a run of so many claims. */
export function openProgress(screen: Screen, all: number): Progress {
  let frame = '';
  let line: (() => string) | undefined;
  const redraw = (): void => screen.draw([frame, line && dim(line())].filter(Boolean).join('\n'));
  const timer = setInterval(redraw, 1_000);
  return {
    begin(id, n, left) {
      frame = '';
      line = () => {
        const seconds = left();
        return `… claim ${n} of ${all}${seconds === undefined ? '' : `, ${describeSeconds(seconds)} left`}: ${id}`;
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
