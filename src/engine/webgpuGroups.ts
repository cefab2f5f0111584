/** Runs of a job whose arrays no buffer of the device holds are simulated in groups, side by side on the device. */
import type { AnyConfig } from '../config/parameter.ts';
import type { Shader, StagedShader } from '../models/model.ts';
import { designOf, type Host } from './webgpuDesign.ts';

/** Numbers of an array, 256 MB, beyond which devices run out of memory that they have: one piece of it is too large. */
const LARGE = 2 ** 26;

/** Runs first … first + runs − 1. */
export interface Group {
  readonly first: number;
  readonly runs: number;
}

/** As few groups as `fits` allows, none larger than the first; none at all where not even one run fits. */
export function groupsOf(runs: number, fits: (runs: number) => boolean): Group[] {
  for (let count = 1; count <= runs; count++) {
    const size = Math.ceil(runs / count);
    if (!fits(size)) continue;
    return Array.from({ length: Math.ceil(runs / size) }, (_, group) => {
      const first = group * size;
      return { first, runs: Math.min(size, runs - first) };
    });
  }
  return [];
}

/** The groups that a config's runs need on this host. */
export function groupsOn(host: Host, shader: Shader | StagedShader, config: AnyConfig): Group[] {
  const vectors = shader.vectors?.(config) ?? 1;
  const perRun = 4 * Math.ceil(Number(config['dimension']) / 4) * vectors;
  const most = Math.min(host.most, LARGE);
  return groupsOf(Number(config['runs']), (runs) => {
    const scratch = designOf(shader, { ...config, runs }, { ...host, most })?.scratch ?? {};
    return Math.max(runs * perRun, ...Object.values(scratch)) <= most;
  });
}
