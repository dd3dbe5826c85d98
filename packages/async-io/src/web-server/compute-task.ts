import { runUnit } from '@cookbook/lab/workload';
import type { Unit } from '@cookbook/lab/workload';

export default (unit: Unit): void => runUnit(unit);
