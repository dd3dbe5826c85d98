// The watch of this machine: drawn as it goes on a terminal.

import { beforeEnd } from '@cookbook/lab/command';
import { drawCores, openScreen } from '@cookbook/lab/show';
import { watchLoad } from '../monitoring/cpu-load.ts';
import type { LiveRequest } from './arguments.ts';
import { drawLive, liveToJson } from './draw-live.ts';

/** Watches the cores, and prints the peaks. */
export async function watch({ json, ...options }: LiveRequest): Promise<void> {
  const screen = openScreen(process.stdout);
  beforeEnd(() => screen.close());
  const found = await watchLoad({
    ...options,
    onSample: (samples) => json || screen.draw(drawCores(samples, screen.columns).join('\n')),
  }).finally(() => screen.close());
  console.log(json ? liveToJson(found) : drawLive(found, options, screen.columns));
}
