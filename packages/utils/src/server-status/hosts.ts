// Where the names of servers come from: the command line, else a pipe, else a question on a terminal.

import { text as readAll } from 'node:stream/consumers';
import { UsageError } from '@cookbook/lab/command';
import { readTargets } from './arguments.ts';

/**
 * The names of the servers.
 *
 * @throws UsageError where there is no terminal to ask on
 */
export async function findHosts(given: readonly string[]): Promise<readonly string[]> {
  if (given.length > 0) return given;
  if (!process.stdin.isTTY) return hostsIn(await readAll(process.stdin));
  if (!process.stdout.isTTY) throw new UsageError('Expected at least one HOST, got none');

  const { isCancel, text: ask } = await import('@clack/prompts'); // most runs do without it, and start faster
  const answer = await ask({
    message: 'Which servers?',
    placeholder: 'example.org, example.org:25 or https://example.org/page',
    validate: (typed) => complaint(typed ?? ''),
  });
  if (isCancel(answer)) process.exit(130);
  return hostsIn(answer);
}

/** Names parted by spaces, commas or ends of lines. What follows a # at the start or after a space is a remark. */
export function hostsIn(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*/, ''))
    .flatMap((line) => line.split(/[\s,]+/))
    .filter((host) => host !== '');
}

function complaint(typed: string): string | undefined {
  try {
    readTargets(hostsIn(typed));
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
