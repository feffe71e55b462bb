/**
 * A batch of 1,000 small learners, worked on by one worker thread and by two: each has its share of the learners, all read the samples from one shared memory. The two take turns, and so
 * does a task that only counts: on a machine with other work it says what two threads could have won at that moment. Both leave the same bytes.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { Worker } from 'node:worker_threads';
import { generator } from '../../tests/random.js';

const LEARNERS = 1000;
const ROWS = 64;
const config = { inputs: 16, units: [32, 32], labels: ['0', '1', '2', '3'], margin: 0 };

class Team {
  readonly #workers: readonly Worker[];

  constructor(workers: number, rows: Float32Array, labels: Uint8Array) {
    const library = new URL('../../dist/index.js', import.meta.url).href;
    this.#workers = Array.from({ length: workers }, (_, share) => new Worker(new URL('./batch.mjs', import.meta.url), { workerData: { library, config, learners: LEARNERS, share, workers, rows, labels }, execArgv: [] }));
  }

  /** What each worker says next. */
  heard(): Promise<unknown[]> {
    return Promise.all(this.#workers.map(async (worker) => ((await once(worker, 'message')) as [unknown])[0]));
  }

  /** A job, from the message to the last answer: milliseconds by the clock, and of the processor. */
  async timed(job: 'learn' | 'count', amount: number): Promise<{ clock: number; processor: number }> {
    const [start, before] = [performance.now(), process.cpuUsage()];
    const answers = this.heard();
    for (const worker of this.#workers) worker.postMessage([job, amount]);
    await answers;
    const { user, system } = process.cpuUsage(before);
    return { clock: performance.now() - start, processor: (user + system) / 1000 };
  }

  /** Of everything learned, learner by learner, whoever had it. */
  async digest(): Promise<string> {
    const answers = this.heard();
    for (const worker of this.#workers) worker.postMessage(['save']);
    const shares = (await answers) as Uint8Array[][];
    const hash = createHash('sha256');
    for (let k = 0; k < LEARNERS; k++) hash.update(shares[k % shares.length]![Math.floor(k / shares.length)]!);
    return hash.digest('hex');
  }

  async end(): Promise<void> {
    for (const worker of this.#workers) await worker.terminate();
  }
}

export async function sharedBatch(quick: boolean) {
  const random = generator(7);
  const rows = new Float32Array(new SharedArrayBuffer(4 * ROWS * config.inputs));
  const labels = new Uint8Array(new SharedArrayBuffer(ROWS));
  for (let i = 0; i < rows.length; i++) rows[i] = random() * 4 - 2;
  for (let r = 0; r < ROWS; r++) labels[r] = r % config.labels.length;

  const loadBefore = Number(loadavg()[0]!.toFixed(1));
  const teams = [1, 2].map((workers) => ({ workers, team: new Team(workers, rows, labels), learn: [] as { clock: number; processor: number }[], count: [] as { clock: number }[] }));
  await Promise.all(teams.map(({ team }) => team.heard()));
  const steps = quick ? 5 : 20;
  for (const { team } of teams) await team.timed('learn', 20); // compiled
  for (let round = 0; round < (quick ? 7 : 31); round++) {
    for (const { team, learn } of teams) learn.push(await team.timed('learn', steps));
    for (const { team, count } of teams) count.push(await team.timed('count', 4e7));
  }
  const digests = await Promise.all(teams.map(({ team }) => team.digest()));
  if (digests[0] !== digests[1]) throw new Error('two workers have learned other bytes than one');
  await Promise.all(teams.map(({ team }) => team.end()));

  const [one, two] = teams.map(({ learn, count }) => ({ clock: median(learn.map(({ clock }) => clock)), processor: median(learn.map(({ processor }) => processor)), count: median(count.map(({ clock }) => clock)) }));
  const each = (milliseconds: number): number => Number(((1000 * milliseconds) / (LEARNERS * steps)).toPrecision(4));
  const times = (a: number, b: number): number => Number((a / b).toFixed(2));
  return {
    learners: LEARNERS,
    shape: '16-32-32-4',
    rounds: teams[0]!.learn.length,
    loadBefore,
    /** Microseconds a learned sample. */
    oneWorker: each(one!.clock),
    twoWorkers: each(two!.clock),
    faster: times(one!.clock, two!.clock),
    /** How many times faster two threads count. */
    countingFaster: times(one!.count, two!.count),
    /** Of the processor, all threads together: two over one. */
    processorTimes: times(two!.processor, one!.processor),
    sameBytes: true,
  };
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1]!;
}
