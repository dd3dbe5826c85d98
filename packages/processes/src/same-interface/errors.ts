// Errors as plain values: a message carries those between threads and processes alike.

/** What a task answers with. */
export type Answer = { readonly output: unknown } | { readonly error: WireError };

/** An error on its way, or whatever else was thrown. */
export type WireError =
  | { readonly thrown: unknown }
  | {
      readonly name: string;
      readonly message: string;
      readonly stack: string | undefined;
      /** Such as 'ENOENT', where the error has one. */
      readonly code: string | number | undefined;
      readonly cause: WireError | undefined;
    };

const BUILT_IN = { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };

export function toWire(error: unknown): WireError {
  if (!(error instanceof Error)) return { thrown: error };
  const { name, message, stack, code, cause } = error as NodeJS.ErrnoException;
  return { name, message, stack, code, cause: cause === undefined ? undefined : toWire(cause) };
}

/** The error again: of the same class where that is built in, else an Error that keeps the name. */
export function fromWire(wire: WireError): unknown {
  if ('thrown' in wire) return wire.thrown;
  const { name, message, stack, code, cause } = wire;
  const Class = BUILT_IN[name as keyof typeof BUILT_IN] ?? Error;
  const error = new Class(message, cause && { cause: fromWire(cause) });
  if (error.name !== name) error.name = name;
  if (stack !== undefined) error.stack = stack; // where it was thrown, not where it arrived
  return code === undefined ? error : Object.assign(error, { code });
}
