/** How charts are laid out. */

/** Shortest chart, CSS pixels; where there is less room the page scrolls. */
export const minChartHeight = 220;
const minChartWidth = 360;
/** Curves over time read best a little wider than a golden rectangle. */
const idealAspect = 1.9;

/** Number of columns that brings `count` charts in this space closest to the ideal aspect ratio. */
export function columnsFor(count: number, width: number, height: number): number {
  const most = Math.max(1, Math.min(count, Math.floor(width / minChartWidth)));
  const misfit = (columns: number) => {
    const rowHeight = Math.max(height / Math.ceil(count / columns), minChartHeight);
    return Math.abs(Math.log(width / columns / rowHeight / idealAspect));
  };
  let best = 1;
  for (let columns = 2; columns <= most; columns++) if (misfit(columns) < misfit(best)) best = columns;
  return best;
}
