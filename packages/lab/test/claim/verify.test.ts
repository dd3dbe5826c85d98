import { describe, expect, test } from 'vitest';
import { defineClaim } from '../../src/claim/claim.ts';
import type { Claim } from '../../src/claim/claim.ts';
import { counted } from '../../src/claim/figure.ts';
import { counts } from '../../src/claim/finding.ts';
import type { Judgement } from '../../src/claim/judge.ts';
import { darkScreen, verify } from '../../src/claim/verify.ts';

const options = { timeBudget: 1, signal: new AbortController().signal, screen: darkScreen };

function claim(changes: Partial<Claim>): Claim {
  return {
    id: 'test/claim',
    question: '',
    says: '',
    from: ['ours'],
    inNode: 'yes',
    answer: '',
    measure: async () => [],
    ...changes,
  };
}

function judged(judge: () => Judgement): Claim {
  return claim({ measure: async () => [{ figures: [], judgement: judge() }] });
}

describe('a claim', () => {
  test('that is inconclusive is measured again until it is clear', async () => {
    const verdicts: Judgement['verdict'][] = ['inconclusive', 'inconclusive', 'holds'];
    const outcome = await verify(
      judged(() => ({ verdict: verdicts.shift()! })),
      options,
    );
    expect(outcome.judgement.verdict).toBe('holds');
    expect(verdicts).toEqual([]);
  });

  test('that stays inconclusive is given up once the budget does not allow another try', async () => {
    let tries = 0;
    const slow = claim({
      async measure() {
        tries += 1;
        await new Promise((resolve) => setTimeout(resolve, 60));
        return [{ figures: [], judgement: { verdict: 'inconclusive' } as const }];
      },
    });
    expect((await verify(slow, { ...options, timeBudget: 0.2 })).judgement.verdict).toBe('inconclusive');
    expect(tries).toBeGreaterThanOrEqual(2);
    expect(tries).toBeLessThanOrEqual(4);
  });

  describe('that is refuted', () => {
    const verdictsOf = async (...judgements: Judgement[]): Promise<[verdict: string, notes: readonly string[]]> => {
      const left = [...judgements];
      const { judgement, notes } = await verify(
        judged(() => left.shift()!),
        options,
      );
      expect(left, 'measured as often as expected').toEqual([]);
      return [judgement.verdict, notes];
    };
    const slow: Judgement = { verdict: 'refuted', reason: 'too slow' };
    const note = 'An earlier measurement of this run refuted it, a second one did not: too slow.';

    test('by what was timed is measured again, and stays refuted where that says the same', async () => {
      expect(await verdictsOf(slow, slow)).toEqual(['refuted', []]);
      expect(await verdictsOf(slow, { verdict: 'inconclusive' }, slow)).toEqual(['refuted', []]);
    });

    test('by what was timed, and not again, is as the second says, and a note has the first', async () => {
      expect(await verdictsOf(slow, { verdict: 'holds' })).toEqual(['holds', [note]]);
    });

    test('by what was counted is refuted at once, whatever else was timed', async () => {
      expect(await verdictsOf({ ...slow, counted: true })).toEqual(['refuted', []]);
      let measured = 0;
      const both = claim({
        async measure() {
          measured += 1;
          return [
            { figures: [], judgement: slow },
            counts('', counted('lost', 'updates lost', 1, 'updates', { most: 0 })),
          ];
        },
      });
      expect((await verify(both, options)).judgement.verdict).toBe('refuted');
      expect(measured).toBe(1);
    });
  });

  test('whose host lacks something cannot be shown, and is not measured', async () => {
    const lacking = claim({
      needs: [() => undefined, async () => 'no database'],
      measure: () => Promise.reject(new Error('must not be called')),
    });
    expect((await verify(lacking, options)).judgement).toEqual({ verdict: 'cannot-show', reason: 'no database' });
  });

  test('whose measurement throws is refuted, with the reason', async () => {
    const broken = claim({ measure: () => Promise.reject(new Error('it broke')) });
    expect((await verify(broken, options)).judgement).toEqual({
      verdict: 'refuted',
      reason: 'the measurement failed: it broke',
    });
  });

  test('with two figures of one key is refuted: nothing could pick one of them', async () => {
    const twice = claim({
      measure: async () => [counts('', counted('a', 'a', 1, 'x'), counted('a', 'another', 2, 'x'))],
    });
    expect((await verify(twice, options)).judgement.reason).toContain(
      "Expected every figure to have a key of its own, got 'a' twice",
    );
  });

  test('that is interrupted throws the reason and has no verdict', async () => {
    const stop = new AbortController();
    const interrupted = claim({
      measure() {
        stop.abort(new Error('interrupted'));
        return Promise.reject(new Error('it broke'));
      },
    });
    await expect(verify(interrupted, { ...options, signal: stop.signal })).rejects.toThrow('interrupted');
  });

  test.each(['threads', 'Threads/race', 'threads/a b', '/race'])("with the id '%s' is refused", (id) => {
    expect(() => defineClaim(claim({ id }))).toThrow("Expected `id` to look like 'threads/cpu-scaling'");
  });
});
