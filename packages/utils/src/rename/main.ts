#!/usr/bin/env node
// The command.

import { writeSync } from 'node:fs';
import { darkScreen } from '@cookbook/lab/claim';
import { beforeEnd, run, UsageError } from '@cookbook/lab/command';
import { openScreen } from '@cookbook/lab/show';
import { readArguments } from './cli/arguments.ts';
import type { Arguments } from './cli/arguments.ts';
import {
  describeHistory,
  describeOutcome,
  historyToJson,
  listOperations,
  listProblems,
  STATUS,
  toJson,
} from './cli/report.ts';
import { codeOf } from './disk/file-system.ts';
import type { RawPath } from './names/raw-path.ts';
import { problem, problemOf, Refusal } from './plan/problems.ts';
import { applyRename, planRename, previewOf } from './run/apply-rename.ts';
import type { CheckedPlan, Request, RunOptions } from './run/apply-rename.ts';
import { planEdited } from './run/plan-edited.ts';
import type { Editor } from './wish/edit.ts';
import { resultOf } from './run/result.ts';
import type { Result } from './run/result.ts';
import { history, recover, undo } from './run/undo.ts';

/** The line of progress is worth its while from here on. */
const PROGRESS_AFTER_MS = 2_000;

await run(async (argv) => {
  const json = argv.includes('--json');
  try {
    const args = readArguments(argv);
    if (typeof args === 'string') return console.log(args);
    const { root } = args;
    if (args.task.name === 'history') return printHistory(root, args);
    const screen = json ? { ...darkScreen, close() {} } : openScreen(process.stdout);
    const result = await perform(root, args, runOptions(args, screen)).finally(() => screen.close());
    if (result) printResult(result, json);
    else console.log('Nothing is changed.');
  } catch (error) {
    if (error instanceof Refusal) return printResult(resultOf('refused', [], { problems: [error.problem] }), json);
    if (error instanceof RangeError || error instanceof UsageError) return printWrongUsage(error.message, json);
    if (codeOf(error) === '' || codeOf(error).startsWith('ERR_')) throw error;
    printResult(resultOf('refused', [], { problems: [problemOf(error, '', '')] }), json);
  }
});

/** One object for a program, which reads no error output. */
function printWrongUsage(message: string, json: boolean): void {
  if (!json) throw new UsageError(message);
  console.log(toJson(resultOf('refused', [], { problems: [problem('usage', '', '', message)] })));
  process.exitCode = 2;
}

/** Undefined where the question was answered with no. */
async function perform(root: RawPath, args: Arguments, options: RunOptions): Promise<Result | undefined> {
  const { task, apply } = args;
  if (task.name === 'undo') return undo(root, task.id, options);
  if (task.name === 'recover') return recover(root, options);
  if (task.name === 'history') throw new TypeError('Expected the history to be printed before');

  const request: Request = { root, wish: task.wish, listed: task.listed, move: args.move };
  if (task.editor !== undefined) return performEdited(request, task.editor, args, options);
  if (apply) return applyRename(request, options);
  return offer(request, planRename(request, options), args, options);
}

/** The list is edited before the folder is locked, and what was typed stays on disk unless it is carried out. */
async function performEdited(
  request: Request,
  editor: Editor,
  args: Arguments,
  options: RunOptions,
): Promise<Result | undefined> {
  let mistake: string | Result = '';
  const plan = await planEdited(
    request,
    async (found) => {
      mistake = found;
      if (args.json || !process.stdout.isTTY) return false;
      console.error(typeof found === 'string' ? found : listProblems(found, true).join('\n'));
      return ask('Edit again?', true, () => console.error(`The list is kept in ${editor.file}`));
    },
    options,
  );
  if (plan !== undefined) {
    const result = await (args.apply
      ? applyRename({ ...request, wish: () => plan.operations, listed: false }, options)
      : offer(request, plan, args, options));
    if (result?.outcome !== 'refused') editor.close();
    else console.error(`The list is kept in ${editor.file}`);
    return result;
  }
  const kept = editor.file === undefined ? '' : `the list is kept in ${editor.file}`;
  if (typeof mistake === 'string') throw new UsageError(kept === '' ? mistake : `${mistake}; ${kept}`);
  return { ...(mistake as Result), warnings: [...(mistake as Result).warnings, kept] };
}

/** Shows a plan, and on a terminal asks whether to carry it out. */
async function offer(
  request: Request,
  plan: CheckedPlan,
  args: Arguments,
  options: RunOptions,
): Promise<Result | undefined> {
  const preview = previewOf(plan);
  const asks = process.stdin.isTTY && process.stdout.isTTY && !args.json;
  if (!asks || preview.outcome === 'refused' || plan.possible.length === 0) return preview;

  console.log(listOperations(plan.possible, true).join('\n'));
  for (const line of listProblems(preview, true)) console.log(line);
  if (!(await ask(`Rename ${plan.possible.length.toLocaleString('en-US')}?`, false))) return undefined;
  // Exactly the renames that were shown are done: a file that came meanwhile is left alone.
  return applyRename({ ...request, wish: () => plan.operations, listed: false }, options);
}

async function ask(message: string, initialValue: boolean, onCancel = (): void => {}): Promise<boolean> {
  const { confirm, isCancel } = await import('@clack/prompts'); // costs start-up time that only a question is worth
  const answer = await confirm({ message, initialValue });
  if (isCancel(answer)) {
    onCancel();
    process.exit(130); // Ctrl-C, which is no answer
  }
  return answer;
}

function runOptions(
  { json, keepGoing, edited, stateFolder }: Arguments,
  screen: ReturnType<typeof openScreen>,
): RunOptions {
  const stop = new AbortController();
  beforeEnd(() => {
    screen.close();
    stop.abort(); // puts the steps back before the process ends
  });
  const start = performance.now();
  return {
    keepGoing,
    edited,
    signal: stop.signal,
    ...(stateFolder !== undefined && { stateFolder }),
    onInterrupted: (result) => (json ? writeNow(toJson(result)) : printResult(result, json)),
    onProgress(done, all) {
      if (performance.now() - start < PROGRESS_AFTER_MS) return;
      screen.draw(`${done.toLocaleString('en-US')} of ${all.toLocaleString('en-US')} renamed`);
    },
  };
}

function printHistory(root: RawPath, { json, stateFolder }: Arguments): void {
  const runs = history(root, stateFolder);
  console.log(json ? historyToJson(runs) : describeHistory(runs).join('\n'));
}

/** Names and the closing line go to the output, errors to the error output. Sets the exit status. */
function printResult(result: Result, json: boolean): void {
  process.exitCode = STATUS[result.outcome];
  if (json) return console.log(toJson(result));
  const terminal = process.stdout.isTTY;
  for (const line of listProblems(result, process.stderr.isTTY)) console.error(line);
  if (result.outcome === 'preview') for (const line of listOperations(result.operations, terminal)) console.log(line);
  console.log(describeOutcome(result));
}

/** Writes a line before the process ends: `console.log` may leave most of a long one to a loop that never turns again. */
function writeNow(line: string): void {
  const bytes = Buffer.from(`${line}\n`);
  for (let done = 0; done < bytes.length;) {
    try {
      done += writeSync(process.stdout.fd, bytes, done);
    } catch (error) {
      if (codeOf(error) === 'EPIPE') return;
      if (codeOf(error) !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1); // the reader is slow: 1 ms
    }
  }
}
