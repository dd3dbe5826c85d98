// The processes that this proof ends. Each ends with its parent.

import { endWithParent } from '../../end-with-parent/recipe.ts';

/** loop: computes without end. handles: the same, with a handler for SIGTERM. idle: waits, and handles nothing. */
export type Role = 'loop' | 'handles' | 'idle';

endWithParent();
const [role] = process.argv.slice(2) as [Role];
if (role === 'handles') process.on('SIGTERM', () => console.log('never printed: the event loop never turns'));
if (role === 'idle') setInterval(() => {}, 60_000);
process.send!(process.pid, () => {
  if (role !== 'idle') for (;;);
});
