import { claimOf, only, pythonCounts } from '../pitfall/claim-of.ts';
import { pitfall } from './pitfall.ts';
import { cheaperFix, defaultAtEachCall, defaultMadeOnce, fix, trap } from './recipe.ts';

export default claimOf(pitfall, {
  question: 'Can a function change the object that I pass to it?',
  says: 'Shared references change how functions behave.',
  from: ['RC'],
  inNode: 'yes',
  answer:
    "A function that fills in its argument's fields changes the caller's object; a default value is made at each call, 3 lists in 3.",

  count: () => ({
    words: "The function added {added} to the caller's object. Three calls with a default made {made}.",
    figures: [
      only('added', "fields added to the caller's object", fieldsAdded(trap().mine), 1, 'field'),
      only('added-by-fix', 'fields added by a function that builds a new one', fieldsAdded(fix().mine), 0, 'fields'),
      only('added-by-cheaper', 'fields added by one that destructures', fieldsAdded(cheaperFix().mine), 0, 'fields'),
      only('asked', 'retries of a caller who asks for 5', retriesOf(5), 5, 'retries'),
      only('made', 'lists made by 3 calls, default in the parameter', lists(defaultAtEachCall()), 3, 'lists'),
      only('made-once', 'lists made by 3 calls, default in a constant', lists(defaultMadeOnce()), 1, 'list'),
    ],
  }),

  python: pythonCounts(
    new URL('./original.py', import.meta.url),
    ({ lists: made, last, changed }: { lists: number; last: number[]; changed: boolean }) => ({
      words: `Three calls shared one list, [${last.join(', ')}].`,
      figures: [
        only('lists', 'lists made by 3 calls with a default', made, 1, 'list'),
        only('changed', 'change of the argument seen by the caller', Number(changed), 1, 'of 1'),
      ],
    }),
  ),
});

const retriesOf = (retries: number): number => fix({ url: '/', retries }).used.retries!;

function fieldsAdded(options: object): number {
  return Object.keys(options).length - 1;
}

function lists(all: readonly number[][]): number {
  return new Set(all).size;
}
