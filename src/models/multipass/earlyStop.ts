/** Where the test risk of a solved limit is lowest, if it rises again. */
import type { SolvedLimit } from '../model.ts';

/** Rise after the minimum that errors of the limit do not make, relative. */
const CLEAR = 0.01;

/** Undefined where the risk does not rise after its minimum. */
export function earlyStop({
  t,
  column,
}: SolvedLimit): { readonly t: number; readonly risk: number } | undefined {
  const risk = column('test');
  let best = 0;
  for (let i = 1; i < risk.length; i++) if (risk[i] < risk[best]) best = i;
  const last = risk[risk.length - 1];
  return best > 0 && last > (1 + CLEAR) * risk[best] ? { t: t[best], risk: risk[best] } : undefined;
}
