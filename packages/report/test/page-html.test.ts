import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anchorOf, escape, markup, prose, trusted } from '../src/page/markup/html.ts';

/** Text with many of the characters that mean something in markup. */
const sharp = fc.string({
  unit: fc.constantFrom('<', '>', '&', '"', "'", ';', '#', 'a', 'amp', '\0', '\n', '\u{1F600}'),
});

test('no text that is put into a template can open or close a tag, an attribute or an entity', () => {
  fc.assert(
    fc.property(sharp, (text) => {
      expect(escape(text)).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/);
    }),
  );
});

test('escaped text reads back as that text', () => {
  fc.assert(
    fc.property(fc.oneof(sharp, fc.string({ unit: 'grapheme' })), (text) => {
      const fit = text.replaceAll(/[^\P{Cc}\t\n]/gu, '\uFFFD');
      expect(unescape(escape(text))).toBe(fit);
    }),
  );
});

test('halves of surrogate pairs and control characters are replaced, for a file of UTF-8 has none', () => {
  expect(escape('a\uD800b\0c\u0085')).toBe('a\uFFFDb\uFFFDc\uFFFD');
});

test('a template escapes values, keeps markup, joins lists and writes nothing for what is undefined or false', () => {
  const rows = ['a', '<b>'].map((row) => markup`<li>${row}</li>`);
  const list = markup`<ul title="${'"'}">${rows}${undefined}${false}${0}${trusted('<hr>')}</ul>`;
  expect(list.toString()).toBe('<ul title="&quot;"><li>a</li><li>&lt;b&gt;</li>0<hr></ul>');
});

test('names between backticks become code, a backtick of its own stays', () => {
  expect(markup`${prose('call `a<b>` here')}`.toString()).toBe('call <code>a&lt;b&gt;</code> here');
  expect(markup`${prose('a ` alone')}`.toString()).toBe('a ` alone');
});

test('the id of a section is of letters, digits and hyphens, whatever the claim is called', () => {
  fc.assert(
    fc.property(fc.string(), (id) => {
      expect(anchorOf(id)).toMatch(/^claim-[a-z0-9-]*$/i);
    }),
  );
});

function unescape(escaped: string): string {
  const texts: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };
  return escaped.replaceAll(/&[a-z#0-9]+;/g, (entity) => texts[entity]!);
}
