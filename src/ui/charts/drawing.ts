/** What a chart draws around uPlot's curves: bands and single runs below; guides and divergences above. */
import type uPlot from 'uplot';
import { labelsOf } from './labels.ts';
import { colourOf, guideDash, opacity, spreadDash, type Ink } from './palette.ts';
import type { Scene } from './scene.ts';
import { traceBand, traceLine, type Projection } from './trace.ts';

/** From data to canvas pixels. */
function projection(plot: uPlot): Projection {
  return {
    x: (value) => plot.valToPos(value, 'x', true),
    y: (value) => plot.valToPos(value, 'y', true),
  };
}

/** Runs `draw` clipped to the plotting area, in canvas pixels, and restores the context. */
function clipped(plot: uPlot, draw: (ctx: CanvasRenderingContext2D) => void): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  draw(ctx);
  ctx.restore();
}

/** Bands, single runs, and where theory expects these. */
export function drawBelow(plot: uPlot, { curves, spreads, timeline }: Scene, ink: Ink, ratio: number): void {
  const to = projection(plot);
  clipped(plot, (ctx) => {
    for (const curve of curves) {
      ctx.fillStyle = ctx.strokeStyle = colourOf(curve, ink);
      if (curve.band) {
        const path = new Path2D();
        traceBand(path, timeline.x, curve.band.low, curve.band.high, to);
        ctx.globalAlpha = opacity.band;
        ctx.fill(path);
        ctx.globalAlpha = opacity.edge;
        ctx.lineWidth = 0.75 * ratio * ink.stroke;
        for (const edge of [curve.band.low, curve.band.high]) {
          const line = new Path2D();
          traceLine(line, timeline.x, edge, to);
          ctx.stroke(line);
        }
      }
      ctx.globalAlpha = opacity.run;
      ctx.lineWidth = ratio * ink.stroke;
      for (const run of curve.runs) {
        const path = new Path2D();
        traceLine(path, timeline.x, run, to);
        ctx.stroke(path);
      }
    }
    ctx.globalAlpha = 1;
    ctx.lineWidth = 1.25 * ratio * ink.stroke;
    ctx.setLineDash(spreadDash.map((length) => length * ratio));
    for (const spread of spreads) {
      ctx.strokeStyle = colourOf(spread, ink);
      for (const edge of [spread.low, spread.high]) {
        const path = new Path2D();
        traceLine(path, timeline.x, edge, to);
        ctx.stroke(path);
      }
    }
  });
}

/** Guides, divergence lines, the crosses where curves stop and the bars where they sink below precision. */
export function drawAbove(plot: uPlot, scene: Scene, ink: Ink, ratio: number): void {
  const { bbox } = plot;
  const { curves, divergences, guides, timeline } = scene;
  const to = projection(plot);
  const size = ink.fontSize * ratio;
  clipped(plot, (ctx) => {
    ctx.lineWidth = ratio * ink.stroke;
    const line = (x1: number, y1: number, x2: number, y2: number) => {
      ctx.beginPath();
      ctx.moveTo(x1, y1);
      ctx.lineTo(x2, y2);
      ctx.stroke();
    };
    ctx.lineJoin = 'round';
    ctx.strokeStyle = ink.muted;
    for (const guide of guides) {
      ctx.setLineDash(guideDash(guide).map((length) => length * ratio));
      if (guide.x !== undefined) {
        line(to.x(guide.x), bbox.top, to.x(guide.x), bbox.top + bbox.height);
        continue;
      }
      const path = new Path2D();
      traceLine(path, timeline.x, guide.values, to);
      ctx.stroke(path);
    }
    ctx.setLineDash([ratio, 3 * ratio]);
    for (const divergence of divergences) {
      ctx.strokeStyle = colourOf(divergence, ink);
      line(to.x(divergence.x), bbox.top, to.x(divergence.x), bbox.top + bbox.height);
    }
    ctx.setLineDash([]);
    ctx.font = `${size}px ${ink.family}`;
    ctx.textAlign = 'left';
    ctx.textBaseline = 'alphabetic';
    ctx.lineWidth = 3 * ratio;
    ctx.strokeStyle = ink.background;
    for (const label of labelsOf(scene, to, bbox, size, (text) => ctx.measureText(text).width)) {
      // A halo keeps words readable on curves.
      ctx.globalAlpha = 0.8;
      ctx.strokeText(label.text, label.left, label.baseline);
      ctx.globalAlpha = 1;
      ctx.fillStyle = label.kind === 'guide' ? ink.muted : ink.foreground;
      ctx.fillText(label.text, label.left, label.baseline);
    }
  });
  const { ctx } = plot;
  ctx.save();
  for (const curve of curves) {
    if (curve.stop === undefined) continue;
    const x = to.x(timeline.x[curve.stop]!);
    const at = to.y(curve.values[curve.stop]!);
    const arm = 4.5 * ratio * ink.stroke;
    ctx.globalAlpha = curve.pin < 0 ? 1 : opacity.pin;
    ctx.strokeStyle = colourOf(curve, ink);
    ctx.lineWidth = 1.5 * ratio * ink.stroke;
    ctx.beginPath();
    ctx.moveTo(x - arm, at - arm);
    ctx.lineTo(x + arm, at + arm);
    ctx.moveTo(x - arm, at + arm);
    ctx.lineTo(x + arm, at - arm);
    ctx.stroke();
  }
  // A bar where a curve falls below the precision of its process.
  for (const curve of curves) {
    if (curve.sunk === undefined) continue;
    const arm = 3.5 * ratio * ink.stroke;
    const [x, at] = [to.x(timeline.x[curve.sunk]!), to.y(curve.values[curve.sunk]!)];
    ctx.globalAlpha = curve.pin < 0 ? 1 : opacity.pin;
    ctx.fillStyle = colourOf(curve, ink);
    ctx.fillRect(x - arm, at, 2 * arm, 1.5 * ratio * ink.stroke);
  }
  ctx.restore();
}
