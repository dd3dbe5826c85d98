import { counts, defineClaim } from '@cookbook/lab/claim';
import { runIntoFaults, runIntoRefusal, runUndiciIntoCuts } from './proof/failing-server.ts';

const DOCUMENTS = 60;
const RETRY_AFTER_S = 1;

export default defineClaim({
  id: 'async-io/retry',
  question: 'How do I retry failed HTTP requests in Node.js?',
  says: 'Every real caller retries what failed.',
  from: ['ours'],
  inNode: 'only if the request is idempotent and the failure can pass',
  answer:
    'Retries fetch 60 of 60 documents in spite of 60 server faults, one extra request per fault; a POST or a 404 is not retried.',

  async measure({ signal }) {
    const faults = await runIntoFaults(DOCUMENTS, signal);
    const refusal = await runIntoRefusal(RETRY_AFTER_S, signal);
    const undici = await runUndiciIntoCuts(DOCUMENTS, signal);
    return [
      counts(
        '{right} came right in spite of {faults} of the server, which cost {repeated} more; a failed POST took {posts}, a 404 took {missing}.',
        ...faults,
      ),
      counts('After a Retry-After of 1 s the client waited {wait}.', ...refusal),
      counts("undici's own interceptor mended {undici-mended or none} of {undici-cut} that were cut short.", ...undici),
    ];
  },
});
