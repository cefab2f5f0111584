/** Long measurements write what they found next to themselves, to be committed. */
import { writeFileSync } from 'node:fs';

/** Writes test/verify/<name>.json: one row per line, so that a change of numbers is a readable diff. */
export function writeTable(name: string, about: string, rows: readonly object[]): void {
  const lines = rows.map((row) => `    ${JSON.stringify(row)}`).join(',\n');
  const text = `{\n  "about": ${JSON.stringify(about)},\n  "rows": [\n${lines}\n  ]\n}\n`;
  writeFileSync(new URL(`${name}.json`, import.meta.url), text);
}
