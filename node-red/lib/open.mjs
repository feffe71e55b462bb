// What the nodes, which Node-RED wants in CommonJS, import of the library, which is ESM.

import { DetectorModel } from './detector-model.mjs';
import { LearnerModel } from './learner-model.mjs';
import { RegressorModel } from './regressor-model.mjs';
import { settingsOf } from './settings.mjs';

export { FleetMember } from './fleet-member.mjs';
export { Moments } from './moments.mjs';
export { readFeatures, readId, readLabel, readSeconds, readTarget } from './reading.mjs';

const MODELS = { learner: LearnerModel, detector: DetectorModel, regressor: RegressorModel };

/**
 * @param {Record<string, any>} dialog
 * @param {string} userDir
 * @param {(error: Error) => void} onError told of saves that failed; learning goes on
 */
export async function openModel(dialog, userDir, onError) {
  const settings = settingsOf(dialog, userDir);
  return MODELS[settings.kind].open({ ...settings, onError });
}
