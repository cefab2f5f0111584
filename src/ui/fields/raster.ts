/** A map as pixels: linear between its grid of times, which may be finer here and coarser there. */
import type { Field } from '../../models/model.ts';
import type { Scale } from './scale.ts';

/** For the centre of each of `count` pixels along the axis: the interval of grid times that it is in, and where in it. */
export function placesOf(t: Float64Array, count: number): { index: number; fraction: number }[] {
  const [start, end] = [t[0]!, t.at(-1)!];
  let index = 0;
  return Array.from({ length: count }, (_, pixel) => {
    const time = start + ((pixel + 0.5) / count) * (end - start);
    while (index + 2 < t.length && t[index + 1]! <= time) index++;
    return { index, fraction: (time - t[index]!) / (t[index + 1]! - t[index]!) };
  });
}

/**
 * RGBA, s from left to right and t from below upwards; transparent where a value is unknown. Cells of the grid are
 * halved along t = s, where functions of two times have a kink or an end, and values are linear in each half.
 */
export function pixelsOf(
  { t, values }: Field,
  size: number,
  { share, colour }: Scale,
): Uint8ClampedArray<ArrayBuffer> {
  const places = placesOf(t, size);
  const pixels = new Uint8ClampedArray(4 * size * size);
  const shares = values.map(share);
  const shades = Array.from({ length: 256 }, (_, i) => colour(i / 255));
  for (let row = 0; row < size; row++) {
    const up = places[size - 1 - row]!;
    for (let column = 0; column < size; column++) {
      const across = places[column]!;
      const first = up.index * t.length + across.index;
      const last = first + t.length + 1;
      const later = up.fraction >= across.fraction;
      const between = shares[later ? last - 1 : first + 1]!;
      const [most, least] = later ? [up.fraction, across.fraction] : [across.fraction, up.fraction];
      const place = (1 - most) * shares[first]! + (most - least) * between + least * shares[last]!;
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
