import { counts, defineClaim, shown } from '@cookbook/lab/claim';
import { bufferBothWays, mapBothWays, memoryLack } from './proof/transfers.ts';

export default defineClaim({
  id: 'async-io/back-pressure',
  question: 'Why does my Node.js stream run out of memory when the other side is slow?',
  says: 'A stream holds no more than one chunk in memory: write what `data` brings.',
  from: ['ours'],
  inNode: 'only if the source waits for the sink, as pipeline does',
  answer:
    'Before a client reads, `data` with `write` buffers over 100 of 128 MiB, pipeline under 2; a map of width 8 reads 8 chunks ahead.',
  needs: [() => memoryLack()],

  async measure(context) {
    const { data, pipeline, grown } = await bufferBothWays(context);
    const { mapped, node } = await mapBothWays(context);
    return [
      counts('While its client did not read, `data` with `write` buffered {data-buffered} of 128 MiB.', ...data),
      counts('pipeline buffered {pipeline-buffered}.', ...pipeline),
      shown('By then the process had grown by {data-grown}, with pipeline by {pipeline-grown}.', ...grown),
      counts(
        'An ordered map between the two had {mapped-in-work} in work, and read at most {mapped-ahead number} ahead.',
        ...mapped,
      ),
      counts('', ...node),
    ];
  },
});
