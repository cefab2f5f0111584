/** Starting points that each show one phenomenon (theory: multi-index models, sections 2 and 3). */
import type { Preset } from '../model.ts';

export const presets: readonly Preset[] = [
  {
    name: 'start',
    title: 'Plateau, then specialisation',
    doc:
      'Two students first learn what both teachers have in common, and wait on a plateau where each of them is a bit of both. ' +
      'Then the small head start grows, each student takes one teacher, and the risk falls exponentially.',
    fields: {},
  },
  {
    name: 'longPlateau',
    title: 'A longer plateau',
    doc:
      'The head start is ten times smaller, and the plateau longer by a constant: the wait grows like the logarithm of one over it. ' +
      'In d dimensions a random start is about 1/√d, so runs leave at times of their own.',
    fields: { overlaps: '0.005', horizon: '100', dimension: '512', singleRuns: 'true', show: 'risk,r11' },
  },
  {
    name: 'overlaps',
    title: 'Who learns whom',
    doc:
      'R₁₁ and R₁₂ are the overlaps of the first student with both teachers: equal on the plateau, then one goes to 1 and the other to 0. ' +
      'Change a sign of the start and the students trade places.',
    fields: { overlaps: '0.2', horizon: '60', dimension: '512', show: 'r11,r12' },
  },
  {
    name: 'largeStep',
    title: 'A step too large to specialise in full',
    doc:
      'At γ = 3 gradient noise keeps the risk from reaching zero, but nothing diverges: erf units saturate. ' +
      'Students grow longer than their teachers and stay on a bounded plateau.',
    fields: { stepSize: '3', horizon: '150', dimension: '256', show: 'risk,studentNorm' },
  },
  {
    name: 'unlearnable',
    title: 'One student for two teachers',
    doc:
      'A single unit cannot be the sum of two: it settles between both teachers, at an overlap of 1/√2 and a risk that no training lowers. ' +
      'Give it a second weight to lift that level.',
    fields: { studentWeights: '1', horizon: '20', dimension: '512' },
  },
  {
    name: 'spareUnit',
    title: 'One unit to spare',
    doc:
      'Three students share two teachers: on the plateau all three are alike but for their head start. ' +
      'Then students specialise one by one, and the one to spare has to shrink: its output variance Q₃₃ falls last.',
    fields: {
      studentWeights: '1,1,1',
      overlaps: '0.05',
      horizon: '150',
      dimension: '256',
      runs: '8',
      show: 'risk,q33',
    },
  },
  {
    name: 'labelNoise',
    title: 'Label noise ends the descent',
    doc:
      'With noisy labels the risk settles above σ²/2, at a level that the step size sets. ' +
      'Halve γ and the level comes down, at the price of a plateau twice as long.',
    fields: {
      labelNoise: '0.2',
      overlaps: '0.2',
      horizon: '80',
      dimension: '512',
      show: 'excessRisk,overlap',
    },
  },
];
