import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { readHost } from '../../src/host/host.ts';
import { fillBlock, readBlock, writeVerdicts } from '../../src/show/readme.ts';

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

test('the verdicts of a run are written with host and date, and stay one table whatever they say', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'readme-'));
  const readmeUrl = pathToFileURL(path.join(folder, 'README.md'));
  await writeFile(readmeUrl, '# T\n\n<!-- begin:verdicts -->\n<!-- end:verdicts -->\n');
  const claim = {
    id: 'test/odd',
    says: '',
    from: [],
    answer: 'a | b',
    measure: async () => ({ figures: [] }),
    judge,
  } as const;
  const outcome = { claim, judgement: judge(), headline: 'x | y', figures: [], notes: [], seconds: 1 };
  await writeVerdicts({ name: 'test', title: '', readme: readmeUrl, sections: [] }, await readHost(), [outcome]);
  const block = readBlock(await readFile(readmeUrl, 'utf8'), 'verdicts');
  await rm(folder, { recursive: true });
  expect(block).toContain(`Node ${process.version}`);
  expect(block.split('\n').at(-1)).toBe('| [odd](src/odd) | a \\| b | **holds (contended)**<br>x \\| y |  |');
});

function judge() {
  return { verdict: 'holds', qualifier: 'contended' } as const;
}
