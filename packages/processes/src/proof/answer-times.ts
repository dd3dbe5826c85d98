// Threads and processes of this chapter's recipes as the lab's lanes. A unit ends when its answer is here, so that what its
// message costs counts against the lane; the time for which this thread had no core to take the answer does not.

import { lanesOf } from '@cookbook/lab/speedup';
import type { Lanes } from '@cookbook/lab/speedup';
import { now, waitingTime } from '@cookbook/lab/task';
import type { LaneReport, Unit } from '@cookbook/lab/task';

/** What answers: a thread, a process, a connection. */
interface Peer {
  close(): Promise<unknown>;
}

/**
 * Lanes of so many peers.
 *
 * @param work has the peer do a unit, whose place in the run is `index`, and resolves with the peer's report
 */
export function answerLanes<P extends Peer>(
  count: number,
  open: () => P,
  work: (peer: P, index: number, unit: Unit) => Promise<LaneReport>,
): Lanes {
  return lanesOf(count, () => {
    const peer = open();
    return {
      async ask(unit, index) {
        const waitedAtStart = waitingTime() ?? 0;
        const report = await work(peer, index, unit);
        return untilAnswered(report, now(), (waitingTime() ?? 0) - waitedAtStart);
      },
      close: () => peer.close(),
    };
  });
}

/**
 * The report of a lane whose answer was here at `answered`, after this thread had `waited` ms for a core since it asked.
 * That wait counts for no more than the gap after the lane's end, and before its start, which the lab sees to: while the
 * lane worked, this thread delayed nothing.
 */
export function untilAnswered(report: LaneReport, answered: number, waited: number): LaneReport {
  if (report.waited === undefined) return report;
  return {
    ...report,
    ended: answered,
    waited: report.waited + Math.min(waited, Math.max(0, answered - report.ended)),
    waitedBefore: (report.waitedBefore ?? 0) + waited,
  };
}
