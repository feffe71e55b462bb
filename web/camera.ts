/** The camera as a signal, and the networks that look at it; this file is fetched when it is chosen. */
import { openCamera } from '../host/sources/camera.js';
import type { Listener, Live } from './live.js';
import { words } from './words.js';

export { createPictureLearner, loadPictureLearner } from './picture-learner.js';

/** Must be called from a click: the browser asks the visitor then. */
export async function listenToCamera({ take, tell, fail }: Listener): Promise<Live> {
  const source = await openCamera({ queue: 2 });
  tell(words.live.looking);
  (async () => {
    for await (const { picture } of source) take(Float32Array.from(picture, (value) => value / 256));
  })().catch(fail);
  return { stop: () => source.close(), isMirrored: source.facing !== 'environment' };
}
