// Sums the records or columns that it is sent.

import { parentPort } from 'node:worker_threads';
import { sumOfColumns, sumOfSales } from '../recipe.ts';
import type { Columns, Sale } from '../recipe.ts';

parentPort!.on('message', (message: Sale[] | Columns) => {
  parentPort!.postMessage(Array.isArray(message) ? sumOfSales(message) : sumOfColumns(message));
});
