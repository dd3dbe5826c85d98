// The chapter in reading order.

import type { Chapter } from '@cookbook/lab/claim';
import acrossModules from './across-modules/claim.ts';
import acrossThreads from './across-threads/claim.ts';
import passedArguments from './arguments/claim.ts';
import assignmentAliases from './assignment-aliases/claim.ts';
import callSites from './call-sites/claim.ts';
import closures from './closures/claim.ts';
import comprehension from './comprehension/claim.ts';
import copies from './copies/claim.ts';
import mathMaxSpread from './math-max-spread/claim.ts';
import mutableOrImmutable from './mutable-or-immutable/claim.ts';
import nestedArray from './nested-array/claim.ts';
import randomPasswords from './random-passwords/claim.ts';
import readdirOrder from './readdir-order/claim.ts';
import renameLosesFiles from './rename-loses-files/claim.ts';
import views from './views/claim.ts';

export const chapter: Chapter = {
  name: 'pitfalls',
  title: 'Pitfalls: what shared references and short snippets do, against expectation',
  readme: new URL('../README.md', import.meta.url),
  sections: [
    { title: 'Names and objects', claims: [assignmentAliases, mutableOrImmutable, passedArguments] },
    { title: 'Nested arrays', claims: [nestedArray, comprehension] },
    { title: 'Copies and windows', claims: [copies, views] },
    { title: 'Modules, threads, tasks', claims: [acrossModules, acrossThreads, closures] },
    { title: 'Benchmarks', claims: [callSites] },
    { title: "The posts' own snippets", claims: [mathMaxSpread, randomPasswords, renameLosesFiles, readdirOrder] },
  ],
};
