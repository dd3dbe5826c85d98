// Preloaded into a program: a look-up of a name in `silent.test` holds a thread of libuv's pool for ever, as getaddrinfo does
// for ten seconds where the name server is silent. Opening a pipe without a writer does so without any name server.

import dns from 'node:dns/promises';
import { open } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const { lookup } = dns;
const silent = async (host: string, options: object): Promise<unknown> =>
  host.endsWith('.silent.test') ? open(process.env['SILENT_PIPE']!) : lookup(host, options);
Object.assign(dns, { lookup: silent });
syncBuiltinESMExports();
