import { counted } from '@cookbook/lab/claim';
import { claimOf, exactly } from '../pitfall/claim-of.ts';
import { pitfall } from './pitfall.ts';
import { cheaperFix, fix, keptAlive, poolBehind, sharing, trap } from './recipe.ts';

export default claimOf(pitfall, {
  says: 'A slice is a copy.',
  from: ['ours'],
  answer:
    'Of 10 ways to make bytes from bytes 5 share memory, buffer.slice among them, and 5 copy, typedArray.slice among them.',

  count() {
    const ways = Object.entries(sharing());
    const shared = ways.filter(([, shares]) => shares).map(([name]) => name);
    const { window, copy } = keptAlive();
    return {
      headline: `share: ${shared.join(', ')}; the other ${ways.length - shared.length} copy`,
      figures: [
        exactly('ways that share memory', shared.length, 5, 'of 10'),
        exactly('bytes of the packet cleared through buffer.slice', zeros(trap().packet), 2, 'bytes'),
        exactly('bytes cleared through a copy', zeros(fix().packet), 0, 'bytes'),
        exactly('bytes cleared by reading through subarray', zeros(cheaperFix().packet), 0, 'bytes'),
        exactly('bytes kept alive by a window of 4 on 1 MiB', window, 2 ** 20, 'bytes'),
        exactly('bytes kept alive by a copy of it', copy, 4, 'bytes'),
        counted("bytes behind .buffer of Buffer.from('abc')", poolBehind('abc'), 'bytes', { least: 4 }),
      ],
    };
  },
});

function zeros(bytes: Uint8Array): number {
  return bytes.filter((byte) => byte === 0).length;
}
