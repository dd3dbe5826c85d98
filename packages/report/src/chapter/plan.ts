// What there is to run: every chapter says what it claims, from a process of its own, so that one that cannot be read is
// named and the others go on.

import { chapterOf, recipeOf } from '@cookbook/lab/claim';
import { folderOf } from '@cookbook/lab/run';
import type { Group } from '@cookbook/lab/run';
import type { ClaimWords } from '@cookbook/lab/show';
import { allIds } from '../results/counts.ts';
import type { PlannedChapter, Recipe } from '../results/format.ts';
import { openChapter } from './chapter-process.ts';
import { findChapters } from './chapters.ts';
import type { ChapterFile } from './chapters.ts';

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
    recipes: Object.fromEntries(claims.map(({ id }) => [id, whereIs(id)])),
    claims: new Map(claims.map((claim) => [claim.id, claim])),
  };
}

/** The claims of that plan that are to run, under the titles of their chapters. */
export function groupsOf({ chapters, claims }: Plan, ids: readonly string[]): Group[] {
  const groups = chapters.map((chapter) => ({
    title: chapter.title,
    claims: allIds({ chapters: [chapter] }).flatMap((id) => (ids.includes(id) ? claims.get(id)! : [])),
  }));
  return groups.filter((group) => group.claims.length > 0);
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

function whereIs(id: string): Recipe {
  const claim = { id };
  return { folder: folderOf(claim), command: `pnpm tsx packages/${chapterOf(claim)}/src/main.ts ${recipeOf(claim)}` };
}
