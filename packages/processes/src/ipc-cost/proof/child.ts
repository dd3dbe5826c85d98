import { receive } from './receipt.ts';

process.on('message', (message) => process.send!(receive(message)));
process.on('disconnect', () => process.exit());
