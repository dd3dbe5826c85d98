/// <reference lib="dom" />
// Watches the page while something runs: when each frame was drawn, and how long each key waited for its turn.

export interface Sight {
  /** ms; two neighbours are one gap. */
  readonly frames: readonly number[];
  /** From the press of a key until the page heard of it, ms. */
  readonly keyDelays: readonly number[];
}

/** Rolls the ball and notes frames and keys until `stop` is called. The ball moves by script: it stands when the page does. */
export function watch(ball: HTMLElement, field: HTMLInputElement): { stop(): Sight } {
  const frames: number[] = [];
  const keyDelays: number[] = [];
  let request = requestAnimationFrame(draw);

  function draw(): void {
    const now = performance.now();
    frames.push(now);
    const turn = (now / 1_400) % 2; // there and back in 2.8 s
    const share = turn < 1 ? turn : 2 - turn;
    const room = ball.parentElement!.clientWidth - ball.offsetWidth;
    ball.style.transform = `translateX(${share * room}px) rotate(${share * 3}turn)`;
    request = requestAnimationFrame(draw);
  }
  /** A keydown carries the time of the press; an input event only that of its own making, after the wait. */
  function hear({ timeStamp }: Event): void {
    keyDelays.push(performance.now() - timeStamp);
  }

  field.addEventListener('keydown', hear);
  return {
    stop() {
      cancelAnimationFrame(request);
      field.removeEventListener('keydown', hear);
      return { frames, keyDelays };
    },
  };
}

/** The gaps between frames, ms. */
export function gapsOf({ frames }: Sight): number[] {
  return frames.slice(1).map((frame, index) => frame - frames[index]!);
}

/** Frames that the screen could have shown and did not, from the usual gap of the same run. */
export function droppedOf(gaps: readonly number[]): number {
  const usual = gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0;
  return usual === 0 ? 0 : gaps.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / usual) - 1), 0);
}
