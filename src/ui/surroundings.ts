/** What reaches the page from outside its elements: keys, dropped files, and how wide it is. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { commandOf, type Command } from './command.ts';

export interface Receivers {
  readonly onCommand: (command: Command) => void;
  readonly onFile: (file: File) => void;
  readonly onWidth: (narrow: boolean) => void;
}

export class Surroundings implements ReactiveController {
  private readonly receivers: Receivers;
  private readonly small = matchMedia('(max-width: 760px)');

  constructor(host: ReactiveControllerHost, receivers: Receivers) {
    this.receivers = receivers;
    host.addController(this);
  }

  hostConnected(): void {
    this.small.addEventListener('change', this.onWidth);
    document.addEventListener('keydown', this.onKey);
    document.addEventListener('dragover', this.onDrag);
    document.addEventListener('drop', this.onDrag);
    this.onWidth();
  }

  hostDisconnected(): void {
    this.small.removeEventListener('change', this.onWidth);
    document.removeEventListener('keydown', this.onKey);
    document.removeEventListener('dragover', this.onDrag);
    document.removeEventListener('drop', this.onDrag);
  }

  private readonly onWidth = (): void => this.receivers.onWidth(this.small.matches);

  private readonly onKey = (event: KeyboardEvent): void => {
    const command = commandOf(event);
    if (!command) return;
    event.preventDefault();
    this.receivers.onCommand(command);
  };

  /** A file that is dropped beside its place must not replace the page. */
  private readonly onDrag = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    if (event.type === 'drop' && file) this.receivers.onFile(file);
  };
}
