import { counted } from '@cookbook/lab/claim';
import { claimOf, only } from '../pitfall/claim-of.ts';
import { pitfall } from './pitfall.ts';
import { cheaperFix, fix, keptAlive, poolBehind, sharing, trap } from './recipe.ts';

export default claimOf(pitfall, {
  question: 'Does Buffer.slice copy the bytes?',
  says: 'A slice is a copy.',
  from: ['ours'],
  inNode: 'only if it is a slice of a typed array or an ArrayBuffer, not of a Buffer',
  answer:
    'Of 10 ways to make bytes from bytes 5 share memory, buffer.slice among them, and 5 copy, typedArray.slice among them.',

  count() {
    const ways = Object.entries(sharing());
    const shared = ways.filter(([, shares]) => shares).map(([name]) => name);
    const { window, copy } = keptAlive();
    return {
      words:
        '{shared number} ways to make bytes from bytes share memory and {copying number} copy. Clearing what buffer.slice returned cleared {cleared} of the packet.',
      figures: [
        only('shared', `ways that share memory (${shared.join(', ')})`, shared.length, 5, 'ways'),
        only('copying', 'ways that copy', ways.length - shared.length, 5, 'ways'),
        only('cleared', 'bytes of the packet cleared through buffer.slice', zeros(trap().packet), 2, 'bytes'),
        only('cleared-by-fix', 'bytes cleared through a copy', zeros(fix().packet), 0, 'bytes'),
        only('cleared-by-cheaper', 'bytes cleared by reading through subarray', zeros(cheaperFix().packet), 0, 'bytes'),
        only('window', 'bytes kept alive by a window of 4 on 1 MiB', window, 2 ** 20, 'bytes'),
        only('copy', 'bytes kept alive by a copy of it', copy, 4, 'bytes'),
        counted('pool', "bytes behind .buffer of Buffer.from('abc')", poolBehind('abc'), 'bytes', { least: 4 }),
      ],
    };
  },
});

function zeros(bytes: Uint8Array): number {
  return bytes.filter((byte) => byte === 0).length;
}
