/**
 * The scalar Volterra equation L = F + K∗L with K(t) = Σ kᵢ e^{−pᵢt}, kᵢ > 0, solved exactly: its resolvent is again a
 * sum of exponentials, Γ(t) = Σ gₙ e^{−xₙt}, whose rates solve the secular equation 1 = Σ kᵢ/(pᵢ − x).
 */

/** A sum of exponentials: weights[i] e^{−rates[i] t}, arrays of equal length. */
export interface Exponentials {
  readonly weights: Float64Array;
  readonly rates: Float64Array;
}

export interface Resolvent extends Exponentials {
  /** Of Γ₂ with K₂ + K₂∗Γ = Γ₂ for a second kernel K₂ of the same rates as K: K₂∗L = Γ₂∗F. */
  readonly second: Float64Array;
}

/** Positive root of a function that falls, given positive end where it is at most 0; `rises` turns the sign. */
function bisect(f: (offset: number) => number, end: number, rises: boolean): number {
  let low = end * 1e-250;
  let high = end;
  for (let i = 0; i < 400 && high - low > 2e-16 * high; i++) {
    const middle = high > 4 * low ? Math.sqrt(low) * Math.sqrt(high) : 0.5 * (low + high);
    if (f(middle) < 0 === rises) low = middle;
    else high = middle;
  }
  return 0.5 * (low + high);
}

/**
 * @param kernel rates ascending and distinct, weights positive
 * @param second weights of K₂ for the same rates
 */
export function resolvent({ weights, rates }: Exponentials, second: Float64Array): Resolvent {
  const n = rates.length;
  const total = weights.reduce((sum, k) => sum + k, 0);
  const [roots, gains, seconds] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  // A root is sought as its offset from the closest rate: differences from all rates keep their digits.
  const secular = (pole: number, offset: number): number => {
    let sum = 1;
    for (let i = 0; i < n; i++) sum -= weights[i] / (rates[i] - rates[pole] - offset);
    return sum;
  };
  for (let i = 0; i < n; i++) {
    let pole = i;
    let offset: number;
    if (i === 0) {
      offset = -bisect((d) => secular(0, -d), total, true);
    } else {
      const gap = rates[i] - rates[i - 1];
      // The secular function falls from +∞ at the rate below to −∞ at the rate above.
      const above = secular(i, -gap / 2) > 0;
      pole = above ? i : i - 1;
      offset = above
        ? -bisect((d) => secular(i, -d), gap / 2, true)
        : bisect((d) => secular(i - 1, d), gap / 2, false);
    }
    let slope = 0;
    let other = 0;
    for (let j = 0; j < n; j++) {
      const apart = rates[j] - rates[pole] - offset;
      slope += weights[j] / apart ** 2;
      other += second[j] / apart;
    }
    roots[i] = rates[pole] + offset;
    gains[i] = 1 / slope;
    seconds[i] = other / slope;
  }
  return { rates: roots, weights: gains, second: seconds };
}

/** ∫₀ᵗ e^{−x(t−s)} e^{−ys} ds, also where x and y are close. */
function convolve(x: number, y: number, decayX: number, decayY: number, t: number): number {
  const apart = (x - y) * t;
  if (Math.abs(apart) > 0.01) return (t * (decayY - decayX)) / apart;
  return t * decayY * (1 - (apart / 2) * (1 - (apart / 3) * (1 - (apart / 4) * (1 - apart / 5))));
}

/** (Γ∗F)(t) and (Γ₂∗F)(t) for a sum of exponentials F. */
export function applyResolvent(gamma: Resolvent, source: Exponentials, t: number): [number, number] {
  const decays = source.rates.map((rate) => Math.exp(-rate * t));
  let first = 0;
  let second = 0;
  gamma.rates.forEach((x, n) => {
    const decay = Math.exp(-x * t);
    let sum = 0;
    for (let i = 0; i < decays.length; i++) {
      sum += source.weights[i] * convolve(x, source.rates[i], decay, decays[i], t);
    }
    first += gamma.weights[n] * sum;
    second += gamma.second[n] * sum;
  });
  return [first, second];
}
