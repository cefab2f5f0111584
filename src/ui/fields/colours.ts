/** Colours of maps: lightness tells the value, so that they read without hue, in grey and by every kind of colour vision. */

/** Channels 0 … 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** From lightness, chroma and hue (degrees) of OKLab, clipped to what screens show. */
function fromOklch(lightness: number, chroma: number, hue: number): Rgb {
  const angle = (hue * Math.PI) / 180;
  const [a, b] = [chroma * Math.cos(angle), chroma * Math.sin(angle)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const channel = (linear: number) => {
    const clipped = Math.min(1, Math.max(0, linear));
    return 255 * (clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * clipped ** (1 / 2.4) - 0.055);
  };
  return [
    channel(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    channel(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    channel(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** From dark blue over green to light yellow; as colourful as screens show in the middle, so that nothing is clipped. */
export function sequential(share: number): Rgb {
  return fromOklch(0.28 + 0.67 * share, 0.086 + 0.05 * (2 * share - 1) ** 2, 285 - 180 * share);
}

/** From blue below 0 (share 0.5) over near white to vermillion above. */
export function diverging(share: number): Rgb {
  const distance = Math.abs(2 * share - 1);
  return fromOklch(0.97 - 0.5 * distance, 0.13 * distance, share < 0.5 ? 250 : 40);
}
