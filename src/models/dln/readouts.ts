/** Guides on the charts: the closed forms of theory, some from the solved limit (diagonal linear networks, section 4). */
import { formatValue } from '../../config/format.ts';
import type { Readout, SolvedLimit } from '../model.ts';
import {
  certifiedRate,
  exponentialRate,
  longTimeRisk,
  stabilityEdge,
  type TeacherClass,
} from './closedForms.ts';
import { law } from './law.ts';
import type { ObservableName } from './observables.ts';
import type { DlnConfig } from './parameters.ts';
import { stepSizeAt } from './schedule.ts';

/** The rate is drawn once the measured slope is within this factor of it: before, its line would mislead. */
const SETTLED = 1.5;

type Guide = Readout<ObservableName>;

/** S = ∫2γ²R/B dt from the mean imbalance, E 2c₀e^{−λS} with c₀ = α²/2: decreasing and convex, so Newton climbs to it. */
export function noiseTimeOf(classes: readonly TeacherClass[], initScale: number, imbalance: number): number {
  const target = imbalance / initScale ** 2;
  let time = 0;
  for (;;) {
    let value = -target;
    let slope = 0;
    for (const { eigenvalue, weight } of classes) {
      const left = weight * Math.exp(-eigenvalue * time);
      value += left;
      slope += eigenvalue * left;
    }
    const next = time + value / slope;
    if (!(next > time)) return time;
    time = next;
  }
}

/** The line e^{−ρt} through the last point of the limit, from the c_∞ that its imbalance tells. */
function rateGuide(config: DlnConfig, { t, column }: SolvedLimit): Guide[] {
  const [risk, imbalance] = [column('risk'), column('imbalance')];
  const last = t.length - 1;
  if (config.init !== 'zero' || config.labelNoise > 0 || !(risk[last]! > 0) || last < 20) return [];
  const stepSize = stepSizeAt(config, t[last]!);
  const classes = law(config);
  const reached = noiseTimeOf(classes, config.initScale, imbalance[last]!);
  let rho: number | undefined = Infinity;
  // What risk is left still shrinks c by exp(−λ·2γ²R/(Bρ)), which depends on ρ in turn.
  for (let i = 0; i < 8; i++) {
    const end: number = reached + (2 * stepSize ** 2 * risk[last]!) / (config.batchSize * rho);
    const settled = classes.map((each) => ({
      ...each,
      c: (config.initScale ** 2 / 2) * Math.exp(-each.eigenvalue * end),
    }));
    rho = exponentialRate(settled, stepSize, config.batchSize);
    if (rho === undefined) return [];
  }
  const rate = rho;
  const before = Math.floor(0.9 * last);
  const slope = Math.log(risk[before]! / risk[last]!) / (t[last]! - t[before]!);
  if (!(slope < SETTLED * rate && rate < SETTLED * slope)) return [];
  return [
    {
      observable: 'risk',
      label: `rate ρ = ${formatValue(rate)}, measured ${formatValue(slope)}`,
      doc: 'Final exponential decay of the risk, exp(−ρt), from the effective initialisation that noise has left.',
      level: (time) => risk[last]! * Math.exp(-rate * (time - t[last]!)),
    },
  ];
}

function certificateGuide(config: DlnConfig, classes: readonly TeacherClass[]): Guide[] {
  if (config.init !== 'zero' || config.labelNoise > 0) return [];
  const rho = certifiedRate(classes, { ...config, stepSize: stepSizeAt(config, 0) });
  if (rho === undefined) return [];
  const risk =
    classes.reduce((sum, { eigenvalue, teacher, weight }) => sum + weight * eigenvalue * teacher ** 2, 0) / 2;
  return [
    {
      observable: 'risk',
      label: `guaranteed: R ≤ R₀ exp(−${formatValue(rho)} t)`,
      doc: 'Certificate: the limit exists for all times and its risk stays below this envelope.',
      level: (t) => risk * Math.exp(-rho * t),
      guaranteed: true,
    },
  ];
}

export function readouts(config: DlnConfig, limit?: SolvedLimit): Guide[] {
  const stepSize = stepSizeAt(config, 0);
  const classes = law(config);
  const guides: Guide[] = [
    {
      observable: 'curvature',
      label: 'stability edge 2B/γ',
      doc: 'A limit point is stable if and only if its curvature is below 2B/γ.',
      level: stabilityEdge(stepSize, config.batchSize),
    },
    {
      observable: 'stability',
      label: 'edge',
      doc: 'A limit point is stable if and only if its stability number is below 1.',
      level: 1,
    },
    ...certificateGuide(config, classes),
    ...(limit ? rateGuide(config, limit) : []),
  ];
  if (config.labelNoise > 0) {
    guides.push({
      observable: 'risk',
      label: 'long-time level',
      doc: 'Risk that label noise leaves in the end, once it has soft-thresholded the teacher.',
      level: longTimeRisk(classes, { ...config, stepSize }),
    });
  }
  return guides;
}
