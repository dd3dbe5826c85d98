import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openMachine } from './machine.ts';
import { tryRecipes } from './recipes.ts';
import { tryCommands } from './commands.ts';
const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const folder = mkdtempSync(path.join(realpathSync(tmpdir()), 'cookbook-windows-'));
const wanted = (id: string) => process.argv[3] === undefined || new RegExp(process.argv[3]).test(id);
const t = performance.now();
const m = await openMachine(ROOT, folder);
console.log(m.node, m.wine, performance.now() - t);
try {
  for await (const row of process.argv[2] === 'commands' ? tryCommands(m, wanted) : tryRecipes(m, wanted))
    console.log(Math.round(performance.now() - t), row.word, row.name, row.reasons.join('\n'));
} finally {
  m.close();
  rmSync(folder, { recursive: true, force: true });
}
