// A process of this proof: obeys commands.

import { endWithParent } from '../../end-with-parent/recipe.ts';
import { obey } from './crash.ts';
import type { Command } from './crash.ts';

endWithParent();
process.on('message', (command: Command) => process.send!(obey(command)));
