// The one runner: a command line, claims one after another, a line for each verdict, an exit status.

export { runChapter } from './chapter.ts';
export { readArguments } from './arguments.ts';
export type { Arguments } from './arguments.ts';
