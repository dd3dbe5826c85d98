import { describe, expect, test } from 'vitest';
import { allHold, counted, defineClaim, judgeAtOnce, judgeBounds } from '../../src/claim/claim.ts';
import type { Claim, Judgement } from '../../src/claim/claim.ts';
import { darkScreen, verify } from '../../src/claim/verify.ts';

const options = { timeBudget: 1, signal: new AbortController().signal, screen: darkScreen };

function claim(changes: Partial<Claim>): Claim {
  return {
    id: 'test/claim',
    says: '',
    from: ['ours'],
    answer: '',
    measure: async () => ({ figures: [] }),
    judge: () => ({ verdict: 'holds' }),
    ...changes,
  };
}

describe('a claim', () => {
  test('that is inconclusive is measured again until it is clear', async () => {
    const verdicts: Judgement['verdict'][] = ['inconclusive', 'inconclusive', 'holds'];
    const outcome = await verify(claim({ judge: () => ({ verdict: verdicts.shift()! }) }), options);
    expect(outcome.judgement.verdict).toBe('holds');
    expect(verdicts).toEqual([]);
  });

  test('that stays inconclusive is given up once the budget does not allow another try', async () => {
    let tries = 0;
    const slow = claim({
      async measure() {
        tries += 1;
        await new Promise((resolve) => setTimeout(resolve, 60));
        return { figures: [] };
      },
      judge: () => ({ verdict: 'inconclusive' }),
    });
    expect((await verify(slow, { ...options, timeBudget: 0.2 })).judgement.verdict).toBe('inconclusive');
    expect(tries).toBeGreaterThanOrEqual(2);
    expect(tries).toBeLessThanOrEqual(4);
  });

  describe('that is refuted', () => {
    const verdictsOf = async (...judgements: Judgement[]): Promise<[verdict: string, notes: readonly string[]]> => {
      const left = [...judgements];
      const { judgement, notes } = await verify(claim({ judge: () => left.shift()! }), options);
      expect(left, 'measured as often as expected').toEqual([]);
      return [judgement.verdict, notes];
    };
    const slow: Judgement = { verdict: 'refuted', reason: 'too slow' };
    const note = 'An earlier measurement of this run refuted it, and was not borne out: too slow.';

    test('by what was timed is measured again, and stays refuted where that says the same', async () => {
      expect(await verdictsOf(slow, slow)).toEqual(['refuted', []]);
      expect(await verdictsOf(slow, { verdict: 'inconclusive' }, slow)).toEqual(['refuted', []]);
    });

    test('by what was timed, and not again, is as the second says, and the first is told', async () => {
      expect(await verdictsOf(slow, { verdict: 'holds' })).toEqual(['holds', [note]]);
    });

    test('by what was counted is refuted at once, whatever else was timed', async () => {
      expect(await verdictsOf({ ...slow, counted: true })).toEqual(['refuted', []]);
      const lost = judgeBounds({ figures: [counted('lost', 1, 'updates', { most: 0 })] });
      expect(await verdictsOf(allHold([slow, lost]))).toEqual(['refuted', []]);
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

  test('tells its Node half before its Python half runs', async () => {
    const order: string[] = [];
    const both = claim({
      async python() {
        order.push('python');
        return [];
      },
    });
    await verify(both, { ...options, onJudged: () => order.push('judged') });
    expect(order).toEqual(['judged', 'python']);
  });

  test.each(['threads', 'Threads/race', 'threads/a b', '/race'])("with the id '%s' is refused", (id) => {
    expect(() => defineClaim(claim({ id }))).toThrow("Expected `id` to look like 'threads/cpu-scaling'");
  });
});

describe('bounds', () => {
  test('hold with both ends included', () => {
    const figures = [counted('a', 2, 'x', { least: 2, most: 2 }), counted('free', 9, 'x')];
    expect(judgeBounds({ figures })).toEqual({ verdict: 'holds' });
  });

  test('that are broken are told: what was expected, what was got', () => {
    const figures = [
      counted('lost', 3, 'updates', { most: 0 }),
      counted('pids', 1, 'pids', { least: 2 }),
      counted('rows', 2, 'rows', { least: 3, most: 3 }),
    ];
    expect(judgeBounds({ figures })).toEqual({
      verdict: 'refuted',
      counted: true,
      reason:
        'Expected lost to be at most 0 updates, got 3; Expected pids to be at least 2 pids, got 1; Expected rows to be 3 rows, got 2',
    });
  });

  test('are not kept by a figure that is no number', () => {
    expect(judgeBounds({ figures: [counted('broken', NaN, 'x', { least: 0 })] }).verdict).toBe('refuted');
  });
});

test.each([
  ['holds', undefined, 8, 8],
  ['inconclusive', undefined, 7, 8],
  ['inconclusive', undefined, 2, 8],
  ['refuted', undefined, 1, 8],
  ['refuted', true, 9, 8],
  ['refuted', undefined, 0, 1],
  ['refuted', true, 2, 1],
  ['holds', undefined, 1, 1],
])('the verdict is %s (counted: %s) where %i were under way of %i', (verdict, wasCounted, most, expected) => {
  const judgement = judgeAtOnce(counted('in flight', most, 'requests', { most: expected }));
  expect([judgement.verdict, judgement.counted]).toEqual([verdict, wasCounted]);
});

describe('several judgements', () => {
  test('hold together where all do, with the qualifier of one', () => {
    expect(allHold([{ verdict: 'holds' }, { verdict: 'holds', qualifier: 'contended', reason: 'busy' }])).toEqual({
      verdict: 'holds',
      qualifier: 'contended',
      reason: 'busy',
    });
  });

  test('come out as the worst of them', () => {
    const worst = (...verdicts: Judgement['verdict'][]) => allHold(verdicts.map((verdict) => ({ verdict }))).verdict;
    expect(worst('holds', 'refuted', 'inconclusive')).toBe('refuted');
    expect(worst('cannot-show', 'inconclusive', 'holds')).toBe('inconclusive');
    expect(worst('cannot-show', 'holds')).toBe('cannot-show');
  });
});
