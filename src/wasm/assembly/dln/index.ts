/** Kernels of the diagonal linear network: one module, since they share most of its code. */
export * from './problem';
export * from './sde';
export * from './sgd';
export {
  weightedError,
  squaredError,
  curvature,
  gradientNorm,
  l1,
  l2,
  imbalance,
  offSupport,
} from './statistics';
