import { runChapter } from '@cookbook/lab/run';
import { chapter } from './claims.ts';

await runChapter(chapter);
