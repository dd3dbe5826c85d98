// One run of the renamer in a process of its own, which reports how much memory that took: forked by rename.ts.

import { applyRename, patternWish } from '../src/rename/index.ts';

export interface OneRun {
  readonly root: string;
  readonly stateFolder: string;
  readonly from: string;
  readonly to: string;
}

process.once('message', async ({ root, stateFolder, from, to }: OneRun) => {
  const { outcome } = await applyRename({ root, wish: patternWish(`^${from}`, to), listed: true }, { stateFolder });
  if (outcome !== 'ok') throw new Error(`Expected the outcome 'ok', got '${outcome}'`);
  process.send!(process.resourceUsage().maxRSS / 1_024, () => process.disconnect!());
});
process.once('disconnect', () => process.exit());
