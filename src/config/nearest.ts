/** The word that someone may have meant. */

/** Least number of letters to insert, drop or replace, where case counts half; two neighbours swapped count as one. */
function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i]);
  for (let j = 1; j <= b.length; j++) rows[0]!.push(j);
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const [x, y] = [a[i - 1]!, b[j - 1]!];
      const cost = x === y ? 0 : x.toLowerCase() === y.toLowerCase() ? 0.5 : 1;
      const ways = [rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1, rows[i - 1]![j - 1]! + cost];
      if (i > 1 && j > 1 && x === b[j - 2] && a[i - 2] === y) ways.push(rows[i - 2]![j - 2]! + 1);
      rows[i]!.push(Math.min(...ways));
    }
  }
  return rows[a.length]![b.length]!;
}

/** The known word nearest to `word`; undefined where more than a third of it, or 40 letters, would change. */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  // A link may hold anything: the effort grows with the product of the lengths.
  if (word.length > 40) return undefined;
  const [best] = known
    .map((each) => ({ each, distance: distance(word, each) }))
    .filter((each) => each.distance <= Math.max(1, word.length / 3))
    .sort((a, b) => a.distance - b.distance);
  return best?.each;
}
