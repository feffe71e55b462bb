/** `onward export`: a learner, a detector or a regressor as C sources for a firmware project. */
import { exportDetector, exportLearner, exportRegressor, type Exported, type Named } from '../firmware-sim/export.js';
import { detectorTargets, exportTargets, type DetectorTarget, type ExportTarget } from '../firmware-sim/export-formats.js';
import { whyNoModule } from '../firmware-sim/python-names.js';
import { STORE_STEP } from '../firmware-sim/boards.js';
import { exportListOf } from '../firmware-sim/export-folder.js';
import { learners } from '../firmware-sim/learners.js';
import { decodeDetector, isDetector } from '../host/detector/snapshot.js';
import { decodeRegressor, isRegressor } from '../host/regressor/snapshot.js';
import { decodeSnapshot } from '../host/snapshot.js';
import { plain } from './terminal.js';
import { UsageError, section, type Command } from './arguments.js';
import { readModel } from './model.js';
import { aheadOf, noteOf, withUnits } from './model-note.js';
import { refuseTooLarge, tooSmallOfEspressif } from './plan.js';
import { SHAPE_OPTIONS, shapeGiven, shapedLearner } from './shape-options.js';

/** Half of the flash is left to the program. */
const PLACES = 4;

export const exportFirmware: Command = {
  name: 'export',
  operands: 'OUTDIR [MODEL]',
  about: `Write a learner as C: a folder with the functions that predict, learn, save and load (with exemplars sleep, too), a README and an example
that learns from lines of text; \`make -C OUTDIR simulate\` shows it learn. Of a detector (observe, score) and of a regressor (predict, learn): with an example for any machine with a C compiler;
a detector also as a library, component, module or pack beside a learner's (platformio, esp-idf, zephyr, cmsis), and as a class (micropython).
MODEL is a snapshot, the file of eval --save or detect --save, or the folder of a store. Without one: a fresh learner of the options below,
or without these for the fan recording (windows of 50 readings of 3 axes, 3 labels).
OUTDIR is new, empty, or an earlier export: then its files are replaced, those of the example that you edited stay as they are, and nothing else is touched.`,
  options: {
    board: { value: 'NAME', help: `the package that it is, with an example: ${exportTargets.join(', ')} (default generic)` },
    as: { value: 'NAME', help: 'what its functions and constants are called after (default onward, or what OUTDIR has): several models in one program, each in a folder of its own' },
    place: { value: 'N', help: `of a Pico's store: ${STORE_STEP / 1024} kB of flash each, counted from its end, 0 to ${PLACES - 1} (default 0, or what OUTDIR has); each learner with a store in one firmware needs its own, and an update the same` },
    fresh: { help: 'the shape of MODEL only, nothing learned' },
    ...section('A learner without MODEL', SHAPE_OPTIONS),
  },

  async run(args) {
    const target = (args.text('board') ?? 'generic') as ExportTarget;
    if (!exportTargets.includes(target)) throw new UsageError(`--board must be ${exportTargets.join(', ')}, got ${target}`);
    const folder = args.operand('OUTDIR');
    const path = args.operands[1];
    if (args.has('fresh') && path === undefined) throw new UsageError('--fresh needs a MODEL');
    const given = shapeGiven(args);
    if (path !== undefined && given.length > 0) throw new UsageError(`--${given[0]} is for a learner without MODEL: ${path} has its own`);
    const earlier = exportListOf(folder);
    const name = args.text('as') ?? earlier?.name ?? 'onward';
    if (!/^[a-z][a-z0-9_]{0,30}$/.test(name) || name === 'core') throw new UsageError(`--as must be a name in C of small letters, digits and _, and not core; got ${name}`);
    const taken = target === 'micropython' ? whyNoModule(name) : undefined;
    if (taken !== undefined) throw new UsageError(`--as ${name}: ${taken}; choose another name`);
    const place = args.whole('place', 0, PLACES - 1) ?? (target === 'pico' ? earlier?.place : undefined) ?? 0;
    if (args.has('place') && target !== 'pico') throw new UsageError('--place is for the store of --board pico: no other example has one');
    const bytes = path === undefined ? undefined : (await readModel(path, 'export')).bytes;
    const { files, kept } = bytes !== undefined && isDetector(bytes) ? await ofDetector(bytes) : bytes !== undefined && isRegressor(bytes) ? await ofRegressor(bytes) : ofLearner();
    process.stdout.write(`${plain(folder)}: ${files.join(', ')}\n`);
    if (kept.length > 0) process.stderr.write(`onward: ${kept.join(', ')} ${kept.length > 1 ? 'were' : 'was'} edited and left as it is\n`);

    async function ofDetector(snapshot: Uint8Array): Promise<Exported> {
      if (!isForDetectors(target)) throw new UsageError(`--board ${target}: of a detector ${detectorTargets.join(', ')}; the files of generic but main.c and Makefile fit any board`);
      const { config, state, note } = decodeDetector(snapshot);
      return exportDetector(folder, config, args.has('fresh') ? undefined : state, name, named(note, config.channels), target);
    }

    async function ofRegressor(snapshot: Uint8Array): Promise<Exported> {
      if (target !== 'generic') throw new UsageError(`--board ${target}: the example of a regressor is generic; its files but main.c and Makefile fit any board`);
      const { config, state, note } = decodeRegressor(snapshot);
      return exportRegressor(folder, config, aheadOf(noteOf(note), config), args.has('fresh') ? undefined : state, name, named(note, config.inputs));
    }

    function ofLearner(): Exported {
      const { config, state, note } = bytes === undefined ? { config: given.length > 0 ? shapedLearner(args) : learners.fan, state: undefined, note: '' } : decodeSnapshot(bytes);
      refuseTooLarge(config, target);
      const tooSmall = target === 'esp-idf' ? tooSmallOfEspressif(config) : null;
      if (tooSmall !== null) process.stderr.write(`onward: ${tooSmall}\n`);
      return exportLearner(target, folder, config, args.has('fresh') ? undefined : state, name, named(note, config.window?.axes ?? config.inputs), place);
    }
  },
};

const isForDetectors = (target: ExportTarget): target is DetectorTarget => (detectorTargets as readonly ExportTarget[]).includes(target);

/** The names of the values, where the model knows one for each. */
function named(note: string, values: number): Named {
  const { progress: _, ...known } = noteOf(note);
  const fields = withUnits(known);
  return { ...(fields.length === values ? { fields } : {}), note: Object.keys(known).length > 0 ? JSON.stringify(known) : '' };
}
