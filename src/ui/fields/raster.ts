/** A map as pixels: its grid of times may be finer here and coarser there. */
import type { Field } from '../../models/model.ts';
import type { Scale } from './scale.ts';

/** Index of the grid time nearest to each of `count` pixels along the axis, first to last. */
export function nearestTimes(t: Float64Array, count: number): Int32Array {
  const [start, end] = [t[0]!, t.at(-1)!];
  let index = 0;
  return Int32Array.from({ length: count }, (_, pixel) => {
    const time = start + ((pixel + 0.5) / count) * (end - start);
    while (index + 1 < t.length && t[index + 1]! - time <= time - t[index]!) index++;
    return index;
  });
}

/** RGBA, s from left to right and t from below upwards; transparent where a value is unknown. */
export function pixelsOf(
  { t, values }: Field,
  size: number,
  { share, colour }: Scale,
): Uint8ClampedArray<ArrayBuffer> {
  const at = nearestTimes(t, size);
  const pixels = new Uint8ClampedArray(4 * size * size);
  const shades = Array.from({ length: 256 }, (_, i) => colour(i / 255));
  for (let row = 0; row < size; row++) {
    const from = at[size - 1 - row]! * t.length;
    for (let column = 0; column < size; column++) {
      const place = share(values[from + at[column]!]!);
      if (Number.isNaN(place)) continue;
      const [red, green, blue] = shades[Math.round(255 * place)]!;
      pixels.set([red, green, blue, 255], 4 * (row * size + column));
    }
  }
  return pixels;
}

/** An address of the pixels as an image, drawn on a canvas. */
export function imageOf(field: Field, size: number, scale: Scale): string {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size;
  canvas.getContext('2d')!.putImageData(new ImageData(pixelsOf(field, size, scale), size, size), 0, 0);
  return canvas.toDataURL();
}
