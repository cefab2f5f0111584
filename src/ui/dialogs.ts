/** Dialogs by command; each is loaded when it is first asked for. */
import type { LitElement } from 'lit';

/** An element that shows itself over the page. */
export interface Dialog extends LitElement {
  show(): unknown;
}

const loaders = {
  equations: () => import('./sgdEquations.ts'),
  help: () => import('./sgdHelp.ts'),
  study: () => import('./sgdStudy.ts'),
} as const;

export type DialogName = keyof typeof loaders;

/** Shows the dialog `<sgd-name>` of a shadow root. Throws an Error with one line where it cannot be loaded. */
export async function showDialog(root: ParentNode, name: DialogName): Promise<void> {
  await loaders[name]();
  const dialog = root.querySelector<Dialog>(`sgd-${name}`)!;
  await dialog.updateComplete;
  await dialog.show();
}
