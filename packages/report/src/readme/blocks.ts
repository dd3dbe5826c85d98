// The blocks of verdicts in the chapters' READMEs, from a result.

import { readFile } from 'node:fs/promises';
import type { Chapter, Claim, Outcome, PythonRun } from '@cookbook/lab/claim';
import { readBlock, readmeCells } from '@cookbook/lab/show';
import type { ResultClaim, Results } from '../results/format.ts';

/** The outcomes of a chapter's claims, undefined where the result has not all of them. */
export function outcomesOf({ sections }: Chapter, results: Results): Outcome[] | undefined {
  const claims = sections.flatMap((section) => section.claims);
  const outcomes = claims.flatMap((claim) => {
    const found = results.claims.find(({ id }) => id === claim.id);
    return found ? [outcomeOf(claim, found)] : [];
  });
  return outcomes.length === claims.length ? outcomes : undefined;
}

/**
 * How the block of a chapter's README is out of step with its claims: recipes and answers, not figures, which are of a
 * machine and a moment. Undefined where it is in step.
 */
export async function outOfStep({ readme, sections }: Chapter): Promise<string | undefined> {
  const rows = readBlock(await readFile(readme, 'utf8'), 'verdicts')
    .split('\n')
    .filter((line) => line.startsWith('| ['));
  const shown = rows.map((row) => row.split(' | ').slice(0, 2).join(' | '));
  const wanted = sections.flatMap(({ claims }) => claims.map((claim) => `| ${readmeCells(claim).join(' | ')}`));
  const missing = wanted.find((row) => !shown.includes(row));
  if (missing !== undefined) return `the row '${missing}' is missing`;
  const surplus = shown.find((row) => !wanted.includes(row));
  if (surplus !== undefined) return `the row '${surplus}' is of no claim`;
  return shown.every((row, index) => row === wanted[index]) ? undefined : 'its rows are in another order';
}

function outcomeOf(claim: Claim, result: ResultClaim): Outcome {
  const { figures, headline, notes = [], python, seconds } = result;
  const runs = (python ? [python, ...python.others] : []).map((run): PythonRun => ({
    interpreter: run.interpreter,
    lock: run.lock,
    judgement: judgementOf(run),
    figures: run.figures,
  }));
  return {
    claim,
    judgement: judgementOf(result),
    figures,
    ...(headline && { headline }),
    notes,
    ...(python && { python: runs }),
    seconds,
  };
}

function judgementOf({ verdict, qualifier, reason }: Pick<ResultClaim, 'verdict' | 'qualifier' | 'reason'>) {
  return { verdict, ...(qualifier && { qualifier }), ...(reason && { reason }) };
}
