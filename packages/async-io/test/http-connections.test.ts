import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientFindings, countConnections, REQUESTS } from '../src/http-connections/proof/clients.ts';
import { openServer } from '../src/proof/server/index.ts';
import type { TestServer } from '../src/proof/server/index.ts';

let server: TestServer;
beforeAll(async () => void (server = await openServer({}, undefined, { http2: true })));
afterAll(() => server.close());

test('connections and requests in flight are what the kind of client makes of them', async () => {
  const clients = await countConnections(server);
  expect(clients.map(({ sockets, mostInFlight }) => [sockets, mostInFlight])).toEqual([
    [1, 1],
    [8, 8],
    [REQUESTS, REQUESTS],
    [REQUESTS, 8],
    [1, REQUESTS],
  ]);
  for (const { judgement } of clientFindings(clients, {})) expect(judgement).toEqual({ verdict: 'holds' });
  const [one] = clientFindings([{ ...clients[0]!, sockets: 2 }], {});
  expect(one!.judgement).toMatchObject({ verdict: 'refuted', counted: true });
});
