/** `onward export`: a learner as C sources for a firmware project. */
import { exportLearner, exportTargets, type ExportTarget } from '../firmware-sim/export.js';
import { learners } from '../firmware-sim/learners.js';
import { decodeSnapshot } from '../host/snapshot.js';
import { UsageError, type Command } from './arguments.js';
import { readModel } from './model.js';

export const exportFirmware: Command = {
  name: 'export',
  operands: 'OUTDIR [MODEL]',
  about: `Write a learner as C: a folder with the functions that predict, learn, save and load (with exemplars sleep, too), a README and an example.
MODEL is a snapshot, the file of eval --save, or the folder of a store; without: a fresh learner for the fan recording (windows of 50 readings of 3 axes, 3 labels).`,
  options: {
    board: { value: 'NAME', help: `which example comes with it: ${exportTargets.join(', ')} (default generic)` },
    fresh: { help: 'the shape of MODEL only, nothing learned' },
  },

  async run(args) {
    const target = (args.text('board') ?? 'generic') as ExportTarget;
    if (!exportTargets.includes(target)) throw new UsageError(`--board must be ${exportTargets.join(', ')}, got ${target}`);
    const folder = args.operand('OUTDIR');
    const path = args.operands[1];
    if (args.has('fresh') && path === undefined) throw new UsageError('--fresh needs a MODEL');
    const { config, state } = path === undefined ? { config: learners.fan, state: undefined } : decodeSnapshot((await readModel(path)).bytes);
    const files = exportLearner(target, folder, config, args.has('fresh') ? undefined : state);
    process.stdout.write(`${folder}: ${files.join(', ')}\n`);
  },
};
