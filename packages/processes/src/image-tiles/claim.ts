import { defineClaim, drawn } from '@cookbook/lab/claim';
import { usableCores } from '@cookbook/lab/host';
import { loadPhoto } from './proof/photo.ts';
import { faster, MEGAPIXELS, sameAsSharp, sameBytes } from './proof/tile-figures.ts';
import { TILE_SIDE } from './recipe.ts';

export default defineClaim({
  id: 'processes/image-tiles',
  question: 'How can Node.js filter an image on all CPU cores?',
  says: 'Split an image into sections and give each to a process: processes are fit for image processing.',
  from: ['MM', 'QA', 'RC'],
  inNode: 'yes',
  answer:
    'Processes and threads that filter a picture in tiles gain nearly 1x per core, and no byte differs from the picture filtered in one piece.',

  async measure(context) {
    const lanes = Math.max(2, usableCores());
    context.screen.draw(`… image-tiles: enlarging the photograph to ${MEGAPIXELS} megapixels`);
    const photo = await loadPhoto(MEGAPIXELS);
    return [
      await faster(
        `${lanes} processes that are sent tiles filter a picture {processes-observed} as fast as one.`,
        'processes',
        photo,
        lanes,
        context,
      ),
      await faster(
        `${lanes} threads on shared pixels filter it {threads-observed} as fast as one.`,
        'threads',
        photo,
        lanes,
        context,
      ),
      ...(await sameBytes('Every byte is that of the picture filtered in one piece.', photo, lanes, context)),
      await sameAsSharp(photo),
      drawn({
        notes: [
          `${photo.width} x ${photo.height} pixels, tiles of ${TILE_SIDE} x ${TILE_SIDE}: the whole picture once in each way, and two tiles a lane in each trial of a speedup.`,
          'A trial ends when the tiles are back in the picture: the copies of a process count against it.',
        ],
      }),
    ];
  },
});
