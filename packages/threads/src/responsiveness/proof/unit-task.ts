// A unit of the lab's work: at once, and in steps of about a millisecond.

import { runUnit } from '@cookbook/lab/task';
import type { Unit } from '@cookbook/lab/task';
import type { Steps } from '../recipe.ts';

export default function task(unit: Unit): number {
  runUnit(unit);
  return unit.repeats;
}

export function* stepsOf(unit: Unit): Steps<number> {
  for (let step = 0; step < unit.repeats; step++) {
    runUnit({ ...unit, repeats: 1 });
    yield;
  }
  return unit.repeats;
}
