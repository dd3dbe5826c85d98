// The process that looks up names: as every program of this machine does, in its hosts file first, then at its name servers.

import { lookup } from 'node:dns/promises';
import type { Message } from './names.ts';

function send(message: Message): void {
  process.send!(message, undefined, undefined, () => {}); // nobody may be there any more
}

process.on('message', ({ id, host }: { readonly id: number; readonly host: string }) => {
  lookup(host, { all: true }).then(
    (addresses) => send({ id, addresses }),
    (error: NodeJS.ErrnoException) => send({ id, code: error.code ?? error.message }),
  );
});
// An exit would wait for the threads that wait for a name server.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
send('ready');
