// A plan by hand: a mistake in the list is mended in the list, and does not cost the other names.

import { planRename, previewOf } from './apply-rename.ts';
import type { CheckedPlan, Request, RunOptions } from './apply-rename.ts';
import type { Result } from './result.ts';

/**
 * Plans a run whose wish is an editor, again and again until the list is in order.
 *
 * @param editAgain shows what is wrong, as a text or as a refused result, and asks whether to edit the list once more
 * @returns the plan; undefined where the list is not in order, and was not to be edited again
 */
export async function planEdited(
  request: Request,
  editAgain: (mistake: string | Result) => Promise<boolean>,
  options: RunOptions = {},
): Promise<CheckedPlan | undefined> {
  for (;;) {
    const planned = tryPlan(request, options);
    if (typeof planned !== 'string' && planned.problems.length === 0) return planned;
    if (!(await editAgain(typeof planned === 'string' ? planned : previewOf(planned)))) return undefined;
  }
}

/** The plan, or what is wrong with the list. */
function tryPlan(request: Request, options: RunOptions): CheckedPlan | string {
  try {
    return planRename(request, options);
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}
