process.on('message', () => {}); // waits for more
process.on('disconnect', () => process.exit());
process.send!('ready');
