// The command line of `password`, read and checked.

import { readFileSync } from 'node:fs';
import { parse, readNumber, UsageError } from '@cookbook/lab/command';
import { Command, Option } from 'commander';
import {
  AMBIGUOUS,
  charactersOf,
  CLASSES,
  classOf,
  DemandError,
  MOST_CHARACTERS,
  MOST_WORDS,
  openPassphrases,
  openPasswords,
  PRINTABLE,
} from './index.ts';
import type { CharacterClass, PasswordSource, PhraseOptions } from './index.ts';
import { readWords } from './phrases.ts';

export interface Order {
  readonly source: PasswordSource;
  readonly count: number;
  readonly entropy: boolean;
  readonly json: boolean;
}

interface Options extends Partial<Record<CharacterClass, string>> {
  readonly length: string;
  readonly count: string;
  readonly alphabet?: string;
  readonly excludeAmbiguous?: boolean;
  readonly beginWithLetter?: boolean;
  readonly words?: string;
  readonly separator?: string;
  readonly capitals?: boolean;
  readonly number?: boolean;
  readonly wordList?: string;
  readonly entropy?: boolean;
  readonly json?: boolean;
}

/**
 * Reads the arguments.
 *
 * @returns what is to be made, or the text of the help where it was asked for
 * @throws UsageError with one line
 */
export function readOrder(argv: readonly string[]): Order | string {
  const command = new Command('password')
    .description('Passwords from the random source of the system, every possible one as likely as every other.')
    .option('--length <n>', 'characters', '20')
    .option('--count <n>', 'how many passwords', '1')
    .option('--upper <n>', 'at least n upper-case letters')
    .option('--lower <n>', 'at least n lower-case letters')
    .option('--digits <n>', 'at least n digits')
    .option('--symbols <n>', 'at least n other characters')
    .option('--alphabet <set>', 'the characters to draw from (default: printable ASCII without the space)')
    .option('--exclude-ambiguous', `leave out ${charactersOf(AMBIGUOUS).join(' ')}`)
    .option('--begin-with-letter', 'the first character is a letter')
    .addOption(
      new Option('--words <n>', 'a passphrase of n English words instead').conflicts([
        'length',
        'alphabet',
        'excludeAmbiguous',
        'beginWithLetter',
        ...CLASSES,
      ]),
    )
    .option('--separator <text>', 'between the words (default: "-")')
    .option('--capitals', 'each word begins with a capital letter')
    .option('--number', 'a digit follows one of the words')
    .option('--word-list <file>', 'draw from these words, one a line')
    .option('--entropy', 'print on stderr how many bits that is')
    .option('--json', 'print one JSON object and nothing else')
    .addHelpText('after', CLOSING);
  const help = parse(command, argv);
  if (help !== undefined) return help;
  const options = command.opts<Options>();
  const count = readNumber('--count', options.count, { least: 1, most: 100_000, whole: true });
  const { entropy = false, json = false } = options;
  return { source: inWordsOfTheCommandLine(() => sourceOf(options)), count, entropy, json };
}

const CLOSING = `
Each class has to be there once unless an option changes that; 0 leaves it out, as in --symbols 0.
With --alphabet, only the classes that are asked for have to be there.

Exit status: 0 done, 2 wrong usage.`;

function sourceOf({ words, length, alphabet, excludeAmbiguous, beginWithLetter, ...options }: Options): PasswordSource {
  if (words !== undefined) {
    const count = readNumber('--words', words, { least: 1, most: MOST_WORDS, whole: true });
    return openPassphrases(count, phraseOptions(options));
  }
  const lone = PHRASE_OPTIONS.find(([name]) => options[name] !== undefined);
  if (lone !== undefined) throw new UsageError(`Expected --words beside ${lone[1]}, got none`);

  const asked = CLASSES.map((name) => [name, options[name] ?? (alphabet === undefined ? '1' : undefined)] as const);
  const least = Object.fromEntries(
    asked.flatMap(([name, text]) =>
      text === undefined
        ? []
        : [[name, readNumber(`--${name}`, text, { least: 0, most: MOST_CHARACTERS, whole: true })]],
    ),
  ) as Partial<Record<CharacterClass, number>>;
  const admitted = charactersOf(alphabet ?? PRINTABLE).filter((one) => {
    const name = classOf(one);
    return name === 'other' || least[name] !== 0;
  });
  return openPasswords({
    length: readNumber('--length', length, { least: 1, most: MOST_CHARACTERS, whole: true }),
    alphabet: admitted.join(''),
    least,
    excludeAmbiguous: excludeAmbiguous ?? false,
    beginWithLetter: beginWithLetter ?? false,
  });
}

const PHRASE_OPTIONS = [
  ['separator', '--separator'],
  ['capitals', '--capitals'],
  ['number', '--number'],
  ['wordList', '--word-list'],
] as const;

function phraseOptions({ separator, capitals = false, number = false, wordList }: Partial<Options>): PhraseOptions {
  return {
    capitals,
    number,
    ...(separator !== undefined && { separator }),
    ...(wordList !== undefined && { list: readWordList(wordList) }),
  };
}

function readWordList(file: string): string[] {
  try {
    return readWords(new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file)));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`Expected --word-list to be a file of words in UTF-8, got '${file}' (${code ?? message})`);
  }
}

function inWordsOfTheCommandLine<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof DemandError)) throw error;
    throw new UsageError(`Expected --${error.subject} ${error.expectation}`);
  }
}
