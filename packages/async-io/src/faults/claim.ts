import { counted, defineClaim, judgeBounds } from '@cookbook/lab/claim';
import type { Context, Figure } from '@cookbook/lab/claim';
import { fateOf } from '../proof/server/index.ts';
import { BEHAVIOUR, fetchUnderFaults, restartAfter } from './proof/episodes.ts';
import type { Fetched } from './proof/episodes.ts';

const DOCUMENTS = 400;
const DOWN_MS = 150;
/** With waits of up to 100 ms in between they last for longer than the server is down. */
const ATTEMPTS = 15;

export default defineClaim({
  id: 'async-io/faults',
  says: 'A network fails: connections break, answers are cut short, servers are restarted.',
  from: ['ours'],
  answer: `Of ${DOCUMENTS} documents every one comes exactly once and right, though the server resets 5 % of connections, cuts 2 % of bodies short and is restarted half-way; without a retry the client says which are missing and why.`,

  async measure({ signal }: Context) {
    const restart = { documents: DOCUMENTS, attempts: ATTEMPTS, strike: restartAfter(DOWN_MS) };
    const restarted = await fetchUnderFaults(restart, signal);
    const single = await fetchUnderFaults({ documents: DOCUMENTS, attempts: 1 }, signal);
    const gone = await fetchUnderFaults(
      { documents: DOCUMENTS, attempts: 2, strike: (server) => server.stop() },
      signal,
    );
    const retried = [...restarted.retries.values()].reduce((sum, count) => sum + count, 0);
    return {
      headline: `${new Set(restarted.taken).size} of ${DOCUMENTS} documents in spite of ${restarted.counts.faults.reset} resets, ${restarted.counts.faults.cut} cut bodies and a restart; without a retry ${single.missing.length} missing, each told`,
      figures: [
        ...completeFigures(restarted, 'restarted half-way'),
        counted('restarted half-way: documents missing', restarted.missing.length, 'documents', exactly(0)),
        counted('restarted half-way: faults injected', faultsOf(restarted), 'requests', { least: 1 }),
        counted(
          'restarted half-way: requests that broke off or were refused',
          retried - faultsOf(restarted),
          'requests',
          { least: 1 },
        ),
        ...completeFigures(single, 'one attempt'),
        counted('one attempt: told missing / by the faults injected', difference(single), 'documents', exactly(0)),
        counted('one attempt: documents told missing', single.missing.length, 'documents', { least: 1 }),
        ...completeFigures(gone, 'gone for good half-way'),
        counted('gone for good half-way: documents told missing', gone.missing.length, 'documents', {
          least: DOCUMENTS / 4,
        }),
      ],
      notes: [
        `Tried again after: ${[...restarted.retries].map(([why, count]) => `${why} ${count}`).join(', ')}.`,
        `Told missing with one attempt: ${reasonsOf(single)}; when the server was gone for good: ${reasonsOf(gone)}.`,
      ],
    };
  },

  judge: judgeBounds,
});

/** Every document is either here, once, or told missing, once. */
function completeFigures({ taken, missing }: Fetched, label: string): Figure[] {
  const told = [...taken, ...missing.map(({ number }) => number)];
  return [
    counted(`${label}: documents here or told missing`, new Set(told).size, 'documents', exactly(DOCUMENTS)),
    counted(`${label}: told more than once`, told.length - new Set(told).size, 'documents', exactly(0)),
  ];
}

/** Documents that are told missing and were not failed by the server, and the other way round. */
function difference({ missing }: Fetched): number {
  const told = new Set(missing.map(({ number }) => number));
  const numbers = Array.from({ length: DOCUMENTS }, (_, number) => number);
  return numbers.filter((number) => told.has(number) !== (fateOf(BEHAVIOUR, number, 0).fault !== undefined)).length;
}

function faultsOf({ counts }: Fetched): number {
  return counts.faults.reset + counts.faults.cut;
}

/** 'ECONNRESET 19, UND_ERR_SOCKET 8' */
function reasonsOf({ missing }: Fetched): string {
  const groups = Map.groupBy(missing, ({ reason }) => reason);
  return [...groups].map(([reason, all]) => `${reason} ${all.length}`).join(', ');
}

function exactly(count: number) {
  return { least: count, most: count };
}
