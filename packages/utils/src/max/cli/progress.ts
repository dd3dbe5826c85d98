// The line of progress, on a terminal: worth its while from two seconds on. What draws it is loaded only then.

import { beforeEnd } from '@cookbook/lab/command';

const PROGRESS_AFTER_MS = 2_000;
const EVERY_MS = 100;
const MEGABYTE = 1e6;

/** A line that is drawn anew in its place. */
interface ProgressLine {
  draw(frame: string): void;
  close(): void;
}

async function onStderr(): Promise<ProgressLine> {
  const { openScreen } = await import('@cookbook/lab/show');
  return openScreen(process.stderr);
}

/** Shows how much has been read, on stderr where that is a terminal. */
export class Progress {
  readonly #start = performance.now();
  readonly #isShown: boolean;
  readonly #openLine: () => Promise<ProgressLine>;
  #screen: ProgressLine | undefined;
  #isOpening = false;
  #isClosed = false;
  #drawn = 0;
  #read = 0;
  #total: number | undefined = 0;

  /** @param isShown whether there is a terminal to show it on, and nothing against it */
  constructor(isShown: boolean, openLine: () => Promise<ProgressLine> = onStderr) {
    this.#isShown = isShown;
    this.#openLine = openLine;
  }

  /** An input begins; its bytes, where they are known. */
  begin(size: number | undefined): void {
    this.#total = size === undefined || this.#total === undefined ? undefined : this.#total + size;
  }

  /** So many bytes more have been read. */
  add(bytes: number): void {
    this.#read += bytes;
    const now = performance.now();
    if (!this.#isShown || now - this.#start < PROGRESS_AFTER_MS || now - this.#drawn < EVERY_MS) return;
    this.#drawn = now;
    if (this.#screen) this.#screen.draw(this.#words());
    else if (!this.#isOpening && !this.#isClosed) void this.#open();
  }

  /** Removes the line. */
  close(): void {
    this.#screen?.close();
    this.#screen = undefined;
    this.#isClosed = true;
  }

  async #open(): Promise<void> {
    this.#isOpening = true;
    const line = await this.#openLine();
    if (this.#isClosed) return line.close();
    this.#screen = line;
    beforeEnd(() => this.close());
  }

  #words(): string {
    const total = this.#total;
    return total === undefined || total < this.#read
      ? `${megabytes(this.#read)} MB read`
      : `${megabytes(this.#read)} of ${megabytes(total)} MB read`;
  }
}

function megabytes(bytes: number): string {
  return Math.round(bytes / MEGABYTE).toLocaleString('en-US');
}
