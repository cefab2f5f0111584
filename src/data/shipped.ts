/** Data sets that come with the page: see public/data/SOURCES.md. */
export interface Shipped {
  readonly name: string;
  readonly hash: string;
  /** Under the page's address. */
  readonly path: string;
  /** "handwritten digits" */
  readonly title: string;
  /** Who made it, and its license. */
  readonly source: string;
}

export const shipped: readonly Shipped[] = [
  {
    name: 'digits.csv',
    hash: 'a52cfca6e39d297d',
    path: 'data/digits.csv',
    title: 'handwritten digits',
    source:
      '1,797 images of 8 × 8 pixels: Alpaydin and Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning Repository 1998, CC BY 4.0.',
  },
];
