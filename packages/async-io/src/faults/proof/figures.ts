// What came, what was reported missing, and what the server had done.

import { counted, exactly } from '@cookbook/lab/claim';
import type { Figure } from '@cookbook/lab/claim';
import { fateOf } from '../../proof/server/index.ts';
import { BEHAVIOUR } from './episodes.ts';
import type { Fetched } from './episodes.ts';

/** Retried, from a server that is restarted half-way: `here`, `twice`, `restarts`, `resets`, `cuts` and more. */
export function restartFigures(seen: Fetched, documents: number): Figure[] {
  const { taken, missing, counts, retries, interruptions } = seen;
  const { reset, cut } = counts.faults;
  const here = new Set(taken).size;
  const retried = [...retries.values()].reduce((sum, count) => sum + count, 0);
  const label = 'restarted half-way';
  return [
    counted('here', `${label}: documents that came right`, here, 'documents', exactly(documents)),
    counted('twice', `${label}: documents that came more than once`, taken.length - here, 'documents', exactly(0)),
    counted('restarted-missing', `${label}: documents missing`, missing.length, 'documents', exactly(0)),
    ...accountFigures('restarted', label, seen, documents),
    counted('restarts', `${label}: restarts while documents were under way`, interruptions, 'restart', exactly(1)),
    counted('resets', `${label}: connections that the server reset`, reset, 'resets', { least: 1 }),
    counted('cuts', `${label}: bodies that the server cut short`, cut, 'cut bodies', { least: 1 }),
    counted('broken-off', `${label}: requests that broke off or were refused`, retried - reset - cut, 'requests', {
      least: 1,
    }),
  ];
}

/** One attempt each: `single-missing`, and `single-wrong`, the reports that do not agree with what the server did. */
export function singleFigures(seen: Fetched, documents: number): Figure[] {
  const wrong = wrongReports(seen, documents);
  return [
    ...accountFigures('single', 'one attempt', seen, documents),
    counted('single-wrong', 'one attempt: reported missing / failed by the server', wrong, 'reports', exactly(0)),
    counted('single-missing', 'one attempt: reported missing', seen.missing.length, 'documents', { least: 1 }),
  ];
}

/** From a server that stops half-way and does not come back: `gone-missing` and more. */
export function goneFigures(seen: Fetched, documents: number): Figure[] {
  const label = 'stopped for good half-way';
  const least = { least: documents / 4 };
  return [
    ...accountFigures('gone', label, seen, documents),
    counted('gone-missing', `${label}: reported missing`, seen.missing.length, 'documents', least),
  ];
}

/** Every document is either here, once, or reported missing, once: `KEY-accounted` and `KEY-repeated`. */
function accountFigures(key: string, label: string, { taken, missing }: Fetched, documents: number): Figure[] {
  const all = [...taken, ...missing.map(({ number }) => number)];
  const accounted = new Set(all).size;
  return [
    counted(`${key}-accounted`, `${label}: here or reported missing`, accounted, 'documents', exactly(documents)),
    counted(`${key}-repeated`, `${label}: reported more than once`, all.length - accounted, 'documents', exactly(0)),
  ];
}

/** Documents that are reported missing and were not failed by the server, and the other way round. */
function wrongReports({ missing }: Fetched, documents: number): number {
  const reported = new Set(missing.map(({ number }) => number));
  const numbers = Array.from({ length: documents }, (_, number) => number);
  return numbers.filter((number) => reported.has(number) !== isFailed(number)).length;
}

/** Whether the server fails the first request for that document. */
function isFailed(number: number): boolean {
  return fateOf(BEHAVIOUR, number, 0).fault !== undefined;
}

export function describeFailures(restarted: Fetched, single: Fetched, gone: Fetched): string[] {
  const retries = [...restarted.retries].map(([why, count]) => `${why} ${count}`).join(', ');
  return [
    `Tried again after: ${retries}.`,
    `Reported missing with one attempt: ${reasonsOf(single)}; when the server had stopped for good: ${reasonsOf(gone)}.`,
  ];
}

/** 'ECONNRESET 19, UND_ERR_SOCKET 8' */
function reasonsOf({ missing }: Fetched): string {
  const groups = Map.groupBy(missing, ({ reason }) => reason);
  return [...groups].map(([reason, all]) => `${reason} ${all.length}`).join(', ');
}
