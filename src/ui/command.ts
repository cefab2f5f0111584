/** What a user can ask for beyond setting a value: fired by buttons and keys, carried out by <sgd-app>. */

export type Command =
  | 'toggle'
  | 'step'
  | 'restart'
  | 'pin'
  | 'link'
  | 'reset'
  | 'equations'
  | 'help'
  | 'study'
  | 'largeType'
  | 'drawer'
  /** argument: model/preset */
  | 'preset'
  /** loads every model */
  | 'allPresets'
  /** argument: name of a model */
  | 'model'
  /** argument: an observable; all charts without one */
  | 'png'
  | 'svg'
  /** argument: runs, to have every single run as well */
  | 'csv';

export interface CommandDetail {
  readonly command: Command;
  readonly argument: string | undefined;
}

declare global {
  interface HTMLElementEventMap {
    command: CustomEvent<CommandDetail>;
  }
}

/** Fires the command from an element; it rises to <sgd-app>. */
export function ask(from: EventTarget, command: Command, argument?: string): void {
  const detail: CommandDetail = { command, argument };
  from.dispatchEvent(new CustomEvent('command', { detail, bubbles: true, composed: true }));
}

/** Keys outside text fields, with what they do in words. */
export const keys: Readonly<Record<string, { readonly command: Command; readonly does: string }>> = {
  ' ': { command: 'toggle', does: 'play or pause' },
  s: { command: 'step', does: 'one recorded time further' },
  r: { command: 'restart', does: 'start again from t = 0' },
  p: { command: 'pin', does: 'pin the present curves' },
  '?': { command: 'help', does: 'this help' },
};

const typing = 'textarea, select, input:not([type=range], [type=checkbox])';
/** Elements that a press of the space bar activates. */
const pressable = 'button, summary, a, input[type=checkbox]';

/** The command that a key press stands for; undefined where the focused element or a dialog needs the key. */
export function commandOf(event: KeyboardEvent): Command | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return undefined;
  const path = event.composedPath().filter((target) => target instanceof Element);
  const [target] = path;
  if (!target || path.some((element) => element.matches('dialog, [popover]'))) return undefined;
  if (target.matches(typing) || (event.key === ' ' && target.matches(pressable))) return undefined;
  return keys[event.key.toLowerCase()]?.command;
}
