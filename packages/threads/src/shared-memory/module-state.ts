// A variable of a module. Main thread and workers import the same file.

let visits = 0;

/** Counts a visit of the calling thread's own copy of this module. */
export function visit(): number {
  return ++visits;
}

export function visitsSoFar(): number {
  return visits;
}
