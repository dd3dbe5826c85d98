// The renamer on a disk that ignores case, with the names that Windows refuses or takes for others.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Attempt, Command } from './commands.ts';

export async function* tryRename(command: Command, work: string): Attempt {
  const disk = new Disk(work);

  disk.fill('IMG_1.JPEG', 'IMG_2.JPEG', 'notes.txt');
  const pattern = ['photos', '--find', '^IMG_(\\d)\\.JPEG$', '--replace', 'Hafen-é-$1.jpg', '--apply', '--json'];
  yield [
    'by a pattern',
    await disk.after(command(pattern, DONE), {
      'Hafen-é-1.jpg': 'IMG_1.JPEG',
      'Hafen-é-2.jpg': 'IMG_2.JPEG',
      'notes.txt': 'notes.txt',
    }),
  ];
  yield ['undo', await disk.after(command(['photos', '--undo', '--json'], DONE), unchanged(disk.filled))];
  yield ['history', await command(['photos', '--history'], { prints: /\S/ })];

  const map = (pairs: Record<string, string>, ...more: string[]): string[] => {
    writeFileSync(path.join(work, 'map.json'), JSON.stringify(pairs));
    return ['photos', '--map', 'map.json', '--apply', '--json', ...more];
  };
  disk.fill('readme.txt');
  yield [
    'only the case',
    await disk.after(command(map({ 'readme.txt': 'README.txt' }), DONE), { 'README.txt': 'readme.txt' }),
  ];

  disk.fill('a.txt', 'b.txt');
  yield [
    'a swap',
    await disk.after(command(map({ 'a.txt': 'b.txt', 'b.txt': 'a.txt' }), DONE), {
      'a.txt': 'b.txt',
      'b.txt': 'a.txt',
    }),
  ];

  disk.fill('a.txt', 'b.txt');
  const taken = command(map({ 'a.txt': 'B.TXT' }), refused('target-exists'));
  yield ['a name that is taken in another case', await disk.after(taken, unchanged(disk.filled))];
  const twice = command(map({ 'a.txt': 'new.txt', 'b.txt': 'NEW.txt' }), refused('duplicate-target'));
  yield ['two new names that differ in case', await disk.after(twice, unchanged(disk.filled))];

  for (const name of ['CON', 'nul.txt', 'Com1.log', 'end.', 'end ', 'what?.txt', 'a:b', 'in\\side.txt', 'tab\there']) {
    const run = command(map({ 'a.txt': name }), refused('invalid-name'));
    yield [`${JSON.stringify(name)} is refused`, await disk.after(run, unchanged(disk.filled))];
  }
  const long = command(map({ 'a.txt': 'x'.repeat(256) }), refused('name-too-long'));
  yield ['a name of 256 characters is refused', await disk.after(long, unchanged(disk.filled))];

  disk.fill('a.txt');
  yield [
    'into another folder',
    await disk.after(command(map({ 'a.txt': 'in/side/b.txt' }, '--move'), DONE), { 'in/side/b.txt': 'a.txt' }),
  ];
  yield ['and back', await disk.after(command(['photos', '--undo', '--json'], DONE), unchanged(['a.txt']))];

  const deep = `${'deep'.repeat(20)}/`.repeat(4);
  disk.fill(`${deep}a.txt`);
  const inDeep = ['photos', '--recursive', '--find', '^a', '--replace', 'b', '--apply', '--json'];
  yield [
    `a path of ${disk.folder.length + deep.length} characters`,
    await disk.after(command(inDeep, DONE), { [`${deep}b.txt`]: `${deep}a.txt` }),
  ];
  yield ['and back', await disk.after(command(['photos', '--undo', '--json'], DONE), unchanged(disk.filled))];
}

const DONE = { prints: /"outcome":"ok"/ };

function refused(kind: string) {
  return { status: 1, prints: new RegExp(`"outcome":"refused"[^]*"${kind}"|"${kind}"[^]*"outcome":"refused"`) };
}

/** Every file under its own name. */
function unchanged(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, name]));
}

/** The folder that is renamed in, looked at from this system; each file holds its first name. */
class Disk {
  readonly folder: string;
  filled: readonly string[] = [];

  constructor(work: string) {
    this.folder = path.join(work, 'photos');
  }

  fill(...names: string[]): void {
    rmSync(this.folder, { recursive: true, force: true });
    for (const name of names) {
      mkdirSync(path.dirname(path.join(this.folder, name)), { recursive: true });
      writeFileSync(path.join(this.folder, name), name);
    }
    this.filled = names;
  }

  /** What was wrong with a run, and with the files that are there after it. */
  async after(run: Promise<string[]>, expected: Readonly<Record<string, string>>): Promise<string[]> {
    const reasons = await run;
    const files = readdirSync(this.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const there = files.map((file) => {
      const whole = path.join(file.parentPath, file.name);
      return [path.relative(this.folder, whole), readFileSync(whole, 'utf8')] as const;
    });
    const [got, wanted] = [there, Object.entries(expected)].map((entries) =>
      JSON.stringify(entries.toSorted(([a], [b]) => (a < b ? -1 : 1))),
    );
    return got === wanted ? reasons : [...reasons, `Expected the files ${wanted}, got ${got}`];
  }
}
