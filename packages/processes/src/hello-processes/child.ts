// Prints by message: its own stdout would reach the parent's, but in no order that anyone could check.

for (let number = 0; number < 5; number++) {
  process.send!({ name: process.argv[2], pid: process.pid, number });
}
process.disconnect!(); // once everything is sent; the open channel would keep the process alive
