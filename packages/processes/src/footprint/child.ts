// What each process runs: it sends its first message, and waits for the one that ends it.

process.on('message', () => process.exit()); // 'end': what it has compiled goes into the compile cache
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL')); // the parent is gone, and the cache's folder with it
process.send!('ready');
