// What the Node-RED library and its users look at first: names, versions, help, languages, icons, examples, and nothing bundled.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { assert, suite } from '../suite.js';
import { PACKAGE } from './installed.js';

const test = suite('package for Node-RED');
const read = (path: string): string => readFileSync(PACKAGE + path, 'utf8');
const manifest = JSON.parse(read('package.json'));
const TYPES = ['onward-model', 'onward-learn', 'onward-detect', 'onward-predict', 'onward-fleet'];
const LANGUAGES = readdirSync(`${PACKAGE}nodes/locales`);

test('the manifest follows the rules of the library', () => {
  assert.match(manifest.name, /^@[\w-]+\//, 'new packages have a scope');
  assert.ok(manifest.keywords.includes('node-red'));
  assert.is(manifest.license, 'MIT');
  assert.match(manifest['node-red'].version, /^>=\d/);
  assert.match(manifest.engines.node, /^>=\d/);
  assert.equal(Object.keys(manifest['node-red'].nodes), TYPES);
  assert.is(manifest.dependencies, undefined, 'nothing but the library, which is a peer');
  assert.is(manifest.bundledDependencies ?? manifest.bundleDependencies, undefined);
  assert.equal(Object.keys(manifest.peerDependencies), ['onward']);
  const root = JSON.parse(readFileSync(`${PACKAGE}../package.json`, 'utf8'));
  assert.is(manifest.peerDependencies.onward, `^${root.version}`);
  assert.is(manifest.engines.node, root.engines.node);
  for (const file of ['README.md', 'LICENSE', ...Object.values<string>(manifest['node-red'].nodes)]) assert.ok(existsSync(PACKAGE + file), file);
});

test('the lock names no address of a registry', () => {
  const addresses = [...read('package-lock.json').matchAll(/"resolved": "([^"]*)"/g)].map(([, address]) => address);
  assert.equal(addresses, ['..'], 'the link to the library is the only one');
});

test('every node has an icon, help and words in every language, and uses no word that is missing', () => {
  assert.equal(LANGUAGES.sort(), ['de', 'en-US']);
  const words = (value: object, path = ''): string[] => Object.entries(value).flatMap(([key, inner]) => (typeof inner === 'string' ? [path + key] : words(inner, `${path}${key}.`)));
  for (const type of TYPES) {
    const dialog = read(`nodes/${type}.html`);
    const [first, ...others] = LANGUAGES.map((language) => {
      assert.match(read(`nodes/locales/${language}/${type}.html`), `data-help-name="${type}"`);
      return words(JSON.parse(read(`nodes/locales/${language}/${type}.json`)));
    });
    for (const other of others) assert.equal(other, first);
    const used = [...dialog.matchAll(/data-i18n="(?:\[\w+\])?([\w.-]+)"/g), ...dialog.matchAll(/'(onward-\w+\.[\w.]+)'/g)].map(([, word]) => word!);
    for (const word of used) assert.ok(first!.includes(word) || word.endsWith('.svg'), word);
    if (type !== 'onward-model') assert.match(read(`nodes/icons/${type}.svg`), '<svg');
  }
});

test('a hint fits its field', () => {
  for (const language of LANGUAGES) {
    for (const type of TYPES) {
      const words: Record<string, unknown> = JSON.parse(read(`nodes/locales/${language}/${type}.json`))[type];
      for (const [word, hint] of Object.entries(words)) if (word.endsWith('Hint')) assert.ok(String(hint).length <= 35, `${language} ${type} ${word}: ${hint}`);
    }
  }
});

test('every example can be imported: whole wires, known fields, and every node is shown in one', () => {
  const shown = new Set<string>();
  for (const file of readdirSync(`${PACKAGE}examples`)) {
    const nodes: Record<string, any>[] = JSON.parse(read(`examples/${file}`));
    const ids = new Set(nodes.map(({ id }) => id));
    assert.is(ids.size, nodes.length, `${file}: an id stands there twice`);
    for (const node of nodes) {
      for (const target of [...(node['wires'] ?? []).flat(), ...(node['scope'] ?? []), node['model'] ?? node['broker'] ?? []].flat()) {
        assert.ok(ids.has(target) || node['type'] === 'mqtt-broker', `${file}: ${node['id']} points at ${target}`);
      }
      if (!TYPES.includes(node['type'])) continue;
      shown.add(node['type']);
      const fields = /defaults: \{([\s\S]*?)\n(?: {4}| {6})\},/.exec(read(`nodes/${node['type']}.html`))![1]!;
      const known = [...fields.matchAll(/^ +(\w+): \{/gm)].map(([, name]) => name!);
      const own = Object.keys(node).filter((key) => !['id', 'type', 'z', 'x', 'y', 'wires'].includes(key));
      assert.equal(own.sort(), known.sort(), `${file}: ${node['id']}`);
    }
  }
  assert.equal([...shown].sort(), [...TYPES].sort());
});

test.run();
