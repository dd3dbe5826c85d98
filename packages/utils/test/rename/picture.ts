/** The start of a JPEG whose EXIF data has the date at which it was taken, 'YYYY:MM:DD hh:mm:ss'. */
export function pictureOf(taken: string): Buffer {
  // TIFF, little endian: its first directory, at 8, points to that of EXIF, at 26, whose one entry points to the text at 44.
  const tiff = Buffer.alloc(64);
  tiff.write('II*\0', 0, 'latin1');
  tiff.writeUInt32LE(8, 4);
  writeEntry(tiff, 8, 0x87_69, 4, 1, 26); // ExifIFD, a long
  writeEntry(tiff, 26, 0x90_03, 2, 20, 44); // DateTimeOriginal, 20 characters
  tiff.write(`${taken}\0`, 44, 'latin1');
  const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(exif.length + 2);
  return Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe1]), length, exif, Buffer.from([0xff, 0xd9])]);
}

/** A directory with one entry, and none after it. */
function writeEntry(tiff: Buffer, at: number, tag: number, type: number, count: number, value: number): void {
  tiff.writeUInt16LE(1, at);
  tiff.writeUInt16LE(tag, at + 2);
  tiff.writeUInt16LE(type, at + 4);
  tiff.writeUInt32LE(count, at + 6);
  tiff.writeUInt32LE(value, at + 10);
}
