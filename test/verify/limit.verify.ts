/**
 * The limit of 200 random configurations at 25 times each against finer solutions: what is solved to 1e-6 in every
 * statistic, what is not (each a defect, listed), and whether the stated error covers the true one.
 */
import { expect, test } from 'vitest';
import { GOAL, isSolved, measureDraw, type MeasuredDraw } from './limitErrors.ts';
import { writeTable } from './write.ts';

const DRAWS = 200;

function aboutOf(rows: readonly MeasuredDraw[]): string {
  const solved = rows.filter(isSolved).length;
  const checked = rows.filter(({ worst }) => worst !== null).length;
  return (
    `limit at 25 times of random configurations against finer solutions: of ${rows.length} draws ${solved} are solved ` +
    `to ${GOAL} in every statistic, ${checked} could be checked in their allowance of CPU time; rows with a failure, ` +
    `without a reference or with worst > ${GOAL} are not solved. Reference: coupled where it has few classes, 141 points in z and ` +
    'tolerance 1e-9; else passes from other few classes; both with 1.4 times the points of every continuous law'
  );
}

/** The goal is 0.98; of the table committed beside this 0.52 are solved, so that this fails as yet. */
const LEAST = 0.7;

test(`${DRAWS} random draws`, () => {
  const rows: MeasuredDraw[] = [];
  for (let draw = 0; draw < DRAWS; draw++) {
    rows.push(measureDraw(draw));
    // A run that is broken off leaves what it has measured.
    writeTable('limit', aboutOf(rows), rows);
  }
  expect(rows.filter(isSolved).length / DRAWS).toBeGreaterThan(LEAST);
  // What is stated as the error is not exceeded where a reference tells.
  const excess = rows.filter(({ stated, worst }) => (stated ?? 1) <= GOAL && (worst ?? 0) > 10 * GOAL);
  expect(excess.map(({ draw }) => draw)).toEqual([]);
});
