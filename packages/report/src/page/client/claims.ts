/// <reference lib="dom" />
// The table of claims: filtered, searched as one types, sorted. Every state of it is a rearrangement of its own rows.

const form = document.querySelector<HTMLFormElement>('.filters')!;
const body = document.querySelector<HTMLTableSectionElement>('.claims tbody')!;
const shown = form.querySelector<HTMLElement>('.shown')!;
const nothing = document.querySelector<HTMLElement>('.nothing')!;
const heads = [...document.querySelectorAll<HTMLTableCellElement>('.claims thead th')];
const inReadingOrder = [...body.rows];
const wordsOf = new Map(inReadingOrder.map((row) => [row, plain(row.textContent)]));

/** Without case and accents, white space as one space. */
function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/\s+/g, ' ').toLowerCase();
}

function filter(): void {
  const data = new FormData(form);
  const wanted = (name: string): string => data.get(name) as string;
  const words = plain(wanted('words')).split(' ').filter(Boolean);
  let count = 0;
  for (const row of inReadingOrder) {
    const fits =
      ['chapter', 'node', 'python'].every((name) => wanted(name) === '' || row.dataset[name] === wanted(name)) &&
      words.every((word) => wordsOf.get(row)!.includes(word));
    row.hidden = !fits;
    if (fits) count++;
  }
  nothing.hidden = count > 0;
  const all = inReadingOrder.length;
  shown.textContent = count === all ? `${all} claims` : `${count} of ${all} claims`;
}

/** From the best to the worst. */
const VERDICTS = ['holds', 'cannot-show', 'inconclusive', 'refuted', 'none'];

type Order = (a: HTMLTableRowElement, b: HTMLTableRowElement) => number;

const byVerdict =
  (name: string): Order =>
  (a, b) =>
    VERDICTS.indexOf(a.dataset[name]!) - VERDICTS.indexOf(b.dataset[name]!);

const byText =
  (cell: number): Order =>
  (a, b) =>
    a.cells[cell]!.textContent.localeCompare(b.cells[cell]!.textContent, 'en');

const ORDERS: Readonly<Record<string, Order>> = {
  claim: byText(0),
  answer: byText(1),
  node: byVerdict('node'),
  python: byVerdict('python'),
  figure(a, b) {
    const [unitA, valueA] = keyOf(a);
    const [unitB, valueB] = keyOf(b);
    return Number(unitA === '~') - Number(unitB === '~') || unitA.localeCompare(unitB) || valueA - valueB;
  },
};

/** Only figures of one unit can be compared; those without a figure, '~', come last. */
function keyOf(row: HTMLTableRowElement): [unit: string, value: number] {
  const key = row.dataset['figure']!;
  const colon = key.lastIndexOf(':');
  return [key.slice(0, colon), Number(key.slice(colon + 1))];
}

/** One click sorts upwards, the next downwards, the third goes back to the order of reading. */
function sort(head: HTMLTableCellElement): void {
  const next = { none: 'ascending', ascending: 'descending', descending: 'none' }[head.ariaSort ?? 'none'] ?? 'none';
  for (const other of heads) other.removeAttribute('aria-sort');
  if (next !== 'none') head.ariaSort = next;
  const order = ORDERS[head.dataset['column']!]!;
  const upwards = inReadingOrder.toSorted(order);
  const rows = { ascending: upwards, descending: upwards.toReversed(), none: inReadingOrder }[next];
  body.append(...rows!);
}

for (const head of heads) {
  const button = document.createElement('button');
  button.type = 'button';
  button.append(...head.childNodes);
  button.addEventListener('click', () => sort(head));
  head.append(button);
}

form.hidden = false;
form.addEventListener('input', filter);
form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('reset', () => setTimeout(filter)); // the fields are emptied after this event
filter();
