// What there is to run: every chapter tells its claims, from a process of its own, so that one that cannot be read is
// named and the others go on.

import type { PlannedChapter, Recipe } from '../results/format.ts';
import { openChapter } from './chapter-process.ts';
import { findChapters } from './chapters.ts';
import type { ChapterFile } from './chapters.ts';
import type { ClaimWords } from './messages.ts';

export interface Plan {
  readonly files: readonly ChapterFile[];
  readonly chapters: readonly PlannedChapter[];
  readonly recipes: Readonly<Record<string, Recipe>>;
  /** By id, in reading order. */
  readonly claims: ReadonlyMap<string, ClaimWords>;
}

/** Asks every chapter for its claims. Takes about a second. */
export async function readPlan(root: URL): Promise<Plan> {
  const files = findChapters(root);
  const read = await Promise.all(files.map(readChapter));
  const claims = read.flatMap((chapter) => chapter.claims);
  return {
    files,
    chapters: read.map(({ planned }) => planned),
    recipes: Object.fromEntries(claims.map(({ id }) => [id, recipeOf(id)])),
    claims: new Map(claims.map((claim) => [claim.id, claim])),
  };
}

/** The chapter's folder name of a claim: 'threads' of 'threads/kill'. */
export function chapterOf(id: string): string {
  return id.slice(0, id.indexOf('/'));
}

async function readChapter(file: ChapterFile): Promise<{ planned: PlannedChapter; claims: ClaimWords[] }> {
  try {
    const chapter = await openChapter(file.claims);
    const { title, sections } = chapter.words;
    await chapter.close();
    const planned = {
      name: file.name,
      title,
      sections: sections.map((section) => ({ title: section.title, claims: section.claims.map(({ id }) => id) })),
    };
    return { planned, claims: sections.flatMap((section) => section.claims) };
  } catch (error) {
    const failure = (error as Error).message;
    return { planned: { name: file.name, title: file.name, sections: [], failure }, claims: [] };
  }
}

function recipeOf(id: string): Recipe {
  const [chapter, recipe] = id.split('/') as [string, string];
  return {
    folder: `packages/${chapter}/src/${recipe}`,
    command: `pnpm tsx packages/${chapter}/src/main.ts ${recipe}`,
  };
}
