// A name server on loopback (RFC 1035), so that no name leaves this machine.

import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import type { Resolve } from '../steps/names.ts';

export interface NameServer {
  /** Resolves by this server alone. */
  readonly resolve: Resolve;
  close(): void;
}

/** Knows `known.test` as 127.0.0.1, never answers for `silent.test`, and answers for every other name that there is none. */
export async function openNameServer(): Promise<NameServer> {
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    const reply = replyTo(query);
    if (reply !== undefined) socket.send(reply, from.port, from.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const resolver = new Resolver({ timeout: 60_000, tries: 1 });
  resolver.setServers([`127.0.0.1:${socket.address().port}`]);
  return {
    resolve: async (host) => (await resolver.resolve4(host)).map((address) => ({ address, family: 4 })),
    close: () => close(socket, resolver),
  };
}

const HEADER_LENGTH = 12;

function replyTo(query: Buffer): Buffer | undefined {
  let end = HEADER_LENGTH;
  const labels: string[] = [];
  for (let length = query[end]!; length > 0; length = query[end]!) {
    labels.push(query.toString('latin1', end + 1, end + 1 + length).toLowerCase());
    end += 1 + length;
  }
  const question = query.subarray(HEADER_LENGTH, end + 5); // the zero that ends the name, type and class
  const name = labels.join('.');
  if (name === 'silent.test') return undefined;

  const known = name === 'known.test';
  const header = Buffer.alloc(HEADER_LENGTH);
  query.copy(header, 0, 0, 2); // its number
  header.writeUInt16BE(known ? 0x8180 : 0x8183, 2); // an answer; 3: no such name
  header.writeUInt16BE(1, 4); // questions
  header.writeUInt16BE(known ? 1 : 0, 6); // answers
  // The name is at offset 12; type A, class IN, 60 s, 4 bytes.
  const answer = Buffer.from([0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 1]);
  return Buffer.concat(known ? [header, question, answer] : [header, question]);
}

function close(socket: Socket, resolver: Resolver): void {
  resolver.cancel();
  socket.close();
}
