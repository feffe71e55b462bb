/** A learner whose samples are pictures: of each it learns the features. Pictures are what the page keeps, and shows. */
import { coreOf, resolveConfig, type LearnerConfig, type ResolvedConfig } from '../host/config.js';
import { compile, fastestBuild, type CoreExports } from './core.js';
import { Learner } from '../host/learner.js';
import { decodeSnapshot } from '../host/snapshot.js';
import { pictureFeatures } from '../host/sources/picture-features.js';
import { PICTURE_FEATURES, PICTURE_SIDE, PICTURE_VALUES } from '../host/sources/picture-shape.js';
import { words } from './words.js';

/** By this a snapshot is told from one of a learner of other numbers. */
const NOTE = JSON.stringify({ picture: { side: PICTURE_SIDE, features: PICTURE_FEATURES } });

class PictureLearner extends Learner {
  /** Red, green and blue of each point, 0 to 1 in steps of 1/256. */
  override readonly inputs = PICTURE_VALUES;
  override note = NOTE;

  override features(x: ArrayLike<number>): Float32Array {
    return pictureFeatures(Float32Array.from(x, (value) => 256 * value));
  }

  protected override take(x: ArrayLike<number>): CoreExports {
    return super.take(this.features(x));
  }
}

export const createPictureLearner = (config: LearnerConfig): Promise<Learner> => make(resolveConfig(config));

/** @throws LearnerError, Error: no snapshot, or one of a learner of something else */
export async function loadPictureLearner(snapshot: Uint8Array): Promise<Learner> {
  const { config, state, note } = decodeSnapshot(snapshot);
  if (note === NOTE && config.window === null && config.inputs === PICTURE_FEATURES) return make(config, state);
  throw new Error(words.misfit.picture);
}

async function make(config: ResolvedConfig, state?: Uint8Array): Promise<Learner> {
  const build = fastestBuild();
  return new PictureLearner(await compile(build, coreOf(config)), build, config, {}, state);
}
