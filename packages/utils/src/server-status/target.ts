// Reads a HOST of the command line.

import { isIPv6 } from 'node:net';

export interface Target {
  /** As it was given. */
  readonly text: string;
  /** A name in ASCII or an address, without brackets; fe80::1%eth0 has its interface. */
  readonly host: string;
  readonly port: number;
  /** How far to ask: a connection only, or HTTP on it, with TLS or without. */
  readonly protocol: 'tcp' | 'http' | 'https';
  /** Path and query of the page that is asked for. */
  readonly path: string;
}

/** A HOST that cannot be read. */
export class TargetError extends Error {
  override readonly name = 'TargetError';
}

/**
 * Reads a name, a name:port or an http(s) URL. A name by itself is asked for HTTPS on port 443. With a port it is HTTPS
 * on 443, HTTP on 80, and on any other a connection only: the protocol there is unknown.
 *
 * @throws TargetError with one line, which repeats no password
 */
export function readTarget(given: string): Target {
  const text = given.trim();
  const [, before = '', address = '', zone, after = ''] = WITH_INTERFACE.exec(text) ?? [];
  if (zone === undefined || !isIPv6(address)) return readWithoutInterface(text);
  // No URL may hold an interface, so it is put back to the address that was read without it.
  const target = readWithoutInterface(before + address + after);
  return { ...target, text, host: `${target.host}%${zone}` };
}

/** fe80::1%eth0, [fe80::1%eth0]:80, http://[fe80::1%25eth0]/: RFC 6874 writes the % of a URL as %25. */
const WITH_INTERFACE = /^((?:[a-z][a-z\d+.-]*:\/\/)?\[?)([\da-f:.]+)%(?:25(?=[^\]]))?([\w.-]+)(\][^%]*|)$/i;

function readWithoutInterface(text: string): Target {
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(text)) return readUrl(text);

  const [, name = '', port] = isIPv6(text)
    ? [text, `[${text}]`]
    : (/^(\[[^\]]*\]|[^:[\]]*)(?::(\d*))?$/.exec(text) ?? []);
  const url = parseUrl(`http://${name}`);
  // A part of a URL that is no host name, such as a path, must not be dropped in silence.
  if (name === '' || url === null || !/^[^/?#@\\\s]+$/.test(name)) throw unreadable(text);
  if (port === undefined) return { text, host: bare(url.hostname), port: 443, protocol: 'https', path: '/' };

  const number = Number(port);
  if (port === '' || number < 1 || number > 65_535) {
    throw new TargetError(`Expected the port of HOST to be an integer from 1 to 65535, got '${text}'`);
  }
  const protocol = number === 443 ? 'https' : number === 80 ? 'http' : 'tcp';
  return { text, host: bare(url.hostname), port: number, protocol, path: '/' };
}

/** How the target is called in the Host header: without the port where it is the protocol's own. */
export function authorityOf({ host, port, protocol }: Target): string {
  const name = isIPv6(host) ? `[${host.replace(/%.*/, '')}]` : host; // the interface is this machine's own affair
  return port === (protocol === 'https' ? 443 : 80) ? name : `${name}:${port}`;
}

function readUrl(text: string): Target {
  const url = parseUrl(text);
  if (url !== null && (url.username !== '' || url.password !== '')) {
    throw new TargetError('Expected HOST to hold no user name and no password');
  }
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) throw unreadable(text);
  const protocol = url.protocol === 'https:' ? 'https' : 'http';
  const port = url.port === '' ? (protocol === 'https' ? 443 : 80) : Number(url.port);
  return { text, host: bare(url.hostname), port, protocol, path: url.pathname + url.search };
}

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

function bare(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

function unreadable(text: string): TargetError {
  // A password may stand where no URL could be read, so nothing before an @ is repeated.
  return new TargetError(
    `Expected HOST to be a name, a name:port or an http(s) URL, got '${text.replace(/.*@/s, '...@')}'`,
  );
}
