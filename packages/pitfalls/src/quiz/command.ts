// `--quiz`, and the line of the help about it: the options that this chapter has beyond those of every chapter.

import { isCancel, select } from '@clack/prompts';
import { recipeOf } from '@cookbook/lab/claim';
import { UsageError } from '@cookbook/lab/command';
import { readArguments } from '@cookbook/lab/run';
import type { Arguments } from '@cookbook/lab/run';
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
  const args = readOwnArguments(argv.filter((argument) => argument !== '--quiz'));
  if (typeof args === 'string') return console.log(args);
  if (args.json || args.list || args.writeReadme) {
    throw new UsageError('Expected --quiz alone or with recipes, got another option with it');
  }
  const chosen = pitfalls.filter(({ name }) => args.recipes.length === 0 || args.recipes.includes(name));
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
export async function helpCommand(argv: readonly string[]): Promise<void> {
  console.log(readOwnArguments(argv));
}

function readOwnArguments(argv: readonly string[]): Arguments | string {
  const recipes = chapter.sections.flatMap(({ claims }) => claims.map(recipeOf));
  const answer = readArguments(argv, chapter.name, chapter.title, recipes);
  return typeof answer === 'string' ? `${answer}\n${OWN_HELP}` : answer;
}

const askOnTerminal: Ask = async (question, choices) => {
  const answer = await select({
    message: question,
    options: choices.map((choice) => ({ value: choice, label: choice })),
  });
  return isCancel(answer) ? undefined : answer;
};
