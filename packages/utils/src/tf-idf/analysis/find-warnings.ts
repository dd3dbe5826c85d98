// Finds options that contradict each other, which scikit-learn warns of.

import type { GivenOptions, ReadOptions } from '../options/read-options.ts';
import type { VectorizerWarning } from '../options/warnings.ts';
import { splitting } from './open-analyzer.ts';
import { preprocessing } from './prepare.ts';

/** The warnings about options that have been read; most often none. */
export function findWarnings(options: GivenOptions, read: ReadOptions): VectorizerWarning[] {
  return [...unusedOptions(options), ...capitals(read), ...inconsistentStopWords(options, read)];
}

function unusedOptions(options: GivenOptions): VectorizerWarning[] {
  const { analyzer = 'word', preprocessor, ngramRange = [1, 1] } = options;
  const unused = (name: keyof GivenOptions, because: string): VectorizerWarning[] =>
    options[name] === undefined || options[name] === null
      ? []
      : [{ code: 'unused-option', message: `\`${name}\` is not used, because ${because}: leave one of them out` }];
  const isFunction = typeof analyzer === 'function';
  const found: VectorizerWarning[] = [];
  if (isFunction) {
    const because = '`analyzer` is a function';
    found.push(...unused('preprocessor', because), ...unused('stripAccents', because));
    if (ngramRange[0] !== 1 || ngramRange[1] !== 1) found.push(...unused('ngramRange', because));
  } else if (preprocessor !== undefined && preprocessor !== null) {
    found.push(...unused('stripAccents', 'there is a `preprocessor`'));
  }
  if (isFunction || analyzer !== 'word') {
    const because = isFunction ? '`analyzer` is a function' : `\`analyzer\` is '${analyzer}'`;
    for (const name of ['stopWords', 'tokenPattern', 'tokenizer'] as const) found.push(...unused(name, because));
  }
  return found;
}

function capitals({ settings: { vocabulary }, preparation }: ReadOptions): VectorizerWarning[] {
  const { lowercase, analyzer, preprocessor } = preparation;
  if (!lowercase || analyzer !== undefined || preprocessor !== undefined) return [];
  const term = vocabulary?.find((one) => /\p{Uppercase}/u.test(one));
  if (term === undefined) return [];
  const message = `\`vocabulary\` has capitals, as in '${term}', which no lower-cased document has: lower-case it, or set \`lowercase\` to false`;
  return [{ code: 'capitals-in-vocabulary', message }];
}

/** scikit-learn's own list is consistent with its defaults, and that is how it is used most often. */
function inconsistentStopWords(options: GivenOptions, { settings, preparation }: ReadOptions): VectorizerWarning[] {
  const byDefault = settings.counter === 'default-pattern' && settings.arrive === 'text' && settings.lowercase;
  if (settings.stopWords.length === 0 || (byDefault && options.stopWords === 'english')) return [];
  const tokens = new Set<string>();
  try {
    const preprocess = preprocessing(preparation);
    const split = preparation.tokenizer ?? splitting(settings.tokenPattern);
    for (const word of settings.stopWords) for (const token of split(preprocess(word, 0))) tokens.add(String(token));
  } catch {
    return []; // a function that takes something else than text: it cannot be tried with a word
  }
  const stopWords = new Set(settings.stopWords);
  const others = [...tokens].filter((token) => !stopWords.has(token)).toSorted();
  if (others.length === 0) return [];
  const listed = others.map((token) => `'${token}'`).join(', ');
  const message = `\`stopWords\` become other tokens when they are treated as documents are: ${listed}; these are kept unless they are in the list`;
  return [{ code: 'inconsistent-stop-words', message }];
}
