/** What the page has to tell beside how the experiment stands; each message has a button to dismiss it. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Problem } from '../config/fragment.ts';
import type { Notice } from './statusText.ts';
import { duration } from './statusText.ts';

/** Milliseconds that a confirmation stays. */
const STAY = 5000;

/** Fields of a link that are listed one by one, and characters of a value. */
const LISTED = 5;
const LEGIBLE = 40;

const cut = (text: string) => (text.length > LEGIBLE ? `${text.slice(0, LEGIBLE)}…` : text);

export class Messages implements ReactiveController {
  notices: readonly Notice[] = [];
  private readonly host: ReactiveControllerHost;
  private readonly isRunning: () => boolean;
  /** When the tab was hidden while something ran. */
  private hiddenAt: number | undefined;

  /** `isRunning` tells whether something goes on that a hidden tab may slow down. */
  constructor(host: ReactiveControllerHost, isRunning: () => boolean) {
    this.host = host;
    this.isRunning = isRunning;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.onVisibility);
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.onVisibility);
  }

  /** One message per topic: a new one replaces the old one. */
  say(topic: string, level: Notice['level'], text: string): void {
    const notice: Notice = { id: topic, level, text };
    this.notices = [...this.notices.filter(({ id }) => id !== topic), notice];
    this.host.requestUpdate();
    if (level !== 'info') return;
    setTimeout(() => {
      if (this.notices.includes(notice)) this.dismiss(topic);
    }, STAY);
  }

  /** Does it, or says in a notice what could not be done, and why. */
  async attempt(topic: string, failure: string, action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.say(topic, 'error', `${failure}: ${reason}`);
    }
  }

  dismiss(topic: string): void {
    this.notices = this.notices.filter(({ id }) => id !== topic);
    this.host.requestUpdate();
  }

  /** Reports the fields of a link that were not taken over. */
  report(problems: readonly Problem[]): void {
    this.dismiss('link');
    if (problems.length === 0) return;
    const list = problems
      .slice(0, LISTED)
      .map(({ key, value, message, brief }) => `${cut(key)}=${cut(value)} (${brief ?? message})`)
      .join('; ');
    const others = problems.length > LISTED ? `; and ${problems.length - LISTED} more` : '';
    this.say('link', 'warning', `Not taken over from the link: ${list}${others}.`);
  }

  private readonly onVisibility = (): void => {
    if (document.hidden) {
      this.hiddenAt = this.isRunning() ? performance.now() : undefined;
    } else if (this.hiddenAt !== undefined) {
      const away = duration((performance.now() - this.hiddenAt) / 1000);
      this.say(
        'hidden',
        'info',
        `The tab was in the background for ${away}; the simulation went on meanwhile.`,
      );
    }
  };
}
