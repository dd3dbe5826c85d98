import assert from 'node:assert/strict';
import cluster from 'node:cluster';
import { createServer } from 'node:http';
import { serve, startCluster } from '../../src/web-server-cores/recipe.ts';

// This file is both the primary and the program of its workers.
if (cluster.isPrimary) {
  const server = await startCluster(new URL(import.meta.url), 2);
  const old = server.pids();
  await server.restart();
  const answer = await fetch(`http://127.0.0.1:${server.port}`, { headers: { connection: 'close' } });
  const pid = Number(await answer.text());
  assert(server.pids().includes(pid) && !old.includes(pid));
  console.log('A worker that started in a restart answered.');
  await server.close();
} else {
  serve(createServer((_, response) => response.end(String(process.pid))));
}
