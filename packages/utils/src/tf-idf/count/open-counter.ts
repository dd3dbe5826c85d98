// Chooses the counter for the options.

import type { Settings } from '../options/options.ts';
import { AnyPatternCounter } from './any-pattern-counter.ts';
import type { Counter } from './counter.ts';
import { DefaultPatternCounter } from './default-pattern-counter.ts';
import type { KnownTokens } from './token-table.ts';

/** @param known the tokens of the vocabulary, where terms are only to be looked up there */
export function openCounter(settings: Settings, known?: KnownTokens): Counter {
  return settings.counter === 'default-pattern'
    ? new DefaultPatternCounter(settings, known)
    : new AnyPatternCounter(settings);
}
