import { describe, expect, test } from 'vitest';
import { describeSelection, EVERYTHING, readRunArguments, selectIds } from '../src/run/arguments.ts';
import { made } from './made.ts';

describe('the arguments of a run', () => {
  test('say nothing of a selection where none is asked for', () => {
    expect(readRunArguments([])).toEqual({ selection: undefined, list: false, resume: false, open: false });
    expect(readRunArguments(['--resume', '--open'])).toEqual({
      selection: undefined,
      list: false,
      resume: true,
      open: true,
    });
  });

  test.each([
    [['--quick'], { ...EVERYTHING, quick: true }, 'pnpm start --quick'],
    [
      ['--only', 'threads, processes/kill,threads'],
      { ...EVERYTHING, only: ['threads', 'processes/kill'] },
      'pnpm start --only threads,processes/kill',
    ],
    [
      ['--time-budget', '2', '--quick'],
      { ...EVERYTHING, quick: true, timeBudget: 2 },
      'pnpm start --quick --time-budget 2',
    ],
  ])('%j select, and what they select is said as the command to type', (argv, selection, command) => {
    expect(readRunArguments(argv)).toMatchObject({ selection });
    expect(describeSelection(selection)).toBe(command);
    expect(readRunArguments(command.split(' ').slice(2))).toMatchObject({ selection });
  });

  test.each([
    [['--only', 'threads,'], "Expected --only to be names with commas between them, got 'threads,'"],
    [['--time-budget', '0'], "Expected --time-budget to be a number above 0, got '0'"],
    [['comapre'], "unknown command 'comapre': there are compare, badge, readme and page, or no command"],
  ])('%j are refused: %s', (argv, line) => expect(() => readRunArguments(argv)).toThrow(line));
});

describe('names of --only', () => {
  const { chapters } = made();
  const unreadable = { name: 'broken', title: '', sections: [], failure: 'it is' };

  test.each([
    [[], ['threads/kill', 'processes/kill']],
    [
      ['processes', 'threads'],
      ['threads/kill', 'processes/kill'],
    ],
    [['processes/kill'], ['processes/kill']],
    [['kill'], ['threads/kill', 'processes/kill']],
    [['broken'], []],
    [['broken', 'threads'], ['threads/kill']],
  ])('%j are %j, in reading order', (names, ids) => {
    expect(selectIds(names, { chapters: [...chapters, unreadable] })).toEqual(ids);
  });

  test.each([
    ['thread', "got 'thread': did you mean 'threads'?"],
    ['threads/kil', "got 'threads/kil': did you mean 'threads/kill'?"],
    ['nothing-like-it', "got 'nothing-like-it': --list shows those that there are"],
  ])('that stand for nothing are refused: %s', (name, line) =>
    expect(() => selectIds([name], { chapters })).toThrow(line),
  );
});
