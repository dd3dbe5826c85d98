// The shape of a recipe's folder, measured. A reader who has seen one recipe knows where to look in all of them.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'oxc-parser';
import type { ListedRecipe } from './list.ts';

/** The heads of a recipe's header, in their order. */
const HEADS = ['Claim', 'Mechanism', 'Use when', 'Do not', 'Copy', 'Run'] as const;
/** Those whose words are counted: what a reader has to read. */
const PROSE: readonly string[] = ['Claim', 'Mechanism', 'Use when', 'Do not'];
/** The column in which the text of the header begins: behind '// ' and the longest head. */
const COLUMN = 14;

const LIMITS = {
  leastLines: 25,
  mostLines: 80,
  headerWords: 60,
  claimLines: 45,
  claimRooms: 4,
  answerWords: 25,
} as const;

/** Beginnings of an answer that has no subject of its own. */
const WITHOUT_SUBJECT = /^(So does|Not|It|They|This)\b/;

/**
 * What is measured of a recipe:
 *
 * - lines: recipe.ts has 25 to 80 lines below its header, comments and blank lines included
 * - header: the first comment has the heads in their order, and nothing else
 * - words: at most 60 words under Claim, Mechanism, Use when and Do not together; a word is what stands between spaces and has
 *   a letter or a digit
 * - copy: `Copy` is what `pnpm copy` finds, and the recipe can be copied
 * - claimLines: claim.ts has at most 45 lines, all counted
 * - claimRooms: claim.ts imports of at most four rooms of the lab
 * - question: ends in a question mark
 * - answer: has at most 25 words and a subject
 * - files: nothing else stands in the folder; what is not copied stands in proof/
 */
export type Rule =
  | 'lines'
  | 'header'
  | 'words'
  | 'copy'
  | 'claimLines'
  | 'claimRooms'
  | 'question'
  | 'answer'
  | 'files';

export interface Breach {
  readonly rule: Rule;
  /** What was expected, and what was got. */
  readonly message: string;
}

/** What is to be measured. */
export interface RecipeFolder {
  /** Absolute. */
  readonly folder: string;
  readonly chapter: string;
  /** What `pnpm copy` says of it. */
  readonly listed: Pick<ListedRecipe, 'files' | 'copy' | 'problems'>;
  /** Of the claim; undefined where the chapter has no claim of this folder's id. */
  readonly claim: { readonly question?: unknown; readonly answer: string } | undefined;
}

/** Measures a recipe's folder. Empty where it keeps its shape. */
export function measureShape(recipe: RecipeFolder): Breach[] {
  const text = readFileSync(path.join(recipe.folder, 'recipe.ts'), 'utf8');
  const { header, body } = split(text);
  return [
    ...checkLines(body),
    ...checkHeader(header),
    ...checkWords(header),
    ...checkCopy(header, recipe.listed),
    ...checkClaimFile(path.join(recipe.folder, 'claim.ts')),
    ...checkSentences(recipe.claim),
    ...checkFiles(recipe),
  ];
}

/** Lines of the comment at the top, without their slashes, and the lines below it, without blank ones around them. */
function split(text: string): { header: string[]; body: string[] } {
  const lines = text.trimEnd().split(/\r?\n/);
  const end = lines.findIndex((line) => !line.startsWith('//'));
  const header = end === -1 ? lines : lines.slice(0, end);
  const below = lines.slice(header.length);
  const first = below.findIndex((line) => line.trim() !== '');
  return { header, body: first === -1 ? [] : below.slice(first) };
}

function checkLines({ length }: readonly string[]): Breach[] {
  const { leastLines, mostLines } = LIMITS;
  if (length >= leastLines && length <= mostLines) return [];
  return breach(
    'lines',
    `Expected recipe.ts to have ${leastLines} to ${mostLines} lines below its header, got ${length}`,
  );
}

function checkHeader(header: readonly string[]): Breach[] {
  const heads = header.map((line) => line.slice(3, COLUMN).trim()).filter(Boolean);
  const expected = HEADS.join(', ');
  if (heads.join(', ') !== expected) {
    return breach(
      'header',
      `Expected the heads ${expected} in column 4 of recipe.ts's first lines, got ${heads.join(', ') || 'none'}`,
    );
  }
  const odd = header.find((line) => !line.startsWith('// ') || !/^\S/.test(line.slice(COLUMN)));
  return odd === undefined ? [] : breach('header', `Expected text from column ${COLUMN + 1} on, got '${odd}'`);
}

function checkWords(header: readonly string[]): Breach[] {
  const words = [...partsOf(header)].filter(([head]) => PROSE.includes(head)).flatMap(([, text]) => wordsOf(text));
  if (words.length <= LIMITS.headerWords) return [];
  return breach('words', `Expected at most ${LIMITS.headerWords} words under ${PROSE.join(', ')}, got ${words.length}`);
}

function checkCopy(header: readonly string[], { copy, problems }: RecipeFolder['listed']): Breach[] {
  const found = partsOf(header).get('Copy');
  return [
    ...problems.flatMap((problem) => breach('copy', problem)),
    ...(found === copy
      ? []
      : breach('copy', `Expected under Copy '${copy}', got ${found === undefined ? 'none' : `'${found}'`}`)),
  ];
}

function checkClaimFile(file: string): Breach[] {
  const text = readFileSync(file, 'utf8');
  const lines = text.trimEnd().split('\n').length;
  const { staticImports } = parseSync(file, text).module;
  const specifiers = staticImports.map(({ moduleRequest }) => moduleRequest.value);
  const rooms = new Set(specifiers.filter((specifier) => specifier.startsWith('@cookbook/lab/')));
  const { claimLines, claimRooms } = LIMITS;
  return [
    ...(lines <= claimLines
      ? []
      : breach('claimLines', `Expected claim.ts to have at most ${claimLines} lines, got ${lines}`)),
    ...(rooms.size <= claimRooms
      ? []
      : breach(
          'claimRooms',
          `Expected claim.ts to import of at most ${claimRooms} rooms of the lab, got ${[...rooms].join(', ')}`,
        )),
  ];
}

function checkSentences(claim: RecipeFolder['claim']): Breach[] {
  if (claim === undefined) return breach('answer', 'Expected the chapter to have a claim of this id, got none');
  const { question, answer } = claim;
  const words = wordsOf(answer).length;
  const asks = typeof question === 'string' && question.endsWith('?');
  return [
    ...(asks ? [] : breach('question', `Expected a question that ends in '?', got ${JSON.stringify(question)}`)),
    ...(words <= LIMITS.answerWords
      ? []
      : breach('answer', `Expected an answer of at most ${LIMITS.answerWords} words, got ${words}: ${answer}`)),
    ...(/^\p{Ll}/u.test(answer) || WITHOUT_SUBJECT.test(answer)
      ? breach('answer', `Expected an answer that begins with its subject, got: ${answer}`)
      : []),
  ];
}

function checkFiles({ folder, chapter, listed }: RecipeFolder): Breach[] {
  const isOwn = (file: string): boolean => path.posix.basename(path.posix.dirname(file)) === path.basename(folder);
  const copied = listed.files.filter(isOwn).map((file) => path.posix.basename(file));
  const known = new Set(['recipe.ts', 'claim.ts', 'page.md', 'README.md', 'proof', 'sabotage.json', ...copied]);
  if (chapter === 'pitfalls') known.add('pitfall.ts');
  return readdirSync(folder)
    .filter((name) => !known.has(name) && !/^original(_\w+)?\.py$/.test(name) && !/^(__pycache__|\..*)$/.test(name))
    .flatMap((name) => breach('files', `Expected ${name} to be reached by recipe.ts, or to stand in proof/`));
}

/** The text under each head, its lines joined. */
function partsOf(header: readonly string[]): Map<string, string> {
  const parts = new Map<string, string>();
  let head = '';
  for (const line of header) {
    head = line.slice(3, COLUMN).trim() || head;
    parts.set(head, [parts.get(head) ?? '', line.slice(COLUMN).trim()].join(' ').trim());
  }
  return parts;
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => /[\p{L}\d]/u.test(word));
}

function breach(rule: Rule, message: string): Breach[] {
  return [{ rule, message }];
}
