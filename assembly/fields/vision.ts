// The ABI of the learner with both: local receptive fields and a memory. That of the continual one (../continual/index.ts), but no windows of raw
// signal. Compiled with LOCAL_FIELDS.

export {
  addLabel, adapt, arena, config, create, familiarity, input, learn, logRate, memoryState, newestLoss, plan, predict, probability, removeLabel,
  saturated, scores, sharpness, sleep, stateBytes, weights,
} from "../continual/index";
