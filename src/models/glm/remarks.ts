/** What a reader should know about a config. */
import { roundingRemarks } from '../coordinates.ts';
import { streamsSamples } from '../dataSpectrum.ts';
import { spectrumRemarks } from '../multiIndex/boundedSpectrum.ts';
import { startCovariance, startMoments } from '../multiIndex/instance.ts';
import { stepRemarks } from '../multiIndex/remarks.ts';
import { startRemarks } from '../multiIndex/start.ts';
import { spectrumOf } from '../spectrum.ts';
import type { GlmConfig } from './parameters.ts';
import { problemOf } from './problem.ts';

export function remarks(config: GlmConfig): string[] {
  const problem = problemOf(config);
  const saddle =
    problem.loss.even && startCovariance(problem)[1] === 0
      ? [
          'initOverlap: at overlap 0 the limit never leaves the saddle between X* and −X*; SGD does, at a random time of order log d',
        ]
      : [];
  const streamed = streamsSamples(config)
    ? [
        'features: SGD streams the samples of the file; SDE and limit take Gaussian features of the same covariance',
      ]
    : [];
  return [
    ...streamed,
    ...roundingRemarks({ spectrum: spectrumOf(config) }, config.dimension),
    ...spectrumRemarks(config),
    ...startRemarks(config, startMoments(problem)),
    ...stepRemarks(config, problem),
    ...saddle,
  ];
}
