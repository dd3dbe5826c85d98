// The line of progress: on a terminal, and only where reading takes long.

/** The line is worth its while from here on. */
const AFTER_MS = 2_000;
/** So often it is drawn: every document would be more than anybody reads. */
const EVERY = 256;

/** The lines go to the standard error, so that the output can be sent elsewhere meanwhile. */
export class Progress implements Disposable {
  readonly #start = performance.now();
  #drawn = false;

  /** Called after each document. */
  readonly onDocument = (documents: number): void => {
    if (!process.stderr.isTTY || documents % EVERY > 0 || performance.now() - this.#start < AFTER_MS) return;
    this.#drawn = true;
    process.stderr.write(`\r\u001B[K${documents.toLocaleString('en-US')} documents read`);
  };

  /** Takes the line away. */
  [Symbol.dispose](): void {
    if (this.#drawn) process.stderr.write('\r\u001B[K');
    this.#drawn = false;
  }
}
