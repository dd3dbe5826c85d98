import { defineClaim, drawn } from '@cookbook/lab/claim';
import { allAnswer, describeLoads, faster, rates, replaced, runEpisodes } from './proof/server-figures.ts';

export default defineClaim({
  id: 'processes/web-server-cores',
  question: 'How can a Node.js web server use all CPU cores?',
  says: 'Use all cores for a server.',
  from: ['QA'],
  inNode: 'yes',
  answer:
    'A cluster with one worker per core gains nearly 1x per core where requests compute; when one worker is killed, the others lose no request.',

  async measure(context) {
    const episodes = await runEpisodes(context);
    const { workers, one, many, killed } = episodes;
    return [
      await faster(
        `${workers} workers answer requests that compute {workers-observed} as fast as one.`,
        workers,
        context,
      ),
      allAnswer('', episodes),
      replaced('When a worker is killed, another takes its place, and no request at the others is lost.', episodes),
      rates(episodes),
      drawn({ notes: describeLoads([one, many, killed]) }),
    ];
  },
});
