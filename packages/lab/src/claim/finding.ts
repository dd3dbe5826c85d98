// What was found: figures, the judgement of these very figures, and words made of them. A claim is a list of findings
// that must all hold; nobody writes its headline by hand.

import { counted, describeFigure, exactly, fillWords, leadingFirst } from './figure.ts';
import type { Figure } from './figure.ts';
import { allHold, judgeAtOnce, judgeBounds, judgeIntervals, rankOf } from './judge.ts';
import type { Judgement } from './judge.ts';
import type { Plot } from './plot.ts';

export interface Finding {
  readonly figures: readonly Figure[];
  /** Of these figures. Left out where they are only shown. */
  readonly judgement?: Judgement;
  /**
   * One sentence in the form of `fillWords`: 'With Atomics.add, {lost-with-add or none} were lost.' It is printed only
   * where the figures hold; where they do not, the judgement's reason stands in its place.
   */
  readonly words?: string;
  /** Lines that explain the figures: what was held constant, what was seen on the way. */
  readonly notes?: readonly string[];
  /** Curves and timelines of what was measured, for the report. */
  readonly plots?: readonly Plot[];
  /** Set where Python was measured in the same run; otherwise `Claim.python` measures it. */
  readonly python?: readonly PythonRun[];
}

/** What the post's own program showed under one Python. The judgement is of what the post says, not of `answer`. */
export interface PythonRun {
  /** Such as 'CPython 3.13.0'. */
  readonly interpreter: string;
  /** Whether the global interpreter lock was on; undefined where there was no Python to ask. */
  readonly lock: boolean | undefined;
  readonly judgement: Judgement;
  readonly figures: readonly Figure[];
  readonly headline?: string;
}

/** Counts: each figure has to keep its bound. One that does not refutes at once. */
export function counts(words: string, ...figures: readonly Figure[]): Finding {
  return { figures, judgement: judgeBounds(figures), words };
}

/** Timed quantities: each figure has to keep its bound with its whole interval. */
export function intervals(words: string, ...figures: readonly Figure[]): Finding {
  return { figures, judgement: judgeIntervals(figures), words };
}

/** How many were in flight at once: exactly `expected`. Fewer, but more than one, is what a busy host makes of it. */
export function atOnce(
  words: string,
  key: string,
  name: string,
  most: number,
  expected: number,
  unit: string,
): Finding {
  const figure = counted(key, name, most, unit, exactly(expected));
  return { figures: [figure], judgement: judgeAtOnce(figure), words };
}

/** Figures without a judgement: what the words say of them must be no more than their values. */
export function shown(words: string, ...figures: readonly Figure[]): Finding {
  return { figures, words };
}

/** Drawings and explanations that belong to no figure. */
export function drawn(parts: Pick<Finding, 'notes' | 'plots'>): Finding {
  return { figures: [], ...parts };
}

/** The sentence of one finding: its words where it holds, what contradicts them where it does not. */
export function sentenceOf({ figures, judgement, words }: Finding): string | undefined {
  if (judgement !== undefined && judgement.verdict !== 'holds') return judgement.reason && `${judgement.reason}.`;
  return words ? fillWords(words, figures) : undefined;
}

/** What all findings of a claim come to. */
export interface Found {
  readonly judgement: Judgement;
  /** The one that the headline names first stands first. */
  readonly figures: readonly Figure[];
  readonly headline?: string;
  readonly notes: readonly string[];
  readonly plots: readonly Plot[];
  readonly python?: readonly PythonRun[];
}

/**
 * The findings as one: the worst verdict, and the sentences of all of them, what contradicts the claim first.
 *
 * @throws Error where two figures have one key
 */
export function combine(findings: readonly Finding[]): Found {
  const words = findings.flatMap((finding) => finding.words ?? []);
  const figures = leadingFirst(
    findings.flatMap((finding) => finding.figures),
    words,
  );
  const seen = new Set<string>();
  for (const { key } of figures) {
    if (seen.has(key)) throw new Error(`Expected every figure to have a key of its own, got '${key}' twice`);
    seen.add(key);
  }
  const headline = headlineOf(findings, figures);
  const python = findings.find((finding) => finding.python)?.python;
  return {
    judgement: allHold(findings.flatMap(({ judgement }) => judgement ?? [])),
    figures,
    ...(headline && { headline }),
    notes: findings.flatMap(({ notes = [] }) => notes),
    plots: findings.flatMap(({ plots = [] }) => plots),
    ...(python && { python }),
  };
}

function headlineOf(findings: readonly Finding[], figures: readonly Figure[]): string | undefined {
  const rank = ({ judgement }: Finding): number => rankOf(judgement?.verdict ?? 'holds');
  const sentences = findings.toSorted((a, b) => rank(a) - rank(b)).flatMap((finding) => sentenceOf(finding) ?? []);
  return sentences.join(' ') || (figures[0] && `${describeFigure(figures[0])}.`);
}
