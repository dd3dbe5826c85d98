import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { makeCertificate } from '../../src/server-status/known-servers/certificate.ts';

test('a certificate made here is read by OpenSSL as it was meant, and its signature fits', () => {
  const from = new Date('2026-01-02T03:04:05Z');
  const to = new Date('2027-12-31T23:59:59Z');
  // Names long enough for lengths of one, two and three bytes.
  const names = [
    'known.test',
    `${'a'.repeat(60)}.test`,
    ...Array.from({ length: 30 }, (_, n) => `host-${n}.known.test`),
  ];
  const { cert } = makeCertificate(names, true, from, to);
  const read = new X509Certificate(cert);
  expect(read.validFromDate).toEqual(from);
  expect(read.validToDate).toEqual(to);
  expect(read.subjectAltName).toBe([...names.map((name) => `DNS:${name}`), 'IP Address:127.0.0.1'].join(', '));
  expect(read.verify(read.publicKey)).toBe(true);
  expect(read.checkHost('known.test')).toBe('known.test');
  expect(read.checkHost('other.test')).toBeUndefined();
});

test('two certificates have different issuers, so that neither is taken for the other', () => {
  const issuers = [1, 2].map(() => {
    const { cert } = makeCertificate(['known.test'], false, new Date('2026-01-01'), new Date('2027-01-01'));
    return new X509Certificate(cert).issuer;
  });
  expect(new Set(issuers).size).toBe(2);
});
