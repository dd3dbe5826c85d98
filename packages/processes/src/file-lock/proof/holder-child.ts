// A process that is killed while it holds the lock.

import path from 'node:path';
import { FileLock } from '../recipe.ts';

const [, folder] = process.argv.slice(2) as ['lock file', string];
process.on('disconnect', () => process.exit());
new FileLock(path.join(folder, 'lock')).acquire();
process.send!('holding');
