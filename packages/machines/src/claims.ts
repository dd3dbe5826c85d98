// The chapter in reading order.

import type { Chapter } from '@cookbook/lab/claim';

export const chapter: Chapter = {
  name: 'machines',
  title: 'Machines: one task over many inputs, on any number of them',
  readme: new URL('../README.md', import.meta.url),
  sections: [],
};
