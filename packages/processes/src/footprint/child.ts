process.on('message', () => process.exit()); // told to end: what it has compiled goes into the cache
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL')); // the parent is gone, and the cache's folder with it
process.send!('ready');
