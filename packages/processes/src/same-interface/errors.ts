// Errors as plain values: a message carries those between threads and processes alike, over JSON too.

import { serialize } from 'node:v8';

/** What a task answers with. */
export type Answer = { readonly output: unknown } | { readonly error: WireError };

/** An error on its way, or whatever else was thrown. */
export type WireError =
  | { readonly thrown: unknown }
  | {
      /** The built-in class that it is an instance of. */
      readonly kind: keyof typeof BUILT_IN;
      readonly name: string;
      readonly message: string;
      readonly stack: string | undefined;
      /** Such as `code` and `path`, as far as they can be cloned. */
      readonly own: Readonly<Record<string, unknown>>;
      readonly cause: WireError | undefined;
      /** Of an AggregateError. */
      readonly errors: readonly WireError[] | undefined;
    };

const BUILT_IN = {
  AggregateError,
  DOMException,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
  Error, // the others are instances of it too
};

/** Sent by themselves. */
const OWN_FIELDS: ReadonlySet<string> = new Set(['name', 'message', 'stack', 'cause', 'errors']);

/** Of an error with more causes than that the last ones are left out, lest they overflow the stack. */
const MOST_ERRORS = 100;

/** What was thrown, as a value that can be cloned; where it cannot, the DataCloneError that says so. */
export function toWire(thrown: unknown): WireError {
  return toWireOnce(thrown, new Map())!;
}

/** Undefined for an error that is under way already: one that is its own cause. */
function toWireOnce(thrown: unknown, seen: Map<Error, WireError | undefined>): WireError | undefined {
  if (!(thrown instanceof Error)) {
    const reason = whyNotCloned(thrown);
    return reason === undefined ? { thrown } : toWireOnce(reason, seen);
  }
  if (seen.has(thrown) || seen.size === MOST_ERRORS) return seen.get(thrown);
  seen.set(thrown, undefined);
  const { name, message, stack, cause } = thrown;
  const { errors } = thrown as { errors?: unknown };
  const wire: WireError = {
    kind: (Object.keys(BUILT_IN) as (keyof typeof BUILT_IN)[]).find((kind) => thrown instanceof BUILT_IN[kind])!,
    name,
    message,
    stack,
    own: Object.fromEntries(
      Object.entries(thrown).filter(([key, value]) => !OWN_FIELDS.has(key) && whyNotCloned(value) === undefined),
    ),
    cause: cause === undefined ? undefined : toWireOnce(cause, seen),
    errors: Array.isArray(errors) ? errors.flatMap((each) => toWireOnce(each, seen) ?? []) : undefined,
  };
  seen.set(thrown, wire);
  return wire;
}

/** The error again: of its built-in class, with the name of its own class where it has one. */
export function fromWire(wire: WireError): unknown {
  if (!('kind' in wire)) return wire.thrown;
  const { kind, name, message, stack, own, cause, errors } = wire;
  const error = create(kind, message, name);
  const hide = (key: string, value: unknown): unknown =>
    Object.defineProperty(error, key, { value, writable: true, configurable: true });
  if (error.name !== name) hide('name', name);
  if (stack !== undefined) hide('stack', stack); // where it was thrown, not where it arrived
  if (cause !== undefined) hide('cause', fromWire(cause));
  if (errors !== undefined) hide('errors', errors.map(fromWire));
  return Object.assign(error, own);
}

function create(kind: keyof typeof BUILT_IN, message: string, name: string): Error {
  if (kind === 'AggregateError') return new AggregateError([], message);
  if (kind === 'DOMException') return new DOMException(message, name);
  return new BUILT_IN[kind](message);
}

function whyNotCloned(value: unknown): Error | undefined {
  try {
    naming(() => serialize(value));
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

/** Serialises or sends. What cannot be cloned is a DataCloneError, which the serializer of processes does not call so. */
export function naming<T>(send: () => T): T {
  try {
    return send();
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('could not be cloned')) throw error;
    throw new DOMException(error.message, 'DataCloneError');
  }
}
