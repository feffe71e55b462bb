// The floor plan: imports go round in no circle, and the library knows nothing of what stands on it.

import { readFileSync, readdirSync } from 'node:fs';
import { posix } from 'node:path';
import { assert, suite } from './suite.js';

/** Every file of a folder, with those that it imports by their path; types, which are gone when it runs, are left out. */
function importsOf(folder: string): Map<string, string[]> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => posix.join(folder, file.replaceAll('\\', '/'))).filter((file) => file.endsWith('.ts'));
  return new Map(files.map((file) => {
    const statements = readFileSync(file, 'utf8').matchAll(/^(?:import|export)(?! type)\b[^;]*? from ["'](\.[^"']+)["']/gms);
    return [file, [...statements].map(([, to]) => `${posix.join(posix.dirname(file), to!.replace(/\.js$/, ''))}.ts`)];
  }));
}

/** A circle, from a file back to itself; undefined where there is none. */
function circleIn(imports: Map<string, string[]>): string[] | undefined {
  const done = new Set<string>();
  const walk = (file: string, way: readonly string[]): string[] | undefined => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of imports.get(file) ?? []) {
      const circle = walk(next, [...way, file]);
      if (circle) return circle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of imports.keys()) {
    const circle = walk(file, []);
    if (circle) return circle;
  }
  return undefined;
}

const test = suite('house');

for (const folder of ['assembly', 'host', 'cli', 'firmware-sim']) {
  test(`${folder}/ has no circle of imports`, () => {
    const imports = importsOf(folder);
    assert.ok(imports.size > 20 && [...imports.values()].flat().length > imports.size);
    assert.is(circleIn(imports), undefined);
  });
}

test('a circle would be found', () => {
  assert.equal(circleIn(new Map([['a', ['b']], ['b', ['c', 'd']], ['c', []], ['d', ['b']]])), ['b', 'd', 'b']);
});

/** What each folder may not reach: what stands on it, and what is not shipped. */
const ABOVE: Record<string, RegExp> = {
  assembly: /^(host|cli|web|firmware-sim|tests|scripts|benchmarks)\//,
  host: /^(cli|web|firmware-sim|tests|scripts|benchmarks)\//,
  'firmware-sim': /^(cli|web|tests|benchmarks)\//,
  cli: /^(web|tests|scripts|benchmarks)\//,
};

for (const [folder, above] of Object.entries(ABOVE)) {
  test(`nothing in ${folder}/ imports what stands on it`, () => {
    const arrows = [...importsOf(folder)].flatMap(([file, to]) => to.filter((each) => above.test(each)).map((each) => `${file} -> ${each}`));
    assert.equal(arrows, []);
  });
}

test.run();
