import assert from 'node:assert/strict';
import { ask } from '../../src/message-pump/ask.ts';
import { startOwner, ways } from '../../src/message-pump/recipe.ts';

const { connect, close } = startOwner();
const ports = [connect(), connect()];
await Promise.all(ports.map((port) => ways.add(port, 1_000)));
const value = await ask(ports[0]!, { kind: 'get' });
assert.equal(value, 2_000);
await close();
console.log(`Two clients sent 2000 commands, and the owner counted ${value}.`);
