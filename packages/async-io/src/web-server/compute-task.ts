import { runUnit } from '@cookbook/lab/task';
import type { Unit } from '@cookbook/lab/task';

export default (unit: Unit): void => runUnit(unit);
