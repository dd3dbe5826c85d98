// `--quiz`, and the line of the help about it: the options that this chapter has beyond those of every chapter.

import { isCancel, select } from '@clack/prompts';
import { parse, UsageError } from '@cookbook/lab/command';
import { chapterCommand, chooseIds } from '@cookbook/lab/run';
import { wrap } from '@cookbook/lab/show';
import { chapter } from '../claims.ts';
import { pitfalls } from '../pitfalls.ts';
import { playQuiz, tellScore } from './quiz.ts';
import type { Ask } from './quiz.ts';

const OWN_HELP = `
Of this chapter alone:
  --quiz  ask, on a terminal, what the lines do before telling; in a pipe, tell without asking`;

/** Runs `[recipe...] --quiz`. Sets the exit status 130 where the reader breaks off. */
export async function quizCommand(argv: readonly string[]): Promise<void> {
  const own = argv.filter((argument) => argument !== '--quiz');
  if (own.includes('--help') || own.includes('-h')) return helpCommand();
  const command = chapterCommand(chapter);
  parse(command, own);
  if (command.args.length < own.length) {
    throw new UsageError('Expected --quiz alone or with recipes, got another option with it');
  }
  const claims = chapter.sections.flatMap((section) => section.claims);
  const ids = chooseIds(
    command.args,
    claims.map(({ id }) => id),
  );
  const chosen = pitfalls.filter(({ name }) => ids.includes(`${chapter.name}/${name}`));
  const columns = process.stdout.columns || 100;
  const onTerminal = process.stdin.isTTY && process.stdout.isTTY;
  const score = await playQuiz(
    chosen,
    (text) => console.log(wrap(text, columns)),
    onTerminal ? askOnTerminal : undefined,
  );
  if (onTerminal) console.log(`\n${tellScore(score)}`);
  if (score.cancelled) process.exitCode = 130;
}

/** Prints the help of every chapter, and this chapter's own line. */
export async function helpCommand(): Promise<void> {
  console.log(parse(chapterCommand(chapter).addHelpText('after', OWN_HELP), ['--help']));
}

const askOnTerminal: Ask = async (question, choices) => {
  const answer = await select({
    message: question,
    options: choices.map((choice) => ({ value: choice, label: choice })),
  });
  return isCancel(answer) ? undefined : answer;
};
