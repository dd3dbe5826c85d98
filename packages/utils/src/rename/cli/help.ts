// What follows the options in the help.

/** Every example is a command, with what it does; a test runs each of them. */
export const EXAMPLES: readonly (readonly [what: string, line: string])[] = [
  [
    'photographs by the date they were taken, those of one second numbered',
    "rename photos --only '*.jpg' --sequence '{taken:YYYY-MM-DD_HH.mm.ss}_{n}{ext}' --order taken --pad 4",
  ],
  ['episodes', "rename series --find '^.*S(\\d+)E(\\d+).*(\\.\\w+)$' --replace 'Series $1x$2$3'"],
  ['a counter in each folder', "rename albums --recursive --per-folder --sequence '{n} {name}{ext}' --pad 2"],
  ['spaces to hyphens', "rename notes --find ' +' --replace '-'"],
  ['lower case, the extension too', 'rename scans --case lower'],
  ['a list from a spreadsheet, with the columns old and new', 'rename letters --map names.csv'],
];

export const HELP = `
The rules go in this order: --find, --nfc, --case, --sequence, each with the name that the one before has made.
A date has a format after a colon, as in {taken:YYYY-MM-DD_HH.mm.ss}: {date} of the last change, {created} of the file,
{taken} of a picture.

Examples, where rename stands for the command above; --apply goes with each:
${EXAMPLES.map(([what, line]) => `\n  ${what}\n    ${line}`).join('')}

Exit status: 0 done, or shown and possible; 1 refused, nothing is changed; 2 wrong usage;
3 failed half-way and put back; 4 done in part, with the errors; 130 interrupted, everything is put back.
With a journal that is damaged, --recover puts back what can be read of it, and ends with 1.`;
