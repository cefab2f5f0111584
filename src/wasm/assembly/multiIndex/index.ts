/** Kernels of multi-index models: one module, since they share most of their code. */
export * from './problem';
export * from './sde';
export * from './sgd';
