/** Values inside of nested JSON by dotted paths: `ENERGY.Power`, `acc.0` or `acc[0]`. Only an object's own fields count, so `__proto__` is a name like others. */

/** Objects within objects that are looked into. */
const DEEPEST = 16;

/** The value at this path; undefined if there is none. A field that is called so, dots and all, comes first. */
export function at(value: object, path: string): unknown {
  if (Object.hasOwn(value, path)) return value[path as keyof typeof value];
  if (!/[.[]/.test(path)) return undefined;
  let here: unknown = value;
  for (const name of path.replace(/\[(\d+)\]/g, '.$1').split('.')) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, name) || (Array.isArray(here) && !/^\d+$/.test(name))) return undefined;
    here = here[name as keyof typeof here];
  }
  return here;
}

/** Every value that is no object and no array, with its path, in the order of the text. */
export function* leaves(value: object, before = '', depth = 0): Generator<[path: string, leaf: unknown]> {
  for (const name of Object.keys(value)) {
    const leaf: unknown = value[name as keyof typeof value];
    if (typeof leaf !== 'object' || leaf === null) yield [before + name, leaf];
    else if (depth < DEEPEST) yield* leaves(leaf, `${before}${name}.`, depth + 1);
  }
}
