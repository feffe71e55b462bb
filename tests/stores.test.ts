// Stores: what was kept comes back, damaged generations are skipped and named, one process at a time, a full disk costs nothing kept.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { Worker } from 'node:worker_threads';
import { join } from 'node:path';
import { autosave, createLearner, loadLearner, type LearnerError, type Store } from '../host/index.js';
import { FileStore } from '../host/stores/file.js';
import { MemoryStore } from '../host/stores/memory.js';
import { assert, suite } from './suite.js';

const test = suite('stores');

const learner = await createLearner({ inputs: 2, labels: ['a', 'b'], units: [4] });
/** A snapshot that no other one equals. */
function next(): Uint8Array {
  learner.learn([learner.seen % 7, learner.seen % 3], learner.seen % 2 === 0 ? 'a' : 'b');
  return learner.save();
}

let folder = '';
let path = '';
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onward-store-'));
  path = join(folder, 'fan');
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function refused(promise: Promise<unknown>, code: string): Promise<string> {
  try {
    await promise;
  } catch (error) {
    assert.is((error as LearnerError).code, code, String(error));
    return (error as Error).message;
  }
  throw new Error(`not refused with ${code}`);
}

const generations = (): string[] => readdirSync(folder).filter((name) => /^fan\.\d+$/.test(name)).sort();

for (const [name, open] of [['file', () => FileStore.open(path)], ['memory', async () => new MemoryStore()]] as [string, () => Promise<Store>][]) {
  test(`${name}: nothing, then the newest`, async () => {
    const store = await open();
    assert.is(await store.load(), undefined);
    assert.is(await store.save(next()), 1);
    const newest = next();
    assert.is(await store.save(newest), 2);
    const restored = (await store.load())!;
    assert.equal(restored, { snapshot: newest, generation: 2, skipped: [] });
    assert.equal((await loadLearner(restored.snapshot)).save(), newest);
    await store.close();
    await refused(store.save(newest), 'ESTORE_CLOSED');
    await refused(store.load(), 'ESTORE_CLOSED');
  });

  test(`${name}: what could not be loaded again is not kept`, async () => {
    const store = await open();
    const good = next();
    await store.save(good);
    const damaged = good.slice();
    damaged[300]! ^= 1;
    for (const bad of [damaged, good.subarray(0, 99), new Uint8Array(), 'ONWD' as never]) await refused(store.save(bad), 'ESTORE_WRITE');
    assert.is((await store.load())!.generation, 1);
    await store.close();
  });
}

test('two generations are kept, for the owner only, and nothing else', async () => {
  const store = await FileStore.open(path);
  for (let i = 0; i < 5; i++) await store.save(next());
  assert.equal(generations(), ['fan.4', 'fan.5']);
  assert.is(statSync(`${path}.5`).mode & 0o777, 0o600);
  await store.close();
  assert.equal(readdirSync(folder), ['fan.4', 'fan.5']);
  const again = await FileStore.open(path);
  assert.is(await again.save(next()), 6);
  await again.close();
});

test('saves that overlap are kept in their order', async () => {
  const store = await FileStore.open(path);
  const snapshots = [next(), next(), next(), next()];
  assert.equal(await Promise.all(snapshots.map((each) => store.save(each))), [1, 2, 3, 4]);
  assert.equal((await store.load())!.snapshot, snapshots[3]);
  await store.close();
});

test('a damaged newest generation is skipped and named, and survives until two good ones are newer', async () => {
  const store = await FileStore.open(path);
  await store.save(next());
  const good = next();
  await store.save(good);
  writeFileSync(`${path}.3`, next().subarray(0, 200));
  await store.close();
  const again = await FileStore.open(path);
  const { snapshot, generation, skipped } = (await again.load())!;
  assert.equal(snapshot, good);
  assert.is(generation, 2);
  assert.is(skipped.length, 1);
  assert.is(skipped[0]!.generation, 3);
  assert.match(skipped[0]!.reason, /it was cut off/);
  assert.is(await again.save(next()), 4);
  assert.equal(generations(), ['fan.2', 'fan.3', 'fan.4']); // 2 is the other good one
  assert.is(await again.save(next()), 5);
  assert.equal(generations(), ['fan.4', 'fan.5']);
  await again.close();
});

test('where no generation is good that is an error, and not a fresh start', async () => {
  writeFileSync(`${path}.1`, 'x');
  writeFileSync(`${path}.2`, '');
  const store = await FileStore.open(path);
  const message = await refused(store.load(), 'ESTORE_DAMAGED');
  assert.match(message, /2: snapshot: .*1: snapshot: /);
  assert.is(await store.save(next()), 3);
  assert.is((await store.load())!.generation, 3);
  await store.close();
});

test('names that are no generations are left alone', async () => {
  const others = ['fan', 'fan.old', 'fan.01', 'fan.1.bak', 'fan.99x', 'fan2.1', 'fan.tmp'];
  for (const name of others) writeFileSync(join(folder, name), 'mine');
  const store = await FileStore.open(path);
  for (let i = 0; i < 3; i++) await store.save(next());
  await store.close();
  for (const name of others) assert.is(readFileSync(join(folder, name), 'utf8'), 'mine', name);
});

test('the remains of a killed save are cleared away', async () => {
  writeFileSync(`${path}.99999.tmp`, 'half');
  await (await FileStore.open(path)).close();
  assert.equal(readdirSync(folder), []);
});

test('one process: the second to open is refused, and may when the first has closed', async () => {
  const first = await FileStore.open(path);
  assert.match(await refused(FileStore.open(path), 'ESTORE_LOCKED'), /this process has it open already/);
  const reader = await FileStore.open(path, { lock: false });
  await first.save(next());
  assert.is((await reader.load())!.generation, 1);
  await reader.close();
  await first.close();
  await (await FileStore.open(path)).close();
});

test('another thread of the same process is refused, too', async () => {
  const store = await FileStore.open(path);
  const host = new URL('../host/stores/file.ts', import.meta.url);
  const worker = new Worker(
    `const { parentPort, workerData } = require('node:worker_threads');
    import(workerData.tsx).then(({ tsImport }) => tsImport(workerData.file, workerData.file)).then(({ FileStore }) => FileStore.open(workerData.path))
      .then(() => 'opened', (error) => error.message).then((answer) => parentPort.postMessage(answer));`,
    { eval: true, workerData: { tsx: import.meta.resolve('tsx/esm/api'), file: host.href, path } },
  );
  const [answer] = await once(worker, 'message');
  await worker.terminate();
  assert.match(answer, existsSync('/proc/self/stat') ? /this process has it open already/ : /./);
  await store.save(next());
  await store.close();
});

test('a living process is named; a dead one holds nothing', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  await once(child, 'spawn');
  const stat = existsSync('/proc/self/stat') ? readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]!.split(' ')[19] : '';
  const own = await FileStore.open(path);
  const [, era] = /-(\w*)-[^-]*$/.exec(readdirSync(folder)[0]!.replace(encodeURIComponent(hostname()), 'host'))!;
  await own.close();
  const lock = (pid: number, start: string, host = hostname(), boot = era): string => {
    const file = `${path}.lock-${pid}-${start}-${boot}-${encodeURIComponent(host)}`;
    writeFileSync(file, '');
    return file;
  };
  const held = lock(child.pid!, stat!);
  assert.match(await refused(FileStore.open(path), 'ESTORE_LOCKED'), `process ${child.pid} has it open`);
  assert.ok(existsSync(held));
  child.kill('SIGKILL');
  await once(child, 'exit');
  await (await FileStore.open(path)).close();
  assert.not.ok(existsSync(held), 'a dead process');

  if (existsSync('/proc/self/stat')) {
    const reused = lock(process.ppid, '1');
    await (await FileStore.open(path)).close();
    assert.not.ok(existsSync(reused), 'a number that was given to another process since');
    const rebooted = lock(process.ppid, '', hostname(), 'deadbeef');
    await (await FileStore.open(path)).close();
    assert.not.ok(existsSync(rebooted), 'before the last boot');
  }
  const foreign = lock(1, '1', 'an-other-host');
  assert.match(await refused(FileStore.open(path), 'ESTORE_LOCKED'), /host an-other-host has it open; if that one is gone, delete .*lock-1-1-/);
  rmSync(foreign);
  await (await FileStore.open(path)).close();
});

test('wrong arguments and places are refused with the reason', async () => {
  for (const wrong of [undefined, 7, '']) {
    try {
      await FileStore.open(wrong as never);
      assert.unreachable();
    } catch (error) {
      assert.instance(error, TypeError);
    }
  }
  if (existsSync('/dev/full')) {
    // writes to it give "no space left": the nearest to a full disk that needs no rights; tests/faults has a real one
    const store = await FileStore.open(path);
    const kept = next();
    await store.save(kept);
    symlinkSync('/dev/full', `${path}.${process.pid}.tmp`);
    assert.match(await refused(store.save(next()), 'ESTORE_FULL'), /generation 1 stays; free some space/);
    assert.equal(generations(), ['fan.1']);
    assert.equal((await store.load())!.snapshot, kept);
    assert.is(await store.save(next()), 2);
    await store.close();
  }
});

test.run();

const saving = suite('autosave');

/** A store that can be made slow and broken, and counts what happens at once. */
class Trial extends MemoryStore {
  delay = 0;
  broken = false;
  together = 0;
  most = 0;
  saves = 0;
  override async save(snapshot: Uint8Array): Promise<number> {
    this.most = Math.max(this.most, ++this.together);
    try {
      if (this.delay > 0) await new Promise((resolve) => setTimeout(resolve, this.delay));
      if (this.broken) throw new Error('the disk is on fire');
      this.saves++;
      return await super.save(snapshot);
    } finally {
      this.together--;
    }
  }
}

saving('every n samples, exactly where a loop asks, and the rest at the end', async () => {
  const store = new Trial();
  const seen: number[] = [];
  const start = learner.seen;
  const saver = autosave(learner, store, { samples: 10, seconds: Infinity, onSaved: (event) => seen.push(event.seen - start) });
  for (let i = 0; i < 35; i++) {
    next();
    await saver.step();
  }
  assert.equal(seen, [10, 20, 30]);
  await saver.close();
  assert.equal(seen, [10, 20, 30, 35]);
  await saver.close();
  assert.is(store.saves, 4);
  assert.equal((await store.load())!.snapshot, learner.save());
});

saving('every t seconds by itself, and not when nothing has changed', async () => {
  const store = new Trial();
  const saver = autosave(learner, store, { samples: Infinity, seconds: 0.15 });
  next();
  await new Promise((resolve) => setTimeout(resolve, 700));
  assert.is(store.saves, 1);
  learner.adapt([1, 2]); // changes the state without a sample learned
  await new Promise((resolve) => setTimeout(resolve, 500));
  assert.is(store.saves, 2);
  await saver.close();
  assert.is(store.saves, 2);
});

saving('never two at once; what is learned meanwhile is in the next', async () => {
  const store = new Trial();
  store.delay = 20;
  const saver = autosave(learner, store, { samples: 1, seconds: Infinity });
  const steps: Promise<void>[] = [];
  for (let i = 0; i < 50; i++) {
    next();
    steps.push(saver.step(), saver.flush());
    if (i % 10 === 9) await new Promise((resolve) => setTimeout(resolve, 15));
  }
  await Promise.all(steps);
  await saver.close();
  assert.is(store.most, 1);
  assert.ok(store.saves < 50, `${store.saves} saves`);
  assert.equal((await store.load())!.snapshot, learner.save());
});

saving('a failing save is reported, learning goes on, and the next one is tried', async () => {
  const store = new Trial();
  const errors: string[] = [];
  const saver = autosave(learner, store, { samples: 5, seconds: Infinity, onError: (error) => errors.push(error.message) });
  store.broken = true;
  for (let i = 0; i < 12; i++) {
    next();
    await saver.step();
  }
  assert.equal(errors, ['the disk is on fire', 'the disk is on fire']);
  try {
    await saver.flush();
    assert.unreachable();
  } catch (error) {
    assert.is((error as Error).message, 'the disk is on fire');
  }
  store.broken = false;
  await saver.close();
  assert.equal((await store.load())!.snapshot, learner.save());
});

saving('wrong settings are refused; a learner that is disposed of ends it', async () => {
  for (const [options, kind] of [[{ samples: 0 }, RangeError], [{ seconds: NaN }, RangeError], [{ samples: '5' as never }, TypeError]] as const) {
    assert.throws(() => autosave(learner, new MemoryStore(), options), (error: unknown) => error instanceof kind);
  }
  const mortal = await createLearner({ inputs: 2, labels: ['a', 'b'], units: [4] });
  const errors: Error[] = [];
  autosave(mortal, new MemoryStore(), { onError: (error) => errors.push(error) });
  mortal.dispose();
  await new Promise((resolve) => setTimeout(resolve, 450));
  assert.is(errors.length, 1);
  assert.match(errors[0]!.message, /disposed/);
});

for (const signal of ['SIGTERM', 'SIGINT']) {
  saving(`${signal}: everything is saved, and the process ends by it`, async () => {
    const place = mkdtempSync(join(tmpdir(), 'onward-signal-'));
    try {
      const host = new URL('../host/', import.meta.url);
      const program = `
        const { createLearner, autosave } = await import('${host}index.js');
        const { FileStore } = await import('${host}stores/file.js');
        const learner = await createLearner({ inputs: 1, labels: ['a', 'b'], units: [4] });
        autosave(learner, await FileStore.open(${JSON.stringify(join(place, 's'))}), { samples: Infinity, seconds: Infinity, signals: true });
        for (let i = 0; i < 77; i++) learner.learn([i % 2], i % 2 ? 'a' : 'b');
        setInterval(() => {}, 1000);
        process.kill(process.pid, '${signal}');`;
      const child = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], { encoding: 'utf8', timeout: 30_000 });
      assert.is(child.signal, signal, child.stderr);
      assert.is((await loadLearner(readFileSync(join(place, 's.1')))).seen, 77);
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  });
}

saving.run();
