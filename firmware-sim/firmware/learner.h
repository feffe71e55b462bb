/* A learner of onward in C: seven functions, four of them here, three in state.h, which a detector has too.

   x is ONWARD_VALUES numbers (binary32; a NaN is a missing value). With a window (ONWARD_AXES > 0) these are the raw
   readings, one row of ONWARD_AXES for each of ONWARD_SAMPLES instants; features are made inside. Otherwise features. */
#ifndef ONWARD_LEARNER_H
#define ONWARD_LEARNER_H

#include "state.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Names of the labels, ONWARD_LABELS of them. */
extern const char *const onward_labels[];

/* The label of x, 0 .. ONWARD_LABELS-1. Changes nothing that is learned. */
int onward_predict(const float *x);

/* How likely `label` is the right one of the sample that the last onward_predict saw: 0 to 32767, which is certain (Q15); 0 if there is no
   such label. Ask before onward_learn. */
int onward_probability(int label);

/* How familiar the sample that the last onward_predict saw is as one of `label`: the share of learned samples that lay as far from what their own
   label usually is, 0 to 32767 (Q15). One in fifty has less than 655; what is like nothing that was learned has next to 0. -1 if nothing can be said:
   no such label, fewer than nine samples learned, or a learner that does not keep it. Ask before onward_learn. */
int onward_familiar(int label);

/* Learns that x carries `label`. Gives the number of layers updated (0: it was already answered with confidence),
   or -1 if there is no such label. x may be 0 to learn the sample that the last onward_predict saw. */
int onward_learn(const float *x, int label);

#ifdef __cplusplus
}
#endif

#endif
