// What each process runs: the task, once for every message, for as long as there is a parent.

import { naming, toWire } from '../same-interface/errors.ts';

const module = import(process.argv[2]!) as Promise<{ default: (input: unknown) => unknown }>;
module.catch(() => {}); // each question is answered with the error

process.on('message', async ({ input }: { input: unknown }) => {
  try {
    const { default: task } = await module;
    const answer = { output: await task(input) };
    naming(() => process.send!(answer));
  } catch (error) {
    process.send!({ error: toWire(error) }); // also where the output cannot be cloned
  }
});
process.on('disconnect', () => process.exit());
