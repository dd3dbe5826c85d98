// A task that does nothing: what it costs is the pool's own.

import { threadId } from 'node:worker_threads';

export default function task(): { pid: number; threadId: number } {
  return { pid: process.pid, threadId };
}
