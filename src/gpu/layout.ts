/**
 * Reads structs and bindings from WGSL text, so that offsets and binding numbers are written once, in WGSL.
 * Structs have members of 4 bytes each (f32, u32, i32); their layout is then the same everywhere.
 */

export type Scalar = 'f32' | 'u32' | 'i32';

/** Member name → type, in order; member number n lies at byte 4n. */
export type Struct = Readonly<Record<string, Scalar>>;

export interface Binding {
  readonly group: number;
  readonly binding: number;
  readonly kind: 'uniform' | 'read-only-storage' | 'storage';
  /** WGSL type: "Params", "array<vec4f>". */
  readonly type: string;
}

/** WGSL text without comments, so that a comment cannot look like a declaration. */
function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');
}

/** The struct `name` of `code`. Throws where it is missing or has other than 4-byte scalars. */
export function structOf(code: string, name: string): Struct {
  const body = new RegExp(`\\bstruct\\s+${name}\\s*\\{([^}]*)\\}`).exec(withoutComments(code))?.[1];
  if (body === undefined) throw new Error(`WGSL: expected a struct ${name}`);
  const members: Record<string, Scalar> = {};
  for (const text of body.split(',')) {
    if (text.trim() === '') continue;
    const [, member, type] = /^\s*(\w+)\s*:\s*(f32|u32|i32)\s*$/.exec(text) ?? [];
    if (member === undefined) {
      throw new Error(
        `WGSL: expected members "name: f32 | u32 | i32" in struct ${name}, got "${text.trim()}"`,
      );
    }
    members[member] = type as Scalar;
  }
  return members;
}

/** Size in bytes. */
export function sizeOf(struct: Struct): number {
  return 4 * Object.keys(struct).length;
}

/** Write `values` at byte `offset`; they must name every member and nothing else. */
export function writeStruct(
  view: DataView,
  offset: number,
  struct: Struct,
  values: Readonly<Record<string, number>>,
): void {
  const unknown = Object.keys(values).find((name) => !Object.hasOwn(struct, name));
  if (unknown !== undefined) throw new Error(`WGSL struct has no member ${unknown}`);
  Object.entries(struct).forEach(([name, type], index) => {
    const value = values[name];
    if (value === undefined) throw new Error(`WGSL struct member ${name} has no value`);
    const at = offset + 4 * index;
    if (type === 'f32') view.setFloat32(at, value, true);
    else if (type === 'u32') view.setUint32(at, value, true);
    else view.setInt32(at, value, true);
  });
}

/** Reads the member `name` of the struct that starts at byte `offset`. */
export function readerOf(struct: Struct, name: string): (view: DataView, offset: number) => number {
  const at = 4 * Object.keys(struct).indexOf(name);
  const type = struct[name];
  if (type === undefined) throw new Error(`WGSL struct has no member ${name}`);
  if (type === 'f32') return (view, offset) => view.getFloat32(offset + at, true);
  if (type === 'u32') return (view, offset) => view.getUint32(offset + at, true);
  return (view, offset) => view.getInt32(offset + at, true);
}

const BINDING =
  /@group\((\d+)\)\s*@binding\((\d+)\)\s*var<\s*(uniform|storage)\s*(?:,\s*(read_write|read)\s*)?>\s*(\w+)\s*:\s*([^;]+);/g;

/** Buffer bindings by variable name. */
export function bindingsOf(code: string): Record<string, Binding> {
  const bindings: Record<string, Binding> = {};
  for (const match of withoutComments(code).matchAll(BINDING)) {
    const [, group, binding, space, access, name = '', type = ''] = match;
    const readable = access === 'read_write' ? 'storage' : 'read-only-storage';
    bindings[name] = {
      group: Number(group),
      binding: Number(binding),
      kind: space === 'uniform' ? 'uniform' : readable,
      type: type.replace(/\s+/g, ''),
    };
  }
  return bindings;
}
