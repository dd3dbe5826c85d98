import { claimOf, exactly, pythonCounts } from '../pitfall/claim-of.ts';
import { pitfall } from './pitfall.ts';
import { cheaperFix, defaultAtEachCall, defaultMadeOnce, fix, trap } from './recipe.ts';

export default claimOf(pitfall, {
  says: 'Shared references change how functions behave.',
  from: ['RC'],
  answer:
    "A callee that changes its argument changes the caller's object; a default value is made at each call, so 3 calls get 3 lists where Python's get 1.",

  count: () => ({
    headline: `fields added to the caller's object: ${fieldsAdded(trap().mine)}; lists made by 3 calls with a default: ${lists(defaultAtEachCall())}`,
    figures: [
      exactly("fields added to the caller's object", fieldsAdded(trap().mine), 1, 'fields'),
      exactly('fields added by a function that builds a new one', fieldsAdded(fix().mine), 0, 'fields'),
      exactly('fields added by one that destructures', fieldsAdded(cheaperFix().mine), 0, 'fields'),
      exactly('lists made by 3 calls, default in the parameter', lists(defaultAtEachCall()), 3, 'lists'),
      exactly('lists made by 3 calls, default in a constant', lists(defaultMadeOnce()), 1, 'lists'),
    ],
  }),

  python: pythonCounts(
    new URL('./original.py', import.meta.url),
    ({ lists: made, last, changed }: { lists: number; last: number[]; changed: boolean }) => ({
      headline: `3 calls with a default made ${made} list, which ends as [${last.join(', ')}]: the default is made once`,
      figures: [
        exactly('lists made by 3 calls with a default', made, 1, 'lists'),
        exactly('change of the argument seen by the caller', Number(changed), 1, 'times'),
      ],
    }),
  ),
});

function fieldsAdded(options: object): number {
  return Object.keys(options).length - 1;
}

function lists(all: readonly number[][]): number {
  return new Set(all).size;
}
