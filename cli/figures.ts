import type { Learner } from '../host/index.js';
import type { Measures } from '../host/measures.js';

/** The figures that every command which learns gives in its JSON; fractions from 0 to 1. */
export function figures(learner: Learner, measures: Measures) {
  const { updates, saturations, exemplars, alarms, bytes } = learner.stats();
  return {
    samples: measures.samples,
    labels: learner.labels.length,
    labelNames: [...learner.labels],
    accuracy: measures.accuracy,
    recentAccuracy: measures.recent,
    fadingAccuracy: measures.fading,
    balancedAccuracy: measures.balancedAccuracy,
    persistence: measures.persistence,
    majority: measures.majority,
    kappa: measures.kappa,
    kappaTemporal: measures.kappaTemporal,
    kappaM: measures.kappaM,
    calibrationError: measures.calibrationError ?? null,
    recall: Object.fromEntries(measures.labels.map((label) => [label, measures.recall(label) ?? null])),
    confusion: measures.confusion,
    arenaBytes: bytes.arena,
    updates,
    saturations,
    exemplars,
    alarms,
  };
}
