import { readFileSync, writeFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { loadLearner, type Learner } from '../host/index.js';
import { isProject } from '../host/project.js';
import { FileStore } from '../host/stores/file.js';
import { UsageError, type Arguments, type Command } from './arguments.js';
import { openModel, type Model } from './model.js';
import { count, jsonLine, plain, table } from './terminal.js';

export const labels: Command = {
  name: 'labels',
  operands: 'MODEL',
  about: `The labels of a model: lists them, renames, merges or forgets them.
MODEL is a snapshot, the file of eval --save, or a store that nothing has open: the folder of onward learn, or the path that a program gave to FileStore.open. What else was learned stays.`,
  options: {
    rename: { value: 'OLD=NEW,..', help: 'calls a label something else' },
    merge: { value: 'FROM=INTO,..', help: 'samples of FROM are INTO from now on; the answer follows as more are learned' },
    forget: { value: 'NAME,..', help: 'gives a label and its past samples up' },
    json: { help: 'one JSON object instead of the table' },
  },
  notes: ['Renamed first, then merged, then forgotten. A store gets a new generation; the one before it stays until the next save.', '', 'Example:', '  onward labels pump --rename ok=idle --forget test'],

  async run(args) {
    const path = args.operand('MODEL');
    if (!['rename', 'merge', 'forget'].some((name) => args.has(name))) return list(path, await openModel(path, 'labels'), args);
    const change = changesOf(args);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat?.isFile()) await changeStore(path, stat ? join(path, 'learner') : path, change);
    else if (isProject(readFileSync(path))) throw new Error(`${path} is a project of the page, whose samples have labels, too: change them there, or save the network alone`);
    else {
      const { learner } = await openModel(path, 'labels');
      change(learner);
      writeFileSync(`${path}.tmp`, learner.save());
      renameSync(`${path}.tmp`, path);
    }
    await list(path, await openModel(path, 'labels'), args);
  },
};

/** @param files as `FileStore.open` takes it */
async function changeStore(path: string, files: string, change: (learner: Learner) => void): Promise<void> {
  await openModel(path, 'labels'); // says what is wrong with another folder before a lock is put into it
  const store = await FileStore.open(files);
  try {
    const restored = await store.load();
    if (restored === undefined) throw new Error(`${path} holds no learner: labels are changed in stores of onward learn and Node-RED`);
    const learner = await loadLearner(restored.snapshot);
    change(learner);
    await store.save(learner.save());
  } finally {
    await store.close();
  }
}

/** The changes that the options ask for; nothing is kept unless all of them can be done. */
function changesOf(args: Arguments): (learner: Learner) => void {
  const pairs = (name: string): (readonly [string, string])[] => (args.text(name)?.split(',') ?? []).map((pair) => {
    const [from, to, ...more] = pair.split('=');
    if (!from || !to || more.length > 0) throw new UsageError(`--${name} must be OLD=NEW with commas between pairs, got ${pair}`);
    return [from, to] as const;
  });
  const [renamed, merged, forgotten] = [pairs('rename'), pairs('merge'), args.text('forget')?.split(',') ?? []];
  return (learner) => {
    for (const [from, to] of renamed) learner.renameLabel(from, to);
    for (const [from, into] of merged) learner.mergeLabels(from, into);
    for (const label of forgotten) learner.forgetLabel(label);
  };
}

async function list(path: string, { learner, generation }: Model, args: Arguments): Promise<void> {
  const { labels: names, config } = learner;
  if (args.has('json')) process.stdout.write(`${jsonLine({ model: path, ...(generation === undefined ? {} : { generation }), labels: names, room: config.labelCapacity })}\n`);
  else process.stdout.write(`${table([...names.map((name, i) => [plain(name), String(i), '']), ['room for', count(config.labelCapacity - names.length), 'more']])}\n`);
  learner.dispose();
}
