import { counts, defineClaim, intervals } from '@cookbook/lab/claim';
import { takeOutputs } from './proof/outputs.ts';

export default defineClaim({
  id: 'processes/child-output',
  question: 'Why does my child process hang, or its output end in the middle (stdout maxBuffer length exceeded)?',
  says: 'exec runs a command and gives you its output.',
  from: ['ours'],
  inNode: 'only if it is at most 1 MiB, and no user has a word in the command',
  answer:
    "Node's exec rejects beyond 1 MiB; a child whose output nobody reads does not end; streaming 256 MiB takes under 128 MiB of memory.",

  async measure(context) {
    const { exec, refused, unread, cut, words, memory, taken } = await takeOutputs(context);
    return [
      counts('exec gave {fits number} bytes, and rejected at one more.', ...exec),
      counts(
        'execFile leaves {execfile-left or none} running then, exec {exec-left number} behind its shell.',
        ...refused,
      ),
      counts('A program whose output nobody read stopped after {unread-out}, and ended once it was read.', ...unread),
      intervals('256 MiB through a stream took {stream} of memory, 32 to a file descriptor {file}.', ...memory),
      counts('', ...taken),
      counts('Of 4 MiB before process.exit {cut-came} came, with exitWhenWritten all.', ...cut),
      counts('A shell left {by-shell or none} of {as-words number} words as they were typed, execFile all.', ...words),
    ];
  },
});
