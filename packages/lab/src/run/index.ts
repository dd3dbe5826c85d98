// The one runner: a command line, claims one after another, a line for each verdict, an exit status.

export { chooseIds, EXIT_STATUS, readTimeBudget, runCommand } from './arguments.ts';
export { chapterCommand, runChapter } from './chapter.ts';
export { claimLines, closingLines, folderOf, listing } from './lines.ts';
export type { Group } from './lines.ts';
export { runClaims, statusOf } from './runner.ts';
