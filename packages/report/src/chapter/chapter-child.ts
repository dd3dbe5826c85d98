// The process of a chapter: says what it claims, then verifies the claims that it is asked for, one at a time.
// Run by fork with the URL of a `claims.ts` as its argument.

import { verify } from '@cookbook/lab/claim';
import type { Chapter } from '@cookbook/lab/claim';
import { endWithParent } from '@cookbook/lab/cleanup';
import { claimToJson, wordsOf } from '@cookbook/lab/show';
import { peakMemory } from './memory.ts';
import type { FromChapter, ToChapter } from './messages.ts';

/** Ctrl-C, a polite kill and the end of the runner end this process by `exit`, so that what it started ends with it. */
const stop = new AbortController();
for (const [signal, number] of [
  ['SIGINT', 2],
  ['SIGTERM', 15],
] as const) {
  process.once(signal, () => end(128 + number));
}
process.once('disconnect', () => end(0));
endWithParent({ grace: 1_000 }); // to end what a claim has started, and its folders

const chapter = await load(process.argv[2]!);
if (chapter) {
  process.on('message', (order: ToChapter) => void answer(chapter, order));
  const { title, sections } = chapter;
  const words = sections.map((section) => ({ title: section.title, claims: section.claims.map(wordsOf) }));
  send({ kind: 'words', words: { title, sections: words } });
}

async function load(url: string): Promise<Chapter | undefined> {
  try {
    const loaded = ((await import(url)) as { chapter?: Chapter }).chapter;
    if (loaded === undefined) throw new Error(`Expected an export named 'chapter', got none`);
    return loaded;
  } catch (error) {
    send({ kind: 'failure', reason: error instanceof Error ? error.message : String(error) });
    return undefined;
  }
}

async function answer({ sections }: Chapter, { id, timeBudget, columns }: ToChapter): Promise<void> {
  const claim = sections.flatMap(({ claims }) => claims).find((one) => one.id === id);
  if (claim === undefined) throw new Error(`Expected a claim of this chapter, got '${id}'`);
  const screen = {
    columns,
    draw: (frame: string) => send({ kind: 'draw', frame }),
    print: (text: string) => send({ kind: 'print', text }),
  };
  const outcome = await verify(claim, { timeBudget, signal: stop.signal, screen });
  send({ kind: 'claim', claim: claimToJson(outcome), ...peakMemory() });
}

function send(message: FromChapter): void {
  if (process.connected) process.send!(message);
}

function end(status: number): never {
  stop.abort();
  process.exit(status);
}
