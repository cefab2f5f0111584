/** How the curve of a process or limit is told apart from the others of its model. */
import type { AnyModel } from '../../models/model.ts';
import type { Styled } from './palette.ts';

/** Whether limits take the colours of the processes they predict: where they predict different ones. */
export function isPaired({ limits }: AnyModel): boolean {
  const main = Object.values(limits).filter(({ optional }) => !optional);
  return new Set(main.map(({ predicts }) => predicts)).size > 1;
}

/** Style of a curve; `pin`: position among the pins. */
export function styledOf(model: AnyModel, kind: Styled['kind'], name: string, pin = -1): Styled {
  const processes = Object.keys(model.processes);
  const limits = Object.keys(model.limits);
  if (kind === 'process') return { kind, index: processes.indexOf(name), pin };
  if (!isPaired(model)) return { kind, index: limits.indexOf(name), pin };
  const { predicts } = model.limits[name]!;
  const rivals = limits.filter((each) => model.limits[each]!.predicts === predicts);
  return { kind, index: rivals.indexOf(name), pin, predicts: processes.indexOf(predicts) };
}
