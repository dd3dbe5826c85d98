// What was started or made for a measurement, and is gone with it.

export { withFolder } from './folder.ts';
export { endWithParent } from './lifeline.ts';
