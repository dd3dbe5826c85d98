// The figures of the claim.

import { counted, counts, exactly } from '@cookbook/lab/claim';
import type { Figure, Finding } from '@cookbook/lab/claim';
import { FILES } from './photos.ts';
import type { Seen } from './photos.ts';

/** Files lost by what has to lose some. */
export function lostBy(key: string, name: string, seen: Seen): Figure {
  return counted(`${key}-lost`, `lost by ${name}`, seen.lost, seen.lost === 1 ? 'file' : 'files', { least: 1 });
}

export function renamed({ lost, named }: Seen): Figure[] {
  return [
    counted('renamer-lost', 'lost by the renamer', lost, 'files', { most: 0 }),
    counted('renamer-named', 'named by the pattern by the renamer', named, 'files', { least: FILES }),
  ];
}

/** The file of the other program has to have appeared: a renamer that never reached that step was not tested. */
export function afterRace({ lost, created }: Seen): Figure[] {
  return [
    counted('raced-files', 'created at a new name by another program', created, 'file', exactly(1)),
    counted('raced-lost', 'lost by the renamer, to another program', lost, 'files', { most: 0 }),
  ];
}

export function afterUndo({ lost, changed }: Seen): Figure[] {
  return [
    counted('undo-lost', 'lost by the renamer and its undo', lost, 'files', { most: 0 }),
    counted('undo-changed', 'names with another content after the undo', changed, 'files', { most: 0 }),
  ];
}

/** `original.py` loses files, or the system stops it by refusing a rename. */
export function pythonLost(answer: unknown): Finding {
  const { lost, refused } = answer as { lost: number; refused: string | null };
  return counts(
    `The loop lost {lost or none} of ${FILES} files, and {stopped or none} of its renames was refused.`,
    counted('lost', 'lost by the loop', lost, 'files', { most: 0 }),
    counted(
      'stopped',
      `renames refused${refused === null ? '' : ` (${refused})`}`,
      Number(refused !== null),
      'renames',
      {
        most: 0,
      },
    ),
  );
}
