// Questions to an owner by its port, several at once, and what becomes of them where the owner ends.

import type { MessagePort } from 'node:worker_threads';

/** What the owner understands. It answers with the value that it then has, unless the sender does not want to know. */
export interface Command {
  readonly kind: 'get' | 'set' | 'add';
  readonly value?: number;
  readonly unanswered?: boolean;
}

/** Why an owner has ended: known only in the thread that started it. */
export interface End {
  error?: unknown;
}
export const ends = new WeakMap<MessagePort, End>();

type Caller = Pick<PromiseWithResolvers<number>, 'resolve' | 'reject'>;

/** The callers that wait at each port: a port's answers come in the order of its questions. */
const waiting = new WeakMap<MessagePort, Caller[]>();

/**
 * Sends a command and resolves with the answer of the owner; several at once are answered each.
 *
 * @throws what the owner throws at the command
 * @throws DOMException 'DataCloneError' where the command cannot be sent
 * @throws Error where the owner ends, or the port is closed, before the answer has come; its cause is the owner's error
 */
export function ask(port: MessagePort, command: Omit<Command, 'unanswered'>): Promise<number> {
  const callers = waiting.get(port) ?? listen(port);
  return new Promise((resolve, reject) => {
    if (callers.length === 0) port.ref(); // a question keeps the program alive until it is answered
    if (!port.hasRef()) throw closed(port); // its event was long ago
    port.postMessage({ ...command, unanswered: false } satisfies Command);
    callers.push({ resolve, reject });
  });
}

function listen(port: MessagePort): Caller[] {
  const callers: Caller[] = [];
  waiting.set(port, callers);
  port.on('message', (value: number | { readonly error: unknown }) => {
    const caller = callers.shift();
    if (typeof value === 'number') caller?.resolve(value);
    else caller?.reject(value.error);
    if (callers.length === 0) port.unref();
  });
  port.on('close', () => {
    for (const caller of callers.splice(0)) caller.reject(closed(port));
  });
  return callers;
}

function closed(port: MessagePort): Error {
  const cause = ends.get(port)?.error;
  return new Error('Expected an answer of the owner, but its port has closed', cause === undefined ? {} : { cause });
}
