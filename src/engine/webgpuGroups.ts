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

/** A group, and numbers that it may keep in an array of its own choice: what a process has room for is shared by its runs. */
export interface Share extends Group {
  readonly most: number;
}

function designFor(host: Host, shader: Shader | StagedShader, config: AnyConfig, runs: number) {
  const most = (Math.min(host.most, LARGE) * runs) / Number(config['runs']);
  const design = designOf(shader, { ...config, runs }, { ...host, most });
  return { most, lengths: Object.values(design?.scratch ?? {}) };
}

/** Numbers of one run in an array of its state, the largest. */
function perRun(shader: Shader | StagedShader, config: AnyConfig): number {
  return 4 * Math.ceil(Number(config['dimension']) / 4) * (shader.vectors?.(config) ?? 1);
}

/** The groups that a config's runs need on this host. */
export function groupsOn(host: Host, shader: Shader | StagedShader, config: AnyConfig): Share[] {
  const most = Math.min(host.most, LARGE);
  const fits = (runs: number) => {
    const { lengths } = designFor(host, shader, config, runs);
    return Math.max(runs * perRun(shader, config), ...lengths) <= most;
  };
  return groupsOf(Number(config['runs']), fits).map((group) => {
    return { ...group, most: designFor(host, shader, config, group.runs).most };
  });
}

/** Bytes of the largest array of the state and of all that begin empty, of all groups. */
export function bytesOn(host: Host, shader: Shader | StagedShader, config: AnyConfig): number {
  const state = Number(config['runs']) * perRun(shader, config);
  return groupsOn(host, shader, config).reduce((sum, { runs }) => {
    const { lengths } = designFor(host, shader, config, runs);
    return sum + 4 * lengths.reduce((all, length) => all + length, 0);
  }, 4 * state);
}
