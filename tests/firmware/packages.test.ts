// The packages of `onward export`: PlatformIO, ESP-IDF, Zephyr (micropython.test.ts has the module for MicroPython). Their form is what each documents, the C in them is that of every export, and their programs, run as they are on a
// simulated RP2040 with the few functions of the SDK that they call, learn Node's bytes and have them again after power is off.

import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

import { DETECTORS, FORMATS } from '../../firmware-sim/export-formats.js';
import { detectorJudge } from '../../firmware-sim/detector.js';
import { exportDetector, exportLearner } from '../../firmware-sim/export.js';
import { linesOf, poweredOn, programIn, snapshotIn } from '../../firmware-sim/exported.js';
import { judge } from '../../firmware-sim/learners.js';
import { samplesFor } from '../../firmware-sim/vectors.js';
import { resolveConfig } from '../../host/config.js';
import { resolveDetectorConfig } from '../../host/detector/config.js';
import { assert, needs, suite } from '../suite.js';
import { COMPILER, inFolder } from './c-program.js';
import { toolsOf } from './tools.js';

const detecting = resolveDetectorConfig({ channels: 3 });
const config = resolveConfig({ inputs: 3, units: [8], labels: ['idle', 'run', 'worn'], bits: 8 });
const packages = ['platformio', 'esp-idf', 'zephyr'] as const;
/** Another name than onward, so that whatever is called after it has to be. */
const NAME = 'pump';
const called = (path: string): string => path.replaceAll('onward_', `${NAME}_`);

const form = suite('the form of packages');

const exported = (work: (text: (...path: string[]) => string, folder: string) => void, target: (typeof packages)[number]): Promise<void> =>
  inFolder(async (folder) => {
    exportLearner(target, folder, config, undefined, NAME);
    work((...path) => readFileSync(join(folder, ...path), 'utf8'), folder);
  });

form('each has the same C, once, and its program is that of an export whose learner bears another name', () =>
  inFolder(async (folder) => {
    exportLearner('pico', join(folder, 'pico'), config, undefined, NAME);
    for (const target of [...packages, 'micropython'] as const) {
      const { files } = exportLearner(target, join(folder, target), config, undefined, NAME);
      assert.is(new Set(files.map((file) => basename(file)).filter((file) => /\.[ch]$/.test(file))).size, files.filter((file) => /\.[ch]$/.test(file)).length);
      for (const file of files.filter((each) => each.startsWith(called(FORMATS[target].learner)) && !each.endsWith('board-config.h'))) {
        assert.is(readFileSync(join(folder, target, file), 'utf8'), readFileSync(join(folder, 'pico', basename(file)), 'utf8'), file);
      }
      assert.equal(files.filter((file) => /onward/i.test(`${file} ${/(json|yml|txt|ini|conf|config)$/i.test(file) ? readFileSync(join(folder, target, file), 'utf8').replace(/of onward|MIT/g, '') : ''}`) && file !== 'export.json'), []);
    }
  }));

form('a module for MicroPython names its sources for both ways to build it; it is not simulated', () =>
  inFolder(async (folder) => {
    const { files } = exportLearner('micropython', folder, config, undefined, NAME);
    for (const [list, place] of [['micropython.mk', '$(PUMP_DIR)'], ['micropython.cmake', '${CMAKE_CURRENT_LIST_DIR}']] as const) {
      const text = readFileSync(join(folder, 'pump_learner', list), 'utf8');
      for (const file of ['pump_module.c', 'src/learner.c']) assert.ok(text.includes(`${place}/${file}`) && files.includes(`pump_learner/${file}`), `${list}: ${file}`);
      assert.match(text, /\bPUMP_SEVERAL\b/);
    }
    assert.throws(() => programIn(folder), /is a module for micropython, which is not simulated/);
  }));

// docs.platformio.org: manifests/library-json, projectconf
form('PlatformIO: the manifest of the library, and boards of the project', () =>
  exported((text, folder) => {
    const manifest = JSON.parse(text('lib/pump_learner/library.json')) as { name: string; version: string; keywords: string[]; headers: string[]; license: string; description: string };
    assert.is(manifest.version, JSON.parse(readFileSync('package.json', 'utf8')).version);
    assert.equal([manifest.name, manifest.license, /^[^:;/,@<>]{1,100}$/.test(manifest.name), manifest.description.length <= 255], ['pump_learner', 'MIT', true, true]);
    for (const keyword of manifest.keywords) assert.match(keyword, /^[a-z\d\-_+. ]{1,50}$/);
    for (const header of manifest.headers) assert.ok(existsSync(join(folder, 'lib/pump_learner/src', header)), header);
    const sections = new Map(text('platformio.ini').split(/^\[/m).slice(1).map((part) => [part.slice(0, part.indexOf(']')), part] as const));
    assert.ok(sections.has(`env:${/^default_envs = (\w+)$/m.exec(sections.get('platformio')!)![1]}`));
    for (const [name, part] of sections) if (name.startsWith('env:')) assert.match(part, /^platform = \w+\nboard = \w+$/m, name);
    assert.match(text('src/main.cpp'), /^#include <Arduino\.h>$/m); // elsewhere than in an .ino it is not there by itself
    assert.match(text('src/main.cpp'), /^#include "pump_learner\/lines\.h"$/m);
  }, 'platformio'));

// docs.espressif.com: api-guides/build-system, api-guides/partition-tables, idf-component-manager/reference/manifest_file
form('ESP-IDF: the component, its manifest, and a partition of the size that the store has', () =>
  exported((text, folder) => {
    const component = 'components/pump_learner';
    const sources = [...text(component, 'CMakeLists.txt').matchAll(/"(src\/[^"]+\.c)"/g)].map(([, file]) => basename(file!));
    assert.equal(sources.sort(), readdirSync(join(folder, component, 'src/pump_learner')).filter((file) => file.endsWith('.c')).sort());
    assert.match(text(component, 'idf_component.yml'), /^version: "\d+\.\d+\.\d+"\ndescription: ".+"\nlicense: MIT\ndependencies:\n {2}idf: ">=5\.0"\n$/);
    assert.match(text('main/CMakeLists.txt'), /REQUIRES pump_learner esp_partition/);
    const rows = text('partitions.csv').split('\n').filter((row) => row && !row.startsWith('#')).map((row) => row.split(',').map((cell) => cell.trim()));
    assert.equal(rows.map(({ length }) => length), [5, 5, 5, 5]);
    assert.is(rows.find(([name]) => name === 'snapshots')![4], /FLASH_STORE_BYTES (\d+)/.exec(text(component, 'src/pump_learner/board-config.h'))![1]);
    assert.match(text('sdkconfig.defaults'), /^CONFIG_PARTITION_TABLE_CUSTOM_FILENAME="partitions\.csv"$/m);
  }, 'esp-idf'));

// docs.zephyrproject.org: develop/modules, and scripts/schemas/module-schema.yaml
form('Zephyr: the module, and sources that its options choose', () =>
  exported((text, folder) => {
    const module = 'modules/pump_learner';
    assert.is(text(module, 'zephyr/module.yml'), 'name: pump_learner\nbuild:\n  cmake: zephyr\n  kconfig: zephyr/Kconfig\n');
    assert.match(text('CMakeLists.txt'), /ZEPHYR_EXTRA_MODULES \$\{CMAKE_CURRENT_SOURCE_DIR\}\/modules\/pump_learner\)\nfind_package\(Zephyr /);
    const lists = text(module, 'zephyr/CMakeLists.txt');
    const sources = [...lists.matchAll(/\.\.\/src\/pump_learner\/(\w+\.c)/g)].map(([, file]) => file!);
    assert.equal(sources.sort(), readdirSync(join(folder, module, 'src/pump_learner')).filter((file) => file.endsWith('.c')).sort());
    const options = [...text(module, 'zephyr/Kconfig').matchAll(/^config (\w+)$/gm)].map(([, option]) => option!);
    assert.equal(options, ['PUMP_LEARNER', 'PUMP_LEARNER_STORE']);
    for (const option of options) assert.ok(lists.includes(`(CONFIG_${option}`) && text('prj.conf').includes(`CONFIG_${option}=y\n`), option);
  }, 'zephyr'));

/** Of both packs, the files that they name and the texts that they say. */
async function packs(work: (pdsc: string, folder: string, kind: string) => void): Promise<void> {
  await inFolder(async (folder) => {
    exportLearner('cmsis', join(folder, 'learner'), config, undefined, NAME);
    await exportDetector(join(folder, 'detector'), detecting, undefined, NAME, {}, 'cmsis');
    for (const kind of ['learner', 'detector']) work(join(folder, kind, `onward.${NAME}_${kind}.pdsc`), join(folder, kind), kind);
  });
}

// open-cmsis-pack.github.io: PACK.xsd
form('CMSIS: a pack is called after its vendor and name, and has each source, with its headers beside it', () =>
  packs((pdsc, folder, kind) => {
    const text = readFileSync(pdsc, 'utf8');
    const [vendor, name] = ['vendor', 'name'].map((element) => new RegExp(`<${element}>(.+)</${element}>`).exec(text)![1]);
    assert.is(basename(pdsc), `${vendor}.${name}.pdsc`);
    const files = [...text.matchAll(/<file category="(\w+)" name="([^"]+)"\/>/g)].map(([, category, file]) => ({ category, file: file! }));
    for (const { file } of files) assert.ok(existsSync(join(folder, file)), file);
    const inside = `src/${NAME}_${kind}`;
    assert.equal(files.filter(({ category }) => category === 'source').map(({ file }) => file).sort(), readdirSync(join(folder, inside)).filter((file) => file.endsWith('.c')).map((file) => `${inside}/${file}`).sort());
    assert.match(text, new RegExp(`<component Cclass="Machine Learning" Cgroup="onward" Csub="${NAME}_${kind}" Cversion="\\d+\\.\\d+\\.\\d+">`));
  }));

form.run();

const pack = suite('the schema of packs', needs('xmllint', 'sudo apt-get install --no-install-recommends libxml2-utils'), needs('PACK.xsd', 'bash scripts/pack-schema.sh', existsSync('build/PACK.xsd')));

pack('PACK.xsd of Open-CMSIS-Pack takes both', () =>
  packs((pdsc) => {
    execFileSync('xmllint', ['--noout', '--nonet', '--schema', 'build/PACK.xsd', pdsc], { stdio: 'pipe' });
    const wrong = `${pdsc}.wrong`;
    writeFileSync(wrong, readFileSync(pdsc, 'utf8').replace('category="source"', 'category="sauce"'));
    assert.throws(() => execFileSync('xmllint', ['--noout', '--nonet', '--schema', 'build/PACK.xsd', wrong], { stdio: 'pipe' }), /sauce/);
  }));

pack.run();

const kconfig = suite('the options of the Zephyr module', needs('kconfiglib', 'sudo apt-get install --no-install-recommends python3-kconfiglib', existsSync('/usr/lib/python3/dist-packages/kconfiglib.py')));

kconfig('the parser of Kconfig takes them, and the options of the application, without a warning', () =>
  exported((text, folder) => {
    const others = [...text('prj.conf').matchAll(/^CONFIG_(?!PUMP_)(\w+)=(y|\d+)$/gm)].map(([, option, value]) => `config ${option}\n\t${value === 'y' ? 'bool' : 'int'} "of Zephyr"\n`);
    writeFileSync(join(folder, 'Kconfig'), `${others.join('')}source "${folder}/modules/pump_learner/zephyr/Kconfig"\n`);
    const program = 'import kconfiglib; k = kconfiglib.Kconfig("Kconfig", warn_to_stderr=False); k.load_config("prj.conf"); print(k.warnings, k.syms["PUMP_LEARNER_STORE"].str_value)';
    assert.is(execFileSync('/usr/bin/python3', ['-c', program], { cwd: folder, encoding: 'utf8' }), '[] y\n');
  }, 'zephyr'));

kconfig.run();

const strict = suite('the C of packages', needs('gcc', 'sudo apt-get install gcc'));

for (const target of ['esp-idf', 'zephyr'] as const) {
  strict(`${target}: program, learner and store compile with -Wall -Wextra -Wconversion -Werror`, () =>
    exported((text, folder) => {
      const learner = join(folder, called(FORMATS[target].learner));
      const options = target === 'zephyr' ? [...text('prj.conf').matchAll(/^(CONFIG_\w+)=y$/gm)].map(([, option]) => `-D${option}=1`) : [];
      const sdk = ['libc', FORMATS[target].sdk].flatMap((each) => ['-isystem', resolve('firmware-sim/firmware', each)]);
      const files = [join(folder, FORMATS[target].program), ...['learner.c', 'lines.c', 'store.c'].map((file) => join(learner, file))];
      execFileSync('gcc', ['-std=c11', '-Wall', '-Wextra', '-Wconversion', '-Werror', '-ffreestanding', '-fsyntax-only', '-DPARTITION_BYTES=65536', ...options, ...sdk, '-I', dirname(learner), ...files], { stdio: 'pipe' });
    }, target));
}

/** Files in C that the manifest of a package names; PlatformIO takes what is there. */
function sourcesOf(place: string): string[] {
  const list = ['CMakeLists.txt', 'zephyr/CMakeLists.txt'].map((file) => join(place, file)).find((file) => existsSync(file));
  if (list) return [...readFileSync(list, 'utf8').matchAll(/src\/(\w+\/\w+\.c)/g)].map(([, file]) => join(place, 'src', file!));
  return readdirSync(join(place, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.c')).map((file) => join(place, 'src', file));
}

/** A program of a learner and a detector, which gives them `onward_trap` alone. All that is compiled is linked. */
async function learnBoth(folder: string, includes: string[], sources: string[]): Promise<void> {
  writeFileSync(join(folder, 'main.c'), `#include <stdio.h>
#include <stdlib.h>
#include "guard_detector/detector.h"
#include "pump_learner/learner.h"
void onward_trap(int code) { exit(code); }
static int out(void *file, const void *bytes, uint32_t count) { return fwrite(bytes, 1, count, (FILE *)file) == count ? 0 : 1; }
int main(void) {
  pump_init(), guard_init();
  for (int t = 0; t < 90; t++) {
    const float x[3] = {(float)(t % 7), (float)(t % 3), 1};
    pump_learn(x, t % PUMP_LABELS), guard_observe(x);
  }
  FILE *const pump = fopen("pump", "wb"), *const guard = fopen("guard", "wb");
  return pump_save(out, pump) || guard_save(out, guard) || fclose(pump) || fclose(guard);
}
`);
  execFileSync(COMPILER, ['-std=c11', '-O0', '-DPUMP_CORE_CHECKED', '-DGUARD_CORE_CHECKED', '-Wall', '-Wextra', '-Werror', ...includes.flatMap((each) => ['-I', each]), 'main.c', ...sources, '-o', 'program'], { cwd: folder, stdio: 'pipe' });
  execFileSync('./program', [], { cwd: folder });
  const [pump, node] = [await judge(config), await detectorJudge(detecting)];
  for (let t = 0; t < 90; t++) {
    pump.learn([t % 7, t % 3, 1], pump.labels[t % 3]!);
    node.observe([t % 7, t % 3, 1]);
  }
  assert.equal(readFileSync(join(folder, 'pump')), Buffer.from(pump.save()));
  assert.equal(readFileSync(join(folder, 'guard')), Buffer.from(node.save()));
}

for (const target of packages) {
  strict(`${target}: the package of a detector beside that of a learner, in one program: each has the bytes of Node`, () =>
    inFolder(async (folder) => {
      exportLearner(target, join(folder, 'project'), config, undefined, NAME);
      const { files } = await exportDetector(join(folder, 'detector'), detecting, undefined, 'guard', {}, target);
      assert.equal(files.filter((file) => /onward/.test(`${file} ${/\.(json|yml|txt)$|Kconfig$/.test(file) ? readFileSync(join(folder, 'detector', file), 'utf8').replaceAll('of onward', '') : ''}`) && file !== 'export.json'), []);
      const [beside, guard] = [dirname(dirname(dirname(called(FORMATS[target].learner)))), dirname(dirname(DETECTORS[target].learner)).replace('onward', 'guard')];
      cpSync(join(folder, 'detector', guard), join(folder, 'project', guard), { recursive: true });
      const places = ['pump_learner', 'guard_detector'].map((each) => join(folder, 'project', beside, each));
      const sources = places.flatMap(sourcesOf).filter((file) => !/(lines|store)\.c$/.test(file)); // which a program of lines and flash needs
      assert.equal(sources.map((file) => basename(file)).sort(), ['detector.c', 'learner.c']);
      await learnBoth(folder, places.map((place) => join(place, 'src')), sources);
    }));
}

strict('CMSIS: the sources of a component of each pack, all of them and no others, are a program: each has the bytes of Node', () =>
  inFolder(async (folder) => {
    const [pump, guard] = ['pump', 'guard'].map((each) => join(folder, 'packs', each)) as [string, string];
    exportLearner('cmsis', pump, config, undefined, NAME);
    await exportDetector(guard, detecting, undefined, 'guard', {}, 'cmsis');
    const sources = ([[pump, 'pump_learner'], [guard, 'guard_detector']] as const).flatMap(([place, name]) => {
      const [, component] = new RegExp(`<component [^>]*Csub="${name}"([^]*?)</component>`).exec(readFileSync(join(place, `onward.${name}.pdsc`), 'utf8'))!;
      return [...component!.matchAll(/category="source" name="([^"]+)"/g)].map(([, file]) => join(place, file!));
    });
    await learnBoth(folder, [join(pump, 'src'), join(guard, 'src')], sources);
  }));

strict.run();

const board = suite('packages on a board', ...toolsOf('rp2040'));

for (const target of packages) {
  board(`${target}: the program learns Node's bytes${target === 'platformio' ? '' : ', saves them, and has them after power is off'}`, () =>
    inFolder(async (folder) => {
      exportLearner(target, folder, config, undefined, NAME);
      const samples = samplesFor(config, 40, 3);
      const powered = await poweredOn(folder);
      const answers = powered.converse([...linesOf(config.labels, samples), 'snapshot', 'save']);
      const node = await judge(config);
      for (const { x, label } of samples) node.learn(x, node.labels[label]!);
      const learned = Buffer.from(node.save());
      assert.equal(Buffer.from(snapshotIn(answers.at(-2)!)), learned);
      if (target === 'platformio') return assert.is(answers.at(-1), 'error,it could not be saved');
      assert.is(answers.at(-1), 'saved');
      assert.equal(Buffer.from(snapshotIn(powered.converse(['snapshot'])[0]!)), learned);
    }));
}

board.run();
