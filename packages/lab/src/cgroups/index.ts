// Limits of CPU time and cores, set for a moment and for one program.

export { whyNoGroups } from './group.ts';
export { runIn } from './setting.ts';
export type { Ended, Setting } from './setting.ts';
