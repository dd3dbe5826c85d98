// The command line as a whole: a run, unless the first word is one of the commands on results.

import type { Project } from './project.ts';
import { readRunArguments } from './run/arguments.ts';
import { runAll } from './run/run.ts';

type Command = (argv: readonly string[], project: Project) => Promise<void>;

/** Loaded when they are asked for: a run has no use for them, and they none for it. */
const COMMANDS: Readonly<Record<string, Command>> = {
  compare: async (argv) => (await import('./compare/command.ts')).compareCommand(argv),
  badge: async (argv, project) => (await import('./badge/command.ts')).badgeCommand(argv, project),
  readme: async (argv, project) => (await import('./readme/command.ts')).readmeCommand(argv, project),
  page: async (argv, project) => (await import('./page-command.ts')).pageCommand(argv, project),
};

/**
 * Does what the arguments say, and sets the exit status.
 *
 * @throws UsageError with one line
 */
export async function report(argv: readonly string[], project: Project): Promise<void> {
  const [first = '', ...rest] = argv;
  if (Object.hasOwn(COMMANDS, first)) return COMMANDS[first]!(rest, project);
  const args = readRunArguments(argv);
  if (typeof args === 'string') return console.log(args);
  process.exitCode = await runAll(project, args);
}
