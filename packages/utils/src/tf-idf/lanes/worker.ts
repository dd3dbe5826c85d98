// A worker of the pool: lanes by the number of their session, asked one thing at a time.

import { parentPort } from 'node:worker_threads';
import { Lane } from './lane.ts';
import type { Answer, Question } from './messages.ts';

const lanes = new Map<number, Lane>();

function answer({ session, ask }: Question): unknown {
  if (ask.kind === 'open') return void lanes.set(session, new Lane(ask.settings, ask.known));
  if (ask.kind === 'close') return void lanes.delete(session);
  const lane = lanes.get(session);
  if (lane === undefined) throw new Error(`Expected session ${session} to be open`);
  if (ask.kind === 'count') return lane.count(ask.batch);
  if (ask.kind === 'finishCounting') return lane.finishCounting(ask.wanted);
  if (ask.kind === 'place') return lane.place(ask.placement, ask.indptr);
  return lane.write(ask.rows);
}

parentPort!.on('message', (question: Question) => {
  let reply: Answer;
  try {
    reply = { number: question.number, result: answer(question) };
  } catch (error) {
    reply = { number: question.number, error };
  }
  parentPort!.postMessage(reply);
  // Once the answer is out: the vocabulary is learnt from it meanwhile.
  if (question.ask.kind === 'finishCounting') lanes.get(question.session)?.prepareRows();
});
