/** `onward export`: a learner or a detector as C sources for a firmware project. */
import { exportDetector, exportLearner, exportTargets, type ExportTarget } from '../firmware-sim/export.js';
import { learners } from '../firmware-sim/learners.js';
import { decodeDetector, isDetector } from '../host/detector/snapshot.js';
import { decodeSnapshot } from '../host/snapshot.js';
import { UsageError, type Command } from './arguments.js';
import { readModel } from './model.js';

export const exportFirmware: Command = {
  name: 'export',
  operands: 'OUTDIR [MODEL]',
  about: `Write a learner as C: a folder with the functions that predict, learn, save and load (with exemplars sleep, too), a README and an example.
Of a detector: observe, score, save and load, with an example for any machine with a C compiler.
MODEL is a snapshot, the file of eval --save or detect --save, or the folder of a store; without: a fresh learner for the fan recording (windows of 50 readings of 3 axes, 3 labels).`,
  options: {
    board: { value: 'NAME', help: `which example comes with it: ${exportTargets.join(', ')} (default generic)` },
    as: { value: 'NAME', help: 'what its functions and constants are called after (default onward): several learners and detectors in one program, each in a folder of its own' },
    fresh: { help: 'the shape of MODEL only, nothing learned' },
  },

  async run(args) {
    const target = (args.text('board') ?? 'generic') as ExportTarget;
    if (!exportTargets.includes(target)) throw new UsageError(`--board must be ${exportTargets.join(', ')}, got ${target}`);
    const folder = args.operand('OUTDIR');
    const path = args.operands[1];
    if (args.has('fresh') && path === undefined) throw new UsageError('--fresh needs a MODEL');
    const name = args.text('as') ?? 'onward';
    if (!/^[a-z][a-z0-9_]{0,30}$/.test(name) || name === 'core') throw new UsageError(`--as must be a name in C of small letters, digits and _, and not core; got ${name}`);
    const bytes = path === undefined ? undefined : (await readModel(path)).bytes;
    const files = bytes !== undefined && isDetector(bytes) ? await ofDetector(bytes) : ofLearner();
    process.stdout.write(`${folder}: ${files.join(', ')}\n`);

    async function ofDetector(snapshot: Uint8Array): Promise<string[]> {
      if (target !== 'generic') throw new UsageError(`--board ${target}: the example of a detector is generic; its files but main.c and Makefile fit any board`);
      const { config, state } = decodeDetector(snapshot);
      return exportDetector(folder, config, args.has('fresh') ? undefined : state, name);
    }

    function ofLearner(): string[] {
      const { config, state } = bytes === undefined ? { config: learners.fan, state: undefined } : decodeSnapshot(bytes);
      return exportLearner(target, folder, config, args.has('fresh') ? undefined : state, name);
    }
  },
};
