// What the pages say is what happens: every JavaScript example of README.md and docs/ runs on the built package, or is named here with the test that
// runs it. And the pages of the API can be made without a warning.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as onward from '../host/index.js';
import { PAGES as ALL } from '../scripts/docs/pages.js';
import { examplesIn, type Example } from './examples.js';
import { assert, suite } from './suite.js';

/** Tutorials and how-to pages are walked through as a whole: tests/walk.ts. */
const PAGES = ALL.filter((page) => !/^docs\/(tutorials|how-to)\//.test(page));

interface Plan {
  /** Where another test runs it. */
  elsewhere?: string;
  /** What it takes that no test has; then only its imports are looked at. */
  needs?: string;
  /** In front of it: what the page takes for granted. */
  before?: string;
  /** What stands there for a place that only exists elsewhere, and what to put there. */
  instead?: readonly [string, string];
  /** Behind it: what shows that it did what the page says. */
  after?: string;
  /** What it prints; `FOLDER` in scripts is an empty one of its own. */
  prints: RegExp;
  input?: string;
}

const LEARNER = "import { MemoryStore } from 'onward/stores/memory';\nimport { PendingLabels, autosave, createLearner } from 'onward';\nconst learner = await createLearner({ inputs: 2, labels: ['ok', 'worn'] });\n";

/** By page and by how many js blocks it is. */
const PLANS: Record<string, Plan> = {
  'README.md 1': { elsewhere: 'readme.test.ts', prints: /./ },
  'docs/memory.md 1': { prints: /^(sample \d+: this is no longer the world I learned\n)*\[ 'slow', 'fast' \] slow 100\n$/ },
  'docs/detector.md 1': { prints: /^(reading \d+: \d+\.\d times what is normal\n)+$/ },
  'docs/web.md 1': {
    before: "globalThis.addEventListener = (_type, take) => (globalThis.tell = take);\nglobalThis.document = new EventTarget();\nglobalThis.KeyboardEvent = class extends Event { constructor(type, { key }) { super(type); this.key = key; } };\ndocument.addEventListener('keydown', ({ key }) => console.log(key));\n",
    after: "tell({ data: null });\ntell({ data: { onward: { type: 'keydown', key: 'ArrowUp', label: 'wave' } } });\n",
    prints: /^ArrowUp\n$/,
  },
  'docs/service.md 1': { elsewhere: 'mqtt.test.ts', prints: /./ },
  'docs/sources.md 1': { prints: /^2 \[ 14\.5, 1 \]\n$/ },
  'docs/sources.md 2': { needs: 'a board on a serial port', prints: /./ },
  'docs/sources.md 3': { needs: 'a Bluetooth device', prints: /./ },
  'docs/sources.md 4': { needs: 'a Bluetooth radio', prints: /./ },
  'docs/sources.md 5': { needs: 'a phone', prints: /./ },
  'docs/sources.md 6': { needs: 'a camera', prints: /./ },
  'docs/sources.md 7': { prints: /^whole edge 1 172 0\n$/ },
  'docs/sources.md 8': {
    before: `import { createServer } from 'node:http';
import { once } from 'node:events';
import { createLearner } from 'onward';
const got = [];
const server = createServer((request, response) => request.on('data', (text) => got.push(String(text))).on('end', () => response.writeHead(204).end())).listen(0);
await once(server, 'listening');
const learner = await createLearner({ inputs: 2, labels: ['ok', 'worn'] });
const source = Object.assign((async function* () { for (let i = 0; i < 3; i++) yield { x: [i, 1], y: i % 2 ? 'ok' : 'worn' }; })(), { counts: () => ({ received: 3, dropped: 0 }) });
`,
    instead: ["'http://localhost:8086", "'http://localhost:' + server.address().port + '"],
    after: "server.close();\nconsole.log(got.join('').includes('pump,site=north '), learner.seen);\n",
    prints: /^(\{"label":"(ok|worn)","probability":[\d.e-]+\}\n){3}true 3\n$/,
  },
  'docs/state.md 1': {
    before: "const source = (async function* () { for (let i = 0; i < 50; i++) yield { x: [i, 0, 1, 2, 3, i % 2], y: i % 2 ? 'ok' : 'worn' }; })();\n",
    instead: ['/var/lib/pump/learner', 'FOLDER/learner'],
    after: "const again = await FileStore.open('FOLDER/learner');\nconsole.log((await loadLearner((await again.load()).snapshot)).seen);\nawait again.close();\n",
    prints: /^50\n$/,
  },
  'docs/state.md 2': {
    before: `${LEARNER}const store = new MemoryStore();\nconst saver = autosave(learner, store, { samples: 10 });\nconst samples = Array.from({ length: 25 }, (_, i) => ({ x: [i, 1], y: i % 2 ? 'ok' : 'worn' }));\n`,
    after: 'console.log((await store.load()).generation);\nawait saver.close();\n',
    prints: /^2\n$/,
  },
  'docs/state.md 3': { before: `${LEARNER}const id = 7;\nconst x = [1, 2];\nconst label = 'worn';\n`, after: 'console.log(pending.counts().resolved, learner.seen);\n', prints: /^1 1\n$/ },
  'docs/reference/errors.md 1': { prints: /^ESNAPSHOT_MAGIC docs\/reference\/errors\.md#esnapshot_magic\n$/ },
  'docs/two-pass.md 1': { elsewhere: 'two-pass.test.ts', prints: /./ },
  'docs/paper.md 1': { elsewhere: 'predictor.test.ts', prints: /./ },
  'docs/recurrent.md 1': { elsewhere: 'recurrent.test.ts', prints: /./ },
  'docs/sound.md 1': { prints: /^low high\n$/ },
  'docs/regression.md 1': { prints: /^true true\n3000\n$/ },
  'docs/regression.md 2': { prints: /^true\n$/ },
  'docs/wasi.md 1': { instead: ["'./state'", "'FOLDER'"], input: '0,9.8,0,still\n0.7,9.8,28\n', prints: /^1,,0\.0000,still,0\.0000,\n2,still,\d\.\d{4},,1\.0000,\n$/ },
};

const test = suite('docs');

const blocks: [string, Example][] = PAGES.flatMap((page) =>
  examplesIn(page).filter(({ language }) => language === 'js').map((example, i): [string, Example] => [`${page} ${i + 1}`, example]));

for (const [name, example] of blocks) {
  const plan = PLANS[name];
  test(`${example.file}:${example.line} does what it says`, () => {
    if (plan === undefined) return assert.unreachable(`${example.file}:${example.line}: no test runs this; plan it as '${name}' in tests/docs.test.ts`);
    if (plan.elsewhere) return assert.match(readFileSync(`tests/${plan.elsewhere}`, 'utf8'), example.file, `tests/${plan.elsewhere} does not run it`);
    if (plan.needs) {
      const imports = [...example.code.matchAll(/^import \{ (.*) \} from .*$/gm)];
      assert.ok(imports.length > 0, `${example.file}: nothing to look at`);
      const file = `build/test/${name.replaceAll(/\W+/g, '-')}.mjs`;
      mkdirSync('build/test', { recursive: true });
      writeFileSync(file, `${imports.map(([line]) => line).join('\n')}\nconsole.log([${imports.map(([, names]) => names).join(', ')}].every((value) => typeof value === 'function'));\n`);
      return assert.is(execFileSync(process.execPath, [file], { encoding: 'utf8' }), 'true\n');
    }
    const { before = '', instead, after = '', prints, input = '' } = plan;
    const folder = mkdtempSync(join(tmpdir(), 'onward-docs-'));
    try {
      if (instead) assert.match(example.code, instead[0], `${example.file}: ${instead[0]} is gone`);
      const code = before + (instead ? example.code.replace(...instead) : example.code) + after;
      mkdirSync('build/test', { recursive: true });
      const file = `build/test/${name.replaceAll(/\W+/g, '-')}.mjs`; // inside the package, so that it finds itself as "onward"
      writeFileSync(file, code.replaceAll('FOLDER', folder));
      assert.match(execFileSync(process.execPath, [file], { encoding: 'utf8', input, stdio: ['pipe', 'pipe', 'ignore'] }), prints);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}

test('every plan belongs to an example', () => {
  assert.equal(Object.keys(PLANS).filter((name) => !blocks.some(([other]) => other === name)), []);
});

test('the line of docs/wasi.md prints what stands under it', () => {
  const [shell, printed] = examplesIn('docs/wasi.md');
  const folder = mkdtempSync(join(tmpdir(), 'onward-docs-'));
  try {
    const line = shell!.code.replace('npm run -s wasi --', `node --no-warnings ${process.cwd()}/scripts/wasi.mjs`);
    assert.is(execFileSync('sh', ['-c', line], { cwd: folder, encoding: 'utf8', env: { ...process.env, INIT_CWD: folder }, stdio: ['ignore', 'pipe', 'ignore'] }), printed!.code);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('what the list of docs/api.md names, there is', () => {
  const list = examplesIn('docs/api.md').find(({ language }) => language === 'ts')!.code;
  const functions = [...list.matchAll(/^(?:new )?(\w+)\(/gm)].map((match) => match[1]!);
  assert.ok(functions.length >= 7);
  for (const name of functions) assert.type((onward as Record<string, unknown>)[name], 'function', name);
  const methods = [...list.matchAll(/^learner.*$/gm)].flatMap(([line]) => [...line.split('//')[0]!.matchAll(/\.(\w+)\(/g)].map((match) => match[1]!));
  assert.ok(methods.length >= 15);
  const learner = list.length > 0 ? Object.getOwnPropertyNames(prototypeOfLearner) : [];
  assert.equal(methods.filter((name) => !learner.includes(name)), []);
});

const prototypeOfLearner = Object.getPrototypeOf(await onward.createLearner({ inputs: 1, labels: ['a', 'b'] })) as object;

test('the pages of the API come without a warning: every public name is documented', () => {
  try {
    execFileSync(process.execPath, ['--import', 'tsx', 'scripts/docs.ts', '--check'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    assert.unreachable(`${stdout}${stderr}`);
  }
});

/** Without what is installed or built: node-red/node_modules links to this folder, and has 1.6 million names below it. */
const filesIn = (folder: string): string[] => readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !/^(node_modules|dist|build|\.git)$/.test(name)).flatMap((entry) => (entry.isDirectory() ? filesIn(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`]));

test('every file and folder that ARCHITECTURE.md, CONTRIBUTING.md and FORMAT.md name is there', () => {
  const tracked = filesIn('.');
  for (const page of ['ARCHITECTURE.md', 'CONTRIBUTING.md', 'FORMAT.md']) {
    const named = [...readFileSync(page, 'utf8').matchAll(/`([\w-]+(?:\/[\w.-]+)*\/?(?:\.\w+)?)`|\]\(([\w./-]+)/g)].map(([, code, link]) => code ?? link!).filter((name) => /\/|\.(ts|md|c|h|json)$/.test(name) && !/NAME|^build\/|^Q\d/.test(name));
    assert.ok(named.length > 3, page);
    for (const name of new Set(named)) assert.ok(tracked.some((file) => file.endsWith(`/${name}`) || file.includes(`/${name.replace(/\/$/, '')}/`)), `${page}: there is no ${name}`);
  }
});

test.run();
