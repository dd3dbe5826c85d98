// The states of a server: one for each cause that calls for a different remedy.

/** The steps of a check, in their order. */
export const STEPS = ['dns', 'tcp', 'tls', 'http'] as const;
export type Step = (typeof STEPS)[number];

/** Every state with its words. Only `up` is good. */
export const STATES = {
  up: 'up',
  'no-such-name': 'no such name',
  'dns-failed': 'name service failed',
  refused: 'connection refused',
  unreachable: 'unreachable',
  'no-interface': 'no such network interface',
  'no-connection': 'no connection in time',
  'no-answer': 'accepts, never answers',
  closed: 'closed without an answer',
  'tls-failed': 'TLS handshake failed',
  'certificate-expired': 'certificate expired',
  'certificate-not-yet-valid': 'certificate not yet valid',
  'certificate-for-another-name': 'certificate for another name',
  'certificate-not-trusted': 'certificate not trusted',
  'client-certificate': 'wants a certificate of the client',
  'http2-only': 'HTTP/2 only',
  'not-http': 'answers, but not in HTTP',
  'header-too-large': 'header over 16 KiB',
  'switches-protocol': 'switches to another protocol unasked',
  'unexpected-status': 'another status than expected',
  'server-error': 'server error',
} as const;
export type State = keyof typeof STATES;

/** The certificate that a server showed cannot be accepted. `code` is the one of Node or OpenSSL. */
export class CertificateError extends Error {
  override readonly name = 'CertificateError';
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** A state that no code of Node or OpenSSL stands for; the message is the detail. */
export class Found extends Error {
  override readonly name = 'Found';
  readonly state: State;

  constructor(state: State, detail: string) {
    super(detail);
    this.state = state;
  }
}

/** The time of the whole check was up. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

/** The state that an error in a step stands for. */
export function stateOf(step: Step, error: unknown): State {
  if (error instanceof OutOfTime) return OUT_OF_TIME[step];
  if (error instanceof Found) return error.state;
  const code = codeOf(error);
  if (error instanceof CertificateError) return CERTIFICATE_STATES[code] ?? 'certificate-not-trusted';
  return BY_CODE[step][code] ?? OTHERWISE[step];
}

const OUT_OF_TIME = {
  dns: 'dns-failed',
  tcp: 'no-connection',
  tls: 'no-answer',
  http: 'no-answer',
} as const;

const CERTIFICATE_STATES: Readonly<Record<string, State>> = {
  CERT_HAS_EXPIRED: 'certificate-expired',
  CERT_NOT_YET_VALID: 'certificate-not-yet-valid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-for-another-name',
};

/** The other side ended the connection, by a close or a reset. */
const ENDED: Readonly<Record<string, State>> = { ECONNRESET: 'closed', EPIPE: 'closed' };

/** An alert that complains about a certificate means the lack of one: none was sent. From TLS 1.3 on it comes after the handshake. */
const WANTS_CERTIFICATE: Readonly<Record<string, State>> = Object.fromEntries(
  ['TLSV13_ALERT_CERTIFICATE_REQUIRED', 'SSL/TLS_ALERT_BAD_CERTIFICATE', 'SSLV3_ALERT_BAD_CERTIFICATE'].map((name) => [
    `ERR_SSL_${name}`,
    'client-certificate',
  ]),
);

const BY_CODE: Readonly<Record<Step, Readonly<Record<string, State>>>> = {
  dns: { ENOTFOUND: 'no-such-name', ENODATA: 'no-such-name' },
  tcp: { ECONNREFUSED: 'refused', ETIMEDOUT: 'no-connection', EINVAL: 'no-interface' },
  tls: { ...ENDED, ...WANTS_CERTIFICATE, ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL: 'http2-only' },
  http: { ...ENDED, ...WANTS_CERTIFICATE, HPE_HEADER_OVERFLOW: 'header-too-large' },
};

const OTHERWISE = { dns: 'dns-failed', tcp: 'unreachable', tls: 'tls-failed', http: 'not-http' } as const;

/**
 * 'ECONNREFUSED', 'CERT_HAS_EXPIRED' ...; the message where there is no code. Where several addresses were tried, a
 * refusal says most, and silence more than an address that this machine has no way to.
 */
export function codeOf(error: unknown): string {
  const errors: unknown[] = error instanceof AggregateError ? error.errors : [];
  const codes = errors.map(plainCodeOf);
  return ['ECONNREFUSED', 'ETIMEDOUT'].find((code) => codes.includes(code)) ?? codes[0] ?? plainCodeOf(error);
}

function plainCodeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.message : String(error);
}
