/** How kernels lie over workgroups and arrays over bindings. */
import type { Constants } from '../gpu/compile.ts';
import type { Kernel, Shader, StagedShader } from '../models/model.ts';
import { vectorsIn } from './vectors.ts';

/** Stands for "no slot" and "has not diverged", as in shaders/lib/span.wgsl. */
export const NONE = 0xffffffff;

/**
 * Invocations per workgroup, a power of two from 16 to 256, no more than have something to do, and vec4f per
 * invocation: 8 at most, emulated 64.
 */
export function shapeOf(dimension: number, software: boolean): Constants {
  // Emulated invocations are coroutines with a stack each: few of them, with long loops, are up to 3 times faster.
  const wanted = software ? Math.max(16, dimension / 256) : Math.min(256, Math.max(32, dimension / 4));
  const WIDTH = 2 ** Math.ceil(Math.log2(wanted));
  return { WIDTH, CHUNK: Math.ceil(dimension / 4 / WIDTH) };
}

/**
 * Bring m vectors of length d, one after the other, into the order of their binding: coordinate w⌈d/4⌉ + j of vector k
 * is component w of vec4f number k⌈d/4⌉ + j. Other types than vec4f keep their order.
 */
export function pack(
  name: string,
  values: Float32Array,
  type: string,
  dimension: number,
  padding: number,
): Float32Array<ArrayBuffer> {
  if (type !== 'array<vec4f>') return new Float32Array(values);
  const vectors = vectorsIn(name, values.length, dimension);
  const blocks = Math.ceil(dimension / 4);
  const packed = new Float32Array(4 * blocks * vectors);
  for (let vector = 0; vector < vectors; vector++) {
    const [first, start] = [vector * dimension, 4 * vector * blocks];
    for (let i = 0, at = start; i < 4 * blocks; i++, at += 4) {
      // The next component starts over at the first vec4f.
      if (i > 0 && i % blocks === 0) at += 1 - 4 * blocks;
      packed[at] = i < dimension ? values[first + i]! : padding;
    }
  }
  return packed;
}

/** The shader of a kernel that has one. */
export function shaderOf({ label, shader }: Kernel): Shader | StagedShader {
  if (!shader) throw new RangeError(`${label}: expected a kernel with a shader`);
  return shader;
}
