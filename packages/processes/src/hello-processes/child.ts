// Prints by message: on stdout the order of the lines could not be checked.

for (let number = 0; number < 5; number++) {
  process.send!({ name: process.argv[2], pid: process.pid, number });
}
process.disconnect!(); // once everything is sent; the open channel would keep the process alive
