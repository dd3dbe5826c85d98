// A pitfall as a claim: that the trap does what the page says it does, and the fix does not.

import { counted, defineClaim, judgeBounds } from '@cookbook/lab/claim';
import type { Claim, Figure, Source } from '@cookbook/lab/claim';
import { pythonHalf } from '@cookbook/lab/python';
import { askingPart, tellingPart } from './page.ts';
import type { Pitfall } from './pitfall.ts';

interface PitfallClaim {
  readonly says: string;
  readonly from: readonly Source[];
  readonly answer: string;
  /** Runs trap and fix, and counts. */
  readonly count: () => Counted | Promise<Counted>;
  readonly python?: Claim['python'];
}

interface Counted {
  readonly figures: readonly Figure[];
  /** The surprise, with what was counted. */
  readonly headline: string;
}

/** Holds when every count keeps its bound and the lines give what surprises, not what one expects. */
export function claimOf(pitfall: Pitfall, { says, from, answer, count, python }: PitfallClaim): Claim {
  return defineClaim({
    id: `pitfalls/${pitfall.name}`,
    says,
    from,
    answer,
    async measure() {
      const { figures, headline } = await count();
      const answered = await pitfall.happens();
      const surprising = pitfall.choices.includes(answered) && answered !== pitfall.expected;
      return {
        headline,
        figures: [
          ...figures,
          exactly('runs of the lines that gave the surprising answer', Number(surprising), 1, 'runs'),
        ],
        notes: [...askingPart(pitfall), ...(await tellingPart(pitfall, answered))],
      };
    },
    judge: judgeBounds,
    ...(python && { python }),
  });
}

/** A count that has to come out at one value. */
export function exactly(name: string, count: number, expected: number, unit: string): Figure {
  return counted(name, count, unit, { least: expected, most: expected });
}

/** The post's half, counted by its own program `original.py`. */
export function pythonCounts(program: URL, read: (answer: never) => Counted): Claim['python'] {
  return pythonHalf(program, [], (answer) => {
    const { figures, headline } = read(answer as never);
    return { figures: [...figures], headline, judgement: judgeBounds({ figures }) };
  });
}
