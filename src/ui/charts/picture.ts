/** Charts as one picture for papers and slides. */
import type { Caption } from './caption.ts';
import type { Box } from './labels.ts';
import type { Ink, Styled } from './palette.ts';
import type { Pin } from './pin.ts';
import { presentCurves } from './readout.ts';
import type { Scene } from './scene.ts';
import { Sheet, type Entry, type Picture } from './sheet.ts';
import { element, escaped, spreadStroke, strokeOf, svgChart } from './svgChart.ts';

const chart = { width: 620, height: 360 } as const;

/** Curves and spreads of the present experiment, then one entry per pin. */
function legendEntries(scenes: readonly Scene[], pins: readonly Pin[], ink: Ink): Entry[] {
  const curves = scenes[0] ? presentCurves(scenes[0]) : [];
  const runs = curves.find(({ band }) => band?.of === 'runs')?.runCount;
  const spreads = new Map(scenes.flatMap((scene) => scene.spreads.map((spread) => [spread.id, spread])));
  const entry = (style: Styled, label: string): Entry => ({ strokes: [strokeOf(style, ink)], label });
  return [
    ...curves.map((curve) => {
      const error = curve.band?.of === 'error' ? ' ± 2 standard errors' : '';
      return entry(curve, curve.label + error);
    }),
    ...(runs === undefined ? [] : [{ strokes: [], label: `medians and 10–90 % bands of ${runs} runs` }]),
    ...[...spreads.values()].map((spread): Entry => {
      const stroke = spreadStroke(spread, ink);
      const strokes = [-3, 3].map((y) => ({ ...stroke, transform: `translate(0 ${y})` }));
      return { strokes, label: `± 2 s.d. of ${spread.label} in theory` };
    }),
    ...pins.map(({ label }, pin) => entry({ kind: 'limit', index: 0, pin }, label)),
  ];
}

/** One or several charts. */
export function svgPicture(
  scenes: readonly Scene[],
  pins: readonly Pin[],
  caption: Caption,
  ink: Ink,
): Picture {
  const size = ink.fontSize;
  const columns = scenes.length > 1 ? 2 : 1;
  const sheet = new Sheet(columns * chart.width, ink);
  sheet.title(caption.title);
  sheet.words(caption.parameters);
  sheet.gap(0.8);
  sheet.legend(legendEntries(scenes, pins, ink));
  sheet.figures(scenes, columns, chart, (scene, left, top) => {
    const box: Box = {
      left: left + size * 5,
      top: top + size * 2.4,
      width: chart.width - size * 6.5,
      height: chart.height - size * 6,
    };
    const title = { x: box.left, y: box.top - size * 0.7, 'font-size': size * 1.15, 'font-weight': 600 };
    return (
      element('text', { ...title, fill: ink.foreground }, escaped(scene.title)) + svgChart(scene, box, ink)
    );
  });
  return sheet.picture(caption);
}
