// How a lane finds the terms of a document.

import type { Settings } from '../options/options.ts';
import { stripAccents } from '../text/accents.ts';
import { DEFAULT_TOKEN_PATTERN } from '../text/token-pattern.ts';
import { charGrams, charGramsOfWords } from './char-grams.ts';
import { decodeTerms } from './listed-terms.ts';

/** The terms of a document in the order in which scikit-learn lists them; from its bytes as a batch has them. */
export type Analyzer = (document: Buffer) => readonly string[];

type Analysis = Pick<
  Settings,
  'analyzer' | 'arrive' | 'lowercase' | 'stripAccents' | 'tokenPattern' | 'stopWords' | 'ngramRange'
>;

/** The analyzer for the options. */
export function openAnalyzer(settings: Analysis): Analyzer {
  if (settings.arrive === 'terms') return decodeTerms;
  const { analyzer, ngramRange } = settings;
  const preprocess = preprocessing(settings);
  if (analyzer === 'char') return (document) => charGrams(preprocess(document), ngramRange);
  if (analyzer === 'char_wb') return (document) => charGramsOfWords(preprocess(document), ngramRange);
  const split = settings.arrive === 'tokens' ? decodeTerms : tokensOf(settings);
  const stopWords = new Set(settings.stopWords);
  return (document) => {
    const tokens = split(document);
    return wordGrams(stopWords.size === 0 ? tokens : tokens.filter((token) => !stopWords.has(token)), ngramRange);
  };
}

/** Splits text by a pattern: the whole match, or what its group holds where it has one: '' where it holds nothing. */
export function splitting(pattern: RegExp = DEFAULT_TOKEN_PATTERN): (text: string) => string[] {
  const all = new RegExp(pattern.source, pattern.flags.includes('g') ? pattern.flags : `${pattern.flags}g`);
  return (text) => Array.from(text.matchAll(all), (match) => (match.length > 1 ? (match[1] ?? '') : match[0]));
}

function tokensOf(settings: Analysis): (document: Buffer) => string[] {
  const preprocess = preprocessing(settings);
  const split = splitting(settings.tokenPattern);
  return (document) => split(preprocess(document));
}

function preprocessing({ arrive, lowercase, stripAccents: strip }: Analysis): (document: Buffer) => string {
  if (arrive !== 'text') return (document) => document.toString();
  return (document) => {
    const text = document.toString();
    const lowered = lowercase ? text.toLowerCase() : text;
    return strip === undefined ? lowered : stripAccents(lowered, strip);
  };
}

function wordGrams(tokens: readonly string[], [least, most]: Analysis['ngramRange']): readonly string[] {
  if (most === 1) return tokens;
  const grams: string[] = [];
  for (let length = least; length <= Math.min(most, tokens.length); length++) {
    for (let n = 0; n + length <= tokens.length; n++) {
      grams.push(length === 1 ? tokens[n]! : tokens.slice(n, n + length).join(' '));
    }
  }
  return grams;
}
