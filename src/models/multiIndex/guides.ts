/** Guides that models with one student and one teacher share (theory: multi-index models, sections 1 and 3). */
import { formatValue } from '../../config/format.ts';
import type { Readout } from '../model.ts';
import { startCovariance } from './instance.ts';
import { escapeRate, escapeTime, plateaus } from './escape.ts';
import { separableAsymptotics } from './separable.ts';
import { stationaryState } from './stationary.ts';
import type { Problem } from './problem.ts';

/** Observables that these guides belong to. */
export type GuidedObservable = 'risk' | 'excessRisk' | 'overlap' | 'outputVariance';
type Guide = Readout<GuidedObservable>;

/** Largest cosine at the start from which a student is still waiting at the saddle. */
const WAITING = 0.2;

/** Whether all eigenvalues are 1: what some closed forms need. */
export function isIsotropic({ spectrum }: Problem): boolean {
  return spectrum.atoms?.length === 1 && spectrum.atoms[0]!.value === 1;
}

/** Risk, and what of it is excess, where drift and gradient noise balance. */
export function stationaryGuides(problem: Problem): Guide[] {
  const state = stationaryState(problem);
  if (!state) return [];
  const doc =
    'Stationary state of the limit: the drift takes away what gradient noise, label noise and ridge add.';
  return [
    { observable: 'risk', label: 'stationary risk', doc, level: state.risk },
    {
      observable: 'excessRisk',
      label: 'stationary excess',
      doc,
      level: problem.loss.excessRisk(state.moments),
    },
  ];
}

/** Saddle, blow-up and escape of phase retrieval, K = I without noise and ridge. */
export function saddleGuides(problem: Problem, dimension: number): Guide[] {
  if (!isIsotropic(problem) || problem.labelNoise > 0 || problem.ridge > 0) return [];
  const stepSize = problem.stepSizeAt(0);
  const start = startCovariance(problem);
  const [p, q, s] = [start[0]!, start[1]!, start[3]!];
  const points = plateaus(stepSize / problem.batchSize, s);
  const cosine = Math.abs(q) / Math.sqrt(p * s);
  if (!points || !(cosine < WAITING)) return [];
  const guides: Guide[] = [
    {
      observable: 'outputVariance',
      label: 'saddle p₋',
      doc: 'Without overlap the student settles here, where drift and noise balance, until its overlap has grown.',
      level: points.saddle,
    },
    {
      observable: 'outputVariance',
      label: 'blow-up above p₊',
      doc: 'Students without overlap that start above this blow up in finite time.',
      level: points.unstable,
    },
  ];
  if (!(points.saddle < s) || p > points.unstable) return guides;
  const rate = escapeRate(stepSize, s, points.saddle);
  const from = cosine > 0 ? cosine : 1 / Math.sqrt(dimension);
  guides.push({
    observable: 'overlap',
    label: 'escape from the saddle',
    doc:
      `The overlap leaves the saddle at the rate 6γ(s − p₋) = ${formatValue(rate)}, and has to grow from ` +
      (cosine > 0 ? 'its value at the start.' : 'about 1/√d, where the first samples put that of SGD.'),
    level: { time: escapeTime(stepSize, s, points.saddle, from) },
  });
  return guides;
}

/** Late risk and variance for labels that a teacher separates, K = I without ridge. */
export function separableGuides(problem: Problem): Guide[] {
  if (!isIsotropic(problem) || problem.ridge > 0) return [];
  const late = separableAsymptotics(problem.stepSizeAt(0), problem.batchSize);
  const doc =
    'Late times: the student grows as ∛t² in variance and turns to the teacher, the risk falls as 1/∛t.';
  return [
    { observable: 'risk', label: 'late: ∝ 1/∛t', doc, level: (t) => late(t).risk },
    { observable: 'outputVariance', label: 'late: ∝ ∛t²', doc, level: (t) => late(t).variance },
  ];
}
