import { counts, defineClaim, drawn, shown } from '@cookbook/lab/claim';
import { outcomes } from '@cookbook/lab/race';
import { killInQueue } from './proof/killed.ts';
import { orderFigures, shareFigure, STARVED, takeTurns, tallyOf, TURNS_NOTE, waitFigure } from './proof/turns.ts';

export default defineClaim({
  id: 'threads/starvation',
  question: 'Can a thread wait for a lock for ever while others get it?',
  says: 'A thread may wait for a lock while others get it again and again.',
  from: ['MM'],
  inNode: 'yes',
  answer:
    'Under an unfair lock a waiting thread is passed over 100 times in a row or more; a ticket lock serves in order of asking.',

  async measure(context) {
    const { unfair, ticket, cost } = await takeTurns(context);
    const starved = outcomes(
      'Under the unfair lock a thread had {unfair-wait} in a row while another waited.',
      'unfair',
      'unfair lock',
      tallyOf(unfair),
      STARVED,
    );
    return [
      { ...starved, figures: [waitFigure('unfair', unfair), ...starved.figures] },
      counts(
        'Under the ticket lock {out-of-order or none} of {turns} were served out of order.',
        ...orderFigures(ticket),
        waitFigure('ticket', ticket, { most: 0 }),
        // Half of what each is due: a thread that the system keeps from asking cannot be served.
        shareFigure('ticket', ticket, { least: 25 }),
      ),
      counts(
        '{killed} killed in its queue stopped all behind them; after recover the next was served, {served} times.',
        ...(await killInQueue(context.signal)),
      ),
      shown('', shareFigure('unfair', unfair), cost),
      drawn({ notes: [TURNS_NOTE] }),
    ];
  },
});
