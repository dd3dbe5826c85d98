// The one file: head, style, body, scripts. It asks for nothing, and its policy on content would refuse if it did.

import { createHash } from 'node:crypto';
import type { Assets } from './markup/assets.ts';
import { markup, trusted } from './markup/html.ts';
import type { Html } from './markup/html.ts';

export interface Document {
  readonly title: string;
  readonly assets: Assets;
  readonly body: Html;
}

const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path fill="#2f5d8a" d="M1 1h6v1.6H1zM1 3.2h6v1.6H1zM1 5.4h6V7H1z"/></svg>',
)}`;

/** The text of the file. Style and script are allowed by their hashes, so nothing else that may get in can run. */
export function documentOf({ title, assets: { style, script, worker }, body }: Document): string {
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    'worker-src blob:',
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="${ICON}">
<style>${trusted(style)}</style>
</head>
<body>
${body}
<script type="text/plain" id="worker-source">${trusted(worker)}</script>
<script>${trusted(script)}</script>
</body>
</html>
`.toString();
}

/** @throws Error where the text would end the element that it stands in */
function hashOf(text: string): string {
  if (/<\/(?:script|style)|<!--/i.test(text)) throw new Error('Expected style and script to hold no markup');
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
