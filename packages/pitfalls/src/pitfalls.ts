// The pitfalls in reading order, as the index and the quiz show them.

import { pitfall as acrossModules } from './across-modules/pitfall.ts';
import { pitfall as acrossThreads } from './across-threads/pitfall.ts';
import { pitfall as passedArguments } from './arguments/pitfall.ts';
import { pitfall as assignmentAliases } from './assignment-aliases/pitfall.ts';
import { pitfall as callSites } from './call-sites/pitfall.ts';
import { pitfall as closures } from './closures/pitfall.ts';
import { pitfall as comprehension } from './comprehension/pitfall.ts';
import { pitfall as copies } from './copies/pitfall.ts';
import { pitfall as mathMaxSpread } from './math-max-spread/pitfall.ts';
import { pitfall as mutableOrImmutable } from './mutable-or-immutable/pitfall.ts';
import { pitfall as nestedArray } from './nested-array/pitfall.ts';
import type { Pitfall } from './pitfall/pitfall.ts';
import { pitfall as randomPasswords } from './random-passwords/pitfall.ts';
import { pitfall as readdirOrder } from './readdir-order/pitfall.ts';
import { pitfall as renameLosesFiles } from './rename-loses-files/pitfall.ts';
import { pitfall as views } from './views/pitfall.ts';

export const pitfalls: readonly Pitfall[] = [
  assignmentAliases,
  mutableOrImmutable,
  passedArguments,
  nestedArray,
  comprehension,
  copies,
  views,
  acrossModules,
  acrossThreads,
  closures,
  callSites,
  mathMaxSpread,
  randomPasswords,
  renameLosesFiles,
  readdirOrder,
];
