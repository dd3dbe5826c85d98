// Requests one after another against many in flight: what was measured, as findings.

import { allHold, atOnce, counted, counts, drawn, intervals, sampled, shown } from '@cookbook/lab/claim';
import type { Context, Finding } from '@cookbook/lab/claim';
import type { TestServer } from '../../proof/server/index.ts';
import { drawWays, speedupPlot } from './drawing.ts';
import { isFast, judgeFast, speedupFigure } from './speedup.ts';
import { measureWays, openWays } from './trials.ts';
import type { Measured } from './trials.ts';

const WIDTHS = [2, 4, 8, 16, 32];

export interface Network {
  readonly sequence: Measured;
  /** A width each. */
  readonly judged: readonly Measured[];
  /** HTTP/2, and all at once over as many connections. */
  readonly others: readonly Measured[];
}

/** Runs every way until each judged one is fast enough: three rounds at least, four at most. */
export async function measureNetwork(server: TestServer, context: Context): Promise<Network> {
  const { ways, close } = openWays(server, WIDTHS);
  const enough = ([sequence, ...rest]: readonly Measured[]): boolean =>
    rest.slice(0, WIDTHS.length).every((way) => isFast(way, sequence!));
  try {
    const [sequence, ...rest] = await measureWays(server, ways, context, [3, 4], enough);
    return { sequence: sequence!, judged: rest.slice(0, WIDTHS.length), others: rest.slice(WIDTHS.length) };
  } finally {
    await close();
  }
}

/** The speedups of all widths; the figures are 'in-flight-8-speedup' and so on. */
export function speedups(words: string, { sequence, judged }: Network): Finding {
  const judgement = allHold(judged.map((way) => judgeFast(way, sequence)));
  const figures = judged.map((way) => speedupFigure(way, sequence, true));
  return { figures, judgement, words, plots: [speedupPlot(sequence, judged)] };
}

/** CPU time of the client for a request, of the time that one takes when it is alone: 'cpu-share'. */
export function cpuShare(words: string, { sequence }: Network): Finding {
  const shares = sequence.trials.map(({ cpu, wall }) => (100 * cpu) / wall);
  const name = "in sequence: CPU time of a request's time";
  return intervals(words, sampled('cpu-share', name, shares, '%', { most: 10 }));
}

/** The most in flight at the server, 'in-flight-8-most' and so on; what is all at once is only shown. */
export function inFlight({ sequence, judged, others }: Network): Finding[] {
  const all = [sequence, ...judged, ...others];
  const most = all.slice(0, -1).map(({ key, name, inFlight: expected, trials }) => {
    const seen = Math.max(...trials.map(({ mostInFlight }) => mostInFlight));
    return atOnce('', `${key}-most`, `${name}: most in flight at the server`, seen, expected, 'requests');
  });
  const tooMany = all.flatMap((way) => way.trials.filter(({ sockets }) => sockets > way.inFlight)).length;
  const kept = 'trials that opened more connections than requests in flight';
  const wrong = all.flatMap((way) => way.trials.filter(({ mostAsked }) => mostAsked !== way.inFlight)).length;
  const asked = 'trials that asked for more or fewer at once than their width';
  return [
    ...most,
    counts(
      '',
      counted('connections-not-kept', kept, tooMany, 'trials', { most: 0 }),
      counted('asked-otherwise', asked, wrong, 'trials', { most: 0 }),
    ),
    shown('', ...others.map((way) => speedupFigure(way, sequence, false))),
  ];
}

export function drawNetwork({ sequence, judged, others }: Network, delay: number): Finding {
  return drawn({
    notes: [
      `A request waits ${delay} ms at a server of its own process on the loopback. CPU time is that of this process:`,
      drawWays([sequence, ...judged, ...others]),
    ],
  });
}
