import { describe, expect, test } from 'vitest';
import { CertificateError, codeOf, OutOfTime, stateOf } from '../../src/server-status/state.ts';
import type { State, Step } from '../../src/server-status/state.ts';

// States that no server on loopback can bring about, and codes that are not known.

const failure = (code: string): Error => Object.assign(new Error('failed'), { code });

describe('an error in a step stands for a state', () => {
  test.each<[Step, Error, State]>([
    ['dns', failure('EAI_AGAIN'), 'dns-failed'],
    ['dns', failure('ENODATA'), 'no-such-name'],
    ['tcp', failure('EHOSTUNREACH'), 'unreachable'],
    ['tcp', failure('ENETUNREACH'), 'unreachable'],
    ['tcp', failure('ETIMEDOUT'), 'no-connection'],
    ['tcp', new OutOfTime('late'), 'no-connection'],
    ['tls', failure('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION'), 'tls-failed'],
    ['tls', new CertificateError('UNABLE_TO_GET_ISSUER_CERT_LOCALLY'), 'certificate-not-trusted'],
    ['http', failure('EPIPE'), 'closed'],
  ])('%s, %o: %s', (step, error, state) => {
    expect(stateOf(step, error)).toBe(state);
  });
});

test('of several addresses a refusal is reported, not the one that this machine has no way to', () => {
  const both = new AggregateError([failure('ENETUNREACH'), failure('ECONNREFUSED')]);
  expect([codeOf(both), stateOf('tcp', both)]).toEqual(['ECONNREFUSED', 'refused']);
  const neither = new AggregateError([failure('ENETUNREACH'), failure('EHOSTUNREACH')]);
  expect([codeOf(neither), stateOf('tcp', neither)]).toEqual(['ENETUNREACH', 'unreachable']);
  const silent = new AggregateError([failure('ENETUNREACH'), failure('ETIMEDOUT')]);
  expect([codeOf(silent), stateOf('tcp', silent)]).toEqual(['ETIMEDOUT', 'no-connection']);
});
