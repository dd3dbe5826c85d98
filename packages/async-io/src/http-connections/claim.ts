import { defineClaim } from '@cookbook/lab/claim';
import { openServer } from '../proof/server/index.ts';
import { clientFindings, countConnections, drawClients } from './proof/clients.ts';

export default defineClaim({
  id: 'async-io/http-connections',
  question: 'How many connections do concurrent HTTP requests need?',
  says: 'A connection carries one request at a time.',
  from: ['ours'],
  inNode: 'only if it is HTTP/1.1',
  answer:
    'An HTTP/1.1 connection carries one of 64 concurrent requests at a time; one HTTP/2 connection carries all 64.',

  async measure({ signal }) {
    await using server = await openServer({}, signal, { http2: true });
    const clients = await countConnections(server);
    const words = {
      'one-in-flight': 'One HTTP/1.1 connection carries {one-in-flight number} of 64 requests at a time.',
      'http2-in-flight': 'One HTTP/2 connection carries {http2-in-flight number} at once.',
      'no-keep-alive-sockets': 'Without keep-alive the 64 requests open {no-keep-alive-sockets}.',
    };
    return [...clientFindings(clients, words), drawClients(clients)];
  },
});
