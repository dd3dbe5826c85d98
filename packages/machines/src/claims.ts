// The chapter in reading order.

import type { Chapter } from '@cookbook/lab/claim';
import killedWorker from './killed-worker/claim.ts';
import mapOverMachines from './map-over-machines/claim.ts';

export const chapter: Chapter = {
  name: 'machines',
  title: 'Machines: one task over many inputs, on any number of them',
  readme: new URL('../README.md', import.meta.url),
  sections: [
    { title: 'First steps', claims: [mapOverMachines] },
    { title: 'Kills, crashes and restarts', claims: [killedWorker] },
  ],
};
