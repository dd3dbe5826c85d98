// A process that has measured nothing yet: it does so once, and says what came of it.

import { cheaperFix, cpuOf, trap, work } from './recipe.ts';

const measure = { once: () => cpuOf(work), trap, pairs: cheaperFix }[process.argv[2] as 'once' | 'trap' | 'pairs'];
process.send?.(measure(), () => process.disconnect?.());
