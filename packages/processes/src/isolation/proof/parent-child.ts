// The parent of an experiment, itself a child process, since it may not outlive it: starts two residents, has one crash,
// and reports how that one ended and whether the other one still answers.

import { endWithParent } from '@cookbook/lab/cleanup';
import type { Crash } from './crash.ts';
import { startProcess, startThread } from '../recipe.ts';
import type { Resident } from '../recipe.ts';
import type { Where } from './experiment.ts';

endWithParent();
const [where, crash] = process.argv.slice(2) as [Where, Crash];
const start = (): Resident => (where === 'process' ? startProcess() : startThread({ listen: where === 'thread' }));

globalThis.counter = 100;
const [victim, sibling] = [start(), start()];
const counted = [await victim.ask('count'), await sibling.ask('count'), await sibling.ask('count')];
process.send!({ counted, own: globalThis.counter });

victim.ask(crash).catch(() => {}); // its end is told below
const ended = await victim.ended;
process.send!({ ended, siblingAnswers: (await sibling.ask('count')) === 3 });
await sibling.end();
process.disconnect!();
