/** What is measured (theory: multi-index models, sections 0 and 2): functions of the statistics. */
import type { Observable } from '../model.ts';
import { riskOf, toErrors } from '../multiIndex/loss.ts';
import { momentsOf } from '../multiIndex/statistics.ts';
import { MOST_UNITS, type CommitteeConfig } from './parameters.ts';
import { lossOf } from './problem.ts';

type Statistics = Readonly<Record<string, number>>;

/** Observable whose functions know this model's values. */
interface CommitteeObservable extends Omit<Observable, 'of' | 'absent'> {
  of(statistics: Statistics, config: CommitteeConfig): number;
  absent?(config: CommitteeConfig): string | undefined;
}

const sizeOf = ({ studentWeights, teacherWeights }: CommitteeConfig) =>
  studentWeights.length + teacherWeights.length;

/** L×L moments of W = [X | X*], with weights λ or without. */
function unitMoments(
  statistics: Statistics,
  config: CommitteeConfig,
  kind: 'weighted' | 'plain',
): Float64Array {
  const moments = momentsOf(statistics, kind, sizeOf(config));
  toErrors(lossOf(config), moments, moments, -1);
  return moments;
}

/** Mean over the teachers of the largest cosine, up to its sign, of the outputs of a student and the teacher. */
function bestOverlap(statistics: Statistics, config: CommitteeConfig): number {
  const { length: students } = config.studentWeights;
  const size = sizeOf(config);
  const moments = unitMoments(statistics, config, 'weighted');
  let sum = 0;
  for (let n = students; n < size; n++) {
    let best = 0;
    for (let a = 0; a < students; a++) {
      const norms = moments[a * (size + 1)]! * moments[n * (size + 1)]!;
      if (norms !== 0) best = Math.max(best, Math.abs(moments[a * size + n]!) / Math.sqrt(norms));
    }
    sum += best;
  }
  return sum / (size - students);
}

const subscript = (...units: readonly number[]) => units.map((unit) => '₁₂₃₄'[unit]).join('');
const units = Array.from({ length: MOST_UNITS }, (_, unit) => unit);

const missing = (kind: string, unit: number) => `there is no ${kind} ${unit + 1}`;

/** E r_a r*_n of each student and teacher: r12 is that of student 1 and teacher 2. */
const teacherOverlaps = units.flatMap((a) =>
  units.map((n): [string, CommitteeObservable] => [
    `r${a + 1}${n + 1}`,
    {
      label: `R${subscript(a, n)}`,
      symbol: `R${subscript(a, n)}`,
      doc: `Covariance of the outputs of student ${a + 1} and teacher ${n + 1}: ⟨λXX*⟩.`,
      scale: 'linear',
      optional: true,
      of(statistics, config) {
        const size = sizeOf(config);
        return unitMoments(statistics, config, 'weighted')[a * size + config.studentWeights.length + n]!;
      },
      absent({ studentWeights, teacherWeights }) {
        if (a >= studentWeights.length) return missing('student', a);
        return n < teacherWeights.length ? undefined : missing('teacher', n);
      },
    },
  ]),
);

/** E r_a r_b of students. */
const studentOverlaps = units.flatMap((a) =>
  units.slice(a).map((b): [string, CommitteeObservable] => [
    `q${a + 1}${b + 1}`,
    {
      label: `Q${subscript(a, b)}`,
      symbol: `Q${subscript(a, b)}`,
      doc:
        a === b
          ? `Variance of the output of student ${a + 1}: ⟨λX²⟩.`
          : `Covariance of the outputs of students ${a + 1} and ${b + 1}.`,
      scale: 'linear',
      optional: true,
      of: (statistics, config) => unitMoments(statistics, config, 'weighted')[a * sizeOf(config) + b]!,
      absent: ({ studentWeights }) => (b < studentWeights.length ? undefined : missing('student', b)),
    },
  ]),
);

const scalars = {
  risk: {
    label: 'population risk',
    symbol: 'R',
    doc: 'Half the expected squared difference of label and student output, label noise included.',
    scale: 'log',
    of: (statistics, config) =>
      riskOf(lossOf(config), momentsOf(statistics, 'weighted', sizeOf(config)), config.labelNoise),
  },
  excessRisk: {
    label: 'excess risk',
    symbol: 'R − σ²/2',
    doc: 'Risk above that of the teacher itself.',
    scale: 'log',
    of: (statistics, config) => lossOf(config).excessRisk(momentsOf(statistics, 'weighted', sizeOf(config))),
  },
  overlap: {
    label: 'overlap',
    symbol: 'c',
    doc: 'Cosine, up to its sign, of each teacher and the student unit nearest to it, averaged over the teachers: 1 once students have specialised.',
    scale: 'linear',
    of: bestOverlap,
  },
  studentNorm: {
    label: 'student norm',
    symbol: '‖X‖²/d',
    doc: 'Mean square of the entries of the students, averaged over them.',
    scale: 'log',
    of(statistics, config) {
      const { length } = config.studentWeights;
      const moments = unitMoments(statistics, config, 'plain');
      let sum = 0;
      for (let a = 0; a < length; a++) sum += moments[a * (sizeOf(config) + 1)]!;
      return sum / length;
    },
  },
} as const satisfies Record<string, CommitteeObservable>;

export const observables: Readonly<Record<string, CommitteeObservable>> = {
  ...scalars,
  ...Object.fromEntries(teacherOverlaps),
  ...Object.fromEntries(studentOverlaps),
};
