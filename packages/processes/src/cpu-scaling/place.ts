// A process that answers one question at a time, and the next one where it has ended.

import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fromWire, naming } from '../same-interface/errors.ts';
import type { Answer } from '../same-interface/errors.ts';

export interface Place<Input, Output> {
  /**
   * Sends the input and resolves with the output. Ask again only once this is settled.
   *
   * @throws what the task throws
   * @throws Error where the process ends instead: nothing waits for one that is gone
   */
  ask(input: Input): Promise<Output>;
  /** Ends the process at once: an orderly end, by closing its channel, would wait for its current task. */
  end(): Promise<void>;
}

/** Starts a process by `start`, and another one for the first question after it has ended. */
export function openPlace<Input, Output>(start: () => ChildProcess): Place<Input, Output> {
  const startQuietly = (): ChildProcess => start().on('error', () => {}); // whatever is asked of it rejects
  let child = startQuietly();
  return {
    async ask(input) {
      if (!child.connected || hasEnded(child)) child = startQuietly();
      naming(() => child.send({ input })); // no answer can come before this turn ends
      const answered = new AbortController();
      const answer = once(child, 'message', { signal: answered.signal });
      const gone = once(child, 'exit', { signal: answered.signal }).then(([code, signal]) => {
        throw new Error(`Expected an answer of the process, but it ended with ${signal ?? `exit code ${code}`}`);
      });
      try {
        const [reply] = (await Promise.race([answer, gone])) as [Answer];
        if ('error' in reply) throw fromWire(reply.error);
        return reply.output as Output;
      } finally {
        answered.abort(); // takes the listener off that was not needed
      }
    },
    async end() {
      if (hasEnded(child)) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
