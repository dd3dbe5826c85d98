// A drawing of echarts as SVG that stands inside the page: no style of its own, colours by the page's variables.

import { CustomChart, LineChart } from 'echarts/charts';
import { GridComponent, TitleComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import type { EChartsCoreOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([CustomChart, LineChart, GridComponent, TitleComponent, SVGRenderer]);

/** Width and height in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Too narrow for names beside the picture; px. */
export function isNarrow(width: number): boolean {
  return width < 500;
}

/** The page's variables that drawings use. */
export const INK = { text: 'var(--soft)', line: 'var(--rule)', paper: 'var(--paper)', name: 'var(--ink)' } as const;

/** The colours of series, in the order in which they are given out; they repeat from the seventh on. */
export const SERIES = ['var(--s1)', 'var(--s2)', 'var(--s3)', 'var(--s4)', 'var(--s5)', 'var(--s6)'] as const;

/** Draws without a DOM. The markup is that of echarts, which escapes every text, made smaller; `id` names its content. */
export function drawSvg(option: EChartsCoreOption, { width, height }: Size, id: string): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, ...option });
    return compact(chart.renderToSVGString()).replace(/^(<svg[^>]*>)(.*)<\/svg>$/s, `$1<g id="${id}">$2</g></svg>`);
  } finally {
    chart.dispose();
  }
}

/**
 * Takes out what only a chart that is hovered over needs, and turns the style of texts into attributes: the page's
 * policy on content forbids style attributes. Works on tags alone: inside them echarts writes names and numbers, and
 * texts stand between them.
 */
function compact(svg: string): string {
  return svg
    .replace(/<style\b[^>]*>.*?<\/style>/s, '')
    .replace(/<defs\b.*?<\/defs>/s, '') // clips by ids that every drawing has; nothing here reaches over its grid
    .replaceAll(/<[^>]*>/g, compactTag)
    .replaceAll(/<g>|<\/g>/g, '')
    .replaceAll(/>\n+</g, '><')
    .replaceAll(/<(\w+) [^>]*fill="none"(?: stroke="[^"]*" stroke-width="0"[^>]*)?><\/\1>/g, '') // seen by nobody
    .replaceAll(/<path [^>]*fill-opacity="0"[^>]*><\/path>/g, '')
    .replaceAll(/<(path|rect|circle)([^>]*)><\/\1>/g, '<$1$2/>')
    .replaceAll(/<path d="[^"]*"([^>]*)\/>(?:<path d="[^"]*"\1\/>)+/g, joinPaths)
    .trim();
}

/** Neighbours that look alike as one path. */
function joinPaths(paths: string, look: string): string {
  const lines = [...paths.matchAll(/ d="([^"]*)"/g)].map(([, line]) => line);
  return `<path d="${lines.join('')}"${look}/>`;
}

function compactTag(tag: string): string {
  return tag
    .replaceAll(
      / (?:class|ecmeta_\w+|pointer-events|clip-path|xmlns|xmlns:xlink|baseProfile|version|xml:space)="[^"]*"/g,
      '',
    )
    .replace(/ style="([^"]*)"/, (_, style: string) => attributesOf(style))
    .replaceAll(/ (?:dominant-baseline="central"|font-size="12px"|fill="var\(--soft\)")/g, '') // as in the style sheet
    .replaceAll(/-?\d+\.\d{2,}/g, (number) => String(Number(Number(number).toFixed(1))))
    .replace(/^<svg width="[^"]*" height="[^"]*"/, '<svg aria-hidden="true"');
}

/** 'font-size:12px;font-family:sans-serif;' as attributes; the family is that of the page. */
function attributesOf(style: string): string {
  return style
    .split(';')
    .map((declaration) => declaration.split(':').map((part) => part.trim()))
    .filter(([name]) => name === 'font-size' || name === 'font-weight')
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('');
}
