import { counts, defineClaim, drawn, intervals } from '@cookbook/lab/claim';
import { measureLeaks } from './proof/operations.ts';

export default defineClaim({
  id: 'async-io/signal-leaks',
  question: 'Does a long-lived AbortSignal leak memory in Node.js?',
  says: 'Pass one AbortSignal to all that a server does: listeners with { once: true } clean up after themselves.',
  from: ['ours'],
  inNode: 'only if each operation takes its own listener off',
  answer:
    '100,000 operations that take their listeners off one AbortSignal leave none, and under 1 MiB; 10,000 that do not leave 10,000, and over 1 MiB.',

  async measure({ signal }) {
    const { removing, own, leaking, any, tidy, slower } = await measureLeaks(signal);
    return [
      counts(
        '{removing-right number} operations that took their listeners off left {removing-listeners or none}, and {removing-heap}.',
        ...removing,
      ),
      counts(
        '10,000 that did not left {leaking-listeners} and {leaking-heap}, and Node.js gave {warnings}.',
        ...leaking,
      ),
      counts('A signal of its own for each left {own-heap}, whatever was left on it.', ...own),
      counts('By AbortSignal.any, 10,000 whose listeners stay on the new signal left {any-heap}.', ...any),
      intervals('With 10,000 listeners on a signal, adding one takes {slower} the time.', slower),
      counts('Requests of undici left {undici or none}, and so did fetch and timers.', ...tidy),
      drawn({ notes: ['The heap is that of a process of its own, after a collection of garbage.'] }),
    ];
  },
});
