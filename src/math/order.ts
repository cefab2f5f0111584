/** Sorting many numbers. */

/**
 * Indices that sort numbers in [0, 1), equal ones in order of index. By counting into n buckets of equal width: linear
 * in n where the numbers are spread evenly.
 */
export function orderOf(numbers: Float64Array): Uint32Array {
  const n = numbers.length;
  const next = new Uint32Array(n + 1);
  const bucketOf = (value: number) => Math.min(n - 1, Math.floor(value * n));
  for (const value of numbers) next[bucketOf(value) + 1]!++;
  for (let bucket = 1; bucket <= n; bucket++) next[bucket]! += next[bucket - 1]!;
  const order = new Uint32Array(n);
  for (let i = 0; i < n; i++) order[next[bucketOf(numbers[i]!)]!++] = i;
  // Buckets are in order; what is left moves within one.
  for (let at = 1; at < n; at++) {
    const index = order[at]!;
    const value = numbers[index]!;
    let to = at;
    for (; to > 0 && numbers[order[to - 1]!]! > value; to--) order[to] = order[to - 1]!;
    order[to] = index;
  }
  return order;
}
