/** What processes reduce and limits solve for (theory: multi-pass SGD, section 1, observables). */

/**
 * trainLoss: mean of ℓ(r_i; y_i) over the training samples, without the penalty; squaredNorm: q = |θ|²/d;
 * overlap: m = ⟨θ, θ*⟩/d. The population risk is a function of q and m.
 */
export const statisticNames = ['trainLoss', 'squaredNorm', 'overlap'] as const;

export type StatisticName = (typeof statisticNames)[number];

export type Statistics = Readonly<Record<StatisticName, number>>;
