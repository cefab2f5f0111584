/** Arrays of numbers per coordinate. */

/** How many vectors of length d one array holds, one after the other. */
export function vectorsIn(name: string, length: number, dimension: number): number {
  if (length > 0 && length % dimension === 0) return length / dimension;
  throw new RangeError(
    `array ${name}: expected a length that is a multiple of dimension ${dimension}, got ${length}`,
  );
}
