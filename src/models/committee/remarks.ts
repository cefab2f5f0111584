/** What a reader should know about a config. */
import { roundingRemarks } from '../coordinates.ts';
import { spectrumRemarks } from '../multiIndex/boundedSpectrum.ts';
import { startMoments } from '../multiIndex/instance.ts';
import { stepRemarks } from '../multiIndex/remarks.ts';
import { startRemarks } from '../multiIndex/start.ts';
import { spectrumOf } from '../spectrum.ts';
import type { CommitteeConfig } from './parameters.ts';
import { problemOf } from './problem.ts';

export function remarks(config: CommitteeConfig): string[] {
  const problem = problemOf(config);
  return [
    ...roundingRemarks({ spectrum: spectrumOf(config) }, config.dimension),
    ...spectrumRemarks(config),
    ...startRemarks(config, startMoments(problem)),
    ...stepRemarks(config, problem),
  ];
}
