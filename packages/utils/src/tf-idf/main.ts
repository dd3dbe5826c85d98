#!/usr/bin/env node
// The command.

import { enableCompileCache } from 'node:module';

// From the second run on, Node reads the other files as it compiled them: most of the time of a query is their loading.
enableCompileCache();
const { runRequest } = await import('./cli/run-request.ts');
await runRequest();
