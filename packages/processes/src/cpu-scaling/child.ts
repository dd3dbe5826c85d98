// What each process runs: the task, once for every message, for as long as there is a parent.

const { default: task } = (await import(process.argv[2]!)) as { default: (input: unknown) => unknown };

process.on('message', async (input) => process.send!(await task(input)));
process.on('disconnect', () => process.exit());
