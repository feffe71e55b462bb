/** Runs an experiment to its end, or until it is told to stop: seeds one after the other, a checkpoint every half minute and on stopping. */
import { createHash } from 'node:crypto';
import { machine } from '../../machine.js';
import { readCheckpoint, removeCheckpoint, writeCheckpoint, type Position } from './checkpoint.js';
import type { Experiment, Run } from './experiment.js';
import { duration, meansOf, type Result, type SeedResult } from './results.js';

export interface Conduct {
  quick: boolean;
  /** Where checkpoints live. */
  folder: string;
  /** Asked after every step. */
  stopped(): boolean;
  say(line: string): void;
  /** Called with what there is whenever a seed is done, and when a run goes on that had some: a stopped run has a result too. */
  seedDone?(result: Result): void;
  /** Called with a short line after every step, for a terminal that can show it in place. */
  progress?(line: string): void;
}

const CHECKPOINT_SECONDS = 30;
const SAY_SECONDS = 30;

/** The result; undefined when it was stopped: call again and it goes on. */
export async function conduct(name: string, experiment: Experiment, { quick, folder, stopped, say, seedDone, progress }: Conduct): Promise<Result | undefined> {
  const path = `${folder}${name}${quick ? '.quick' : ''}.checkpoint`;
  const seeds = quick ? 1 : experiment.seeds;
  let checkpoint = readCheckpoint(path);
  let run = await experiment.start({ seed: 1, quick });
  const settings = JSON.stringify(run.settings);
  const { summary, settings: settingsObject } = run;
  if (checkpoint && checkpoint.position.settings !== settings) {
    say(`the checkpoint has other settings: it starts anew`);
    checkpoint = undefined;
  }
  const fresh = (seed: number, finished: SeedResult[]): Position => ({ settings, finished, seed, steps: 0, afterPass: [], seconds: 0, cpuSeconds: 0 });
  let position = checkpoint?.position ?? fresh(1, []);
  if (checkpoint) {
    run.dispose();
    run = await experiment.start({ seed: position.seed, quick, saved: checkpoint.learned });
    say(`goes on with seed ${position.seed}, after ${position.steps} of ${run.steps} steps`);
  }
  const { title, place, figures } = experiment;
  const resultOf = (finished: SeedResult[]): Result => ({ name, title, place, machine: machine(), summary, settings: settingsObject, figures, means: meansOf(finished), seeds: finished });
  if (position.finished.length > 0) seedDone?.(resultOf(position.finished));
  const pace = new Pace(position, run, seeds);
  for (;;) {
    if (!(await advance(run, position))) {
      writeCheckpoint(path, position, run.save());
      run.dispose();
      say(`stopped after ${position.steps} of ${run.steps} steps of seed ${position.seed}; the same command goes on from there`);
      return undefined;
    }
    const { seed, afterPass, seconds, cpuSeconds } = position;
    const learned = createHash('sha256').update(run.save()).digest('hex');
    const finished = [...position.finished, { seed, figures: afterPass.at(-1)!, afterPass, seconds, cpuSeconds, learned }];
    if (seed === seeds) {
      const background = run.background?.();
      run.dispose();
      removeCheckpoint(path);
      return { ...resultOf(finished), ...(background && { background }) };
    }
    seedDone?.(resultOf(finished));
    run.dispose();
    position = fresh(seed + 1, finished);
    run = await experiment.start({ seed: seed + 1, quick });
  }

  /** To the end of the seed (true) or to a stop (false). */
  async function advance(run: Run, position: Position): Promise<boolean> {
    let clock = performance.now();
    let cpu = process.cpuUsage();
    let written = clock;
    let said = clock;
    const count = (): void => {
      position.seconds += (performance.now() - clock) / 1000;
      const { user, system } = process.cpuUsage(cpu);
      position.cpuSeconds += (user + system) / 1e6;
      clock = performance.now();
      cpu = process.cpuUsage();
    };
    while (position.steps < run.steps) {
      await new Promise(setImmediate); // signals are heard here only
      if (stopped()) return false;
      run.step(position.steps++);
      const measured = position.steps % run.stepsPerPass === 0 || position.steps === run.steps;
      if (measured) position.afterPass.push(run.measure());
      count();
      const line = `${name}${quick ? ' --quick' : ''}, seed ${position.seed} of ${seeds}: ${pace.line(position)}`;
      progress?.(line);
      if (measured || clock - said > SAY_SECONDS * 1000) {
        say(line);
        said = clock;
      }
      if (clock - written > CHECKPOINT_SECONDS * 1000) {
        writeCheckpoint(path, position, run.save());
        written = clock;
      }
    }
    return true;
  }
}

/** What is done, what it came to, and how long the rest will take at the pace of this process. */
class Pace {
  readonly #start = performance.now();
  readonly #before: number;

  constructor(
    position: Position,
    private readonly run: Run,
    private readonly seeds: number,
  ) {
    this.#before = this.#done(position);
  }

  #done({ seed, steps }: Position): number {
    return (seed - 1) * this.run.steps + steps;
  }

  line(position: Position): string {
    const { steps, stepsPerPass } = this.run;
    const gone = (performance.now() - this.#start) / 1000;
    const done = this.#done(position);
    const left = (gone / (done - this.#before)) * (this.seeds * steps - done);
    const measured = position.afterPass.at(-1);
    const [figure] = Object.entries(measured ?? {});
    const pass = (position.steps / stepsPerPass).toFixed(1);
    return `pass ${pass} of ${(steps / stepsPerPass).toFixed(0)}${figure ? `, ${figure[0]} ${figure[1].toFixed(2)}` : ''}, ${duration(position.seconds)} gone, ${duration(left)} left`;
  }
}
