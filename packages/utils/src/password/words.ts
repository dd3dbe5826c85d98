// The only place that knows where the words come from.

import { wordlist } from '@scure/bip39/wordlists/english.js';

/**
 * 2,048 English words of 3 to 8 lower-case letters, sorted; no two begin with the same four letters. 11 bits each.
 * It is the list of BIP 39, which never changes: every wallet depends on it.
 */
export const WORDS: readonly string[] = wordlist;
