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
  'no-connection': 'no connection in time',
  'no-answer': 'accepts, never answers',
  closed: 'closed without an answer',
  'tls-failed': 'TLS handshake failed',
  'certificate-expired': 'certificate expired',
  'certificate-not-yet-valid': 'certificate not yet valid',
  'certificate-for-another-name': 'certificate for another name',
  'certificate-not-trusted': 'certificate not trusted',
  'not-http': 'answers, but not in HTTP',
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

/** The time of the whole check was up. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

/** The state that an error in a step stands for. */
export function stateOf(step: Step, error: unknown): State {
  if (error instanceof OutOfTime) return OUT_OF_TIME[step];
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

const BY_CODE: Readonly<Record<Step, Readonly<Record<string, State>>>> = {
  dns: { ENOTFOUND: 'no-such-name', ENODATA: 'no-such-name' },
  tcp: { ECONNREFUSED: 'refused', ETIMEDOUT: 'no-connection' },
  tls: ENDED,
  http: ENDED,
};

const OTHERWISE = { dns: 'dns-failed', tcp: 'unreachable', tls: 'tls-failed', http: 'not-http' } as const;

/**
 * 'ECONNREFUSED', 'CERT_HAS_EXPIRED' ...; the message where there is no code. Where several addresses were tried, a
 * refusal says more than an address that this machine has no way to.
 */
export function codeOf(error: unknown): string {
  const errors: unknown[] = error instanceof AggregateError ? error.errors : [];
  const decisive = errors.find((one) => plainCodeOf(one) === 'ECONNREFUSED') ?? errors[0] ?? error;
  return plainCodeOf(decisive);
}

function plainCodeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.message : String(error);
}
