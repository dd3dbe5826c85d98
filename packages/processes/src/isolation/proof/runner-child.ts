import { endWithParent } from '@cookbook/lab/cleanup';
import { obey } from './crash.ts';
import type { Command } from './crash.ts';

endWithParent();
process.on('message', (command: Command) => process.send!(obey(command)));
