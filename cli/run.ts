import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLearner, type LearnerConfig } from '../host/index.js';
import type { Sample } from '../host/sources/sample.js';
import { UsageError, type Arguments, type Command } from './arguments.js';
import { CONTENDERS, Contest, type Contender } from './contest.js';
import { figures } from './figures.js';
import { FREEZE_SPEED, WINDOW, fanWindows, type FanWindow } from './fan.js';
import { CSV_OPTIONS, checkWritable, openTable, tellUnits, tellWarnings, titleOf } from './files.js';
import { frame, plainLine, type Scene } from './frame.js';
import { LEARNER_OPTIONS, MEMORY_OPTIONS, learnerConfig } from './learner-options.js';
import { noteText, tableShape } from './model-note.js';
import { reportPage } from './report.js';
import { Screen, count, grid, jsonText, percent, table } from './terminal.js';

/** Pictures in a run, and points in the report. */
const FRAMES = 300;
/** Pause after each picture on a terminal, so that a run of one second can be watched: about 8 s in all. */
const FRAME_MS = 25;

export const run: Command = {
  name: 'run',
  operands: '[FILE]',
  about: `Watch a network learn: the shipped recording of a fan that speeds up, or any CSV file.
Each sample is predicted before it is learned. Beside it: a copy that stops learning on the way (the fan: above 60 % speed, a
file: at half), a copy of which only the standardiser goes on adapting, and repeating the last label.`,
  options: {
    ...CSV_OPTIONS,
    ...LEARNER_OPTIONS,
    ...MEMORY_OPTIONS,
    'label-every': { value: 'K', help: 'only every K-th label is given to the learner; all are scored (default 1)' },
    report: { value: 'FILE', help: 'where the report goes, one HTML page (default onward-report.html)' },
    'no-report': { help: 'no report' },
    save: { value: 'FILE', help: 'write a snapshot of the learner at the end' },
    fast: { help: 'on a terminal: do not slow down to be watched' },
    quiet: { help: 'no drawing: the table at the end only' },
    json: { help: 'one JSON object, no drawing, and a report only with --report' },
  },
  notes: ['Accuracies in the JSON are fractions from 0 to 1. NO_COLOR is honoured.'],

  async run(args) {
    if (args.has('report') && args.has('no-report')) throw new UsageError('give --report or --no-report, not both');
    const json = args.has('json');
    const save = checkWritable('save', args);
    const report = args.text('report') ?? 'onward-report.html';
    const wanted = !args.has('no-report') && (!json || args.has('report'));
    if (wanted) checkWritable('report', args, report);
    const play = args.operands.length > 0 ? await playFile(args) : await playFan(args);
    const { scene, contest, samples } = play;

    const start = performance.now();
    const paused = await watch(scene, contest, samples, args);
    const seconds = (performance.now() - start - paused) / 1000;

    const { learner } = contest;
    if (save !== undefined) writeFileSync(save, learner.save());
    const result = { ...figures(learner, contest.whole.learning), testAccuracy: null, seconds, ...play.outcome(contest), config: learner.config };

    if (wanted) writeFileSync(report, reportPage(scene, contest, result));
    if (json) process.stdout.write(`${jsonText(result)}\n`);
    else process.stdout.write(`${closing(scene, contest, result)}\n${wanted ? `\nreport: ${report}\n` : ''}`);
    learner.dispose();
  },
};

interface Play {
  scene: Scene;
  contest: Contest;
  samples: AsyncIterable<Sample> | Iterable<Sample>;
  /** Figures of the JSON beyond those of `eval`. */
  outcome(contest: Contest): object;
}

async function playFan(args: Arguments): Promise<Play> {
  for (const name of Object.keys(CSV_OPTIONS)) if (args.has(name)) throw new UsageError(`--${name} needs a FILE`);
  const config = learnerConfig(args);
  const { labels, windows } = await fanWindows(config.seed ?? 1);
  const contest = await prepare(args, { ...config, window: WINDOW, labels }, {
    total: windows.length,
    freeze: (sample) => (sample as FanWindow).group > FREEZE_SPEED,
    group: (sample) => String((sample as FanWindow).group),
  });
  return {
    contest,
    samples: windows,
    scene: {
      title: 'A fan speeds up: which of three ways are its weights placed?',
      subtitle: `1-second windows, ${shape(contest)}; predicted, then learned`,
      total: windows.length,
      unit: 'windows',
      stretch: `above ${FREEZE_SPEED} %`,
      names: { learning: 'learning', standardiser: 'standardiser only', frozen: `frozen at ${FREEZE_SPEED} %`, repeat: 'repeat the last label' },
      groups: { name: 'speed', unit: ' %' },
    },
    outcome: (c) => ({
      frozen: c.after.frozen.accuracy,
      standardiserOnly: c.after.standardiser.accuracy,
      above60: sinceFreeze(c),
      perSpeed: [...c.groups].map(([speed, group]) => ({
        speed: Number(speed),
        samples: group.samples,
        accuracy: group.accuracy('learning'),
        frozen: group.accuracy('frozen') ?? null,
        standardiserOnly: group.accuracy('standardiser') ?? null,
        persistence: group.accuracy('repeat'),
      })),
    }),
  };
}

async function playFile(args: Arguments): Promise<Play> {
  const path = args.operand('FILE');
  const config = learnerConfig(args);
  const file = await openTable(path, args);
  tellWarnings(path, file, args);
  const half = Math.floor(file.rows / 2);
  const contest = await prepare(args, { ...config, inputs: file.inputs, labels: file.labels }, { total: file.rows, freeze: (_, n) => n > half });
  tellUnits(contest.learner, args);
  contest.learner.note = noteText(tableShape(file));
  return {
    contest,
    samples: file,
    scene: {
      title: titleOf(path).split(/[/\\]/).at(-1)!,
      subtitle: `${file.inputs} inputs, ${file.labels.length} labels in column ${JSON.stringify(file.labelName)}, ${shape(contest)}; predicted, then learned`,
      total: file.rows,
      unit: 'rows',
      stretch: 'second half',
      names: { learning: 'learning', standardiser: 'standardiser only', frozen: 'frozen at half', repeat: 'repeat the last label' },
    },
    outcome: (c) => ({ file: path, label: file.labelName, frozen: c.after.frozen.accuracy, standardiserOnly: c.after.standardiser.accuracy, secondHalf: sinceFreeze(c), warnings: file.warnings }),
  };
}

async function prepare(
  args: Arguments,
  config: LearnerConfig,
  { total, freeze, group }: { total: number; freeze: (sample: Sample, n: number) => boolean; group?: (sample: Sample) => string },
): Promise<Contest> {
  const labelEvery = args.whole('label-every', 1, 1e9) ?? 1;
  const stride = Math.max(1, Math.ceil(total / FRAMES));
  return new Contest(await createLearner(config), { freeze, stride, labelEvery, ...(group ? { group } : {}) });
}

function sinceFreeze({ after }: Contest) {
  return {
    samples: after.learning.samples,
    accuracy: after.learning.accuracy,
    frozen: after.frozen.accuracy,
    standardiserOnly: after.standardiser.accuracy,
    persistence: after.repeat.accuracy,
  };
}

function shape({ learner }: Contest): string {
  const { units, bits } = learner.config;
  return `${units.join('-')} units, ${bits}-bit weights, ${count(learner.stats().bytes.arena)} B`;
}

/** Plays it all, drawing on the way. Gives the milliseconds that were spent waiting to be watched. */
async function watch(scene: Scene, contest: Contest, samples: Play['samples'], args: Arguments): Promise<number> {
  const screen = new Screen();
  const silent = args.has('quiet') || args.has('json');
  const restore = () => {
    screen.end();
    process.exit(130);
  };
  process.once('SIGINT', restore);
  let paused = 0;
  let points = 0;
  let tenths = 0;
  let place = '';
  try {
    for await (const now of contest.play(samples)) {
      if (silent) continue;
      if (screen.live) {
        if (now.history.length === points) continue;
        points = now.history.length;
        screen.draw(frame(scene, now));
        if (args.has('fast')) continue;
        const since = performance.now();
        await sleep(FRAME_MS);
        paused += performance.now() - since;
      } else {
        // A line at the end of every group, or at every tenth of the stream.
        const passed = Math.floor((10 * now.n) / scene.total);
        const due = scene.groups ? now.place !== place && place !== '' : passed > tenths;
        if (due) process.stdout.write(`${plainLine(scene, now, place)}\n`);
        tenths = passed;
        place = now.place;
      }
    }
    if (screen.live && !silent) screen.draw(frame(scene, contest));
    else if (!silent && place !== '') process.stdout.write(`${plainLine(scene, contest, place)}\n`);
  } finally {
    screen.end();
    process.off('SIGINT', restore);
  }
  return paused;
}

/** The table at the end. */
function closing(scene: Scene, contest: Contest, result: ReturnType<typeof figures> & { seconds: number }): string {
  const { whole, after, groups, frozenAt } = contest;
  const both = (name: Contender) => [name === 'learning' || name === 'repeat' ? percent(whole[name].accuracy) : '-', percent(frozenAt ? after[name].accuracy : undefined)];
  const perGroup = scene.groups
    ? ['', grid([[scene.groups.name, ...CONTENDERS.map((name) => scene.names[name])], ...[...groups].map(([place, group]) => [`${place}${scene.groups!.unit}`, ...CONTENDERS.map((name) => percent(group.accuracy(name)))])])]
    : [];
  return [
    ...perGroup,
    '',
    grid([['accuracy', 'all', scene.stretch], ...CONTENDERS.map((name) => [scene.names[name], ...both(name)])]),
    '',
    table([
      ['samples', count(result.samples), `${result.labels} labels, balanced accuracy ${percent(result.balancedAccuracy)}, kappa ${result.kappa.toFixed(3)}, temporal ${result.kappaTemporal.toFixed(3)}`],
      ['arena', `${count(result.arenaBytes)} B`, 'everything that is learned or remembered'],
      ['layer updates', count(result.updates), `${count(result.saturations)} weights are at their limit now`],
      ['time', `${result.seconds.toFixed(2)} s`, 'the learner, its two copies and the report\'s figures'],
    ]),
  ].join('\n');
}
