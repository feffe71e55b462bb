// The public names of onward.

export { createLearner, loadLearner } from './learner.js';
export type { DriftEvent, Learner, LearnerOptions, Prediction, Stats } from './learner.js';
export type { Build, Drift, LearnerConfig, ResolvedConfig, WindowShape } from './config.js';
export type { Grid, LocalLayer, Patches } from './patches.js';
export { bytesNeeded } from './plan.js';
export type { MemoryPlan } from './plan.js';
export { LearnerError } from './errors.js';
export type { LearnerErrorCode } from './errors.js';
export { progressive } from './progressive.js';
export type { Online, ProgressiveOptions, Step } from './progressive.js';
export { Measures } from './measures.js';
export type { Confusion, MeasuresOptions } from './measures.js';
export { AccuracyMatrix } from './accuracy-matrix.js';
export type { Sample } from './sources/sample.js';
export { autosave } from './autosave.js';
export type { Autosave, AutosaveOptions, Saveable } from './autosave.js';
export { PendingLabels } from './pending.js';
export type { PendingCounts, Teachable } from './pending.js';
export type { Restored, Skipped, Store } from './stores/store.js';
export { createDetector, loadDetector } from './detector/detector.js';
export type { Detector, DetectorStats, Observation } from './detector/detector.js';
export type { DetectorConfig, ResolvedDetectorConfig } from './detector/config.js';
export { detectorBytesNeeded } from './detector/plan.js';
export type { DetectorPlan } from './detector/plan.js';
export { createPredictor, loadPredictor, predictorBytesNeeded } from './predictor.js';
export type { NextSymbol, Predictor, PredictorConfig } from './predictor.js';
