// Code as markup, coloured when the page is built. Each kind of token has an element of its own that means
// nothing else, and the style sheet gives it its colour in light and in dark: a few bytes a token, and there are many.

import { createHighlighterCore, createCssVariablesTheme } from 'shiki/core';
import type { HighlighterCore } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import { escapeText, trusted } from './html.ts';
import type { Html } from './html.ts';

/** Elements of kinds of tokens, by the variable that the theme names them with; every other kind, and all operators, have the colour of text. */
const KINDS: Readonly<Record<string, string>> = {
  'var(--t-token-keyword)': 'b',
  'var(--t-token-string)': 'u',
  'var(--t-token-string-expression)': 'u',
  'var(--t-token-comment)': 'i',
  'var(--t-token-function)': 'var',
};

export type Highlight = (code: string, language: 'typescript' | 'python') => Html;

let shared: Promise<Highlight> | undefined;

/** Loads the grammars, once in the life of the process: they take 10 MB and cannot be changed. */
export function openHighlighter(): Promise<Highlight> {
  return (shared ??= load());
}

async function load(): Promise<Highlight> {
  const highlighter = await createHighlighterCore({
    themes: [createCssVariablesTheme({ name: 'kinds', variablePrefix: '--t-' })],
    langs: [import('shiki/langs/typescript.mjs'), import('shiki/langs/python.mjs')],
    engine: createJavaScriptRegexEngine(),
  });
  return (code, language) => trusted(markUp(highlighter, code, language));
}

function markUp(highlighter: HighlighterCore, code: string, lang: string): string {
  const lines = highlighter.codeToTokensBase(code, { lang, theme: 'kinds' });
  return lines.map((line) => runsOf(line).map(markUpRun).join('')).join('\n');
}

interface Run {
  kind: string | undefined;
  text: string;
}

/** Neighbours of one kind as one, spaces between them included. */
function runsOf(line: readonly { content: string; color?: string }[]): Run[] {
  const runs: Run[] = [];
  for (const { content, color = '' } of line) {
    const last = runs.at(-1);
    const named = KINDS[color];
    const kind = named === 'b' && !/\w/.test(content) ? undefined : named; // an operator
    if (last && (last.kind === kind || content.trim() === '')) last.text += content;
    else runs.push({ kind, text: content });
  }
  return runs;
}

function markUpRun({ kind, text }: Run): string {
  const shown = escapeText(text);
  return kind === undefined ? shown : `<${kind}>${shown}</${kind}>`;
}
