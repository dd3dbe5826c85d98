// The parent of an experiment, itself a child process, since it may not survive it: starts two runners, has one crash,
// and reports how that one ended and whether the other one still answers.

import { endWithParent } from '../../end-with-parent/recipe.ts';
import type { Runner } from '../recipe.ts';
import { startCrashableProcess, startCrashableThread } from './crash.ts';
import type { Command, Crash, Shape } from './crash.ts';
import type { Where } from './experiment.ts';

endWithParent();
const [where, crash, heap] = process.argv.slice(2) as [Where, Crash | Shape, string];
const start = (): Runner<Command, number> =>
  where === 'process'
    ? startCrashableProcess(Number(heap))
    : startCrashableThread({ listen: where === 'thread' }, Number(heap));

globalThis.counter = 100;
const [victim, sibling] = [start(), start()];
const counted = [await victim.ask('count'), await sibling.ask('count'), await sibling.ask('count')];
process.send!({ counted, own: globalThis.counter });

victim.ask(crash).catch(() => {}); // its end is reported below
const ended = await victim.ended;
const report = { ended, siblingAnswers: (await sibling.ask('count')) === 3 };
await sibling.end();
process.send!(report, () => process.disconnect!()); // before it is written, it would be dropped with the channel
