// The command line of `server-status`, read and checked.

import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse, readNumber, UsageError } from '@cookbook/lab/command';
import { Command, Option } from 'commander';
import { MOST_AT_ONCE, readTarget, TargetError } from './index.ts';
import type { StatusRange, Target } from './index.ts';

export interface Request {
  /** Hosts as they were given; they may come from elsewhere where there is none. */
  readonly hosts: readonly string[];
  readonly concurrency: number;
  /** ms */
  readonly timeout: number;
  /** ms between the rounds; undefined where one round is all. */
  readonly every: number | undefined;
  readonly rounds: number;
  readonly ca: string | undefined;
  readonly insecure: boolean;
  readonly expect: readonly StatusRange[] | undefined;
  readonly json: boolean;
}

interface Options {
  readonly concurrency: string;
  readonly timeout: string;
  readonly watch?: true;
  readonly every?: string;
  readonly rounds?: string;
  readonly ca?: string;
  readonly insecure?: boolean;
  readonly expect?: string;
  readonly json?: boolean;
}

/**
 * Reads the arguments.
 *
 * @returns what is to be done, or the text of the help where it was asked for
 * @throws UsageError with one line
 */
export function readRequest(argv: readonly string[]): Request | string {
  const command = new Command('server-status')
    .description('Whether servers are up: name, connection, TLS, HTTP, and the ms that each of them took.')
    .argument('[host...]', 'a name, a name:port or an http(s) URL; read from stdin or asked for where none is given')
    .option('--concurrency <n>', 'servers at the same time', '32')
    .option('--timeout <seconds>', 'for all steps of a server together', '5')
    .option('--watch', 'check again and again: a table on a terminal, the changes in a pipe')
    .addOption(
      new Option('--every <seconds>', 'pause between the rounds of --watch (default: 2)').implies({ watch: true }),
    )
    .addOption(new Option('--rounds <n>', 'end --watch after n rounds').implies({ watch: true }))
    .option('--ca <file>', 'trust the certificates in this PEM file instead of those that Node comes with')
    .addOption(
      new Option(
        '--insecure',
        'ask under a certificate that cannot be accepted, and show what is wrong with it',
      ).conflicts('ca'),
    )
    .option('--expect <statuses>', 'the HTTP statuses that are up, as in 200-299,404 (default: all below 500)')
    .option('--json', 'print one JSON object, with --watch one on a line for each round')
    .addHelpText('after', CLOSING);
  const help = parse(command, argv);
  if (help !== undefined) return help;

  const {
    concurrency,
    timeout,
    watch,
    every = '2',
    rounds,
    ca,
    insecure = false,
    expect,
    json = false,
  } = command.opts<Options>();
  return {
    hosts: command.args,
    concurrency: readNumber('--concurrency', concurrency, { least: 1, most: MOST_AT_ONCE, whole: true }),
    timeout: 1_000 * readNumber('--timeout', timeout, { least: 0.001, most: 86_400 }),
    every: watch ? 1_000 * readNumber('--every', every, { least: 0.001, most: 86_400 }) : undefined,
    rounds: rounds === undefined ? Infinity : readNumber('--rounds', rounds, { least: 1, whole: true }),
    ca: ca === undefined ? undefined : readCertificates(ca),
    insecure,
    expect: expect === undefined ? undefined : readStatuses(expect),
    json,
  };
}

const CLOSING = `
A name by itself is asked for HTTPS on port 443. With a port it is HTTPS on 443, HTTP on 80, and on any other port a
connection only: write http:// or https:// for more. A server is up if it answers with a status below 500, or one of --expect.

Exit status: 0 all up, 1 one is not, 2 wrong usage, 130 interrupted.`;

/** The hosts as targets. @throws UsageError for the first that cannot be read, and where there is none */
export function readTargets(hosts: readonly string[]): Target[] {
  if (hosts.length === 0) throw new UsageError('Expected at least one HOST, got none');
  try {
    return hosts.map(readTarget);
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    throw new UsageError(error.message);
  }
}

/** '200-299,404' as ranges, both ends included. */
function readStatuses(text: string): StatusRange[] {
  return text.split(',').map((part) => {
    const [, least = '', most = least] = /^\s*([1-9]\d\d)(?:-([1-9]\d\d))?\s*$/.exec(part) ?? [];
    if (least === '' || Number(least) > Number(most)) {
      throw new UsageError(`Expected --expect to be HTTP statuses, such as 200-299,404, got '${text}'`);
    }
    return [Number(least), Number(most)];
  });
}

/** Looks into the file as well: without a certificate in it every server would be called untrusted. */
function readCertificates(file: string): string {
  try {
    const pem = readFileSync(file, 'utf8');
    void new X509Certificate(pem); // throws where there is none
    return pem;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`Expected --ca to be a file of certificates in PEM, got '${file}' (${code})`);
  }
}
