// A task that does nothing: what it costs is the cost of running a task.

import { threadId } from 'node:worker_threads';

export default function task(): { pid: number; threadId: number } {
  return { pid: process.pid, threadId };
}
