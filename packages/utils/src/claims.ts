// The tools' claims in reading order.

import type { Chapter } from '@cookbook/lab/claim';
import max from './max/claim.ts';
import password from './password/claim.ts';
import rename from './rename/claim.ts';
import serverStatus from './server-status/claim.ts';
import tfIdf from './tf-idf/claim.ts';

export const chapter: Chapter = {
  name: 'utils',
  title: 'Utils: tools to use as they are, beside the few lines that the posts give',
  readme: new URL('../README.md', import.meta.url),
  sections: [
    { title: 'Data', claims: [tfIdf, max] },
    { title: 'Files', claims: [rename] },
    { title: 'Secrets', claims: [password] },
    { title: 'Servers', claims: [serverStatus] },
  ],
};
