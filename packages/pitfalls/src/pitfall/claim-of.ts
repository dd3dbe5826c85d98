// A pitfall as a claim: that the trap does what the page says it does, and the fix does not.

import { counted, counts, defineClaim, exactly } from '@cookbook/lab/claim';
import type { Claim, Context, Figure, Finding } from '@cookbook/lab/claim';
import { pythonHalf } from '@cookbook/lab/python';
import { askingPart, answeringPart } from './page.ts';
import type { Pitfall } from './pitfall.ts';

type PitfallClaim = Pick<Claim, 'question' | 'says' | 'from' | 'inNode' | 'answer' | 'python'> &
  (
    | {
        /** Runs trap and fix, and counts. */
        readonly count: () => Counted | Promise<Counted>;
      }
    | {
        /** Runs them, and measures. */
        readonly measure: (context: Context) => Promise<Finding[]>;
      }
  );

interface Counted {
  readonly figures: readonly Figure[];
  /** The surprise in a sentence, its figures by their keys. */
  readonly words: string;
}

/** Holds when every count keeps its bound and the lines give what surprises, not what one expects. */
export function claimOf(pitfall: Pitfall, claim: PitfallClaim): Claim {
  const findings = async (context: Context): Promise<Finding[]> => {
    if ('measure' in claim) return claim.measure(context);
    const { words, figures } = await claim.count();
    return [counts(words, ...figures)];
  };
  const { question, says, from, inNode, answer, python } = claim;
  return defineClaim({
    id: `pitfalls/${pitfall.name}`,
    question,
    says,
    from,
    inNode,
    answer,
    ...(python && { python }),
    async measure(context) {
      const found = await findings(context);
      const answered = await pitfall.happens();
      const isSurprising = pitfall.choices.includes(answered) && answered !== pitfall.expected;
      return [
        ...found,
        {
          ...counts(
            '',
            only('surprising', 'runs of the lines with the surprising answer', Number(isSurprising), 1, 'of 1'),
          ),
          notes: [...askingPart(pitfall), ...(await answeringPart(pitfall, answered))],
        },
      ];
    },
  });
}

/** A count that can have one value only. */
export function only(key: string, name: string, count: number, value: number, unit: string): Figure {
  return counted(key, name, count, unit, exactly(value));
}

/** The post's half, counted by its own program `original.py`. */
export function pythonCounts(program: URL, read: (answer: never) => Counted): NonNullable<Claim['python']> {
  return pythonHalf(program, [], (answer) => {
    const { figures, words } = read(answer as never);
    return counts(words, ...figures);
  });
}
