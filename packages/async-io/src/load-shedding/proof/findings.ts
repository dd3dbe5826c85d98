// What is judged of servers at twice their capacity, and their curves.

import { counted, counts, exactly, judgeBounds, shown } from '@cookbook/lab/claim';
import type { Bound, Finding, Judgement, LinePlot } from '@cookbook/lab/claim';
import { unlessBusy } from '@cookbook/lab/host';
import { DEADLINE_MS, LOAD_MS } from './overload.ts';
import type { Checks, Overload, Point } from './overload.ts';
import type { Setting } from './protocol.ts';

/** ms by which the load may itself be late, and a server may wait for a core in all: more takes part in the answer. */
const MOST_LATE_MS = 20;
const MOST_WAITING_MS = 20;

/** No server does more than it can, but for what waits in it at the end, %. */
const MOST_SHARE = 125;

const KEPT: Bound = { least: 80 };
const LOST: Bound = { most: 50 };

/** Of a setting at twice its capacity: the share of the capacity that is answered in time, `KEY`, which is judged. */
export function keeps(words: string, key: string, setting: Setting, overload: Overload, isKept: boolean): Finding {
  const point = overload.curves[setting].at(-1)!;
  const figure = counted(
    key,
    `${setting}: in time at 2x, of the capacity`,
    Math.round(point.share),
    '%',
    isKept ? KEPT : LOST,
  );
  return {
    figures: [figure, counted(`${key}-refused`, `${setting}: refused of ${point.sent}`, point.refused, 'requests')],
    judgement: judge(judgeBounds([figure]), point, overload.busy),
    words,
  };
}

/** What a server can do, and when, depends on others where they have the cores: it is refuted only where they have not. */
function judge(judgement: Judgement, { late, waited, share }: Point, busy: number | undefined): Judgement {
  if (share > MOST_SHARE) {
    const reason = `${share.toFixed(0)} % of the capacity answered: others had the cores when that was measured`;
    return { verdict: 'inconclusive', reason };
  }
  if (judgement.verdict !== 'refuted') return judgement;
  const { verdict, reason } = unlessBusy(judgement, busy);
  const refuted: Judgement = { verdict, ...(reason && { reason }) }; // to be seen twice, as what is timed is
  if (late <= MOST_LATE_MS && waited <= MOST_WAITING_MS) return refuted;
  const times = `the load was up to ${late.toFixed(0)} ms late, and the server waited ${waited.toFixed(0)} ms for a core`;
  return { verdict: 'inconclusive', reason: `${judgement.reason}; ${times}` };
}

export function neverSheds(words: string, { asked, answered }: Checks): Finding {
  return counts(words, counted('health', 'health checks answered at 2x, shed', answered, 'checks', exactly(asked)));
}

export function utilisation(words: string, { curves }: Overload): Finding {
  const { share } = curves['computing, by utilisation'][0]!;
  return shown(
    words,
    counted('utilisation', 'computing, by utilisation: in time at 2x, of the capacity', Math.round(share), '%'),
  );
}

export function plotsOf({ curves }: Overload): LinePlot[] {
  return [
    {
      kind: 'lines',
      title: `Answered in time, by load, each for ${LOAD_MS} ms and the last for longer`,
      x: { label: 'load / capacity', unit: 'x', scale: 'linear' },
      y: { label: 'answered in time, of the capacity', unit: '%', scale: 'linear' },
      series: (['waiting', 'waiting, shed'] as const).map((name) => ({
        name,
        points: curves[name].map(({ load, share }) => ({ x: load, y: Math.round(share) })),
      })),
    },
  ];
}

export function describe({ capacity: { waiting, computing }, curves }: Overload): string[] {
  const row = (name: 'waiting' | 'waiting, shed'): string =>
    `${name}: ${curves[name].map(({ load, share }) => `${load}x ${share.toFixed(0)} %`).join(', ')}`;
  return [
    `Capacity: ${waiting.toFixed(0)} a second waiting, ${computing.toFixed(0)} computing; clients wait ${DEADLINE_MS} ms.`,
    `In time, of the capacity, by load, each for ${LOAD_MS} ms and the last for longer. ${row('waiting')}. ${row('waiting, shed')}.`,
  ];
}
