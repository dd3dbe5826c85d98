import { expect, test } from 'vitest';
import { renderPage } from '../src/page/index.ts';
import { sentencesOf } from '../src/page/sentences.ts';
import { made, madeClaim, madeFigure } from './made.ts';
import { madeFullPage, madePage } from './fixtures/page-results.ts';

/** The text of a page as one line, with its scripts and styles left out. */
async function textOf(...results: Parameters<typeof renderPage>): Promise<string> {
  const page = await renderPage(...results);
  return page
    .replaceAll(/<(style|script)\b.*?<\/\1>/gs, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');
}

/** For its words, figures, plot and the code that one would copy, highlighted. */
const BYTES_A_CLAIM = 13_000;

test('the page takes at most 13 kB a claim, the code of its recipe included, and is built within 2 s of CPU time', async () => {
  const results = madeFullPage();
  await renderPage(results); // loads and compiles what draws it
  const start = process.cpuUsage();
  const page = await renderPage(results);
  const { user, system } = process.cpuUsage(start);
  expect(results.claims.length).toBeGreaterThanOrEqual(50);
  expect(page.split('class="fold code"').length - 1).toBeGreaterThanOrEqual(results.claims.length); // a listing each
  expect(Buffer.byteLength(page)).toBeLessThan(results.claims.length * BYTES_A_CLAIM);
  expect((user + system) / 1_000_000).toBeLessThan(2);
});

test('every claim of the plan is on the page: measured, left out, or missing with the way to measure it', async () => {
  const text = await textOf(madePage());
  expect(text).toContain('async-io/network was left out of this run. Run it: pnpm tsx packages/async-io/src/main.ts');
  expect(text).toContain('async-io/files is missing: the run ended before it.');
  expect(text).toContain('1 of 9 claims missing.');
  const page = await renderPage(madePage());
  for (const { id } of madePage().claims) expect(page).toContain(`id="claim-${id.replace('/', '-')}"`);
});

test('a run that was cut short says so, and so does a chapter that could not be read', async () => {
  const { finished, ...unfinished } = madePage();
  const [chapter] = unfinished.chapters;
  const broken = { name: 'broken', title: 'Broken', sections: [], failure: 'no such module' };
  const text = await textOf({ ...unfinished, chapters: [chapter!, broken] });
  expect(finished).toBeDefined();
  expect(text).toContain('The run was cut short');
  expect(text).toContain('The chapter broken could not be read: no such module');
});

test('the counts of verdicts are those of the claims', async () => {
  const text = await textOf(madePage());
  expect(text).toContain(
    '4 ✓ hold , 1 of them on a busy or restricted machine 1 – cannot be shown here 1 ? inconclusive 1 ✗ refuted',
  );
});

test('the sentences to remember are made of the figures of claims that hold', () => {
  expect(sentencesOf(madePage()).map(({ claim, words }) => [claim, words.join('')])).toEqual([
    ['threads/cpu-scaling', 'CPU-bound work gains 1.7x by a worker thread on every core.'],
    ['threads/too-small-tasks', 'Under 300 us of work a task do not use a thread: the message costs more.'],
  ]);
});

test('a sentence is left out where its claim is missing, did not hold, or found nothing on this machine', () => {
  const figures = [madeFigure('break-even', 300, 280, 330, 'us')];
  const withClaim = (verdict: 'holds' | 'refuted', own = figures) =>
    sentencesOf(made({ claims: [madeClaim('threads/too-small-tasks', { verdict, figures: own })] })).length;
  expect([withClaim('holds'), withClaim('refuted'), withClaim('holds', [])]).toEqual([1, 0, 0]);
});

test('a figure that a sentence needs and that has another key now is an error that names both', () => {
  const figures = [madeFigure('threads-seen', 1.7)];
  expect(() => sentencesOf(made({ claims: [madeClaim('threads/cpu-scaling', { figures })] }))).toThrow(
    "The sentence to remember of threads/cpu-scaling cannot be made: Expected a figure 'threads-observed', got 'threads-seen'",
  );
});

test('there are three sentences at most, and one figure of each stands out', () => {
  const claims = [
    ...madePage().claims,
    madeClaim('threads/responsiveness', {
      figures: [madeFigure('worker-longest', 2, 1, 3, 'ms'), madeFigure('inline-longest', 207, 200, 210, 'ms')],
    }),
    madeClaim('threads/more-threads-than-cores', { figures: [madeFigure('waiting-tasks', 8)] }),
  ].filter(({ verdict }) => verdict === 'holds');
  const sentences = sentencesOf(madePage({ claims }));
  expect(sentences.map(({ claim }) => claim)).toEqual([
    'threads/cpu-scaling',
    'threads/too-small-tasks',
    'threads/responsiveness',
  ]);
  expect(sentences[2]!.words).toEqual([
    'In a worker a computation stops all else for ',
    '2.0 ms',
    ', inline for 210 ms.',
  ]);
});

test('on a busy machine the sentence on threads says what they can gain and what they got', () => {
  const [scaling] = madePage().claims;
  const [sentence] = sentencesOf(madePage({ claims: [{ ...scaling!, qualifier: 'contended' }] }));
  expect(sentence!.words.join('')).toBe(
    'CPU-bound work can gain 1.9x by a worker thread on every core; in this run it got 1.7x.',
  );
});

test('a claim is headed by its question; what is said and whether it is so in Node stand above the answer', async () => {
  const text = await textOf(madePage());
  expect(text).toContain(
    'Do worker threads make CPU-bound code faster? cpu-scaling The posts say Threads do not speed up CPU-bound work. RC MM In Node.js: no. Answer Worker threads gain close to 1x per core.',
  );
});

test('what a finding says already is not said again as a reason', async () => {
  const reason = 'updates lost: 3 updates, expected never';
  const claims = [
    madeClaim('threads/kill', { verdict: 'refuted', reason, headline: `${reason}. The rest was right.` }),
  ];
  const text = await textOf(madePage({ claims }));
  expect(text.split(reason)).toHaveLength(2);
});

test('a reason stands beside every verdict that needs one, in the section of its claim', async () => {
  const text = await textOf(madePage());
  for (const reason of ['the interval straddles the bound', 'Expected updates to be 0, got 3', 'no PostgreSQL on this'])
    expect(text).toContain(reason);
});

test('a picture that no claim brought is named, not left out', async () => {
  const text = await textOf(madePage({ claims: [] }));
  expect(text).toContain('No picture of processes/reality-check: this run did not measure it');
  expect(text).toContain('0 ✓ hold');
});

test('the policy of the page forbids everything but its own style and script', async () => {
  const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(await renderPage(madePage()))!;
  const hash = '&#39;sha256-[\\w+/]+=*&#39;';
  const none = '&#39;none&#39;';
  expect(policy).toMatch(
    new RegExp(
      `^default-src ${none}; script-src ${hash}; style-src ${hash}; worker-src blob:; img-src data:; base-uri ${none}; form-action ${none}$`,
    ),
  );
});
