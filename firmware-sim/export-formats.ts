// The packages that `onward export` writes, a row each: where the learner's C lies in it, which files lie around that, and how a person builds it. The C is the same in all.

import { espressif } from './chips.js';

/** The place where a program keeps its snapshots: at the end of a Pico's flash; in a partition of as many bytes, whose sectors and units are these; in what its devicetree says; nowhere. */
export type StorePlace = 'end of flash' | { readonly sector: number; readonly unit: number } | 'devicetree' | 'none';

export interface Format {
  /** The folder of the learner's C, '' for that of the export itself. */
  readonly learner: string;
  /** The folders of export/ whose files lie around it, and those of them that have another place here. */
  readonly around: readonly string[];
  readonly moved?: Readonly<Record<string, string>>;
  /** The program's own file in C; null: it is one in Python, or there is none, and nothing here runs it. */
  readonly program: string | null;
  readonly store: StorePlace;
  /** The folder of firmware/ with the functions of the SDK that the program calls, for a simulated board; null: it runs on this machine. */
  readonly sdk: string | null;
  /** How it is built, for README. */
  readonly start: string;
}

/** One of MicroPython's own modules, in C. `folder` of the export has it. */
const inMicroPython = (folder: string): string => `As one of MicroPython's own modules, in C, on its unix port (MicroPython 1.25 or newer):

    git clone --depth 1 https://github.com/micropython/micropython
    make -C micropython/ports/unix submodules
    make -C micropython/ports/unix USER_C_MODULES=$PWD

For a Pico the last two name \`ports/rp2\` and \`USER_C_MODULES=$PWD/${folder}/micropython.cmake\`; ports for
ESP32 and others likewise. \`${folder}\` is a module of its own: lay several beside each other.`;

/** A pack of Arm's tools. The toolchain has no registry: the folder itself is what they add. */
const inPack = (kind: string): string => `A pack for Arm's tools: \`cpackget add onward.onward_${kind}.pdsc\` in this folder makes it known to the CMSIS-Toolbox and to Keil. A project takes the component \`Machine Learning:onward:onward_${kind}\`,
has \`#include "onward_${kind}/${kind}.h"\`, and writes \`onward_trap\`, if no other learner or detector is there: all share one. No program comes with it.`;

/** The Arduino IDE wants the sketch to bear the name of its folder. */
export const SKETCH = 'sketch.ino';

export const FORMATS = {
  pico: {
    learner: '',
    around: ['pico', 'simulate'],
    program: 'main.c',
    store: 'end of flash',
    sdk: 'pico-sdk',
    start: 'With `PICO_SDK_PATH` set: `cmake -B build && make -C build`, then copy `build/onward_pico.uf2` to the board. The program talks over USB and keeps what it learned in flash.',
  },
  arduino: {
    learner: '',
    around: ['arduino', 'simulate'],
    program: SKETCH,
    store: 'none',
    sdk: 'arduino',
    start: 'Open the folder in the Arduino IDE and upload it to a board that has the RAM. The sketch talks over the serial monitor.',
  },
  platformio: {
    learner: 'lib/onward_learner/src/onward_learner',
    around: ['arduino', 'platformio', 'simulate'],
    moved: { [SKETCH]: 'src/main.cpp' },
    program: 'src/main.cpp',
    store: 'none',
    sdk: 'arduino',
    start: '`pio run -e pico -t upload && pio device monitor`; `platformio.ini` has other boards. `lib/onward_learner` is a library of its own: another project takes the folder into its `lib`.',
  },
  'esp-idf': {
    learner: 'components/onward_learner/src/onward_learner',
    around: ['esp-idf', 'simulate'],
    program: 'main/main.c',
    store: { sector: 4096, unit: 16 },
    sdk: 'esp-idf',
    start: `\`idf.py set-target esp32s3 && idf.py flash monitor\`, ESP-IDF 5.0 or newer. Static variables may take ${espressif.map(({ name, ram }) => `${ram / 1024} kB of an ${name}`).join(', ')}. The program keeps what it learned in the partition \`snapshots\`. \`components/onward_learner\` is a component of its own: another project takes the folder into its \`components\`.`,
  },
  zephyr: {
    learner: 'modules/onward_learner/src/onward_learner',
    around: ['zephyr', 'simulate'],
    program: 'src/main.c',
    store: 'devicetree',
    sdk: 'zephyr',
    start: '`west build -b BOARD && west flash`. The program keeps what it learned in the board\'s `storage_partition`; for a board without one: `CONFIG_ONWARD_LEARNER_STORE=n` in `prj.conf`. `modules/onward_learner` is a module of its own: another application names it in `ZEPHYR_EXTRA_MODULES`.',
  },
  micropython: {
    learner: 'onward_learner/src',
    around: ['python', 'micropython'],
    moved: { 'python.h': 'onward_learner/python.h' },
    program: null,
    store: 'none',
    sdk: null,
    start: `${inMicroPython('onward_learner')} \`micropython/ports/unix/build-standard/micropython main.py\` runs the example.`,
  },
  cmsis: {
    learner: 'src/onward_learner',
    around: ['cmsis'],
    program: null,
    store: 'none',
    sdk: null,
    start: `${inPack('learner')} Lines of text to talk to the learner are a second component, \`onward_learner_lines\`: its project writes the two functions that \`lines.h\` wants, too.`,
  },
  generic: {
    learner: '',
    around: ['generic'],
    program: 'main.c',
    store: 'none',
    sdk: null,
    start: '`make`, then `./learn out.onward < samples`; `./learn later.onward out.onward < more` goes on from there. `onward inspect out.onward` reads the result.',
  },
} as const satisfies Record<string, Format>;

export type ExportTarget = keyof typeof FORMATS;
export const exportTargets = Object.keys(FORMATS) as readonly ExportTarget[];

/** A library, component or module of a detector is one beside others in a project: no program comes with it. */
const packaged = (place: string, around: string, start: string): Format => ({
  learner: `${place}/src/onward_detector`, around: [around], program: null, store: 'none', sdk: null,
  start: `${start} There \`#include "onward_detector/detector.h"\`, and write \`onward_trap\`, if no other learner or detector is there: all share one.`,
});

/** The packages that a detector can be. */
export const DETECTORS = {
  generic: {
    ...FORMATS.generic,
    around: ['detector'],
    start: `\`make\`, then \`./detect out.onward < samples\`, where a line of \`samples\` is the values, with commas between them; \`./detect later.onward out.onward < more\` goes on from there. An alarm is
answered by \`alarm,LINE,SCORE,CHANNEL\`, a line that is wrong by \`error,LINE,...\`, and it changes nothing. \`onward inspect out.onward\` reads the result.`,
  },
  platformio: packaged('lib/onward_detector', 'detector-platformio', '`lib/onward_detector` is a library: a project takes the folder into its `lib`.'),
  'esp-idf': packaged('components/onward_detector', 'detector-esp-idf', "`components/onward_detector` is a component: a project takes the folder into its `components`, and its own component `REQUIRES onward_detector`."),
  zephyr: packaged('modules/onward_detector', 'detector-zephyr', '`modules/onward_detector` is a module: an application names it in `ZEPHYR_EXTRA_MODULES`, and has `CONFIG_ONWARD_DETECTOR=y` in `prj.conf`.'),
  cmsis: { ...FORMATS.cmsis, learner: 'src/onward_detector', around: ['detector-cmsis'], start: inPack('detector') },
  micropython: {
    ...FORMATS.micropython,
    learner: 'onward_detector/src',
    around: ['python', 'detector-micropython'],
    moved: { 'python.h': 'onward_detector/python.h' },
    start: `${inMicroPython('onward_detector')}

    from @NAME@ import Detector
    detector = Detector()  # any number of them
    alarm, score, channel, view = detector.observe(x)  # a number a channel: a list, a tuple, quickest an array("f"); alarms begin at a score of 1
    data = detector.save()  # bytes, for a file of the board
    detector.load(data)

\`onward_detector/onward_module.c\` says what the other methods do. What is wrong raises TypeError or ValueError, and nothing that was learned has changed. Where MicroPython's heap
has no room for a detector, \`Detector()\` raises MemoryError.`,
  },
} as const satisfies Partial<Record<ExportTarget, Format>>;

export type DetectorTarget = keyof typeof DETECTORS;
export const detectorTargets = Object.keys(DETECTORS) as readonly DetectorTarget[];
