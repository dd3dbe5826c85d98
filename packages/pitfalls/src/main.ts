import { run } from '@cookbook/lab/command';
import { runChapter } from '@cookbook/lab/run';
import { chapter } from './claims.ts';
import { helpCommand, quizCommand } from './quiz/command.ts';

const options = new Set(process.argv.slice(2));
if (options.has('--quiz')) await run(quizCommand);
else if (options.has('--help') || options.has('-h')) await run(helpCommand);
else await runChapter(chapter);
