/** The visitor's CSV files: what is in one, and which column says the label. */
import { desk, leave } from './desk.js';
import { mayLose } from './lose.js';
import { input, select, the } from './page.js';
import { play } from './play.js';
import { openTable, record } from './recording.js';
import { words } from './words.js';

let file: File | undefined;

export async function chooseTable(chosen: File): Promise<void> {
  file = chosen;
  const read = await openTable(chosen);
  const offer = (names: readonly string[], label: string | undefined): void => {
    select('csv-label').replaceChildren(...names.map((name) => new Option(name, name, name === label, name === label)));
    the('csv-form').querySelector('button')!.disabled = false;
  };
  try {
    const table = await read('');
    offer([...new Set([...table.names, ...(table.layout.names ?? []), table.labelName])].filter((name) => name !== '' && !name.includes('=')), table.labelName);
    the('about').textContent = words.tables.about(chosen.name, table.rows, table.inputs, table.labelName, table.labels.length, table.warnings.slice(0, 3).join('. '));
  } catch (error) {
    const { columns } = error as { columns?: readonly string[] };
    if (columns === undefined) throw error;
    offer(columns, undefined); // nothing tells which column is the label: the visitor does
    the('about').textContent = words.tables.whichLabel(chosen.name, (error as Error).message.replace(/; --label COLUMN[^;]*/, ''));
  }
}

export async function playTable(): Promise<void> {
  if (file === undefined) throw new Error(words.tables.fileFirst);
  const chosen = file;
  const table = await (await openTable(chosen))(select('csv-label').value);
  const made = await record(chosen.name, table, Number(select('csv-window').value));
  if (!mayLose('csv')) return;
  await leave();
  input('teacher').checked = true;
  await play(made);
  desk.stale = true;
}
