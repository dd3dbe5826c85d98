// Races: outcomes that are declared beforehand and counted.

export { ORDER_GRADES, orderOf } from './order.ts';
export { judgeTally, outcomes, tally } from './outcomes.ts';
export type { Grade, Grades, Tally } from './outcomes.ts';
export { within } from './time-limit.ts';
