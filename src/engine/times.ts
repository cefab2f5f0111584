/** When to record: the shared x axis of every curve. */

/**
 * Union of a linear and a logarithmic grid on [0, horizon], rounded to whole iterations (`clock` per unit of
 * t) so that SGD, SDE and limit are recorded at the same times.
 */
export function recordedTimes(horizon: number, clock: number, linear = 200, logarithmic = 100): Float64Array {
  const last = Math.round(horizon * clock);
  const iterations = new Set([0, last]);
  for (let i = 1; i < linear; i++) iterations.add(Math.round((i / linear) * last));
  for (let i = 0; i < logarithmic; i++) iterations.add(Math.round(last ** (i / logarithmic)));
  return Float64Array.from(iterations, (k) => k / clock).sort();
}
