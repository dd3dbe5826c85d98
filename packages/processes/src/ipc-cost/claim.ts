import { defineClaim, drawn } from '@cookbook/lab/claim';
import {
  arrived,
  bufferAsJson,
  describeCells,
  largeBuffer,
  recordsAsJson,
  sendAll,
  smallMessage,
  withReceivers,
} from './proof/message-figures.ts';

export default defineClaim({
  id: 'processes/ipc-cost',
  question: 'How much more does it cost to send data to a child process than to a worker thread?',
  says: 'Communication between processes is more complex and costs more than between threads.',
  from: ['RC', 'QA'],
  inNode: 'yes',
  answer:
    'A small message to a process costs at most 12 times the CPU time of one to a thread; 64 MiB at least 10 times.',

  measure: (context) =>
    withReceivers(async (receivers) => {
      const cells = await sendAll(receivers, context);
      return [
        await smallMessage(
          'A small message to a process costs {small-message} the CPU time of one to a thread.',
          receivers,
          context,
        ),
        await largeBuffer('64 MiB cost {large-buffer} what handing them over to a thread costs.', receivers, context),
        await bufferAsJson(
          "Over fork's default channel, JSON, a Buffer costs {buffer-as-json} what it costs over an advanced one.",
          receivers,
          context,
        ),
        await recordsAsJson('', receivers, context),
        arrived('', cells),
        drawn({ notes: describeCells(cells, context.screen.columns - 4) }),
      ];
    }),
});
