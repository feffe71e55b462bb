// The browser's store, in a real Chromium: two pages of one origin, a crash between saves, damage, and what comes back.

import { BrowserPage } from './browser-page.js';
import { CHROMIUM } from './page.js';
import { assert, suite } from './suite.js';

const test = suite('indexeddb in a browser', CHROMIUM);

/** What runs in the page; its last line of output is what the test reads. */
const PAGE = `
import { autosave, createLearner, loadLearner } from './index.js';
import { IndexedDbStore } from './stores/indexeddb.js';

const facts = {};
const code = async (promise) => promise.then(() => 'fine', (error) => error.code ?? String(error));
const tableOf = (store) => new Promise((resolve) => {
  const request = indexedDB.open(store, 1);
  request.onsuccess = () => resolve(request.result);
});
const keys = (database) => new Promise((resolve) => {
  const request = database.transaction('snapshots').objectStore('snapshots').getAllKeys();
  request.onsuccess = () => resolve(request.result);
});
try {
  const store = await IndexedDbStore.open('fan');
  const before = await store.load();
  facts.before = before && { generation: before.generation, seen: (await loadLearner(before.snapshot)).seen };
  const learner = before ? await loadLearner(before.snapshot) : await createLearner({ inputs: 2, labels: ['a', 'b'], units: [4] });
  facts.second = await code(IndexedDbStore.open('fan'));
  const saver = autosave(learner, store, { samples: 10, seconds: Infinity });
  for (let i = 0; i < 35; i++) {
    learner.learn([i % 2, i], i % 2 ? 'a' : 'b');
    await saver.step();
  }
  await saver.close();
  facts.bad = await code(store.save(new Uint8Array(9)));
  const database = await tableOf('fan');
  facts.keys = await keys(database);
  facts.after = (await store.load()).generation;

  const other = await IndexedDbStore.open('damaged');
  if (await other.load().catch(() => true) === undefined) {
    await other.save(learner.save());
    await other.save(learner.save());
    const raw = await tableOf('damaged');
    const broken = learner.save();
    broken[200] ^= 1;
    const change = raw.transaction('snapshots', 'readwrite');
    change.objectStore('snapshots').put(broken, 2);
    await new Promise((resolve) => (change.oncomplete = resolve));
    const { generation, skipped } = await other.load();
    facts.damaged = { generation, skipped };
    await other.save(learner.save());
    facts.damagedKeys = await keys(raw);
    raw.close();
  }
  await other.close();
  facts.closed = await code(other.load());
  await store.close();
  facts.again = await code(IndexedDbStore.open('fan'));
} catch (error) {
  facts.error = String(error.stack);
}
await fetch('/facts', { method: 'POST', body: JSON.stringify(facts) });
`;

let page: BrowserPage;

test.before(async () => {
  page = await BrowserPage.serve(PAGE);
});
test.after(() => page.close());

test('kept, kept out, damaged, and there again after the browser was killed', async () => {
  const first = await page.visit();
  assert.equal(first['error'], undefined);
  assert.is(first['before'], undefined);
  assert.is(first['second'], 'ESTORE_LOCKED');
  assert.is(first['bad'], 'ESTORE_WRITE');
  assert.equal(first['keys'], [3, 4]);
  assert.is(first['after'], 4);
  assert.is((first['damaged'] as { generation: number }).generation, 1);
  assert.match(JSON.stringify(first['damaged']), /checksum/);
  assert.equal(first['damagedKeys'], [1, 2, 3]);
  assert.is(first['closed'], 'ESTORE_CLOSED');
  assert.is(first['again'], 'fine');

  const second = await page.visit();
  assert.equal(second['error'], undefined);
  assert.equal(second['before'], { generation: 4, seen: 35 });
  assert.is(second['after'], 8);
});

test.run();
