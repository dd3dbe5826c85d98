// Statuses as text and as JSON.

import { styleText } from 'node:util';
import { sparkline, table } from '@cookbook/lab/show';
import { isUp, STATES, STEPS } from './index.ts';
import type { Status } from './index.ts';
import type { History, Round } from './watch.ts';

/** A table with a row for each server, times in ms, and the latest rounds where there are some. */
export function drawStatuses(statuses: readonly Status[], histories?: readonly History[]): string {
  const rows = statuses.map((status, index) => ({
    server: status.target.text,
    state: `${isUp(status) ? '✓' : '✗'} ${STATES[status.state]}`,
    ...Object.fromEntries(STEPS.map((step) => [step, formatTime(status.times[step])])),
    certificate: describeCertificate(status),
    detail: describeDetail(status),
    ...(histories && { history: drawHistory(histories[index]!) }),
  }));
  const lines = table(withoutEmptyColumns(rows), STEPS).split('\n');
  return lines.map((line) => (line.includes('✗ ') ? styleText('red', line) : line)).join('\n');
}

/** A column that is empty for every server only takes room. */
function withoutEmptyColumns(rows: readonly Readonly<Record<string, string>>[]): Record<string, string>[] {
  const filled = new Set(rows.flatMap((row) => Object.keys(row).filter((name) => row[name] !== '')));
  return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => filled.has(name))));
}

/** '3 of 4 up, times in ms' */
export function summarizeStatuses(statuses: readonly Status[]): string {
  return `${statuses.filter(isUp).length} of ${statuses.length} up, times in ms`;
}

/** A line for each server whose state is new: what a log wants to know. */
export function drawChanges({ date, statuses, before }: Round): string[] {
  return statuses.flatMap((status, index) => {
    const was = before?.[index]?.state;
    if (was === status.state) return [];
    const words = [STATES[status.state], describeDetail(status), was && `was ${STATES[was]}`].filter(Boolean);
    return [`${date.toISOString()}  ${status.target.text}  ${words.join(', ')}`];
  });
}

/** A column for each round, as high as its time is of the longest; × where the server was not up. */
export function drawHistory(history: History): string {
  const longest = Math.max(...history.map((time) => time ?? 0), Number.MIN_VALUE);
  return history.map((time) => (time === null ? '×' : sparkline([time / longest]))).join('');
}

/** A server as --json prints it; times in ms. */
export function toJson(status: Status): object {
  const { target, state, times, detail, address, tls, http, redirect } = status;
  const rounded = Object.fromEntries(Object.entries(times).map(([step, time]) => [step, Number(time.toFixed(2))]));
  return { server: target.text, up: isUp(status), state, ms: rounded, address, tls, http, redirect, detail };
}

function formatTime(time: number | undefined): string {
  return time === undefined ? '' : time.toFixed(1);
}

function describeCertificate({ tls, http }: Status): string {
  if (tls === undefined) return '';
  const { protocol, daysLeft, problem } = tls;
  const days = Math.abs(daysLeft) === 1 ? 'day' : 'days';
  const expiry = daysLeft < 0 ? `${-daysLeft} ${days} over` : `${daysLeft} ${days} left`;
  // What a certificate lacks is the detail of a check that ended there; with --insecure that is about HTTP.
  return [protocol, expiry, ...(http === undefined || problem === undefined ? [] : [problem])].join(', ');
}

function describeDetail({ http, redirect, detail }: Status): string {
  if (http === undefined) return detail ?? '';
  return redirect === undefined ? `HTTP ${http}` : `HTTP ${http} to ${redirect}`;
}
