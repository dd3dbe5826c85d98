import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openReceiver } from '../src/ipc-cost/proof/delivery.ts';
import type { Receiver } from '../src/ipc-cost/proof/delivery.ts';
import { formOf, makePayload, sumOf } from '../src/ipc-cost/proof/payload.ts';
import { drawBuffers, drawLargest, formatBytes, fresh, SIZES } from '../src/ipc-cost/proof/sweep.ts';
import type { Cell } from '../src/ipc-cost/proof/sweep.ts';
import { openPeer, share, WAYS } from '../src/ipc-cost/recipe.ts';
import type { Way } from '../src/ipc-cost/recipe.ts';

const bytesOnly = (way: Way): boolean => way === 'worker, transferred' || way === 'worker, shared';

describe.each(WAYS)('%s', (way) => {
  let receiver: Receiver;
  beforeAll(() => void (receiver = openReceiver(way)));
  afterAll(() => receiver.close());

  test.each(['string', 'Buffer', 'records'] as const)(
    'what arrives of a %s has the sum of what was sent',
    async (kind) => {
      if (bytesOnly(way) && kind !== 'Buffer') return;
      for (const size of [64, 5_000, 300_000]) {
        const payload = makePayload(kind, size);
        const { receipt } = await receiver.send(fresh(payload));
        expect(receipt.sum).toBe(sumOf(payload));
      }
    },
  );

  test('a Buffer arrives as bytes, except over JSON, which makes { type, data } of it', async () => {
    const { receipt } = await receiver.send(makePayload('Buffer', 64));
    const forms: Partial<Record<Way, string>> = { 'fork, JSON': '{ type, data }', 'worker, shared': 'shared bytes' };
    expect(receipt.form).toBe(forms[way] ?? 'bytes');
  });

  test('only a transferred Buffer leaves its sender', async () => {
    const buffer = makePayload('Buffer', 4_096) as Buffer;
    await receiver.send(buffer);
    expect(buffer.byteLength).toBe(way === 'worker, transferred' ? 0 : 4_096);
  });

  test('a message is there before its answer is here, and the sender is not blocked for longer', async () => {
    const { there, roundTrip, blocked, cpu } = await receiver.send(makePayload('Buffer', 100_000));
    expect(there).toBeGreaterThan(0);
    expect(roundTrip).toBeGreaterThan(there);
    expect(blocked).toBeLessThanOrEqual(roundTrip);
    expect(cpu).toBeGreaterThan(0);
  });
});

describe('the sum', () => {
  test('misses no byte: it changes with any of them', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 200 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (bytes, n, by) => {
          const changed = Buffer.from(bytes);
          changed[n % bytes.length] = (changed[n % bytes.length]! + by) % 256;
          expect(sumOf(changed)).not.toBe(sumOf(Buffer.from(bytes)));
        },
      ),
    );
  });

  test('is the same for a Buffer and for what JSON makes of it', () => {
    const buffer = makePayload('Buffer', 1_000);
    const arrived: unknown = JSON.parse(JSON.stringify(buffer));
    expect(formOf(arrived)).toBe('{ type, data }');
    expect(sumOf(arrived)).toBe(sumOf(buffer));
  });
});

test.each(['string', 'Buffer', 'records'] as const)(
  'a payload of a %s has about the size that was asked for',
  (kind) => {
    for (const size of [64, 2 ** 16]) {
      const payload = makePayload(kind, size);
      const bytes = Buffer.isBuffer(payload)
        ? payload.length
        : Buffer.byteLength(kind === 'string' ? (payload as string) : JSON.stringify(payload));
      expect(bytes).toBeGreaterThan(0.8 * size);
      expect(bytes).toBeLessThan(1.2 * size + 20);
    }
  },
);

test('sizes are written in powers of 1,024', () => {
  expect(SIZES.map(formatBytes)).toEqual(['64 B', '2 KiB', '64 KiB', '2 MiB', '64 MiB']);
});

describe('what was measured', () => {
  const cell = { kind: 'Buffer', form: 'bytes', blocked: 0.1, wrong: 0, misplaced: 0 } as const;
  const cells: Cell[] = [
    { ...cell, way: 'fork, JSON', bytes: 64, there: 0.02 },
    { ...cell, way: 'fork, JSON', bytes: 2 ** 21, there: 90 },
    { ...cell, way: 'worker, shared', bytes: 2 ** 26, there: 0.02 },
  ];

  test('is drawn in a chart no wider than asked for', () => {
    const lines = drawBuffers(cells, 70).split('\n');
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(70);
    expect(lines.join('\n').replaceAll('\u00a0', ' ')).toContain('fork, JSON');
  });

  test('is tabled at the largest size of each way', () => {
    const text = drawLargest(cells).replaceAll('\u00a0', ' ');
    expect(text).toContain('Buffer, 2 MiB');
    expect(text).toContain('Buffer, 64 MiB');
    expect(text).not.toContain('64 B ');
  });
});

test('shared memory has the bytes of what it was made of, as they were then', () => {
  const bytes = Uint8Array.of(1, 2, 3);
  const shared = share(bytes);
  bytes[0] = 9;
  expect(Array.from(new Uint8Array(shared))).toEqual([1, 2, 3]);
});

test('a receiver that is gone rejects the message, and nothing waits for it', async () => {
  const receiver = openReceiver('worker, cloned');
  const never = receiver.send(makePayload('string', 2 ** 24));
  await Promise.all([expect(never).rejects.toThrow('Expected a message, but the other side ended'), receiver.close()]);
});

test.each(WAYS.slice(0, 3))(
  'by %s, two that receive at once get a message each; the end of the other side rejects both',
  async (way) => {
    const peer = openPeer(way, new URL('./fixtures/parrot.ts', import.meta.url));
    const received = [peer.receive(), peer.receive()];
    for (const message of ['first', 'second']) peer.send(message);
    expect(await Promise.all(received)).toEqual(['first', 'second']);
    const open = [peer.receive(), peer.receive()];
    const ends = Promise.allSettled(open);
    await peer.close();
    const gone = {
      status: 'rejected',
      reason: { message: expect.stringContaining('the other side ended with') as string },
    };
    expect(await ends).toMatchObject([gone, gone]);
    await expect(peer.receive()).rejects.toThrow('the other side has ended');
  },
);
