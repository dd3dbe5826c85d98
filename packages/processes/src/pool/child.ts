// What each process of the pool loads before its task: with it none outlives the pool, not even in an endless task.

import { endWithParent } from '../end-with-parent/recipe.ts';

endWithParent();
