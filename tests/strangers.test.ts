// What a stranger does to a program that runs by itself: forged snapshots, two containers on one disk, requests that never end, more learners than there is room for.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type AddressInfo } from 'node:net';
import { createServer as createHttpServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { arenaOf, MEMORY_AT } from '../host/arena/learner.js';
import { crc32 } from '../host/checksum.js';
import { LearnerError, createDetector, createLearner, loadDetector, loadLearner, type LearnerConfig } from '../host/index.js';
import { decodeSnapshot } from '../host/snapshot.js';
import { withoutBodies } from '../cli/http-server.js';
import { CLI, buildCli } from './command.js';
import { assert, suite, needs } from './suite.js';

const test = suite('strangers');

/** A snapshot with a change in its state and a checksum that fits. */
function forged(snapshot: Uint8Array, change: (state: DataView) => void): Uint8Array {
  const bytes = new Uint8Array(snapshot);
  const { state } = decodeSnapshot(bytes);
  change(new DataView(state.buffer, state.byteOffset, state.length));
  new DataView(bytes.buffer).setUint32(bytes.length - 4, crc32(bytes.subarray(0, -4)), true);
  return bytes;
}

async function taught(config: Partial<LearnerConfig>, samples = 200): Promise<Uint8Array> {
  const learner = await createLearner({ inputs: 3, labels: ['a', 'b'], exemplars: 8, units: [8], ...config } as LearnerConfig);
  for (let k = 0; k < samples; k++) learner.learn([Math.sin(k), (k % 2) * 3, -k / 300], k % 2 ? 'a' : 'b');
  return learner.save();
}

test('a forged step or range of codes is refused, with every width of codes, with and without a fixed scale', async () => {
  for (const memory of [{}, { exemplarBits: 4 }, { exemplarBits: 2 }, { exemplars: 0, prototypes: 2 }] as const) {
    for (const inputScale of [undefined, 1]) {
      const config = { ...memory, ...(inputScale === undefined ? {} : { inputScale }) } as Partial<LearnerConfig>;
      const good = await taught(config);
      await loadLearner(good);
      if ('prototypes' in memory && inputScale !== undefined) continue; // sums of prototypes have 32 bits, in both builds
      const { at } = arenaOf(decodeSnapshot(good).config).regions.find(({ kind }) => kind === 'memory')!;
      for (const [name, value] of [['step', 2047], ...(inputScale === undefined ? ([['step', 0], ['lowest code', 0], ['lowest code', -1663], ['lowest code', -1665]] as const) : [])] as const) {
        const bad = forged(good, (state) => state.setInt16(at + MEMORY_AT[name]!, value, true));
        await loadLearner(bad).then(() => assert.unreachable(`${JSON.stringify(config)} ${name} ${value}`), (error: Error) => assert.match(error.message, /no learner leaves such a state/));
      }
    }
  }
});

test('what a configuration takes, its snapshot takes: limits are those of the stored value', async () => {
  for (const inputScale of [1e30, -1e30, Math.fround(1e30), 1e-30, -1e-30, 9.9e29]) await loadLearner(await taught({ inputScale, exemplars: 0 }));
  for (const inputScale of [1.0000001e30, 9.9e-31]) await taught({ inputScale, exemplars: 0 }).then(() => assert.unreachable(), (error: Error) => assert.instance(error, RangeError));
  for (const [name, values] of Object.entries({ rate: [1 / 65536, 1], alpha: [0.25, 64, 0.2501], margin: [0, 1e-9, 0.5] })) for (const value of values) await loadLearner(await taught({ [name]: value }));
});

test('a loaded detector scores to the last digit as the one that was saved', async () => {
  for (const mode of ['streaming', 'commissioned'] as const) {
    for (const threshold of [0.1, 0.3, 1.1, 2.7, 16]) {
      const detector = await createDetector({ channels: 2, threshold, mode, rate: 0.013, warmup: 50 });
      for (let i = 0; i < 300; i++) detector.observe([Math.sin(i), Math.cos(1.1 * i)]);
      const again = await loadDetector(detector.save());
      for (let i = 0; i < 50; i++) assert.equal(again.observe([3 + i, 5]), detector.observe([3 + i, 5]));
    }
  }
});

test('small learners are as many as memory has room for; one that has none is refused by a name of its own', async () => {
  // in a process of its own: V8 has addresses for some 12,900 instances, and those of a configuration each share none; in a terabyte of addresses it refuses the 89th
  const script = `import { createLearner } from '${resolve('host/index.ts')}';
    const all = [];
    for (const [count, own] of [[13_000, () => ({})], [20_000, (k) => ({ rate: (k + 1) / 65536 })]]) {
      try { for (let k = 0; k < count; k++) all.push(await createLearner({ inputs: 2, labels: ['a', 'b'], units: [4], ...own(k) })); console.log('all fit'); }
      catch ({ name, code }) { console.log(name, code); }
    }`;
  const said = execFileSync('sh', ['-c', 'ulimit -v 1000000000 2>/dev/null || echo no limit; exec "$0" "$@"', process.execPath, '--import', 'tsx', '--input-type=module', '-e', script], { encoding: 'utf8', timeout: 240_000 }).trim();
  const limited = process.platform === 'linux' && !said.startsWith('no limit'); // other systems know no such limit, or take it and do not keep it
  assert.match(said, limited ? /^all fit\nLearnerError EMEMORY$/ : /^(no limit\n)?all fit\n(all fit|LearnerError EMEMORY)$/);
  // whatever this engine's limit is: its refusal is told by that name, and another fault is not
  const own = WebAssembly.Instance;
  const refusing = (error: Error) => void (WebAssembly.Instance = class { constructor() { throw error; } } as unknown as typeof own);
  try {
    refusing(new RangeError('WebAssembly.Instance(): Out of memory: Cannot allocate Wasm memory for new instance'));
    await createLearner({ inputs: 2, labels: ['a', 'b'] }).then(() => assert.unreachable(), (error: LearnerError) => assert.is(error.code, 'EMEMORY'));
    refusing(new TypeError('another'));
    await createLearner({ inputs: 2, labels: ['a', 'b'] }).then(() => assert.unreachable(), (error: Error) => assert.is(error.message, 'another'));
  } finally {
    WebAssembly.Instance = own;
  }
});

test('a request with a body is answered and hung up on: 300 MB are not taken', async () => {
  const server = createHttpServer(withoutBodies((_, response) => void response.writeHead(405).end('no\n')));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  for (const head of ['Content-Length: 314572800', 'Transfer-Encoding: chunked']) {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.on('error', () => {}); // what it writes to a closed connection
    let heard = '';
    socket.setEncoding('latin1').on('data', (text: string) => (heard += text));
    socket.write(`POST / HTTP/1.1\r\nHost: x\r\n${head}\r\n\r\n`);
    const chunk = Buffer.alloc(65536, head.startsWith('T') ? '' : 'x');
    const piece = head.startsWith('T') ? Buffer.concat([Buffer.from('10000\r\n'), chunk, Buffer.from('\r\n')]) : chunk;
    let sent = 0;
    const pour = (): void => {
      while (!socket.destroyed && sent < 300 * 2 ** 20) {
        sent += piece.length;
        if (!socket.write(piece)) return void socket.once('drain', pour);
      }
    };
    pour();
    await new Promise((resolve) => socket.once('close', resolve)); // `once` of node:events would reject at the broken pipe
    assert.match(heard, /^HTTP\/1\.1 405[^]*Connection: close/i);
    assert.ok(sent < 32 * 2 ** 20, `${sent} bytes were taken`);
  }
  server.close();
});

test.run();

const apart = suite('containers', needs('unshare', 'apt-get install util-linux'), needs('flock', 'apt-get install util-linux'), needs('root', 'run as root', process.getuid?.() === 0));

/** A process in a namespace of its own, where its number is 1 or so, that opens a store, says so, and ends when its input does. */
function opener(path: string) {
  const script = `import { FileStore } from '${resolve('host/stores/file.ts')}';
    const store = await FileStore.open('${path}').catch(({ code, message }) => { console.log(code, message); process.exit(); });
    console.log('open');
    process.stdin.on('end', async () => { await store.close(); process.exit(); }).resume();`;
  const child = spawn('unshare', ['--pid', '--fork', '--mount-proc', '--kill-child', process.execPath, '--import', 'tsx', '--input-type=module', '-e', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const said = once(child.stdout.setEncoding('utf8'), 'data').then(([text]) => (text as string).trim());
  return { child, said };
}

apart('two containers of one host name and one disk: one opens the store; killed, it holds nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'onward-containers-'));
  const path = join(folder, 'learner');
  const first = opener(path);
  assert.is(await first.said, 'open');
  const second = opener(path);
  assert.match(await second.said, /^ESTORE_LOCKED .*of another container has it open/);
  const died = once(first.child, 'exit');
  first.child.kill('SIGKILL');
  await died;
  const third = opener(path);
  assert.is(await third.said, 'open');
  third.child.stdin.end();
  await once(third.child, 'exit');
  rmSync(folder, { recursive: true });
});

apart('a service whose last save fails ends on SIGTERM all the same, says what is lost, and leaves nothing half written', async () => {
  const disk = mkdtempSync(join(tmpdir(), 'onward-disk-'));
  // its disk is full from the second second on
  const script = `mount -t tmpfs -o size=128k none ${disk} && (sleep 2; head -c 1000000 /dev/zero > ${disk}/full) 2>/dev/null & sleep 0.3; exec ${process.execPath} ${CLI} learn --source - --store ${disk}/store --labels a,b --save-seconds 0.5 --quiet; `;
  const child = spawn('unshare', ['--mount', 'sh', '-c', script], { stdio: ['pipe', 'pipe', 'pipe'] });
  let err = '';
  child.stdout.resume();
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const feed = setInterval(() => child.stdin.write('{"x":[1,2],"y":"a"}\n{"x":[2,1],"y":"b"}\n'), 50);
  while (!err.includes('not saved, learning goes on')) await new Promise((resolve) => setTimeout(resolve, 50));
  clearInterval(feed);
  child.stdin.write('{"x":[1,2],"y":"a"}\n');
  await new Promise((resolve) => setTimeout(resolve, 200));
  const began = performance.now();
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  assert.equal(await ended, [1, null], err);
  assert.ok(performance.now() - began < 2500);
  assert.match(err, /not saved: [\d,]+ of [\d,]+ samples learned are lost: .*no room/);
  rmSync(disk, { recursive: true, force: true });
});

apart.before(buildCli);
apart.run();
