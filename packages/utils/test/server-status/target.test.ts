import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTarget } from '../../src/server-status/index.ts';
import { authorityOf } from '../../src/server-status/target.ts';

describe('a HOST gives the address, and how far to check', () => {
  test.each([
    ['example.org', 'https', 'example.org', 443, '/'],
    ['example.org:443', 'https', 'example.org', 443, '/'],
    ['example.org:80', 'http', 'example.org', 80, '/'],
    ['example.org:5432', 'tcp', 'example.org', 5_432, '/'],
    ['  Example.ORG ', 'https', 'example.org', 443, '/'],
    ['http://example.org', 'http', 'example.org', 80, '/'],
    ['https://example.org:8443/a/b?c=d#e', 'https', 'example.org', 8_443, '/a/b?c=d'],
    ['HTTP://example.org', 'http', 'example.org', 80, '/'],
    ['127.0.0.1:22', 'tcp', '127.0.0.1', 22, '/'],
    ['::1', 'https', '::1', 443, '/'],
    ['[::1]:80', 'http', '::1', 80, '/'],
    ['https://[2001:db8::1]/', 'https', '2001:db8::1', 443, '/'],
    ['fe80::1%eth0', 'https', 'fe80::1%eth0', 443, '/'],
    ['[FE80::1%eth0]:22', 'tcp', 'fe80::1%eth0', 22, '/'],
    ['http://[fe80::1%25en0]:8080/a', 'http', 'fe80::1%en0', 8_080, '/a'],
    ['http://[fe80::1%12]/', 'http', 'fe80::1%12', 80, '/'],
    ['bücher.example', 'https', 'xn--bcher-kva.example', 443, '/'],
  ])('%j', (text, protocol, host, port, path) => {
    expect(readTarget(text)).toEqual({ text: text.trim(), protocol, host, port, path });
  });
});

test('name and port come back as they were given, for every port', () => {
  const name = fc.stringMatching(/^[a-z]([a-z0-9-]{0,20}[a-z0-9])?(\.[a-z]{2,5}){0,2}$/);
  fc.assert(
    fc.property(name, fc.integer({ min: 1, max: 65_535 }), (host, port) => {
      expect(readTarget(`${host}:${port}`)).toMatchObject({ host, port });
      expect(readTarget(`https://${host}:${port}`)).toMatchObject({ host, port, protocol: 'https' });
    }),
  );
});

function unreadable(text: string): string {
  return `Expected HOST to be a name, a name:port or an http(s) URL, got '${text}'`;
}

describe('a HOST that cannot be read is one clear line', () => {
  test.each([
    ['', unreadable('')],
    ['example.org/page', unreadable('example.org/page')],
    ['example org', unreadable('example org')],
    ['ftp://example.org', unreadable('ftp://example.org')],
    ['https://', unreadable('https://')],
    ['[::1', unreadable('[::1')],
    ['::1:x', unreadable('::1:x')],
    ['example.org%eth0', unreadable('example.org%eth0')],
    ['fe80::1%', unreadable('fe80::1%')],
    ['fe80::1%e/x', unreadable('fe80::1%e/x')],
    ['example.org:0', "Expected the port of HOST to be an integer from 1 to 65535, got 'example.org:0'"],
    ['example.org:70000', "Expected the port of HOST to be an integer from 1 to 65535, got 'example.org:70000'"],
    ['example.org:', "Expected the port of HOST to be an integer from 1 to 65535, got 'example.org:'"],
    ['https://me:secret@example.org', 'Expected HOST to hold no user name and no password'],
    ['me:secret@example.org', unreadable('...@example.org')],
    ['ftp://me:secret@example.org', 'Expected HOST to hold no user name and no password'],
  ])('%j', (text, message) => {
    expect(() => readTarget(text)).toThrow(message);
    expect(() => readTarget(text)).not.toThrow(/secret/);
  });
});

test.each([
  ['example.org', 'example.org'],
  ['http://example.org:8080', 'example.org:8080'],
  ['https://[::1]', '[::1]'],
  ['https://[::1]:80', '[::1]:80'],
  ['[fe80::1%eth0]:22', '[fe80::1]:22'],
])('the Host header of %j is %j', (text, authority) => {
  expect(authorityOf(readTarget(text))).toBe(authority);
});
