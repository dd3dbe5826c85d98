import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findSmallFiles, packagesFolder } from '../src/files/proof/corpus.ts';
import { readSync } from '../src/files/recipe.ts';
import {
  ALLOWED,
  descriptorFindings,
  descriptorsLack,
  readWithFewDescriptors,
} from '../src/too-many-open-files/proof/few-descriptors.ts';
import { retryWithoutDescriptor } from '../src/too-many-open-files/recipe.ts';

const never = new AbortController().signal;

describe('a retry where no descriptor is left', () => {
  const refusal = (code: string): Error => Object.assign(new Error(code), { code });

  test('tries again after every refusal, and once more than it was refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('EMFILE', 'ENFILE'), { maxLength: 4 }), async (codes) => {
        let [tries, refused] = [0, 0];
        const work = async (): Promise<string> => {
          const code = codes[tries++];
          if (code !== undefined) throw refusal(code);
          return 'read';
        };
        expect(await retryWithoutDescriptor(work, { onRefused: () => void refused++ })).toBe('read');
        expect([tries, refused]).toEqual([codes.length + 1, codes.length]);
      }),
      { numRuns: 20 },
    );
  });

  test('is not for other errors', async () => {
    let tries = 0;
    const work = async (): Promise<never> => {
      tries++;
      throw refusal('ENOENT');
    };
    await expect(retryWithoutDescriptor(work)).rejects.toThrow('ENOENT');
    expect(tries).toBe(1);
  });

  test('rejects with the reason of its signal, before the work and in a pause', async () => {
    let tries = 0;
    const work = async (): Promise<never> => {
      tries++;
      throw refusal('EMFILE');
    };
    await expect(retryWithoutDescriptor(work, { signal: AbortSignal.abort('before') })).rejects.toBe('before');
    expect(tries).toBe(0);
    const stop = new AbortController();
    const retrying = retryWithoutDescriptor(work, { signal: stop.signal, onRefused: () => stop.abort('pause') });
    await expect(retrying).rejects.toBe('pause');
  });

  test.each([[undefined], [null], ['a string']])('passes on %o, which is no Error', async (thrown) => {
    await expect(retryWithoutDescriptor(() => Promise.reject(thrown))).rejects.toBe(thrown);
  });

  test('ends when it is aborted', async () => {
    const signal = AbortSignal.timeout(30);
    await expect(retryWithoutDescriptor(() => Promise.reject(refusal('EMFILE')), { signal })).rejects.toThrow(
      'aborted',
    );
  });
});

describe.runIf(descriptorsLack() === undefined)('a process that may open few files', () => {
  test('fails for streams at once, and skips nothing under a limit or with a retry', async () => {
    const files = findSmallFiles(packagesFolder(), 200);
    const expected = readSync(files, 'digest');
    const few = await readWithFewDescriptors(files, never);
    expect(few.allowed).toBe(ALLOWED);
    expect(few.refused).toBeGreaterThan(100);
    expect(few.retries).toBeGreaterThanOrEqual(few.refused);
    expect(few.limited).toEqual(expected);
    expect(few.retried).toEqual(expected);
  });

  test('that cannot read a file rejects with what it said', async () => {
    await expect(readWithFewDescriptors(['/not/there'], never)).rejects.toThrow(/it ended with 1: .*ENOENT/s);
  });

  test('is ended by an abort', async () => {
    const files = findSmallFiles(packagesFolder(), 2_000);
    await expect(readWithFewDescriptors(files, AbortSignal.timeout(100))).rejects.toThrow('aborted');
  });

  test('is judged by what was read: a wrong digest refutes', () => {
    const few = { allowed: ALLOWED, refused: 1, refusedWhole: 0, limited: ['a', 'b'], retried: ['a', 'c'], retries: 1 };
    const findings = descriptorFindings({ refused: '', limited: '', retried: '' }, few, ['a', 'b']);
    expect(findings.map(({ judgement }) => judgement!.verdict)).toEqual(['holds', 'holds', 'refuted']);
  });
});

test('Windows cannot show what running out of descriptors does, and says why', () => {
  expect(descriptorsLack('win32')).toBe('Windows sets no limit on the open files of a process');
});
