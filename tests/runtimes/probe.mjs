// Runs on every runtime, from the installed package only: learns in each core, and hashes what was learned. Nothing here may differ between engines,
// so samples come from integers and divisions by powers of two.

import { createDetector, createLearner, loadLearner } from 'onward';

function generator(seed) {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function learned(config, options) {
  const learner = await createLearner({ inputs: 6, labels: ['a', 'b', 'c'], ...config }, options);
  const random = generator(7);
  const step = () => {
    const label = Math.floor(random() * 3);
    learner.learn(Array.from({ length: learner.inputs }, (_, i) => ((i * (label + 1)) % 4) + random()), 'abc'[label]);
  };
  for (let i = 0; i < 400; i++) step();
  return sha256((await loadLearner(learner.save())).save());
}

/** Name of what learned, and the SHA-256 of its snapshot. */
export async function probe() {
  const detector = await createDetector({ channels: 2 });
  const random = generator(3);
  for (let i = 0; i < 400; i++) detector.observe([random(), i / 64 + random()]);
  return {
    simd: await learned({}, { build: 'simd' }),
    scalar: await learned({}, { build: 'scalar' }),
    wide: await learned({ bits: 16, seed: 9 }),
    window: await learned({ inputs: undefined, window: { axes: 2, samples: 16 } }),
    memory: await learned({ exemplars: 30 }, { build: 'simd' }),
    memoryScalar: await learned({ exemplars: 30 }, { build: 'scalar' }),
    detector: await sha256(detector.save()),
  };
}
