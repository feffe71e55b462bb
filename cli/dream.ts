import { dreamsOf, type Dream } from '../host/dream/chain.js';
import { knowledgeOf, usualValues, whyUnknown, type Knowledge } from '../host/dream/knowledge.js';
import { UsageError, type Arguments, type Command } from './arguments.js';
import { DreamTable } from './dream-table.js';
import { drawGrid, drawTable, drawWindow, type Shades } from './drawing.js';
import { checkWritable } from './files.js';
import { familiarFigure } from './learner-options.js';
import { damageOf, openModel, type Model } from './model.js';
import { withUnits } from './model-note.js';
import { Outlet } from './outlet.js';
import { count as countText, counted, jsonLine, paint, percent, plain } from './terminal.js';

/** Sides of a picture. */
const MOST_SIDE = 128;

export const dream: Command = {
  name: 'dream',
  operands: 'MODEL',
  about: `What a model has in mind: samples that it takes for a label, drawn from what it has learned. It learns nothing from them.
MODEL is a snapshot, the file of eval --save, or a store with a learner: the folder of onward learn, or the path that a program gave to FileStore.open.`,
  options: {
    label: { value: 'L', help: 'the label to dream of (default: each in turn)' },
    count: { value: 'N', help: 'dreams of a label (default 1)' },
    seed: { value: 'S', help: 'the same seed dreams the same (default 1)' },
    grid: { value: 'RxC', help: 'draws values as a picture of R rows and C columns; a model with a grid knows its own' },
    out: { value: 'FILE', help: 'writes the dreams as a CSV that eval and learn read, in place of drawing them' },
    json: { help: 'one JSON object a line instead of drawings' },
  },
  notes: [
    'A table is drawn a value a row: what the label usually has is [ ], the dream o. A window is drawn a line an axis, from its least to its greatest value.',
    'believed is how likely the model itself holds the label, familiar how usual the dream is. Values move together as real ones do where the model keeps exemplars;\nelse each varies by itself. A dream is no evidence: it shows what was learned, and what was not.',
    '',
    'Example:',
    '  onward eval data/digits_8x8.csv.gz --exemplars 200 --save digits && onward dream digits --label 3 --count 3 --grid 8x8',
  ],

  async run(args) {
    const path = args.operand('MODEL');
    const count = args.whole('count', 1, 10_000) ?? 1;
    const seed = args.whole('seed', 0, 0xffff_ffff) ?? 1;
    const out = checkWritable('out', args);
    if (out !== undefined && args.has('json')) throw new UsageError('--out writes a CSV and --json lines of JSON: give one of them');
    if (args.has('grid') && (out !== undefined || args.has('json'))) throw new UsageError(`--grid is for drawings, and --${out === undefined ? 'json' : 'out'} draws nothing: give one of them`);
    const model = await openModel(path, 'dream');
    const { learner } = model;
    for (const text of damageOf(path, model)) say(text);
    const labels = labelsOf(path, model, args);
    const shades = shadesOf(model, args);
    const table = new DreamTable(model);
    const to = new Outlet(out);
    if (out !== undefined) await to.write(table.heading);
    let [dreams, others] = [0, 0];
    for (const [label, known] of labels) {
      for (const each of dreamsOf(learner, known, count, seed, table.settle)) {
        dreams++;
        if (each.label !== label) others++;
        await to.write(out !== undefined ? table.rows(each, label) : args.has('json') ? lineOf(each, label) : drawn(each, label, model, known, shades));
      }
    }
    await to.end();
    if (out !== undefined && others > 0) say(`${countText(others)} of ${counted(dreams, 'dream')} ${others === 1 ? 'is' : 'are'} answered with another label`);
    learner.dispose();
  },
};

const say = (text: string): void => void process.stderr.write(`onward: ${plain(text).slice(0, 500)}\n`);

/** The label that is asked for, or all that the model knows something of, with what that is; each of the others is told of. */
function labelsOf(path: string, { learner }: Model, args: Arguments): (readonly [label: string, known: Knowledge])[] {
  const { labels } = learner;
  if (learner.seen === 0 || labels.length === 0) throw new Error(`${path} was taught nothing: teach it with onward eval FILE --save ${path}, or onward learn`);
  const wanted = args.text('label');
  if (wanted !== undefined && !labels.includes(wanted)) throw new UsageError(`--label ${wanted} is none of the model's: ${labels.slice(0, 20).join(', ')}`);
  const ask = knowledgeOf(learner);
  const asked = (wanted === undefined ? labels : [wanted]).map((label) => [label, ask(label)] as const);
  const known = asked.flatMap(([label, knowledge]) => (knowledge ? [[label, knowledge] as const] : []));
  const why = whyUnknown(learner.config);
  if (known.length === 0) throw new Error(`${asked.map(([label]) => label).slice(0, 20).join(', ')}: ${why}, so there is nothing to dream of`);
  for (const [label, knowledge] of asked) if (!knowledge) say(`${label}: ${why}`);
  return known;
}

function shadesOf({ learner: { config, inputs } }: Model, args: Arguments): Shades | undefined {
  const asked = args.text('grid');
  if (asked === undefined) return config.grid ?? undefined;
  const [height, width] = (/^(\d{1,3})x(\d{1,3})$/.exec(asked) ?? []).slice(1).map(Number);
  if (!height || !width || height > MOST_SIDE || width > MOST_SIDE) throw new UsageError(`--grid must be rows and columns such as 8x8, each from 1 to ${MOST_SIDE}, got ${asked}`);
  if (config.window !== null || inputs !== height * width) throw new UsageError(`--grid ${asked} does not fit: ${config.window === null ? `a sample of this model has ${counted(inputs, 'value')}` : 'samples of this model are windows'}`);
  return { height, width, channels: 1 };
}

function drawn(each: Dream, label: string, { learner, note }: Model, known: Knowledge, shades: Shades | undefined): string {
  const { believed, familiar, x } = each;
  const taken = each.label === label ? '' : `, taken for ${each.label}`;
  const title = `${paint('bold', plain(label))}  believed ${percent(believed)}${familiar === undefined ? '' : `, familiar ${percent(familiar)}`}${plain(taken)}`;
  const { window } = learner.config;
  const picture = shades ? drawGrid(x, shades) : window ? drawWindow(x, window, note.fields) : drawTable(x, usualValues(known), withUnits(note));
  return `${[title, ...picture].join('\n')}\n\n`;
}

function lineOf({ believed, familiar, label: answer, x }: Dream, label: string): string {
  return `${jsonLine({ label, answer, believed: Number(believed.toFixed(4)), familiar: Number(familiarFigure(familiar) ?? NaN), x: [...x] })}\n`;
}
