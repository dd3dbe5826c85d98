// A process that does one thing over and over when it is asked: it ends when its stdin closes, so with its parent too.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { UsageError } from '@cookbook/lab/command';
import type { Run } from './ways.ts';

export class WayProcess {
  readonly name: string;
  readonly #child;
  readonly #answers;
  #failure: Error | undefined;

  constructor(name: string, command: string, args: readonly string[]) {
    this.name = name;
    this.#child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#child.stdin.on('error', () => {}); // it has ended: `ask` reports the missing answer
    this.#child.on('error', (error) => (this.#failure = error));
    this.#answers = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** @throws UsageError where the process could not start, or has ended: its error is on stderr */
  async run(): Promise<Run> {
    this.#child.stdin.write('\n');
    for (;;) {
      const { value, done } = await this.#answers.next();
      if (done === true)
        throw new UsageError(`Expected ${this.name} to answer, got ${this.#failure?.message ?? 'its end'}`);
      if (value.startsWith('{')) return JSON.parse(value) as Run; // a library may greet the reader first
    }
  }

  close(): void {
    this.#child.kill('SIGKILL');
  }
}
