// The quiz: the lines first, then the question, then what happens. It knows no terminal, so it can be tested.

import { askingPart, answeringPart } from '../pitfall/page.ts';
import type { Pitfall } from '../pitfall/pitfall.ts';

/** Asks for one of the choices; undefined where the reader ends the quiz. */
export type Ask = (question: string, choices: readonly string[]) => Promise<string | undefined>;

export interface Score {
  readonly right: number;
  readonly asked: number;
  readonly cancelled: boolean;
}

/** Shows each pitfall, asks what it does before it shows the answer, and counts the right answers. Without `ask` it only shows. */
export async function playQuiz(pitfalls: readonly Pitfall[], print: (text: string) => void, ask?: Ask): Promise<Score> {
  let right = 0;
  let asked = 0;
  for (const [index, pitfall] of pitfalls.entries()) {
    const [lines, question] = askingPart(pitfall);
    print(`\n${index + 1} of ${pitfalls.length}  ${pitfall.name}\n\n${lines}\n`);
    const answered = await pitfall.happens();
    if (ask === undefined) {
      print(question);
    } else {
      const guess = await ask(question, pitfall.choices);
      if (guess === undefined) return { right, asked, cancelled: true };
      asked += 1;
      if (guess === answered) right += 1;
      print(guess === answered ? 'Right.' : guess === pitfall.expected ? 'No: that is the trap.' : 'No.');
    }
    for (const part of await answeringPart(pitfall, answered)) print(part);
  }
  return { right, asked, cancelled: false };
}

/** '9 of 14 right' */
export function tellScore({ right, asked }: Score): string {
  return `${right} of ${asked} right`;
}
