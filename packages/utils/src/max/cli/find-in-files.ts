// The search in files: one input after another, then the result.

import { UsageError } from '@cookbook/lab/command';
import { CellReader } from '../cells/notation.ts';
import { EMPTY, joinTallies } from '../cells/tally.ts';
import type { Tally } from '../cells/tally.ts';
import { quote } from '../cells/words.ts';
import { ColumnError, DataError } from '../rows/errors.ts';
import type { FileRequest, Input } from './arguments.ts';
import { drawFound, foundToJson, notesOn } from './draw-found.ts';
import { Progress } from './progress.ts';
import { faultOf, resultOf } from './result.ts';
import type { Found } from './result.ts';
import { scanInput } from './scan-input.ts';

/**
 * Finds the extremes, and prints them; on stderr what was passed over.
 *
 * @throws as `searchFiles`
 */
export async function findInFiles(request: FileRequest): Promise<void> {
  const progress = new Progress(process.stderr.isTTY && !request.json);
  const found = await searchFiles(request, progress).finally(() => progress.close());
  for (const note of notesOn(found, request)) console.error(note);
  console.log(request.json ? foundToJson(found, request) : drawFound(found, request));
}

/**
 * Finds the extremes.
 *
 * @throws UsageError where a file cannot be read or a column is not there
 * @throws DataError where the data are wrong or have no value
 */
export async function searchFiles(request: FileRequest, progress = new Progress(false)): Promise<Found> {
  const tally = await scanAll(request, progress);
  const found = resultOf(tally, request);
  if (found !== undefined) return found;
  throw new DataError(`Expected at least one value${inColumn(request)}, got none${passed(tally)}`);
}

async function scanAll(request: FileRequest, progress: Progress): Promise<Tally> {
  const reader = new CellReader(request.notation);
  const isEnough = (tally: Tally): boolean => faultOf(tally, request) !== undefined;
  let all = EMPTY;
  for (const [index, input] of request.inputs.entries()) {
    const tally = await scanInput(input, request, {
      index,
      onOpen: (size) => progress.begin(size),
      onBytes: (bytes) => progress.add(bytes),
      isEnough,
    }).catch((error: unknown) => {
      throw withFile(error, input, request);
    });
    all = joinTallies(all, tally, reader);
    const fault = faultOf(all, request);
    if (fault !== undefined) throw new DataError(fault);
  }
  return all;
}

/** What went wrong with an input, with its name where there are several. */
function withFile(error: unknown, { path }: Input, { inputs }: FileRequest): unknown {
  if (!(error instanceof Error)) return error;
  const { code } = error as NodeJS.ErrnoException;
  const ending = inputs.length > 1 ? ` (${quote(path)})` : '';
  if (error instanceof ColumnError) return new UsageError(`${error.message}${ending}`);
  if (error instanceof DataError) return new DataError(`${error.message}${ending}`);
  if (code === undefined || !/^E[A-Z]+$/.test(code)) return error;
  return new UsageError(`Expected a file that can be read, got ${quote(path)} (${code})`);
}

function inColumn({ column }: FileRequest): string {
  return column === undefined ? '' : ` in column ${quote(column)}`;
}

function passed({ gaps, ragged, invalid }: Tally): string {
  const parts = [
    ...(gaps > 0 ? [`gaps: ${gaps}`] : []),
    ...(ragged.count > 0 ? [`lines of another number of cells: ${ragged.count}`] : []),
    ...(invalid.count > 0 ? [`cells without a value: ${invalid.count}`] : []),
  ];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}
