#!/usr/bin/env node
// The command. Passwords go to stdout and nowhere else: the entropy goes to stderr.

import { run } from '@cookbook/lab/command';
import { readOrder } from './arguments.ts';
import { describeEntropy } from './index.ts';

await run(async (argv) => {
  const order = readOrder(argv);
  if (typeof order === 'string') return console.log(order);

  const { source, count, entropy, json } = order;
  const passwords = Array.from({ length: count }, () => source.next());
  if (json) {
    console.log(JSON.stringify({ passwords, bits: source.bits, possible: source.size.toString() }, null, 2));
  } else {
    console.log(passwords.join('\n'));
    if (entropy) console.error(describeEntropy(source.size));
  }
});
