// A process that is killed. `learn PATH`: restores, learns on and saves without a pause; a line on stdout for every finished save.
// `contend PATH LOG MS`: opens and closes the store again and again, with a line in LOG at the start and end of every time it has it.

import { appendFileSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { autosave, createLearner, loadLearner, type LearnerError } from '../../host/index.js';
import { FileStore } from '../../host/stores/file.js';
import { CONFIG, learnNext } from './stream.js';

const [, , role, path, log, milliseconds] = process.argv;

if (role === 'learn') {
  const store = await FileStore.open(path!);
  const restored = await store.load();
  const learner = restored === undefined ? await createLearner(CONFIG) : await loadLearner(restored.snapshot);
  const saver = autosave(learner, store, {
    samples: 5,
    onError: (error) => {
      console.error(error); // no disk, or nobody listens any more
      process.exit(1);
    },
    onSaved: ({ generation, seen }) => writeSync(1, `${generation} ${seen}\n`), // at once: what is in the pipe outlives this process
  });
  for (;;) {
    learnNext(learner);
    await saver.step();
  }
}

if (role === 'contend') {
  const end = performance.now() + Number(milliseconds);
  let had = 0;
  let refused = 0;
  while (performance.now() < end) {
    try {
      const store = await FileStore.open(path!);
      appendFileSync(log!, `in ${process.pid}\n`);
      await sleep(40 * Math.random()); // so long that a kill falls into it: at 4 ms none of 298 did
      appendFileSync(log!, `out ${process.pid}\n`);
      await store.close();
      had++;
    } catch (error) {
      if ((error as LearnerError).code !== 'ESTORE_LOCKED') throw error;
      refused++;
    }
    await sleep(3 * Math.random());
  }
  writeSync(1, JSON.stringify({ had, refused }));
}
