/**
 * Which words are shared in fact. An operation on a word that nobody changes, or that one party alone uses, makes no
 * difference to the others, and is done together with the one before it: there is nothing to see between the two.
 */
export class Sharing {
  readonly #users: Set<number>[];
  readonly #changed: boolean[];
  /** Whether a word has turned out to be shared since the exploration began, which must then begin again. */
  isOutdated = false;

  constructor(words: number) {
    this.#users = Array.from({ length: words }, () => new Set());
    this.#changed = Array.from({ length: words }, () => false);
  }

  isShared(word: number): boolean {
    return this.#changed[word]! && this.#users[word]!.size > 1;
  }

  /** Notes that a party has used a word. */
  note(party: number, word: number, isChanged: boolean): void {
    const before = this.isShared(word);
    this.#users[word]!.add(party);
    this.#changed[word] ||= isChanged;
    if (this.isShared(word) !== before) this.isOutdated = true;
  }
}
