// Dotted names to nested objects, the way the protocol carries settings.

export type Json = { [key: string]: unknown };

/** `[["a.b", 1], ["c", 2]]` as `{a: {b: 1}, c: 2}`. */
export function nested(entries: readonly (readonly [string, unknown])[]): Json {
  const root: Json = {};
  for (const [name, value] of entries) {
    const parts = name.split(".");
    const last = parts.pop() ?? name;
    let place = root;
    for (const part of parts) {
      place[part] ??= {};
      place = place[part] as Json;
    }
    place[last] = value;
  }
  return root;
}
