import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Verdict } from '@cookbook/lab/claim';
import { badge, badgeWords } from '../src/badge/badge.ts';
import type { Results } from '../src/results/format.ts';
import { made, madeClaim } from './made.ts';
import { runToEnd, temporaryFolder } from './run-program.ts';

function withVerdicts(...verdicts: Verdict[]): Results {
  const ids = ['threads/kill', 'processes/kill'];
  return made({ claims: verdicts.map((verdict, index) => madeClaim(ids[index]!, { verdict })) });
}

test.each([
  [['holds', 'holds'], '2 of 2 claims hold'],
  [['holds', 'cannot-show'], '1 of 2 claims hold'],
  [['holds'], '1 of 1 claim run hold, 1 not run'],
  [[], '0 of 0 claims run hold, 2 not run'],
] as const)('%j reads "%s"', (verdicts, words) => expect(badgeWords(withVerdicts(...verdicts))).toBe(words));

describe('the badge', () => {
  const colourOf = (svg: string): string => /fill="(#\w{6})"/.exec(svg)![1]!;

  test('is an SVG that says its words to a screen reader too', () => {
    const svg = badge(withVerdicts('holds', 'holds'));
    expect(svg).toMatch(
      /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="\d+" height="20" role="img" aria-label="2 of 2 claims hold">/,
    );
    expect(svg.match(/2 of 2 claims hold/g)).toHaveLength(3);
  });

  test('has a colour for all well, one for unclear and one for refuted, each readable under white', () => {
    const badges = [
      ['holds', 'holds'],
      ['holds', 'inconclusive'],
      ['inconclusive', 'refuted'],
    ] as const;
    const colours = badges.map((verdicts) => colourOf(badge(withVerdicts(...verdicts))));
    expect(new Set(colours).size).toBe(3);
    for (const colour of colours) expect(contrastToWhite(colour)).toBeGreaterThanOrEqual(4.5);
  });

  test('is written for the latest finished run, or for the one that is named', async () => {
    const folder = temporaryFolder();
    const put = (name: string, results: Results): void =>
      writeFileSync(path.join(folder, name), JSON.stringify(results));
    put('2026-01-01T00-00-00Z.json', withVerdicts('holds', 'refuted'));
    put('2026-01-02T00-00-00Z.json', withVerdicts('holds', 'holds'));
    put('2026-01-03T00-00-00Z.json', { ...withVerdicts('holds'), finished: undefined } as unknown as Results);
    expect((await runToEnd('verdicts', folder, ['badge'])).stdout).toMatch(/^2 of 2 claims hold: /);
    expect(readFileSync(path.join(folder, 'badge.svg'), 'utf8')).toContain('2 of 2 claims hold');
    const named = path.join(folder, '2026-01-01T00-00-00Z.json');
    expect((await runToEnd('verdicts', folder, ['badge', named, '--out', '-'])).stdout).toBe(
      badge(withVerdicts('holds', 'refuted')),
    );
  });
});

/** WCAG 2.2, contrast ratio and relative luminance. */
function contrastToWhite(colour: string): number {
  const [red, green, blue] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 1.05 / (0.2126 * red! + 0.7152 * green! + 0.0722 * blue! + 0.05);
}
