// BullMQ on the database that a URL names: PostgreSQL or Redis. Everything else in this package knows neither.

import { createPostgresBackend, Queue, withBackend, Worker } from 'bullmq';
import type { RedisOptions, WorkerOptions } from 'bullmq';

export interface Backend {
  openQueue<Data, Result>(name: string): Queue<Data, Result>;
  /** A worker whose jobs run in processes of their own, by the default export of `processor`. */
  openWorker<Data, Result>(
    name: string,
    processor: URL,
    options: Omit<WorkerOptions, 'connection'>,
  ): Worker<Data, Result>;
  /** A text without the URL and its password: for whatever a driver says. */
  scrub(text: string): string;
}

/** As many connections for each queue or worker, besides the one by which PostgreSQL announces jobs. */
const CONNECTIONS = 4;
const CONNECT_MS = 10_000;

/**
 * Opens nothing yet: queues and workers do.
 *
 * @param url `postgres://user:password@host/database` or `redis://host`; `rediss://` and `?sslmode=verify-full` for TLS
 * @throws TypeError where it is neither; what it says never holds the URL, which may hold a password
 */
export function backendOf(url: string): Backend {
  const protocol = URL.canParse(url) ? new URL(url).protocol : undefined;
  if (protocol === 'postgres:' || protocol === 'postgresql:') return onPostgres(url);
  if (protocol === 'redis:' || protocol === 'rediss:') return onRedis(url);
  const got = protocol === undefined ? 'something else' : `${protocol}...`;
  throw new TypeError(`Expected \`connection\` to be like postgres://user@host/database or redis://host, got ${got}`);
}

function onPostgres(url: string): Backend {
  const { Queue: PostgresQueue, Worker: PostgresWorker } = withBackend(createPostgresBackend);
  // The tables are made by whoever comes first. A lock of PostgreSQL lets the others wait.
  const connection = {
    connectionString: url,
    migrate: true,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
  };
  return {
    openQueue: <Data, Result>(name: string) =>
      quiet(new PostgresQueue<Data, Result>(name, { connection }) as unknown as Queue<Data, Result>),
    openWorker: <Data, Result>(name: string, processor: URL, options: Omit<WorkerOptions, 'connection'>) =>
      new PostgresWorker<Data, Result>(name, processor, { ...options, connection }) as unknown as Worker<Data, Result>,
    scrub: scrubberOf(url),
  };
}

function onRedis(url: string): Backend {
  // A worker's command waits for the server to come back, however long that takes: BullMQ asks for it.
  const connection: RedisOptions = { url, maxRetriesPerRequest: null };
  return {
    openQueue: <Data, Result>(name: string) => quiet(new Queue<Data, Result>(name, { connection })),
    openWorker: <Data, Result>(name: string, processor: URL, options: Omit<WorkerOptions, 'connection'>) =>
      new Worker<Data, Result>(name, processor, { ...options, connection }),
    scrub: scrubberOf(url),
  };
}

/** Without a listener an error of an idle connection would end the program. What is asked meanwhile rejects by itself. */
function quiet<T extends { on(event: 'error', listener: () => void): unknown }>(queue: T): T {
  queue.on('error', () => {});
  return queue;
}

function scrubberOf(url: string): Backend['scrub'] {
  const { password } = new URL(url);
  const secrets = [url, password, decodeURIComponent(password)].filter((secret) => secret.length > 0);
  return (text) => secrets.reduce((scrubbed, secret) => scrubbed.replaceAll(secret, '***'), text);
}
