/** Where words stand: beside their line, inside the chart, and off the curves if there is room. */

import type { Guide } from './guides.ts';
import type { Scene } from './scene.ts';
import type { Projection } from './trace.ts';

/** A rectangle in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

type Size = Pick<Box, 'width' | 'height'>;

/** Pixels between words and their line, and between words and other lines. */
const gap = 4;
const air = 3;
/** Pixels between points that stand for a line. */
const spacing = 8;
/** Places tried along the line. */
const tries = 24;

const within = ({ left, top, width, height }: Box, { x, y }: Point) =>
  x > left && x < left + width && y > top && y < top + height;

/** Points some pixels apart along a polyline, however close or far its own points are. */
function sampled(points: readonly Point[]): Point[] {
  const samples: Point[] = [];
  let last = points[0];
  for (const point of points) {
    const [dx, dy] = [point.x - last!.x, point.y - last!.y];
    const parts = Math.min(Math.floor(Math.hypot(dx, dy) / spacing), 200);
    for (let k = 1; k <= parts; k++)
      samples.push({ x: last!.x + (dx * k) / parts, y: last!.y + (dy * k) / parts });
    if (parts > 0) last = point;
  }
  return samples;
}

/** With the air that a text needs to be read. */
const widened = ({ left, top, width, height }: Box): Box => ({
  left: left - air,
  top: top - air,
  width: width + 2 * air,
  height: height + 2 * air,
});

/** The first of the places with the fewest obstacles on it; undefined without places. */
function clearest(places: readonly Box[], obstacles: readonly Point[]): Box | undefined {
  let best: Box | undefined;
  let fewest = Infinity;
  for (const place of places) {
    const box = widened(place);
    const hits = obstacles.reduce((count, point) => count + (within(box, point) ? 1 : 0), 0);
    if (hits === 0) return place;
    if (hits >= fewest) continue;
    fewest = hits;
    best = place;
  }
  return best;
}

/**
 * The place of a text of this size beside a line through `points` with the fewest `obstacles` on it, among
 * equals the first along the line; undefined where it fits nowhere.
 */
export function placeBeside(
  points: readonly Point[],
  obstacles: readonly Point[],
  size: Size,
  area: Box,
): Box | undefined {
  const stride = Math.max(1, Math.floor(points.length / tries));
  const places = points
    .filter((_, i) => i % stride === 0)
    .flatMap(({ x, y }) =>
      [x + gap, x - gap - size.width].flatMap((left) =>
        [y - gap - size.height, y + gap].map((top) => ({ left, top, ...size })),
      ),
    )
    .filter(
      ({ left, top, width, height }) =>
        left >= area.left &&
        top >= area.top &&
        left + width <= area.left + area.width &&
        top + height <= area.top + area.height,
    );
  return clearest(places, obstacles);
}

/** Words on a chart. */
export interface Label extends Box {
  readonly text: string;
  /** Start of the baseline. */
  readonly baseline: number;
  readonly kind: 'guide' | 'divergence';
}

/** How wide the text is in the font of the chart. */
export type Measure = (text: string) => number;

/** Shares of the room for a text along its line, in the order in which they are tried: the ends first. */
const along: readonly number[] = [1, 0, ...Array.from({ length: 11 }, (_, i) => (11 - i) / 12)];

/** Shares of the height for what stands as high as it can. */
const falls: readonly number[] = Array.from({ length: 9 }, (_, i) => i / 8);

/** Points all over a box, as close as those that stand for a line. */
function covering({ left, top, width, height }: Box): Point[] {
  const columns = Math.ceil(width / spacing) + 1;
  return Array.from({ length: 3 * columns }, (_, i) => ({
    x: left + ((i % columns) / (columns - 1)) * width,
    y: top + (Math.floor(i / columns) / 2) * height,
  }));
}

/** Places a text beside a horizontal line, at its ends or between them, on the side of `tops` that comes first. */
function besideLevel(tops: readonly number[], size: Size, area: Box): Box[] {
  const room = area.width - size.width - 2 * gap;
  return tops.flatMap((top) =>
    along.map((share) => ({ ...size, top, left: area.left + gap + share * room })),
  );
}

/** Places a text beside a vertical line. */
function besideTime(lefts: readonly number[], size: Size, area: Box): Box[] {
  const room = area.height - size.height - 2 * gap;
  const places = lefts.flatMap((left) =>
    along.map((share) => ({ ...size, left, top: area.top + gap + (1 - share) * room })),
  );
  return places.filter(({ left, width }) => left >= area.left && left + width <= area.left + area.width);
}

/**
 * Labels of the guides and divergences of a scene drawn into `area`, off the curves and off each other if there is
 * room. Levels and times beyond the range are named at the border they lie behind.
 */
export function labelsOf(
  scene: Scene,
  to: Projection,
  area: Box,
  fontSize: number,
  measure: Measure,
): readonly Label[] {
  const { timeline, y, guides, curves, spreads, divergences } = scene;
  const height = 1.2 * fontSize;
  const right = area.left + area.width;
  const bottom = area.top + area.height;
  const label = (text: string, box: Box, kind: Label['kind']): Label => ({
    ...box,
    text,
    kind,
    baseline: box.top + 0.95 * fontSize,
  });
  const pointsOf = (values: Guide['values']): Point[] =>
    values.flatMap((value, i) => (value === null ? [] : { x: to.x(timeline.x[i]!), y: to.y(value) }));

  function ofGuide({ label: text, level, x, values }: Guide): Label | undefined {
    if (x !== undefined) {
      const at = to.x(x);
      const beyond = at > right ? '→ ' : '';
      const size = { width: measure(beyond + text), height };
      const lefts = beyond ? [right - gap - size.width] : [at + gap, at - gap - size.width];
      const box = clearest(besideTime(lefts, size, area), taken);
      return box && label(beyond + text, box, 'guide');
    }
    if (level === undefined) {
      const points = pointsOf(values).filter((point) => within(area, point));
      const box = placeBeside(points, taken, { width: measure(text), height }, area);
      return box && label(text, box, 'guide');
    }
    const beyond = level > y.range.max ? '↑ ' : level < y.range.min ? '↓ ' : '';
    const line = to.y(Math.min(Math.max(level, y.range.min), y.range.max));
    const tops = [line - height - gap, line + gap].filter((top) => top >= area.top && top + height <= bottom);
    const size = { width: measure(beyond + text), height };
    return label(beyond + text, clearest(besideLevel(tops, size, area), taken)!, 'guide');
  }

  // One column of words after everything that ends, or before it.
  const stops = curves.flatMap(({ stop, pin }) => (stop === undefined || pin >= 0 ? [] : timeline.x[stop]!));
  const lines = [...divergences.map((each) => each.x), ...stops].map((x) => to.x(x));
  const widestOf = (texts: readonly string[]) => Math.max(0, ...texts.map(measure));
  const after = Math.max(...lines) + 2 * gap;
  const room = Math.max(right - after, Math.min(...lines) - 3 * gap - area.left);
  const whole = divergences.map(({ label: text }) => text);
  const words = widestOf(whole) <= room ? whole : divergences.map(({ short }) => short);
  const widest = widestOf(words);
  const before = Math.max(Math.min(...lines) - 2 * gap - widest, area.left + gap);
  const column = after + widest <= right ? after : before;
  const block = { left: column, width: widest, height: words.length * height };
  const fall = Math.max(area.height - block.height - 2 * gap, 0);

  function ofNotice(text: string): Label {
    const width = measure(text);
    const left = area.left + (area.width - width) / 2;
    return label(text, { left, top: area.top + (area.height - height) / 2, width, height }, 'guide');
  }

  const named = guides.length + divergences.length > 0;
  const present = named ? curves.filter(({ pin }) => pin < 0) : [];
  const drawn = [...present, ...guides].map(({ values }) => values);
  const bands = [...present.flatMap(({ band }) => band ?? []), ...(named ? spreads : [])];
  const edges = bands.flatMap(({ low, high }) => [low, high]);
  const upright = guides.flatMap(({ x }) =>
    x === undefined ? [] : sampled([area.top, bottom].map((top) => ({ x: to.x(x), y: top }))),
  );
  const taken = [...drawn, ...edges].flatMap((values) => sampled(pointsOf(values)));
  // From the top down.
  const rows = falls.map((share) => ({ ...block, top: area.top + gap + share * fall }));
  const { top } = clearest(rows, taken)!;
  const endings = words.map((text, row) =>
    label(text, { left: column, top: top + row * height, width: measure(text), height }, 'divergence'),
  );
  taken.push(...upright, ...endings.flatMap(covering));
  // What can only stand at a border comes first.
  const isBeyond = ({ level, x }: Guide) =>
    (x !== undefined && to.x(x) > right) ||
    (level !== undefined && (level > y.range.max || level < y.range.min));
  const inTurn = [...guides].sort((a, b) => Number(isBeyond(b)) - Number(isBeyond(a)));
  const beside = inTurn.flatMap((guide) => {
    const found = ofGuide(guide);
    if (found) taken.push(...covering(found));
    return found ?? [];
  });
  return [...(scene.notice === undefined ? [] : [ofNotice(scene.notice)]), ...beside, ...endings];
}
