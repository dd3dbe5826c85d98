// Where documents stand: a file each, or a part of one. Kept as columns of numbers, as there may be millions.

/** A document of a file: which, and where in it. */
export interface Place {
  readonly file: string;
  /** The line on which it begins, from 1 up. */
  readonly line: number;
  /** In bytes of UTF-8; the end of a whole file is -1. */
  readonly start: number;
  readonly end: number;
}

/** What a file was when it was read: in bytes, and in ms since 1970. The size of the standard input is -1. */
export interface Stamp {
  readonly size: number;
  readonly modified: number;
}

/** A document, and what its file was. */
export interface StampedPlace extends Place {
  readonly stamp: Stamp;
}

/** Documents that can be looked up. */
export interface PlaceList {
  readonly length: number;
  at(document: number): StampedPlace;
}

export class Places implements PlaceList {
  readonly files: string[] = [];
  readonly stamps: Stamp[] = [];
  /** A number of each kind for every document; `file` is its place among the files. */
  readonly numbers: Readonly<Record<'file' | 'line' | 'start' | 'end', number[]>> = {
    file: [],
    line: [],
    start: [],
    end: [],
  };

  get length(): number {
    return this.numbers.file.length;
  }

  /** Documents of one file have to come together. */
  add({ file, line, start, end, stamp }: StampedPlace): void {
    if (this.files.at(-1) !== file) {
      this.files.push(file);
      this.stamps.push(stamp);
    }
    this.numbers.file.push(this.files.length - 1);
    this.numbers.line.push(line);
    this.numbers.start.push(start);
    this.numbers.end.push(end);
  }

  at(document: number): StampedPlace {
    const { file, line, start, end } = this.numbers;
    return {
      file: this.files[file[document]!]!,
      line: line[document]!,
      start: start[document]!,
      end: end[document]!,
      stamp: this.stamps[file[document]!]!,
    };
  }
}
