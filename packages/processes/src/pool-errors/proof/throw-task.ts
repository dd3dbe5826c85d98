// A task that throws a value, or answers with a function or its pid.

export type Throw = { readonly value: unknown } | { readonly output: 'function' | 'pid' };

export default function task(input: Throw): unknown {
  if ('value' in input) throw input.value;
  return input.output === 'pid' ? process.pid : () => {};
}
