/** Says when an experiment takes long, and which setting to lower. */
import { savings } from '../engine/estimate.ts';
import type { Experiment } from '../engine/experiment.ts';
import { duration, type Notice } from './statusText.ts';

/** Seconds that need no word. */
const ACCEPTED = 120;
/** A notice stays as it is while the time left changes by less than this factor: live numbers are in the status line. */
const STEADY = 1.5;

type Standing = Pick<Experiment, 'model' | 'config' | 'timeLeft' | 'progress' | 'paused' | 'finished'>;

export class Patience {
  private experiment: Standing | undefined;
  private seconds = 0;
  private text = '';

  /** What to say about this experiment now; undefined where it is over soon. */
  notice(experiment: Standing): Notice | undefined {
    if (experiment !== this.experiment) {
      this.experiment = experiment;
      this.text = '';
    }
    const { timeLeft, progress, finished } = experiment;
    if (finished || !(timeLeft > (this.text ? ACCEPTED / STEADY : ACCEPTED)) || timeLeft === Infinity) {
      this.text = '';
      return undefined;
    }
    const change = timeLeft / this.seconds;
    if (this.text === '' || change > STEADY || change < 1 / STEADY) {
      this.seconds = timeLeft;
      this.text = sentence(experiment, timeLeft / (1 - progress));
    }
    return { level: 'info', text: this.text };
  }
}

/** "This experiment takes about 14 min. Lower one setting to save time: d = 512: 55 s, T = 1.25: 105 s." */
function sentence({ model, config }: Standing, total: number): string {
  const lowered = savings(model, config, ACCEPTED / total)
    .sort((a, b) => a.left - b.left)
    .map(({ key, value, left }) => {
      const { symbol, label } = model.parameters[key]!;
      return `${symbol ?? label} = ${Number(value.toFixed(2))}: ${duration(total * left)}`;
    });
  const lower = lowered.length > 0 ? ` Lower one setting to save time: ${lowered.join(', ')}.` : '';
  return `This experiment takes about ${duration(total)}.${lower}`;
}
