/** How much a file of features may hold: small, so that the page can tell before it loads what reads files. */

/** Numbers in all: 64 MB as float64. */
export const MOST_NUMBERS = 2 ** 23;
/** Text takes up to 20 bytes a number. */
const MOST_BYTES = 20 * MOST_NUMBERS;

/** Throws RangeError on a file that is too large to be read. */
export function requireBytes(name: string, bytes: number): void {
  if (bytes <= MOST_BYTES) return;
  const megabytes = (size: number) => `${Math.round(size / 2 ** 20)} MB`;
  throw new RangeError(`${name} has ${megabytes(bytes)}; expected at most ${megabytes(MOST_BYTES)}`);
}
