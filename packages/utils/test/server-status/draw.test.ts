import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { drawChanges, drawHistory, drawStatuses, summarizeStatuses, toJson } from '../../src/server-status/draw.ts';
import { readTarget } from '../../src/server-status/index.ts';
import type { Status } from '../../src/server-status/index.ts';

const validTo = new Date('2026-12-01T00:00:00Z');
const up: Status = {
  target: readTarget('known.test'),
  state: 'up',
  times: { dns: 1.234, tcp: 2, tls: 30.06, http: 4 },
  address: '127.0.0.1',
  tls: { protocol: 'TLSv1.3', validTo, daysLeft: 1 },
  http: 204,
};
const expired: Status = {
  ...up,
  state: 'certificate-expired',
  times: { dns: 1, tcp: 2, tls: 3 },
  tls: { protocol: 'TLSv1.2', validTo, daysLeft: -3 },
  detail: 'CERT_HAS_EXPIRED',
};
delete (expired as { http?: number }).http;

test('a row has the state, the time of each step, the certificate and the status', () => {
  const [, , first, second] = stripVTControlCharacters(drawStatuses([up, expired])).split('\n');
  expect(first!.split(/ {2,}/)).toEqual([
    '',
    'known.test',
    '✓ up',
    '1.2',
    '2.0',
    '30.1',
    '4.0',
    'TLSv1.3, 1 day left',
    'HTTP 204',
  ]);
  expect(second!.split(/ {2,}/)).toEqual([
    '',
    'known.test',
    '✗ certificate expired',
    '1.0',
    '2.0',
    '3.0',
    'TLSv1.2, 3 days over',
    'CERT_HAS_EXPIRED',
  ]);
  expect(summarizeStatuses([up, expired])).toBe('1 of 2 up, times in ms');
});

test('the target of a redirect and the flaw of a certificate that was let pass are shown', () => {
  const moved: Status = {
    ...up,
    http: 301,
    redirect: 'https://known.test/new',
    tls: { ...up.tls!, daysLeft: -2, problem: 'CERT_HAS_EXPIRED' },
  };
  const [, , row] = drawStatuses([moved]).split('\n');
  expect(row!.split(/ {2,}/).slice(-2)).toEqual([
    'TLSv1.3, 2 days over, CERT_HAS_EXPIRED',
    'HTTP 301 to https://known.test/new',
  ]);
  expect(toJson(moved)).toMatchObject({ redirect: 'https://known.test/new', tls: { problem: 'CERT_HAS_EXPIRED' } });
});

test('a column that is empty for all is left out', () => {
  const refused: Status = {
    target: readTarget('127.0.0.1:9'),
    state: 'refused',
    times: { tcp: 1 },
    detail: 'ECONNREFUSED',
  };
  expect(drawStatuses([refused]).split('\n')[0]!.trim().split(/ {2,}/)).toEqual(['server', 'state', 'tcp', 'detail']);
});

test('a history is scaled to its longest round, and a round that was not up is a cross', () => {
  expect(drawHistory([10, 40, null, 80])).toBe('▂▅×█');
  expect(drawHistory([null])).toBe('×');
  expect(drawHistory([])).toBe('');
});

test('a log has the first state of each server, then only what changed', () => {
  const date = new Date('2026-11-22T02:17:14Z');
  const round = { number: 1, date, histories: [] };
  expect(drawChanges({ ...round, statuses: [up], before: undefined })).toEqual([
    '2026-11-22T02:17:14.000Z  known.test  up, HTTP 204',
  ]);
  expect(drawChanges({ ...round, statuses: [up], before: [up] })).toEqual([]);
  expect(drawChanges({ ...round, statuses: [expired], before: [up] })).toEqual([
    '2026-11-22T02:17:14.000Z  known.test  certificate expired, CERT_HAS_EXPIRED, was up',
  ]);
});

test('JSON has the times of the steps that were taken, and nothing that was not seen', () => {
  expect(JSON.parse(JSON.stringify(toJson(expired)))).toEqual({
    server: 'known.test',
    up: false,
    state: 'certificate-expired',
    ms: { dns: 1, tcp: 2, tls: 3 },
    address: '127.0.0.1',
    tls: { protocol: 'TLSv1.2', validTo: '2026-12-01T00:00:00.000Z', daysLeft: -3 },
    detail: 'CERT_HAS_EXPIRED',
  });
});
