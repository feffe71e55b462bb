// `onward export` and `onward simulate OUTDIR` at the command line: what they refuse, what they leave alone, what they say of a table.

import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { assert, needs, suite } from '../suite.js';

const test = suite('onward export at the command line', needs('gcc', 'sudo apt-get install gcc make'), needs('make', 'sudo apt-get install gcc make'));
const cli = resolve('dist/cli.js');

interface Desk {
  onward(...argv: string[]): { status: number | null; out: string; err: string };
  path(...names: string[]): string;
}

async function atDesk(work: (desk: Desk) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'onward-desk-'));
  try {
    work({
      onward(...argv) {
        const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...argv], { cwd: folder, encoding: 'utf8' });
        return { status, out: stdout, err: stderr };
      },
      path: (...names) => join(folder, ...names),
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('a folder with anything but an earlier export is refused; of an earlier one an edited example stays, stale files go, other files stay', () =>
  atDesk(({ onward, path }) => {
    mkdirSync(path('mine'));
    writeFileSync(path('mine', 'main.c'), 'int main;\n');
    const refused = onward('export', 'mine', '--inputs', '2', '--labels', 'a,b');
    assert.equal([refused.status, readdirSync(path('mine'))], [1, ['main.c']]);
    assert.match(refused.err, /mine is not empty, and no folder of onward export/);

    assert.is(onward('export', 'out', '--inputs', '2', '--labels', 'a,b', '--board', 'pico').status, 0);
    writeFileSync(path('out', 'notes.txt'), 'mine');
    assert.is(onward('export', 'out', '--inputs', '2', '--labels', 'a,b').status, 0);
    const now = readdirSync(path('out'));
    assert.equal(['store.c', 'CMakeLists.txt', 'notes.txt', 'Makefile'].filter((file) => now.includes(file)), ['notes.txt', 'Makefile']);

    writeFileSync(path('out', 'main.c'), '/* edited */\n');
    const again = onward('export', 'out', '--inputs', '5', '--labels', 'a,b');
    assert.equal([again.status, readFileSync(path('out', 'main.c'), 'utf8')], [0, '/* edited */\n']);
    assert.match(again.err, /main\.c was edited and left as it is/);
    assert.match(readFileSync(path('out', 'config.h'), 'utf8'), /ONWARD_INPUTS 5/);
    // and the same once more: it has not become the export's own
    assert.match(onward('export', 'out', '--inputs', '6', '--labels', 'a,b').err, /main\.c was edited/);

    const other = onward('export', 'out', '--inputs', '5', '--labels', 'a,b', '--board', 'pico');
    assert.is(other.status, 1);
    assert.match(other.err, /main\.c was edited since it was exported: move it away/);
    writeFileSync(path('out', 'learner.c'), '/* edited */\n');
    assert.match(onward('export', 'out', '--inputs', '5', '--labels', 'a,b').err, /learner\.c was edited since/);
    assert.match(readFileSync(path('out', 'config.h'), 'utf8'), /ONWARD_INPUTS 6/);
  }));

test('what does not fit a Pico, and a label without a name, are refused as a wrong command line', () =>
  atDesk(({ onward, path }) => {
    const large = onward('export', 'large', '--board', 'pico', '--inputs', '1000', '--units', '512,512');
    assert.is(large.status, 2);
    const { need } = JSON.parse(onward('plan', '--json', '--inputs', '1000', '--units', '512,512').out) as { need: number };
    assert.match(large.err, new RegExp(`does not fit a Pico: ${need.toLocaleString('en-US')} B of RAM, ${(need - 264 * 1024).toLocaleString('en-US')} B too many`));
    assert.is(onward('export', 'large', '--inputs', '1000', '--units', '512,512').status, 0);
    const [middling, larger] = ['192,192', '256,256'].map((units) => onward('export', `idf-${units}`, '--board', 'esp-idf', '--inputs', '512', '--units', units));
    assert.is(middling!.status, 0);
    assert.match(middling!.err, /^onward: it takes [\d,]+ B of RAM: too many for an ESP32, where static variables may take 160 kB\n$/);
    assert.match(readFileSync(path('idf-192,192', 'README.md'), 'utf8'), /160 kB of an ESP32, 313 kB of an ESP32-C3, 333 kB of an ESP32-S3/);
    assert.is(larger!.status, 2);
    assert.match(larger!.err, /does not fit an ESP32-S3: [\d,]+ B of RAM, [\d,]+ B too many/);
    const nameless = onward('export', 'nameless', '--labels', 'idle,,run');
    assert.equal([nameless.status, readdirSync(path('.')).sort()], [2, ['idf-192,192', 'large']]);
    assert.match(nameless.err, /--labels idle,,run: label 1 has no name/);
  }));

test('a name that no module of MicroPython can have is refused for that board, with the reason', () =>
  atDesk(({ onward, path }) => {
    for (const [name, reason] of [['class', 'class is a keyword of Python'], ['array', 'MicroPython has a module array of its own'], ['uos', "uos is MicroPython's other name for its module os"]] as const) {
      const { status, err } = onward('export', 'out', '--board', 'micropython', '--as', name);
      assert.equal([status, existsSync(path('out'))], [2, false]);
      assert.ok(err.includes(`--as ${name}: ${reason}; choose another name`), err);
    }
    assert.is(onward('export', 'out', '--as', 'array').status, 0); // in C it is a name like any other
  }));

test('a folder that is exported to again keeps its name and place, unless others are asked for', () =>
  atDesk(({ onward, path }) => {
    const shape = ['--inputs', '2', '--labels', 'a,b', '--board', 'pico'];
    const listed = (): unknown[] => {
      const { name, place } = JSON.parse(readFileSync(path('out', 'export.json'), 'utf8'));
      return [name, place, readFileSync(path('out', 'board-config.h'), 'utf8').includes(`onward_store_place_${place} = 0`), readFileSync(path('out', 'learner.h'), 'utf8').includes(`${name}_learn(`)];
    };
    for (const [options, expected] of [[['--as', 'pump', '--place', '1'], ['pump', 1]], [[], ['pump', 1]], [['--place', '3'], ['pump', 3]], [['--as', 'fan', '--place', '0'], ['fan', 0]]] as const) {
      const { status, err } = onward('export', 'out', ...shape, ...options);
      assert.is(status, 0, err);
      assert.equal(listed(), [...expected, true, true]);
    }
  }));

test('a list that names a file elsewhere is none: nothing outside the folder is removed', () =>
  atDesk(({ onward, path }) => {
    writeFileSync(path('mine'), 'mine');
    assert.is(onward('export', 'out', '--inputs', '2', '--labels', 'a,b').status, 0);
    const list = JSON.parse(readFileSync(path('out', 'export.json'), 'utf8'));
    list.files['../mine'] = createHash('sha256').update('mine').digest('hex');
    writeFileSync(path('out', 'export.json'), JSON.stringify(list));
    const again = onward('export', 'out', '--inputs', '2', '--labels', 'a,b');
    assert.equal([again.status, readFileSync(path('mine'), 'utf8')], [1, 'mine']);
    assert.match(again.err, /is not empty, and no folder of onward export/);
  }));

test('the folder knows its columns by name: README, config.h, and simulate, which tells the rows that it leaves out', () =>
  atDesk(({ onward, path }) => {
    const rows = Array.from({ length: 90 }, (_, t) => ({ width: t % 3 + Math.sin(t) / 4, 'a*/b': -(t % 3), state: ['off', 'größe', 'on'][t % 3]! }));
    const csv = (columns: readonly string[], more: readonly string[] = []) => `${[columns.join(), ...rows.map((row) => columns.map((column) => (row as Record<string, unknown>)[column] ?? 7).join()), ...more].join('\n')}\n`;
    writeFileSync(path('taught.csv'), csv(['width', 'a*/b', 'state']));
    assert.is(onward('eval', 'taught.csv', '--units', '16', '--save', 'model', '--quiet').status, 0);
    assert.is(onward('export', 'out', 'model').status, 0);
    assert.match(readFileSync(path('out', 'README.md'), 'utf8'), /2 features; in this order: "width", "a\*\/b"/);
    assert.match(readFileSync(path('out', 'config.h'), 'utf8'), / {3}0 width\n {3}1 a \/b\n/);

    writeFileSync(path('turned.csv'), csv(['state', 'a*/b', 'other', 'width'], ['new,1,1,1', 'new,1,2,1']));
    const [straight, turned] = ['taught.csv', 'turned.csv'].map((file) => onward('simulate', 'out', file, '--label', 'state'));
    assert.is(turned!.status, 0, turned!.err);
    assert.is(turned!.out, straight!.out);
    assert.match(turned!.err, /2 rows are left out, for the learner has no such label: new 2/);
    assert.match(turned!.out, /> off,.*\n.*\n> größe,.*\n.*\n\.\.\.\n> on,/);
    assert.match(turned!.out, /bytes equal to Node +yes/);

    // as predict: a renamed column is told, one that is not there refuses the file
    writeFileSync(path('renamed.csv'), csv(['width', 'height', 'state']));
    assert.match(onward('simulate', 'out', 'renamed.csv').err, /1 columns have other names .*"height" for "a\*\/b"/);
    writeFileSync(path('strange.csv'), csv(['width', 'height', 'other', 'state']));
    const strange = onward('simulate', 'out', 'strange.csv');
    assert.is(strange.status, 1);
    assert.match(strange.err, /a\*\/b/);
    assert.match(onward('simulate', 'out', '--samples', '1').out, /samples 1 to 1 /);
  }));

test('lines that the program refuses are counted where the bytes differ', () =>
  atDesk(({ onward, path }) => {
    assert.is(onward('export', 'out', '--inputs', '3', '--labels', 'a,b').status, 0);
    writeFileSync(path('out', 'main.c'), readFileSync(path('out', 'main.c'), 'utf8').replace('onward_line((char)byte);', "{\n    static int ends;\n    if (byte == '\\n' && ++ends == 5) onward_line(',');\n    onward_line((char)byte);\n  }"));
    const { status, out } = onward('simulate', 'out', '--samples', '20');
    assert.is(status, 1);
    assert.match(out, /bytes equal to Node +NO +1 of 20 lines were refused, and not learned there: error,4 values, a sample has 3/);
  }));

test('make simulate where there is no onward says so in one line, with the remedy', () =>
  atDesk(({ onward, path }) => {
    assert.is(onward('export', 'out', '--inputs', '3', '--labels', 'a,b', '--board', 'pico').status, 0);
    const { status, stdout, stderr } = spawnSync('make', ['-s', '-C', path('out'), 'simulate', 'ONWARD=no-such-command'], { encoding: 'utf8' });
    assert.equal([status, stdout], [2, '']);
    const lines = stderr.trim().split('\n').filter((line) => !/^make/.test(line));
    assert.equal(lines, ["no onward answers to 'no-such-command': npm install onward, or make simulate ONWARD='node FOLDER/dist/cli.js'"]);
    assert.match(execFileSync('grep', ['-c', 'ONWARD=', path('out', 'README.md')], { encoding: 'utf8' }), /^1/);
  }));

test.run();
