import { run } from '@cookbook/lab/command';
import { report } from './report.ts';

const root = new URL('../../../', import.meta.url);

await run((argv) =>
  report(argv, {
    root,
    results: new URL('results/', root),
    // Loaded when it is needed: what draws the page takes longer to load than a run takes to start.
    renderPage: async (results) => (await import('./page/index.ts')).renderPage(results),
    blocks: async () => (await import('./readme/front-page.ts')).frontPage(root),
  }),
);
