/** Threefry4x32-20 from Random123's kat_vectors, and one line in this project's counter and key layout. */
type Four = readonly [number, number, number, number];

export const knownAnswers: readonly { counter: Four; key: Four; words: number[] }[] = [
  {
    counter: [0, 0, 0, 0],
    key: [0, 0, 0, 0],
    words: [0x9c6ca96a, 0xe17eae66, 0xfc10ecd4, 0x5256a7d8],
  },
  {
    counter: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    key: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    words: [0x2a881696, 0x57012287, 0xf6c7446e, 0xa16a6732],
  },
  {
    counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    key: [0xa4093822, 0x299f31d0, 0x082efa98, 0xec4e6c89],
    words: [0x59cd1dbb, 0xb8879579, 0x86b5d00c, 0xac8b6d84],
  },
  {
    counter: [0, 0, 0, 1],
    key: [1234, 0, 0, 0],
    words: [0xcc8e1fab, 0xcae0de8b, 0xd6757de7, 0x1f322af1],
  },
];
