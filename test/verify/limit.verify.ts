/**
 * The limit of 200 random configurations at 25 times each against finer solutions: what is solved to 1e-6 in every
 * statistic, what is not (each a defect, listed), and whether the stated error covers the true one. Takes hours: rows
 * of the table that this solver has measured are kept, so that a run that ends early is gone on with by the next.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { GOAL, isSolved, measureDraw, type MeasuredDraw } from './limitErrors.ts';
import { writeTable } from './write.ts';

const DRAWS = 200;
/** Milliseconds after which a run measures no further draws. */
const PATIENCE = 3_000_000;

/** With a digest of the sources of the solver that was measured. */
type Row = MeasuredDraw & { readonly solver: string };

const root = new URL('../../src/', import.meta.url);
const FOLDERS: readonly (readonly [string, RegExp])[] = [
  ['models/dln/', /^(limit.*|transportMap|fokkerPlanck|differences|roughness|feedback|law)\.ts$/],
  ['wasm/assembly/limitClasses/', /\.ts$/],
  ['solvers/', /^rodas5p\.ts$/],
  ['math/', /^(banded|bessel|distribution|quadrature|quintic|logConcave|finiteDifferences|absoluteSum)\.ts$/],
];

function digestOfSolver(): string {
  const digest = createHash('sha256');
  for (const [folder, name] of FOLDERS) {
    const files = readdirSync(new URL(folder, root)).filter((file) => name.test(file));
    for (const file of files.toSorted()) digest.update(readFileSync(new URL(folder + file, root)));
  }
  return digest.digest('hex').slice(0, 8);
}

function aboutOf(rows: readonly Row[], solver: string): string {
  const count = (holds: (row: Row) => boolean) => rows.filter(holds).length;
  const old = count((row) => row.solver !== solver);
  return (
    `limit at 25 times of random configurations against finer solutions: of ${rows.length} draws ${count(isSolved)} are solved ` +
    `to ${GOAL} in every statistic and checked, ${count(({ failure }) => failure !== null)} failed or took longer than ` +
    `their allowance of CPU time, ${count(({ failure, worst }) => failure === null && worst === null)} had no reference within its ` +
    `allowance, ${count(({ worst }) => worst !== null && worst > GOAL)} are off by more. ${old} rows are of earlier versions of the solver. ` +
    'Reference: coupled where laws are discrete or the solution is, 201 points in z up to 12 and tolerance 1e-9; else passes from other few ' +
    'classes; both with 1.4 times the points of a continuous law, 1.25 times those of each of several'
  );
}

/** Rows of the table by draw. */
function knownRows(): Map<number, Row> {
  const { rows } = JSON.parse(readFileSync(new URL('limit.json', import.meta.url), 'utf8')) as {
    rows: readonly Row[];
  };
  return new Map(rows.map((row) => [row.draw, row]));
}

/** The goal is 0.98; of the table beside this 0.79 are solved. */
const LEAST = 0.78;

test(`${DRAWS} random draws`, async () => {
  const rows = knownRows();
  const solver = digestOfSolver();
  const isDue = (draw: number) => rows.get(draw)?.solver !== solver;
  // First what no solver has been measured on with these allowances, then in order of cost.
  const cost = (draw: number) => (rows.get(draw)?.seconds ?? 0) + (rows.get(draw)?.solver ? 1e3 : 0);
  const due = Array.from({ length: DRAWS }, (_, draw) => draw).filter(isDue);
  const start = performance.now();
  for (const draw of due.toSorted((a, b) => cost(a) - cost(b))) {
    if (performance.now() - start > PATIENCE) break;
    rows.set(draw, { ...(await measureDraw(draw)), solver });
    const all = [...rows.values()].toSorted((a, b) => a.draw - b.draw);
    // A run that is broken off leaves what it has measured.
    writeTable('limit', aboutOf(all, solver), all);
  }
  const all = [...rows.values()];
  expect(all.filter(isSolved).length / DRAWS).toBeGreaterThan(LEAST);
  // What is stated as the error is not exceeded where a reference tells.
  const excess = all.filter(({ stated, worst }) => (worst ?? 0) > Math.max(GOAL, stated ?? Infinity));
  expect(excess.map(({ draw }) => draw)).toEqual([]);
});
