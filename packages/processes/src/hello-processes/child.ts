// Prints by message: on stdout the order of the lines could not be checked.

let sent: Promise<unknown> | undefined;
for (let number = 0; number < 5; number++) {
  const line = { name: process.argv[2], pid: process.pid, number };
  sent = new Promise((resolve) => process.send!(line, resolve));
}
// Whatever the pipe has not taken yet would be dropped with the channel: the last line is written after all others.
await sent;
process.disconnect!(); // the open channel would keep the process alive
