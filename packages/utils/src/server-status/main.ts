#!/usr/bin/env node
// The command.

import { beforeEnd, run } from '@cookbook/lab/command';
import { dim, openScreen } from '@cookbook/lab/show';
import { readRequest, readTargets } from './arguments.ts';
import type { Request } from './arguments.ts';
import { drawChanges, drawStatuses, summarizeStatuses, toJson } from './draw.ts';
import { findHosts } from './hosts.ts';
import { checkServers, isUp, withResolve } from './index.ts';
import type { CheckAllOptions, Status, Target } from './index.ts';
import { watchServers } from './watch.ts';

await run(async (argv) => {
  const request = readRequest(argv);
  if (typeof request === 'string') return console.log(request);
  const targets = readTargets(await findHosts(request.hosts));

  const stop = new AbortController();
  beforeEnd(() => stop.abort());
  const hosts = targets.map(({ host }) => host);
  const statuses = await withResolve(hosts, undefined, request.concurrency, stop.signal, (resolve) => {
    const options = { ...request, signal: stop.signal, resolve };
    return request.every === undefined
      ? checkOnce(targets, options)
      : watch(targets, { ...options, every: request.every });
  });
  if (!statuses.every(isUp)) process.exitCode = 1;
});

async function checkOnce(targets: readonly Target[], options: Request & CheckAllOptions): Promise<readonly Status[]> {
  const screen = openScreen(process.stdout);
  beforeEnd(() => screen.close());
  let known = 0;
  const showProgress = (): void => {
    if (!options.json) screen.draw(dim(`… ${known} of ${targets.length} known`));
  };
  showProgress();
  const onStatus = (): void => {
    known += 1;
    showProgress();
  };
  const statuses = await checkServers(targets, { ...options, onStatus });
  screen.close();
  if (options.json) console.log(JSON.stringify({ date: new Date(), servers: statuses.map(toJson) }, null, 2));
  else console.log(`${drawStatuses(statuses)}\n\n${summarizeStatuses(statuses)}`);
  return statuses;
}

/** On a terminal a table that is drawn anew each round; in a pipe the changes. */
async function watch(
  targets: readonly Target[],
  options: Request & CheckAllOptions & { readonly every: number },
): Promise<readonly Status[]> {
  const screen = openScreen(process.stdout);
  beforeEnd(() => screen.close());
  let latest: readonly Status[] = [];
  let frame = '';
  for await (const round of watchServers(targets, options)) {
    latest = round.statuses;
    if (options.json) {
      console.log(JSON.stringify({ date: round.date, servers: latest.map(toJson) }));
    } else if (process.stdout.isTTY) {
      const when = `round ${round.number}, ${round.date.toLocaleTimeString('en-GB')}; Ctrl-C ends`;
      frame = `${drawStatuses(latest, round.histories)}\n\n${summarizeStatuses(latest)}  ${dim(when)}`;
      screen.draw(frame);
    } else {
      for (const line of drawChanges(round)) screen.print(line);
    }
  }
  if (frame !== '') screen.print(frame);
  screen.close();
  return latest;
}
