import { counts, defineClaim, drawn } from '@cookbook/lab/claim';
import { pythonHalf } from '@cookbook/lab/python';
import { byLoop, withCheck, withRenamer, withRenamerAndUndo, withRenamerRaced } from './proof/attempts.ts';
import { afterRace, afterUndo, lostBy, pythonLost, renamed } from './proof/figures.ts';
import { FILES, NUMBERED, tryOn } from './proof/photos.ts';

export default defineClaim({
  id: 'utils/rename',
  question: 'How can I rename many files at once without losing any?',
  says: 'A few lines rename every file of a folder to a pattern.',
  from: ['RC'],
  inNode: 'only if no file has one of the new names',
  answer:
    'A rename loop overwrites files that stand at its new names; this renamer loses none of 60, even when another program takes one meanwhile.',

  async measure({ signal }) {
    const loop = await tryOn(byLoop);
    signal.throwIfAborted();
    const check = await tryOn(withCheck);
    const renamer = await tryOn(withRenamer);
    const raced = await tryOn(withRenamerRaced);
    const back = await tryOn(withRenamerAndUndo);
    return [
      counts(`Of ${FILES} files a loop lost {loop-lost number}.`, lostBy('loop', 'the loop', loop)),
      counts(
        'Where another program took a name between check and rename, {check-lost} was lost.',
        lostBy('check', 'a check before each rename, to another program', check),
      ),
      counts('This renamer renamed {renamer-named} and lost {renamer-lost or none}.', ...renamed(renamer)),
      counts('With {raced-files} of another program at a new name it lost {raced-lost or none}.', ...afterRace(raced)),
      counts('Undo brought all back: {undo-lost or none} lost, {undo-changed or none} changed.', ...afterUndo(back)),
      drawn({
        notes: [`${FILES} files, ${NUMBERED} of them named by the pattern before; contents compared by their SHA-256.`],
      }),
    ];
  },

  python: pythonHalf(new URL('./original.py', import.meta.url), [String(FILES)], pythonLost),
});
