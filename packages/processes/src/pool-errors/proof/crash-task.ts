// A task that takes a while, or ends its process in the middle.

export interface Job {
  readonly wait: number;
  readonly crash?: boolean;
}

export default async function task({ wait, crash = false }: Job): Promise<{ pid: number }> {
  await new Promise((resolve) => setTimeout(resolve, wait));
  if (crash) process.exit(3);
  return { pid: process.pid };
}
