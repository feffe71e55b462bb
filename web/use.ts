/** Lines that use elsewhere what was taught here; this file is fetched when they are looked at. */
import type { Shape } from './learners.js';

/** @param kind names the files that the page saves */
export function linesFor(kind: string, { channels, window, audio, picture }: Shape): string {
  const own = audio === undefined ? { load: 'loadLearner', from: 'onward' } : { load: 'loadSoundLearner', from: 'onward/sound' };
  const x = picture ? 'pictureFeatures of onward/sources/camera' : audio ? `${window} values, ${audio} a second` : `${channels * window} values`;
  return [
    ...(picture ? [] : [`npx onward predict onward-${kind}.onwp FILE`]),
    ...(audio ? [] : [`npx onward export FOLDER onward-${kind}.onw --board pico`]),
    '',
    `import { readFileSync } from 'node:fs';`,
    `import { ${own.load} } from '${own.from}';`,
    `const learner = await ${own.load}(readFileSync('onward-${kind}.onw'));`,
    `learner.predict(x).label; // x: ${x}`,
  ].join('\n');
}
