import { counts, defineClaim, drawn } from '@cookbook/lab/claim';
import { askAllWays, describeRests, noneFails, noneFailsInTime, someFail } from './proof/rests.ts';

export default defineClaim({
  id: 'async-io/kept-connections',
  question: 'Why do requests over keep-alive connections fail with ECONNRESET (socket hang up) now and then?',
  says: 'A connection that the server has closed is seen by the client, which opens another.',
  from: ['ours'],
  inNode: 'only if the client sees it before it sends',
  answer:
    "After resting for the server's keep-alive time, at least 1 of 1,000 requests fails with ECONNRESET; with a repeat, or a shorter rest, none does.",

  async measure(context) {
    const { plain, posts, repeated, short, longer } = await askAllWays(context);
    return [
      someFail(
        'Of 1,000 requests after a rest of about the 50 ms for which the server keeps connections {plain-failed number} failed.',
        'plain',
        'plain client',
        plain,
      ),
      counts(
        'Repeated where nothing had been answered, {repeated-failed or none} did.',
        ...noneFails('repeated', 'with a repeat', repeated),
      ),
      noneFailsInTime(
        'With half of the rest at the client {short-failed or none} did.',
        'short',
        'shorter rest at the client',
        short,
      ),
      counts(
        'With a longer one at the server {longer-failed or none} did.',
        ...noneFails('longer', 'longer rest at the server', longer),
      ),
      someFail('A POST is not repeated: {posts-failed number} failed.', 'posts', 'POST', posts),
      drawn({ notes: [describeRests(plain)] }),
    ];
  },
});
