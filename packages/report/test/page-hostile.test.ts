import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderPage } from '../src/page/index.ts';
import type { JsonClaim } from '@cookbook/lab/show';
import type { Results } from '../src/results/format.ts';
import { madeClaim, madeFigure, madeHost } from './made.ts';
import { madeCores, madePage, madeSweep } from './fixtures/page-results.ts';

/** The page of results in which every text that a machine or a file brings is `text`. */
function withText(text: string): Results {
  const claim: JsonClaim = {
    ...madeClaim('threads/mutex'),
    question: text,
    says: text,
    answer: text,
    reason: text,
    headline: text,
    notes: [text, `${text}\n${text}`],
    figures: [{ ...madeFigure(text, 2, 1, 3, text), bound: { least: 1 } }],
    python: { interpreter: text, verdict: 'refuted', reason: text, figures: [], others: [] },
    plots: [
      { ...madeSweep, title: text, series: [{ name: text, points: [{ x: 1, y: 1 }] }] } as typeof madeSweep,
      { ...madeCores, title: text, rows: [{ name: text, samples: [{ at: 1, loads: [1] }] }] } as typeof madeCores,
    ],
  };
  return madePage({
    host: { ...madeHost, cpu: text, platform: text, node: text },
    python: [text],
    command: text,
    chapters: [{ name: text, title: text, sections: [{ title: text, claims: [claim.id, text] }] }],
    recipes: { [claim.id]: { folder: text, command: text } },
    claims: [claim],
    leftOut: [],
  });
}

/** The tags of a page in order, with the names of their attributes but not what these say. */
async function skeleton(results: Results): Promise<string[]> {
  const page = (await renderPage(results)).replaceAll(/<(style|script)\b.*?<\/\1>/gs, '');
  return [...page.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replaceAll(/"[^"]*"/g, '""'));
}

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</title><svg onload=alert(1)>',
  ']]></style><b>',
  '${alert(1)} {{alert(1)}} {name|x}',
  'javascript:alert(1)',
  '../../../../etc/passwd',
  '-->',
  '\u202Eevil\0\uD800',
];

test('whatever a host, a command, a claim or a picture is called, the page has the same tags and attributes', async () => {
  const tags = await skeleton(withText('plain'));
  const text = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', minLength: 1 }));
  // Colons, line ends and backticks give a text a shape of its own, which is wanted.
  await fc.assert(
    fc.asyncProperty(text, async (words) => {
      const safe = `x${words.replaceAll(/[:\s`]/g, '')}x`;
      expect(await skeleton(withText(safe))).toEqual(tags);
    }),
    { numRuns: 25, examples: HOSTILE.map((words) => [words]) },
  );
}, 60_000);
