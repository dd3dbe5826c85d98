/** A demand that no password can satisfy. Its message has `--length` on the command line, `length` in a program. */
export class DemandError extends RangeError {
  override readonly name = 'DemandError';
  readonly subject: string;
  readonly expectation: string;

  /** @param expectation what follows the subject, such as 'to be at least 6 for the classes asked, got 4' */
  constructor(subject: string, expectation: string) {
    super(`Expected \`${subject}\` ${expectation}`);
    this.subject = subject;
    this.expectation = expectation;
  }
}
