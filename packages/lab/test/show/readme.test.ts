import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Claim } from '../../src/claim/claim.ts';
import { counted } from '../../src/claim/figure.ts';
import { readHost } from '../../src/host/host.ts';
import { wordsOf } from '../../src/show/json.ts';
import type { JsonClaim } from '../../src/show/json.ts';
import { compareBlock, fillBlock, readBlock, verdictsBlock, writeBlock } from '../../src/show/readme.ts';

const readme = '# Title\n\n<!-- begin:a -->\nold\n<!-- end:a -->\n\nrest\n';

test('a block is filled and read, and nothing else is touched', () => {
  const filled = fillBlock(readme, 'a', 'new\n');
  expect(filled).toBe('# Title\n\n<!-- begin:a -->\n\nnew\n\n<!-- end:a -->\n\nrest\n');
  expect(readBlock(filled, 'a')).toBe('new');
  expect(fillBlock(filled, 'a', 'new')).toBe(filled);
});

test.each([readme.replace('begin:a', 'begin:b'), readme + readme, readme.replace('<!-- end:a -->', '')])(
  'a block that is not there once is refused',
  (text) => expect(() => fillBlock(text, 'a', 'new')).toThrow("Expected one block from '<!-- begin:a -->'"),
);

describe('the verdicts of a chapter', () => {
  const claim = (recipe: string, answer = 'It holds.'): Claim => ({
    id: `test/${recipe}`,
    question: 'Does `a < b` hold?',
    says: '',
    from: ['ours'],
    inNode: 'no',
    answer,
    measure: async () => [],
  });
  const measured = (own: Claim): JsonClaim => ({
    ...wordsOf(own),
    verdict: 'holds',
    figures: [counted('lost', 'lost <b>', 0, 'updates', { most: 0 }), counted('shown', 'shown', 1, 'x')],
    seconds: 1,
  });
  const [one, two] = [claim('one', `A < B, ${'long '.repeat(40)}end.`), claim('two')];
  const blockOf = (...claims: Claim[]) => verdictsBlock({ readme: file, sections: [{ title: 'All', claims }] });
  let folder = '';
  let file = new URL('file:///');

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'readme-'));
    file = pathToFileURL(path.join(folder, 'README.md'));
    await writeFile(file, '# T\n\n<!-- begin:verdicts -->\n<!-- end:verdicts -->\n');
    await write(one, two);
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function write(...claims: Claim[]): Promise<void> {
    const block = blockOf(...claims);
    await writeBlock(block, block.measuredIn({ host: await readHost(), claims: claims.map(measured) })!);
  }

  test('are written with host and date, a question, an answer and a figure each, in lines that are not too long', async () => {
    const block = readBlock(await readFile(file, 'utf8'), 'verdicts');
    const lines = block.split('\n');
    expect(lines[0]).toMatch(/^Measured on .*Node v26.*Z\.$/);
    expect(lines[2]).toBe('## All');
    expect(lines.slice(-3)).toEqual([
      '- ✓ [Does `a < b` hold?](src/two)\\',
      '  It holds.',
      '  - lost \\<b>: 0 updates, never',
    ]);
    expect(block).toContain('\n  A \\< B, long');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(200);
  });

  test('are not stale for the figures of another run', async () => {
    const text = await readFile(file, 'utf8');
    await writeFile(
      file,
      text.replace(': 0 updates, never', ': 9 updates, never').replace('- ✓', '- ✗').replace('load ', 'load 1'),
    );
    const { old, now } = await compareBlock(blockOf(one, two));
    expect(now).toBe(old);
  });

  test('are stale where a question, an answer, the order or a recipe is another; a new one has no figure yet', async () => {
    const change = async (...claims: Claim[]) => {
      const { old, now } = await compareBlock(blockOf(...claims));
      const [before, after] = [old, now].map((text) => text.split('\n'));
      return {
        gone: before!.filter((line) => !after!.includes(line)),
        come: after!.filter((line) => !before!.includes(line)),
        now,
        old,
      };
    };
    expect(await change(one, { ...two, question: 'Is it so?' })).toMatchObject({
      gone: ['- ✓ [Does `a < b` hold?](src/two)\\'],
      come: ['- ✓ [Is it so?](src/two)\\'],
    });
    expect(await change(one, { ...two, answer: 'It is.' })).toMatchObject({
      gone: ['  It holds.'],
      come: ['  It is.'],
    });
    const swapped = await change(two, one);
    expect(swapped.now).not.toBe(swapped.old);
    expect((await change(one, two, claim('new'))).come).toEqual([
      '- · [Does `a < b` hold?](src/new)\\',
      '  - not measured yet',
    ]);
  });

  test('are not written of a run that has not all of them', async () => {
    expect(blockOf(one, two).measuredIn({ host: await readHost(), claims: [measured(one)] })).toBeUndefined();
  });
});
