import { runChapter } from '@cookbook/lab/chapter';
import { chapter } from './claims.ts';

await runChapter(chapter);
