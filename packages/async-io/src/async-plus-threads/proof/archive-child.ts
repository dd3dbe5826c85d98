// The server of the archive: every document packed beforehand, each answer after a wait that takes no CPU time.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { documentOf } from '../../proof/server/index.ts';

export interface ArchiveOptions {
  /** Different documents: the number N is answered with the document N modulo this. */
  readonly documents: number;
  /** Bytes of a document, unpacked. */
  readonly bytes: number;
  /** ms from a request to its answer. */
  readonly delay: number;
}

const { documents, bytes, delay } = JSON.parse(process.argv[2]!) as ArchiveOptions;
const packed = Array.from({ length: documents }, (_, number) => gzipSync(documentOf(number, bytes), { level: 1 }));

const server = createServer((request, response) => {
  const body = packed[Number(/^\/document\/(\d+)$/.exec(request.url!)?.[1]) % documents];
  setTimeout(() => {
    response.writeHead(body ? 200 : 404, { 'content-type': 'application/gzip', 'content-length': body?.length ?? 0 });
    response.end(body);
  }, delay);
});
server.keepAliveTimeout = 120_000; // a connection that rests between two trials is not to be closed
server.listen(0, '127.0.0.1', () => process.send!((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
