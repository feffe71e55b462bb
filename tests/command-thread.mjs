// A thread that runs commands one after the other, each until nothing is left that it waits for, as a process would. What they share is loaded once.

import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

let said = { stdout: [], stderr: [] };
let count = 0;
/** Lines that it may still print before it is told to end. */
let left = Infinity;
/** Of the command that runs. */
let timers = [];

const end = () => process.emit('SIGTERM', 'SIGTERM');
/** Of what should have printed so many lines by then. */
const LATE_MS = 30_000;

const begin = globalThis.setTimeout;
globalThis.setTimeout = (...given) => {
  const timer = begin(...given);
  timers.push(timer);
  return timer;
};

for (const name of ['stdout', 'stderr']) {
  process[name].write = (chunk, ...more) => {
    const bytes = Buffer.from(chunk);
    said[name].push(bytes);
    if (name === 'stdout' && left > 0) {
      left -= bytes.toString().split('\n').length - 1;
      if (left <= 0) setImmediate(end);
    }
    const done = more.at(-1);
    if (typeof done === 'function') process.nextTick(done);
    return true;
  };
}

function tell(code, gone) {
  const [out, err] = ['stdout', 'stderr'].map((name) => Buffer.concat(said[name]).toString());
  parentPort.postMessage({ code, out, err, gone });
}

/** Standard input that has these bytes, in pieces as a pipe has them. */
function inputOf(bytes) {
  const stream = new Readable({ read() {} });
  for (let at = 0; at < bytes.length; at += 65536) stream.push(bytes.subarray(at, at + 65536));
  stream.push(null);
  return stream;
}

parentPort.on('message', ({ args, input, lines }) => {
  left = lines ?? Infinity;
  said = { stdout: [], stderr: [] };
  // nothing of the command before it, such as the end that it would have come to
  for (const timer of timers) clearTimeout(timer);
  timers = [];
  process.exitCode = undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(signal);
  for (const stream of [process.stdout, process.stderr]) stream.removeAllListeners('error');
  process.argv = [process.argv[0], workerData, ...args];
  Object.defineProperty(process, 'stdin', { value: inputOf(Buffer.from(input)), configurable: true });
  parentPort.unref();
  void import(`${pathToFileURL(workerData)}?${count++}`);
});

process.on('beforeExit', (code) => {
  parentPort.ref();
  tell(code, false);
});
process.on('exit', (code) => tell(code, true)); // a command that ends by itself takes the thread with it
