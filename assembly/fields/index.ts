// The ABI of the learner with local receptive fields: that of the plain one (../index.ts), but no windows of raw signal. Its configuration has the
// grid of the sample, and local layers in the words of units. Compiled with LOCAL_FIELDS.

export {
  addLabel, adapt, arena, config, create, familiarity, input, learn, learnRows, logRate, plan, predict, probability, removeLabel, saturated, scores,
  sharpness, stateBytes, weights,
} from "../index";
