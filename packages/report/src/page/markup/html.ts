// Markup from values: what is put into a template is escaped, unless it is markup already.

/** Text that is markup. Only `markup` and `trusted` make it. */
export class Html {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** What a template takes: nothing is written for undefined and false, the parts of a list one after another. */
export type Part = Html | string | number | undefined | false | readonly Part[];

/**
 * A tagged template of markup, under a name that no formatter takes for its own: spaces inside it are meant. Attributes
 * stand in double quotes, so that an escaped value cannot leave them.
 */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.map((string, index) => string + markupOf(parts[index])).join(''));
}

/** Takes text as markup: for what this package wrote itself, or has escaped by other means. */
export function trusted(text: string): Html {
  return new Html(text);
}

function markupOf(part: Part): string {
  if (part === undefined || part === false) return '';
  if (part instanceof Html) return part.toString();
  if (typeof part === 'object') return part.map(markupOf).join('');
  return escape(String(part));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Control characters other than tab and line feed have no place in HTML, and halves of surrogate pairs none in UTF-8. */
const UNFIT = /[^\P{Cc}\t\n]/gu;

/** Text as markup that shows that text, in an element or in a quoted attribute. */
export function escape(text: string): string {
  return escapeText(text).replaceAll(/["']/g, (character) => ENTITIES[character]!);
}

/** Text as markup that shows that text in an element: there quotes are letters like others. */
export function escapeText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(UNFIT, '\uFFFD')
    .replaceAll(/[&<>]/g, (character) => ENTITIES[character]!);
}

/** Prose in which names of code stand between backticks. */
export function prose(text: string): Part {
  const parts = text.split('`');
  if (parts.length % 2 === 0) return text; // a backtick of its own
  return parts.map((part, index) => (index % 2 === 1 ? markup`<code>${part}</code>` : part));
}

/** The id of a claim's section in the page: 'claim-threads-cpu-scaling'. */
export function anchorOf(claim: string): string {
  return `claim-${claim.replaceAll(/[^a-z0-9-]/gi, '-')}`;
}
