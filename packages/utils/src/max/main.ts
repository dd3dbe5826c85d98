#!/usr/bin/env node
// The command. A short search is mostly start-up: Node keeps what it has compiled, without its types, in its cache
// (NODE_COMPILE_CACHE says where, NODE_DISABLE_COMPILE_CACHE=1 that it must not), and finds all but this file there.

import { enableCompileCache } from 'node:module';

enableCompileCache();
await (await import('./cli/command.ts')).command();
