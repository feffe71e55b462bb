import { CONTENDERS, type Contender, type Contest } from './contest.js';
import { bar, count, paint, percent, plot, spark, type Colour } from './terminal.js';

/** Names of a run in the drawing, the tables and the report. */
export interface Scene {
  title: string;
  subtitle: string;
  total: number;
  /** Word for samples: "windows", "rows". */
  unit: string;
  /** The stretch after the freeze, as a heading: "above 60 %". */
  stretch: string;
  names: Record<Contender, string>;
  /** Name of the groups, and one group's value as text: "speed", "60 %". */
  groups?: { name: string; unit: string };
}

const COLOURS: Record<Contender, Colour> = { learning: 'blue', standardiser: 'orange', frozen: 'red', repeat: 'grey' };

/** The live picture: figures so far, accuracy over the last 200 as lines, and a bar for every group. */
export function frame(scene: Scene, contest: Contest): string[] {
  const width = Math.max(50, Math.min(100, process.stdout.columns ?? 80));
  const height = (process.stdout.rows ?? 24) < 30 ? 6 : 10; // 23 lines in all fit the smallest usual terminal
  const { n, groups, place, history } = contest;
  const where = scene.groups && place ? `  ${scene.groups.name} ${place}${scene.groups.unit}` : '';
  const lines = [
    paint('bold', scene.title),
    paint('grey', scene.subtitle.slice(0, width)),
    `${bar(n / scene.total, 30)} ${count(n)} of ${count(scene.total)} ${scene.unit}${where}`,
    '',
    ...figureLines(scene, contest),
    '',
    'accuracy over the last 200',
  ];

  const at = (name: Contender) => history.flatMap(({ n: x, recent }) => (recent[name] === undefined ? [] : [[x / scene.total, recent[name]] as const]));
  const drawn = plot([...CONTENDERS].reverse().map((name) => ({ colour: COLOURS[name], points: at(name) })), width - 6, height);
  drawn.forEach((line, i) => lines.push(`${i === 0 ? '100 %' : i === height - 1 ? '  0 %' : '     '}┤${line}`));

  if (scene.groups && groups.size > 0) {
    const rates = (name: Contender) => [...groups.values()].map((group) => group.accuracy(name) ?? 0);
    lines.push('', `per ${scene.groups.name}, ${[...groups.keys()].at(0)}${scene.groups.unit} to ${[...groups.keys()].at(-1)}${scene.groups.unit}`);
    const label = Math.max(...CONTENDERS.map((name) => scene.names[name].length));
    for (const name of CONTENDERS) lines.push(`${scene.names[name].padEnd(label)}  ${paint(COLOURS[name], spaced(spark(rates(name), 1)))}`);
  }
  return lines;
}

function spaced(bars: string): string {
  return [...bars].map((c) => c + c).join(' ');
}

/** So far, over the last 200, and after the freeze; a line for every contender. */
function figureLines({ names, stretch }: Scene, { whole, after, frozenAt }: Contest): string[] {
  const label = Math.max(...CONTENDERS.map((name) => names[name].length));
  const heading = ['so far', 'last 200', stretch];
  const widths = heading.map((text) => Math.max(8, text.length));
  const row = (cells: string[]) => cells.map((cell, i) => cell.padStart(widths[i]!)).join('   ');
  return [
    paint('grey', `${''.padEnd(label + 2)}  ${row(heading)}`),
    ...CONTENDERS.map((name) => {
      const all = name === 'learning' || name === 'repeat' ? whole[name] : undefined;
      const later = frozenAt === undefined ? undefined : after[name];
      const cells = [percent(all?.accuracy), percent((all ?? later)?.recent), percent(later?.accuracy)];
      return `${paint(COLOURS[name], '●')} ${names[name].padEnd(label)}  ${row(cells)}`;
    }),
  ];
}

/** Now and then, where nobody can watch a picture. */
export function plainLine(scene: Scene, { n, whole, after, frozenAt }: Contest, place: string): string {
  const where = scene.groups && place ? `${scene.groups.name} ${place}${scene.groups.unit}: ` : '';
  const frozen = frozenAt === undefined || n - frozenAt < 20 ? '' : `, since the freeze ${percent(after.learning.accuracy)} against ${percent(after.frozen.accuracy)} frozen`;
  return `${where}${count(n)} of ${count(scene.total)} ${scene.unit}, ${percent(whole.learning.accuracy)} so far, last 200 ${percent(whole.learning.recent)}${frozen}`;
}
