import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { measureShape } from '../src/testing/shape.ts';
import type { RecipeFolder } from '../src/testing/shape.ts';
import { withoutExceptions } from '../src/testing/shaped.ts';

const HEADER = `// Claim      Two threads lose counts, and with
//            Atomics.add they lose none.
// Mechanism  One step.
// Use when   you count.
// Do not     guess.
// Copy       recipe.ts, count-task.ts, ../lock/recipe.ts; npm: piscina;
//            Node 22 or newer
// Run        pnpm tsx packages/threads/src/main.ts race
`;
const BODY = lines(25);
const COPY = 'recipe.ts, count-task.ts, ../lock/recipe.ts; npm: piscina; Node 22 or newer';
const FILES = ['race/recipe.ts', 'race/count-task.ts', 'lock/recipe.ts'].map((file) => `packages/threads/src/${file}`);
const CLAIM = { question: 'Do two threads lose counts?', answer: 'Two threads lose counts; with Atomics.add none.' };

let folder: string;

beforeEach(() => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), 'cookbook-shape-')), 'race');
  mkdirSync(path.join(folder, 'proof'), { recursive: true });
  write('recipe.ts', `${HEADER}\n${BODY}`);
  write('claim.ts', "import { defineClaim } from '@cookbook/lab/claim';\n");
  write('count-task.ts', '');
  write('original.py', '');
  write('page.md', '');
});
afterEach(() => rmSync(path.dirname(folder), { recursive: true, force: true }));

test('a recipe that keeps its shape has no breach', () => {
  expect(measure()).toEqual([]);
});

describe('lines', () => {
  test.each([
    [24, ['lines: Expected recipe.ts to have 25 to 80 lines below its header, got 24']],
    [25, []],
    [80, []],
    [81, ['lines: Expected recipe.ts to have 25 to 80 lines below its header, got 81']],
  ])('%i of them below the header', (count, breaches) => {
    write('recipe.ts', `${HEADER}\n${lines(count)}`);
    expect(measure()).toEqual(breaches);
  });
});

describe('the header', () => {
  test.each([
    ['lacks a head', HEADER.replace(/^.*One step.*\n/m, ''), 'got Claim, Use when, Do not, Copy, Run'],
    [
      'has one in another place',
      HEADER.replace(/^(\/\/ Use.*\n)(\/\/ Do.*\n)/m, '$2$1'),
      'got Claim, Mechanism, Do not, Use when',
    ],
    ['has one more', `${HEADER}// See        there\n`, 'Run, See'],
    ['has another word', HEADER.replace('// Do not     ', '// Not when   '), 'Use when, Not when, Copy'],
    [
      'begins at another column',
      HEADER.replace('// Do not     guess', '// Do not      guess'),
      "text from column 15 on, got '// Do not      guess.'",
    ],
    [
      'goes on at another column',
      HEADER.replace('//            Atomics', '//             Atomics'),
      'text from column 15 on',
    ],
    ['goes on at an earlier column', HEADER.replace('//            Atomics', '// Atomics'), 'Expected the heads'],
    ['has an empty line', HEADER.replace('// Use', '//\n// Use'), 'text from column 15 on'],
  ])('is wrong where it %s', (_, header, message) => {
    write('recipe.ts', `${header}\n${BODY}`);
    expect(measure()).toEqual([expect.stringMatching(/^header: /)]);
    expect(measure()[0]).toContain(message);
  });

  test('is not there', () => {
    write('recipe.ts', BODY);
    expect(measure()).toEqual([expect.stringContaining('got none'), expect.stringMatching(/^copy: /)]);
  });

  test('has at most 60 words, of which signs alone are none, nor what stands under Copy and Run', () => {
    const words = (count: number) => HEADER.replace('guess.', `${'word '.repeat(count)}= ->`);
    // 14 words are there besides.
    write('recipe.ts', `${words(46)}\n${BODY}`);
    expect(measure()).toEqual([]);
    write('recipe.ts', `${words(47)}\n${BODY}`);
    expect(measure()).toEqual(['words: Expected at most 60 words under Claim, Mechanism, Use when, Do not, got 61']);
  });
});

describe('Copy', () => {
  test.each([
    ['a file less', HEADER.replace(' count-task.ts,', '')],
    ['a package less', HEADER.replace(' npm: piscina;', '')],
    ['another Node', HEADER.replace('Node 22', 'Node 24')],
  ])('is wrong with %s', (_, header) => {
    write('recipe.ts', `${header}\n${BODY}`);
    expect(measure()).toEqual([expect.stringContaining(`copy: Expected under Copy '${COPY}', got '`)]);
  });

  test('says why the recipe cannot be copied', () => {
    const problems = ["race/recipe.ts:9 imports '@cookbook/lab/task', which is a package of the cookbook"];
    expect(measure({ listed: { files: FILES, copy: COPY, problems } })).toEqual([`copy: ${problems[0]}`]);
  });
});

describe('claim.ts', () => {
  test('has at most 45 lines', () => {
    write('claim.ts', lines(45));
    expect(measure()).toEqual([]);
    write('claim.ts', lines(46));
    expect(measure()).toEqual(['claimLines: Expected claim.ts to have at most 45 lines, got 46']);
  });

  test('imports of at most four rooms, however many names', () => {
    const rooms = ['claim', 'claim', 'speedup', 'host', 'race'].map(
      (room) => `import { a, b } from '@cookbook/lab/${room}';\n`,
    );
    write('claim.ts', `${rooms.join('')}import { c } from './recipe.ts';\n`);
    expect(measure()).toEqual([]);
    write('claim.ts', `${rooms.join('')}import type { D } from '@cookbook/lab/python';\n`);
    expect(measure()).toEqual([expect.stringMatching(/^claimRooms: .* at most 4 .* @cookbook\/lab\/python$/)]);
  });
});

describe('the sentences', () => {
  test.each([
    ['Two threads lose counts', 'question: Expected a question that ends in \'?\', got "Two threads lose counts"'],
    [undefined, "question: Expected a question that ends in '?', got undefined"],
  ])('ask no question with %j', (question, message) => {
    expect(measure({ claim: { ...CLAIM, question } })).toEqual([message]);
  });

  test.each([
    'So does a mutex.',
    'Not by itself.',
    'It gains nothing.',
    'They gain nothing.',
    'This gains nothing.',
    'close to 1x per core.',
  ])('have no subject: %s', (answer) => {
    expect(measure({ claim: { ...CLAIM, answer } })).toEqual([
      `answer: Expected an answer that begins with its subject, got: ${answer}`,
    ]);
  });

  test.each(['Items are copied.', '`++` loses counts.', 'Nothing is lost.', '100 tasks fit.'])(
    'have one: %s',
    (answer) => {
      expect(measure({ claim: { ...CLAIM, answer } })).toEqual([]);
    },
  );

  test('have at most 25 words in the answer', () => {
    const answer = (count: number) => `Threads${' gain'.repeat(count - 1)}`;
    expect(measure({ claim: { ...CLAIM, answer: answer(25) } })).toEqual([]);
    expect(measure({ claim: { ...CLAIM, answer: answer(26) } })).toEqual([
      expect.stringContaining('at most 25 words, got 26'),
    ]);
  });

  test('are missing where the chapter has no such claim', () => {
    expect(measure({ claim: undefined })).toEqual([
      'answer: Expected the chapter to have a claim of this id, got none',
    ]);
  });
});

describe('the files', () => {
  test.each(['rig.ts', 'worker.ts', 'other-task.ts', 'pitfall.ts', 'notes.md', 'servers'])(
    'have %s to give',
    (name) => {
      write(name, '');
      expect(measure()).toEqual([`files: Expected ${name} to be reached by recipe.ts, or to stand in proof/`]);
    },
  );

  test('in proof/ may have any name, and a pitfall has one file more', () => {
    write('proof/rig.ts', '');
    write('original_state.py', '');
    write('pitfall.ts', '');
    expect(measure({ chapter: 'pitfalls' })).toEqual([]);
  });

  test('of a neighbour do not excuse one of the same name here', () => {
    write('lock.ts', '');
    const files = [...FILES, 'packages/threads/src/lock/lock.ts'];
    expect(measure({ listed: { files, copy: COPY, problems: [] } })).toEqual([
      expect.stringContaining('Expected lock.ts'),
    ]);
  });
});

test('an exception excuses its rule, and one that is not needed is a breach of its own', () => {
  const breaches = [
    { rule: 'lines', message: 'too many' },
    { rule: 'files', message: 'one more' },
  ] as const;
  expect(withoutExceptions(breaches, { lines: 'they are all needed' })).toEqual(['files: one more']);
  expect(withoutExceptions([], { lines: 'they are all needed' })).toEqual([
    'lines: Expected no exception, since the rule is kept: take it out',
  ]);
});

function measure(other: Partial<RecipeFolder> = {}): string[] {
  const listed = { files: FILES, copy: COPY, problems: [] };
  return measureShape({ folder, chapter: 'threads', listed, claim: CLAIM, ...other }).map(
    ({ rule, message }) => `${rule}: ${message}`,
  );
}

function lines(count: number): string {
  return Array.from({ length: count }, (_, index) => (index === 1 ? '\n' : `// line ${index}\n`))
    .join('')
    .replace('//', 'x;');
}

function write(name: string, text: string): void {
  writeFileSync(path.join(folder, name), text);
}
