// A certificate that signs itself, in DER (X.690) as X.509 wants it (RFC 5280): no more of both than a server needs.

import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export interface Certificate {
  /** PEM */
  readonly cert: string;
  /** PEM */
  readonly key: string;
}

/**
 * Makes a certificate for names of hosts and for 127.0.0.1 where `address` is set.
 *
 * @param validFrom, validTo before 2050: the two digits that its kind of date has for the year are read so
 */
export function makeCertificate(
  names: readonly string[],
  address: boolean,
  validFrom: Date,
  validTo: Date,
): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
  const serial = randomBytes(8);
  // OpenSSL finds an issuer by its name: with the same name for all it would compare with the wrong one.
  const commonName = sequence(
    der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(`known server ${serial.toString('hex')}`)))),
  );
  const alternatives = [
    ...names.map((name) => der(0x82, Buffer.from(name))),
    ...(address ? [der(0x87, Buffer.from([127, 0, 0, 1]))] : []),
  ];
  const toBeSigned = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))), // version 3
    der(0x02, Buffer.from([1]), serial), // the 1 makes it positive
    ecdsaWithSha256,
    commonName, // issuer
    sequence(utcTime(validFrom), utcTime(validTo)),
    commonName, // subject
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(sequence(oid('551d11'), der(0x04, sequence(...alternatives))))), // subjectAltName
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', toBeSigned, privateKey));
  return {
    cert: pem('CERTIFICATE', sequence(toBeSigned, ecdsaWithSha256, signature)),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  };
}

/** Tag, length, contents. A length of 128 or more is written in as many bytes as it takes, after their number. */
function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  if (content.length < 0x80) return Buffer.concat([Buffer.from([tag, content.length]), content]);
  const hex = content.length.toString(16);
  const length = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, content]);
}

function sequence(...contents: readonly Uint8Array[]): Buffer {
  return der(0x30, ...contents);
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

/** YYMMDDhhmmssZ */
function utcTime(date: Date): Buffer {
  const digits = date.toISOString().replaceAll(/[-:T]/g, '');
  return der(0x17, Buffer.from(`${digits.slice(2, 14)}Z`));
}

function pem(label: string, content: Buffer): string {
  const lines = content.toString('base64').replaceAll(/.{64}(?=.)/g, '$&\n');
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`;
}
