// The chapters themselves, for what a README says of them: read into this process, for nothing is measured here.

import type { Chapter } from '@cookbook/lab/claim';
import { findChapters } from '../chapter/chapters.ts';

/** @throws whatever a chapter throws that cannot be read */
export async function importChapters(root: URL): Promise<Chapter[]> {
  const modules = findChapters(root).map(({ claims }) => import(claims.href) as Promise<{ chapter: Chapter }>);
  return (await Promise.all(modules)).map(({ chapter }) => chapter);
}
