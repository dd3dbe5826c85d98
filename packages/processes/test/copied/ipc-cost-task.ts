// The other side: answers how many bytes of a Buffer arrived.

process.on('message', (bytes: Uint8Array) => process.send!({ bytes: bytes.length }));
process.on('disconnect', () => process.exit());
