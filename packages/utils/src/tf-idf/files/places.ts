// Where documents stand: a file each, or a part of one. Kept as columns of numbers, as there may be millions.

/** A document of a file: which, and where in it. */
export interface Place {
  readonly file: string;
  /** The line on which it begins, from 1 up. */
  readonly line: number;
  /** In bytes; the end of a whole file is -1. */
  readonly start: number;
  readonly end: number;
}

/** A number of each kind for every document; `file` is its place among the files. */
export type Numbers = Readonly<Record<'file' | 'line' | 'start' | 'end', number[]>>;

export class Places {
  readonly files: string[];
  readonly numbers: Numbers;

  constructor(files: string[] = [], numbers: Numbers = { file: [], line: [], start: [], end: [] }) {
    this.files = files;
    this.numbers = numbers;
  }

  get length(): number {
    return this.numbers.file.length;
  }

  /** Documents of one file have to come together. */
  add({ file, line, start, end }: Place): void {
    if (this.files.at(-1) !== file) this.files.push(file);
    this.numbers.file.push(this.files.length - 1);
    this.numbers.line.push(line);
    this.numbers.start.push(start);
    this.numbers.end.push(end);
  }

  at(document: number): Place {
    const { file, line, start, end } = this.numbers;
    return {
      file: this.files[file[document]!]!,
      line: line[document]!,
      start: start[document]!,
      end: end[document]!,
    };
  }
}
