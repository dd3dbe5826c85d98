import { endWithParent } from '@cookbook/lab/cleanup';
import { answer } from './answer.ts';
import type { Question } from './answer.ts';

endWithParent(); // even where the task never lets the event loop turn
// `on`, not `once`: without a listener the process would end by itself, and its end may overtake the answer.
process.on('message', (question: Question) => answer(question, (reply) => process.send!(reply)));
