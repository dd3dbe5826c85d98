// Claim      1,000 loads of one tick cost 10 queries, not 1,000; each answer reaches its asker, and a missing key fails alone.
// Mechanism  Keys asked for in one turn of the event loop go out together.
// Use when   many callers load one thing each.
// Do not     write it for GraphQL: dataloader has it, with a cache for each request.
// Copy       recipe.ts; npm: pg; Node 22 or newer
// Run        pnpm tsx packages/async-io/src/main.ts batching

import type { Pool } from 'pg';

/** What is used of a `new pg.Pool()`. */
export type Queryable = Pick<Pool, 'query'>;

export interface Person {
  readonly id: number;
  readonly name: string;
}

/** A query for each person. @throws Error where there is none of that id */
export async function loadOne(pool: Queryable, id: number): Promise<Person> {
  const { rows } = await pool.query<Person>('select id, name from person where id = $1', [id]);
  return rows[0] ?? Promise.reject(missing(id));
}

/** One query for many. The database answers in any order and leaves out what it has not: here each has the place of its id. */
export async function loadMany(pool: Queryable, ids: readonly number[]): Promise<(Person | Error)[]> {
  const { rows } = await pool.query<Person>('select id, name from person where id = any($1)', [ids]);
  const byId = new Map(rows.map((person) => [person.id, person]));
  return ids.map((id) => byId.get(id) ?? missing(id));
}

function missing(id: number): Error {
  return new Error(`Expected a person with id ${id}, found none`);
}

/**
 * A function that loads one key: keys that are asked for in the same turn of the event loop go out together, each once,
 * at most `most` at a time. Nothing is remembered afterwards.
 *
 * @param load answers each key at its place, with an error where that key alone fails; where it rejects, all of them do
 * @throws RangeError where `most` is not an integer from 1 up
 */
export function batching<Key, Value>(
  load: (keys: readonly Key[]) => Promise<readonly (Value | Error)[]>,
  most = 100,
): (key: Key) => Promise<Value> {
  if (!Number.isInteger(most) || most < 1) {
    throw new RangeError(`Expected \`most\` to be an integer from 1 up, got ${most}`);
  }
  let open: Map<Key, PromiseWithResolvers<Value>> | undefined;

  const send = async (batch: ReadonlyMap<Key, PromiseWithResolvers<Value>>): Promise<void> => {
    if (open === batch) open = undefined;
    const keys = [...batch.keys()];
    try {
      const answers = await load(keys);
      if (answers.length !== keys.length) {
        throw new Error(`Expected ${keys.length} answers, one for each key, got ${answers.length}`);
      }
      for (const [at, { resolve, reject }] of [...batch.values()].entries()) {
        const answer = answers[at]!;
        if (answer instanceof Error) reject(answer);
        else resolve(answer);
      }
    } catch (error) {
      for (const { reject } of batch.values()) reject(error);
    }
  };

  return (key) => {
    if (open === undefined) {
      const batch = (open = new Map<Key, PromiseWithResolvers<Value>>());
      setImmediate(() => void send(batch)); // after all that is ready to run has asked
    }
    const asked = open.get(key) ?? Promise.withResolvers<Value>();
    open.set(key, asked);
    if (open.size === most) open = undefined; // full: the next key opens another
    return asked.promise;
  };
}
