// What a pitfall is: the lines, the question about them, and what a reader needs after the answer.

/** Describes a pitfall in words; its code stands in its `recipe.ts`, in the regions `trap`, `fix` and `cheaper`. */
export interface Pitfall {
  /** The recipe's folder: 'nested-array'. */
  readonly name: string;
  /** The file that holds the lines shown. */
  readonly recipe: URL;
  /** The trap as one would write it, in a few words of code. */
  readonly trap: string;
  /** What it does against expectation, in one line. */
  readonly surprise: string;
  readonly question: string;
  /** Plausible answers, among them the expected one and what happens. */
  readonly choices: readonly string[];
  readonly expected: string;
  /** Runs the lines and returns what they gave, worded as one of the choices. */
  happens(): string | Promise<string>;
  readonly why: string;
  /** Which names lead to which objects, drawn from the values that the lines made. */
  draw?(): string | Promise<string>;
  readonly fix: string;
  readonly cheaper: string;
  /** Relatives of the trap and their fixes: a sentence, and the region that shows it. */
  readonly also?: readonly { readonly says: string; readonly region: string }[];
  /** What else is worth knowing, on the page only. */
  readonly more?: string;
  /** Where types or the linter would have caught it, and where not. */
  readonly types: string;
  /** When the trap is wanted. */
  readonly wanted: string;
}
