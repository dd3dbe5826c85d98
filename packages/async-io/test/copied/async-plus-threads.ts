// Two documents are downloaded on this thread and scored on another.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { download, openScorers, pipeline } from '../../src/async-plus-threads/recipe.ts';

const server = createServer(({ url }, response) => response.end(gzipSync(`This is the text of ${url}.`)));
await once(server.listen(0, '127.0.0.1'), 'listening');
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const scorers = openScorers(1);
const compute = (packed: ArrayBuffer) => scorers.score(packed, 'the text of /apples');
const scores = await pipeline([`${origin}/apples`, `${origin}/zzz`], { download, compute, limit: 2 });
assert.ok(scores[0]!.cosine > scores[1]!.cosine);
console.log('The document with the words of the query has the higher score.');
await scorers.close();
server.close().closeAllConnections();
