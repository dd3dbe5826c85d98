// Rounds of passing things to a worker, and in how many of them its changes reached the sender.

import { counted } from '@cookbook/lab/claim';
import type { Figure } from '@cookbook/lab/claim';
import { handOver } from '../recipe.ts';
import type { Sides } from '../recipe.ts';

const ROUNDS = 5;

type Round = Awaited<ReturnType<typeof handOver>>;

export interface Changes {
  /** That the worker changed all that it was given: else nothing could be seen. */
  readonly changed: Figure;
  /** Changes that must not reach the sender. */
  readonly copies: readonly Figure[];
  /** The change that must. */
  readonly shared: Figure;
  /** That a transferred buffer left its sender, and that it came back. */
  readonly transferred: readonly Figure[];
}

/** Passes things to a fresh worker in each of five rounds. */
export async function countChanges(signal: AbortSignal): Promise<Changes> {
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    signal.throwIfAborted();
    rounds.push(await handOver());
  }
  const count = (isSo: (round: Round) => boolean): number => rounds.filter(isSo).length;
  const unit = `of ${ROUNDS} rounds`;
  const never = (key: string, name: string, isSo: (round: Round) => boolean): Figure =>
    counted(key, name, count(isSo), unit, { most: 0 });
  const always = (key: string, name: string, isSo: (round: Round) => boolean): Figure =>
    counted(key, name, count(isSo), unit, { least: ROUNDS });

  return {
    changed: always(
      'worker-changed',
      'the worker changed what it was given',
      ({ object, copied, transferred, shared }) => [object, copied, transferred, shared].every(wasChanged),
    ),
    copies: [
      never('object-seen', 'posted object: change seen by the sender', ({ object }) => object.sender !== 0),
      never('array-seen', 'posted Int32Array: change seen by the sender', ({ copied }) => copied.sender !== 0),
      never('module-seen', 'variable of a module: change seen by the sender', ({ module }) => module.sender !== 0),
      never(
        'environment-seen',
        'environment: change seen by the sender',
        ({ environmentVariable }) => environmentVariable !== undefined,
      ),
    ],
    shared: always('shared-seen', 'SharedArrayBuffer: change seen by the sender', ({ shared }) => shared.sender !== 0),
    transferred: [
      always('transfer-left', 'transferred buffer: empty at the sender', leftItsSender),
      always('transfer-back', 'transferred buffer: back with the change', ({ back }) => back === 1),
    ],
  };
}

function wasChanged({ worker }: Sides): boolean {
  return worker === 1;
}

function leftItsSender({ transferred, bytesLeft }: Round): boolean {
  return transferred.sender === undefined && bytesLeft === 0;
}
