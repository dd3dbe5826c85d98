import { inspect } from 'node:util';
import { drawArrows } from '../pitfall/drawing.ts';
import type { Pitfall } from '../pitfall/pitfall.ts';
import { trap } from './recipe.ts';

export const pitfall: Pitfall = {
  name: 'views',
  recipe: new URL('./recipe.ts', import.meta.url),
  trap: '`packet.slice(0, 2)` of a Buffer',
  surprise: 'A second window on the same bytes: clearing the header clears the packet.',
  question: 'What does console.log(packet) print?',
  choices: ['<Buffer 01 02 03 04>', '<Buffer 00 00 03 04>', '<Buffer 00 00>'],
  expected: '<Buffer 01 02 03 04>',
  happens: () => inspect(trap().packet),
  why: 'Arrays, strings and typed arrays are copied by slice; a Buffer, though it is a Uint8Array, is not.',
  draw() {
    const { packet, header } = trap();
    return drawArrows([
      { name: 'packet', to: packet.buffer, text: `memory: ${[...packet].join(' ')}` },
      { name: 'header', to: header.buffer },
    ]);
  },
  fix: 'The slice that Buffer inherits from Uint8Array copies; so does Buffer.from(header).',
  cheaper: 'subarray, where it is only read: its name says that it is a window.',
  types:
    'Nothing at compile time: both are Uint8Array, and there is no readonly typed array. ' +
    '@types/node marks slice of a Buffer as deprecated, so editors strike it through.',
  wanted: 'When parsing: a header of a message of 1 GiB costs no copy of it.',
};
