// What a process runs: one task.

import { endWithParent } from '../end-with-parent/recipe.ts';
import { answer } from './answer.ts';
import type { Question } from './answer.ts';
import { naming } from './errors.ts';

endWithParent(); // even in the middle of a task that never yields
// `on`, not `once`: without a listener the process would end by itself, and its end may come before the answer.
process.on('message', (question: Question) => answer(question, (reply) => naming(() => process.send!(reply))));
