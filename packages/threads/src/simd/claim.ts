import { defineClaim } from '@cookbook/lab/claim';
import { measureScans } from './proof/scans.ts';

export default defineClaim({
  id: 'threads/simd',
  question: 'How do I use SIMD in Node.js?',
  says: 'JavaScript has no vector instructions: number crunching belongs in a native module.',
  from: ['ours'],
  inNode: 'no',
  answer:
    "On one thread, WebAssembly's SIMD finds the maximum of 10,000,000 doubles at least 1.3 times as fast as a plain loop; threads multiply that.",

  measure: measureScans,
});
