/** Doubles a number; one below 0 ends this process as a bug of native code would. */
process.on('message', ({ n }: { n: number }) => {
  if (n < 0) process.kill(process.pid, 'SIGKILL');
  process.send!(2 * n);
});
