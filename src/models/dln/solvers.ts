/** What solves the limits of this model; loaded when one is asked for. */
export { gradientFlow } from './gradientFlow.ts';
export { limit } from './limit.ts';
