// Loaded before the renamer by rename-kills.ts: reports when the first link or rename of a file is about to be made.

import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { linkSync } = fs;
let begun = false;

fs.linkSync = (...args) => {
  if (!begun) process.send!('begun');
  begun = true;
  return linkSync(...args);
};
syncBuiltinESMExports();
process.channel!.unref();
