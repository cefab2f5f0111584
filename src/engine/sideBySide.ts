/** One experiment simulated in several parts, each with some of the runs. */
import type { Frame } from '../models/model.ts';

/** Numbers of the runs of each part, all of 0 … runs − 1 among them. */
export type Shares = readonly (readonly number[])[];

/** Frames of all runs from the streams of the parts, which go from one time to the next together. */
export async function* sideBySide(
  streams: readonly AsyncGenerator<Frame>[],
  shares: Shares,
): AsyncGenerator<Frame> {
  try {
    for (;;) {
      const parts = await Promise.all(streams.map((stream) => stream.next()));
      const frames = parts.map((part) => (part.done ? undefined : part.value));
      if (frames.includes(undefined)) return;
      yield join(frames as Frame[], shares);
    }
  } finally {
    await Promise.allSettled(streams.map((stream) => stream.return(undefined)));
  }
}

/** Put the runs of all parts in order. */
function join(parts: readonly Frame[], shares: Shares): Frame {
  const runs = shares.reduce((sum, { length }) => sum + length, 0);
  const gather = (of: (part: Frame) => Float64Array) => {
    const all = new Float64Array(runs);
    parts.forEach((part, share) => of(part).forEach((value, i) => (all[shares[share]![i]!] = value)));
    return all;
  };
  const names = Object.keys(parts[0]!.values);
  return {
    t: parts[0]!.t,
    values: Object.fromEntries(names.map((name) => [name, gather((part) => part.values[name]!)])),
    blowUp: gather((part) => part.blowUp),
    ...(parts[0]!.counts && { counts: sumOf(parts.map(({ counts }) => counts!)) }),
  };
}

function sumOf(counts: readonly Uint32Array[]): Uint32Array {
  return counts[0]!.map((_, bin) => counts.reduce((sum, part) => sum + part[bin]!, 0));
}
