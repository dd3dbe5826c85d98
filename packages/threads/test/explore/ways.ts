// The graph of all worlds, as ways from the start to the ends.

/** The number of ways through the graph, and the length of the longest. No way comes to one world twice. */
export function countWays(count: number, edges: readonly number[]): { interleavings: number; depth: number } {
  const into = new Int32Array(count);
  const out = new Int32Array(count + 1);
  for (let n = 0; n < edges.length; n += 2) {
    out[edges[n]! + 1]!++;
    into[edges[n + 1]!]!++;
  }
  for (let n = 0; n < count; n++) out[n + 1]! += out[n]!;
  const targets = new Int32Array(edges.length / 2);
  const filled = out.slice();
  for (let n = 0; n < edges.length; n += 2) targets[filled[edges[n]!]!++] = edges[n + 1]!;
  const ways = new Float64Array(count);
  const lengths = new Int32Array(count);
  ways[0] = 1;
  let interleavings = 0;
  const ready = [0];
  for (let place; (place = ready.pop()) !== undefined;) {
    if (out[place] === out[place + 1]) interleavings += ways[place]!;
    for (let n = out[place]!; n < out[place + 1]!; n++) {
      const target = targets[n]!;
      ways[target]! += ways[place]!;
      lengths[target] = Math.max(lengths[target]!, lengths[place]! + 1);
      if (--into[target]! === 0) ready.push(target);
    }
  }
  return { interleavings, depth: lengths.reduce((most, length) => Math.max(most, length), 0) };
}
