import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openThreads } from '@cookbook/threads';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runToEnd } from '../../lab/test/run-program.ts';
import { blur, BORDER, filterArea } from '../src/image-tiles/filter.ts';
import { blurBySharp, loadPhoto, readPicture } from '../src/image-tiles/proof/photo.ts';
import { cut, cutTiles, grow, paste } from '../src/image-tiles/raster.ts';
import type { Raster } from '../src/image-tiles/raster.ts';
import {
  filterAlone,
  filterByProcesses,
  filterByThreads,
  openTileProcesses,
  THREAD_TASK,
} from '../src/image-tiles/recipe.ts';
import type { SharedTile } from '../src/image-tiles/recipe.ts';
import { openTimedFilter } from '../src/image-tiles/proof/timed-filter.ts';
import type { TimedFilter } from '../src/image-tiles/proof/timed-filter.ts';

const whole = ({ width, height }: Raster) => ({ x: 0, y: 0, width, height });

/** A picture in which every pixel differs from its neighbours. */
const raster = fc
  .record({ width: fc.integer({ min: 1, max: 60 }), height: fc.integer({ min: 1, max: 60 }), seed: fc.nat(1_000) })
  .map(({ width, height, seed }) => ({
    width,
    height,
    pixels: Uint8Array.from({ length: width * height }, (_, n) => ((n + seed) * 2_654_435_761) >>> 13),
  }));

describe('tiles', () => {
  test('cover every pixel of the picture once', () => {
    fc.assert(
      fc.property(raster, fc.integer({ min: 1, max: 70 }), (picture, side) => {
        const covered = new Uint8Array(picture.pixels.length);
        for (const tile of cutTiles(picture, side)) {
          expect(tile.width).toBeLessThanOrEqual(side);
          for (let y = tile.y; y < tile.y + tile.height; y++) {
            for (let x = tile.x; x < tile.x + tile.width; x++) covered[y * picture.width + x]!++;
          }
        }
        expect(covered.every((times) => times === 1)).toBe(true);
      }),
    );
  });

  test('cut out and pasted back, they are the picture', () => {
    fc.assert(
      fc.property(raster, fc.integer({ min: 1, max: 30 }), (picture, side) => {
        const copy = { ...picture, pixels: new Uint8Array(picture.pixels.length) };
        for (const tile of cutTiles(picture, side)) paste(cut(picture, tile).pixels, copy, tile);
        expect(copy.pixels).toEqual(picture.pixels);
      }),
    );
  });

  test('a tile and its border are all that its filter needs', () => {
    fc.assert(
      fc.property(raster, fc.integer({ min: 1, max: 30 }), (picture, side) => {
        const edges = { ...picture, pixels: filterArea(picture, whole(picture)) };
        for (const tile of cutTiles(picture, side)) {
          const around = grow(tile, BORDER, picture);
          const alone = filterArea(cut(picture, around), { ...tile, x: tile.x - around.x, y: tile.y - around.y });
          expect(alone).toEqual(cut(edges, tile).pixels);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('with one pixel less of it they are not', async () => {
    const picture = await loadPhoto(0.1);
    const edges = { ...picture, pixels: filterArea(picture, whole(picture)) };
    const differing = cutTiles(picture, 100).filter((tile) => {
      const around = grow(tile, BORDER - 1, picture);
      const alone = filterArea(cut(picture, around), { ...tile, x: tile.x - around.x, y: tile.y - around.y });
      return Buffer.compare(alone, cut(edges, tile).pixels) !== 0;
    });
    expect(differing.length).toBeGreaterThan(0);
  });

  test('a side that is no number of pixels is refused', () => {
    expect(() => cutTiles({ width: 10, height: 10 }, 0)).toThrow('Expected `side` to be an integer from 1 up, got 0');
  });
});

describe('the filter', () => {
  test('leaves an even picture as it is when it blurs, and finds no edge in it', () => {
    const even = { width: 30, height: 20, pixels: new Uint8Array(600).fill(137) };
    expect(blur(even, whole(even)).every((pixel) => pixel === 137)).toBe(true);
    expect(filterArea(even, whole(even)).every((pixel) => pixel === 0)).toBe(true);
  });

  test('finds the edge between black and white where it is', () => {
    const width = 64;
    const pixels = Uint8Array.from({ length: width * 10 }, (_, n) => (n % width < 32 ? 0 : 60)); // no pixel of the result is cut off at 255
    const row = filterArea({ width, height: 10, pixels }, { x: 0, y: 5, width, height: 1 });
    const steepest = row.indexOf(Math.max(...row));
    expect([31, 32]).toContain(steepest);
    expect(row[10]).toBe(0);
    expect(row[53]).toBe(0);
  });

  test('blurs as sharp does: no pixel of the photograph differs by more than 1', async () => {
    const photo = await loadPhoto(0.7);
    const theirs = await blurBySharp(photo);
    const ours = blur(photo, whole(photo));
    const differences = ours.map((pixel, n) => Math.abs(pixel - theirs[n]!));
    expect(theirs.length).toBe(ours.length);
    expect(differences.reduce((a, b) => Math.max(a, b), 0)).toBeLessThanOrEqual(1);
    expect(Buffer.compare(ours, photo.pixels), 'it did blur').not.toBe(0);
  });
});

describe.each(['threads', 'processes'] as const)('two %s', (mechanism) => {
  let timed: TimedFilter;
  beforeAll(() => void (timed = openTimedFilter(mechanism, 2)));
  afterAll(() => timed.close());

  test('make, in tiles, the very picture that one thread makes in one piece', async () => {
    const photo = await loadPhoto(0.5);
    const { picture, cpu, outside } = await timed.filter(photo, 150);
    expect(Buffer.compare(picture.pixels, filterAlone(photo).pixels)).toBe(0);
    expect(cpu).toBeGreaterThan(0);
    expect(outside).toBeGreaterThanOrEqual(0);
    expect(outside).toBeLessThan(1);
  });

  test('share the tiles: each does some, none of them is done in this process', async () => {
    const { reports, atOnce } = await timed.filter(await loadPhoto(1), 250);
    expect(atOnce).toBe(2);
    const lanes = new Set(reports.map(({ lane }) => lane));
    expect(lanes.size).toBe(2);
    expect(lanes).not.toContain(`${process.pid}:0`);
  });
});

describe('the tasks of the recipe make that picture too', () => {
  test('in processes, of pixels that are not shared', async () => {
    const photo = await loadPhoto(0.5);
    const processes = openTileProcesses(2);
    const { pixels } = await filterByProcesses(processes, { ...photo, pixels: Uint8Array.from(photo.pixels) }, 200);
    await processes.close();
    expect(Buffer.compare(pixels, filterAlone(photo).pixels)).toBe(0);
  });

  test('in threads, of pixels that are shared', async () => {
    const photo = await loadPhoto(0.5);
    const threads = openThreads<SharedTile, void>(THREAD_TASK, 2);
    const { pixels } = await filterByThreads(threads, photo, 200);
    await threads.close();
    expect(Buffer.compare(pixels, filterAlone(photo).pixels)).toBe(0);
  });
});

describe('the command', () => {
  const command = new URL('../src/image-tiles/proof/command/main.ts', import.meta.url);
  let folder: string;
  beforeAll(async () => void (folder = await mkdtemp(path.join(tmpdir(), 'image-tiles-'))));
  afterAll(() => rm(folder, { recursive: true }));

  test.each(['--in-thread', '--in-process'])('writes the edges of a picture as a PNG file: %s', async (place) => {
    const input = path.join(folder, 'input.png');
    const output = path.join(folder, `${place}.png`);
    await writeFile(
      input,
      await sharp({ create: { width: 300, height: 200, channels: 3, background: '#888' } })
        .composite([
          { input: { create: { width: 100, height: 80, channels: 3, background: '#fff' } }, left: 50, top: 60 },
        ])
        .png()
        .toBuffer(),
    );
    const { code, stdout } = await runToEnd(command, ['--in', input, '--out', output, '--lanes', '2', place]);
    expect(stdout).toMatch(
      place === '--in-thread' ? /^300 x 200 pixels by 2 threads: / : /^300 x 200 pixels by 2 processes: /,
    );
    expect(code).toBe(0);
    expect((await readFile(output)).subarray(1, 4).toString()).toBe('PNG');
    expect((await readPicture(output)).pixels).toEqual(filterAlone(await readPicture(input)).pixels);
  });

  test.each([
    [[], 'Expected --out <file>, the PNG file to write'],
    [['--out', 'x.png', '--lanes', '0'], "Expected --lanes to be an integer from 1 to 256, got '0'"],
    [
      ['--out', 'no/such/folder/x.png'],
      "Expected --out to be a file in a folder that is there, got 'no/such/folder/x.png'",
    ],
    [['--out', 'x.png', '--in-thread', '--in-process'], 'Expected either --in-thread or --in-process, got both'],
    [
      ['--out', 'x.png', '--in', 'nothing.jpg'],
      "Expected --in to be a picture, got 'nothing.jpg': Input file is missing",
    ],
    [['--wrong'], "Unknown option '--wrong'"],
  ])('reports a mistake in one line and ends with status 2: %j', async (args, message) => {
    const { code, stdout, stderr } = await runToEnd(command, args);
    expect({ code, stdout, lines: stderr.trim().split('\n').length }).toEqual({ code: 2, stdout: '', lines: 1 });
    expect(stderr).toContain(message);
  });

  test('--help says what it does', async () => {
    expect(await runToEnd(command, ['--help'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('--out <file>'),
    });
  });
});
