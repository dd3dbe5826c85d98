// The top of the page: what was measured, on which machine, and what came of it.

import { formatNumber } from '@cookbook/lab/claim';
import { claimsOf, markOf } from '@cookbook/lab/show';
import { allIds, countVerdicts, missingIds } from '../results/counts.ts';
import type { Results } from '../results/format.ts';
import { anchorOf, markup } from './markup/html.ts';
import type { Html } from './markup/html.ts';
import type { Sentence } from './sentences.ts';
import { VERDICTS } from './markup/verdict.ts';

export function masthead(results: Results): Html {
  const { claims, host } = results;
  return markup`<header class="masthead column">
<div class="bar"><p class="kicker">The Concurrency Cookbook</p>
<fieldset class="theme" hidden><legend class="unseen">Colours</legend>${['auto', 'light', 'dark'].map(
    (theme) => markup`<label><input type="radio" name="theme" value="${theme}"><span>${theme}</span></label>`,
  )}</fieldset></div>
<h1>What threads, processes and async gain on this machine</h1>
<p class="lede">Posts that many read say when to use which. Here ${claimsOf(claims.length)}, theirs and ours, ${
    claims.length === 1 ? 'was' : 'were'
  } put to the test: <bdi>${host.cpu}</bdi>, ${host.cores} ${host.cores === 1 ? 'core' : 'cores'}, ${dateInWords(results.started)}.</p>
${counts(results)}
${shortfall(results)}
${hostList(results)}
</header>`;
}

/** '22 November 2026'; what is not a date stays as it is. */
function dateInWords(date: string): Html {
  const time = Date.parse(date);
  if (Number.isNaN(time)) return markup`${date}`;
  const words = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(time);
  return markup`<time datetime="${new Date(time).toISOString()}">${words}</time>`;
}

const WORDS = {
  holds: 'hold',
  'cannot-show': 'cannot be shown here',
  inconclusive: 'inconclusive',
  refuted: 'refuted',
};

/** The verdicts as shares of one bar, each with its count in words below. */
function counts({ claims }: Results): Html {
  const numbers = countVerdicts(claims);
  const counted = VERDICTS.map((verdict) => ({ verdict, count: numbers[verdict] }));
  const qualified = claims.filter(({ qualifier }) => qualifier !== undefined).length;
  let start = 0;
  const shares = counted.map(({ verdict, count }) => {
    const x = start;
    start += count;
    return count > 0 && markup`<rect class="${verdict}" x="${x}" width="${count}" height="1"/>`;
  });
  return markup`<div class="counts"><svg viewBox="0 0 ${Math.max(1, claims.length)} 1" preserveAspectRatio="none" aria-hidden="true">${shares}</svg>
<ul>${counted.map(
    ({ verdict, count }) =>
      markup`<li class="${verdict}"><b>${count}</b> <span class="mark" aria-hidden="true">${markOf({ verdict })}</span> ${
        verdict === 'holds' && count === 1 ? 'holds' : WORDS[verdict]
      }${verdict === 'holds' && qualified > 0 && markup`<small>, ${qualified} of them on a busy or restricted machine</small>`}</li>`,
  )}</ul></div>`;
}

/** What a reader must know before counting: a run that was cut short, a selection, a chapter that could not be read. */
function shortfall(results: Results): Html | undefined {
  const { finished, leftOut, chapters } = results;
  const planned = allIds(results);
  const missing = missingIds(results).length;
  const lines = [
    finished === undefined && `The run was cut short: ${missing} of ${planned.length} claims missing.`,
    finished !== undefined && missing > 0 && `${missing} of ${planned.length} claims missing.`,
    leftOut.length > 0 && `${leftOut.length} of ${planned.length} claims left out of this run.`,
    ...chapters.map(
      ({ name, failure }) => failure !== undefined && `The chapter ${name} could not be read: ${failure}`,
    ),
  ].filter((line) => line !== false);
  return lines.length > 0
    ? markup`<ul class="shortfall">${lines.map((line) => markup`<li>${line}</li>`)}</ul>`
    : undefined;
}

function hostList({ host, python, started, command }: Results): Html {
  const { cpu, cores, coresOfMachine, quota, parallelism, memoryGiB, platform, node, load } = host;
  const facts: readonly (readonly [string, string])[] = [
    ['CPU', cpu],
    ['Cores', cores < coresOfMachine ? `${cores} of ${coresOfMachine} usable` : `${cores}`],
    ['Free when tried', `${parallelism.measured.toFixed(2)} of ${parallelism.tried} cores`],
    ['Quota', quota === undefined ? 'none' : `${formatNumber(quota)} cores`],
    ['Load before', String(load)],
    ['Memory', `${formatNumber(memoryGiB)} GiB`],
    ['System', platform],
    ['Node.js', node],
    ['Python', python.length > 0 ? python.join(', ') : 'none found'],
    ['Started', started.replace('T', ' ').replace('Z', ' UTC')],
    ['Command', command],
  ];
  return markup`<dl class="host">${facts.map(([name, value]) => markup`<div><dt>${name}</dt><dd><bdi>${value}</bdi></dd></div>`)}</dl>`;
}

/** The sentences to remember, each with the way to its claim. */
export function remember(sentences: readonly Sentence[]): Html | undefined {
  if (sentences.length === 0) return undefined;
  return markup`<section class="remember column" aria-labelledby="remember"><h2 id="remember">To remember of this machine</h2>
<ol>${sentences.map(
    ({ claim, words: [before, figure, after] }) =>
      markup`<li><p>${before}<b>${figure}</b>${after}</p> <a href="#${anchorOf(claim)}">${claim}</a></li>`,
  )}</ol></section>`;
}
