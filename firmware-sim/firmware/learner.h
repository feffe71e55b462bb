/* A learner of onward in C: these functions, and those of state.h, which a detector has too.

   x is ONWARD_VALUES numbers (binary32; a NaN is a missing value). With a window (ONWARD_AXES > 0) these are the raw
   readings, one row of ONWARD_AXES for each of ONWARD_SAMPLES instants; features are made inside. Otherwise features. */
#ifndef ONWARD_LEARNER_H
#define ONWARD_LEARNER_H

#include "state.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Names of the labels, ONWARD_LABELS of them: those in use, then those that there is room for. Names of your own: rename them in Node. */
extern const char *const onward_labels[];
int onward_labels_in_use(void);

/* The label of x, 0 .. onward_labels_in_use() - 1. Changes nothing that is learned. */
int onward_predict(const float *x);

/* How likely `label` is the right one of the sample that the last onward_predict saw: 0 to 32767, which is certain (Q15); 0 if there is no
   such label. Ask before onward_learn. */
int onward_probability(int label);

/* How familiar the sample that the last onward_predict saw is as one of `label`: the share of learned samples that lay as far from what their own
   label usually is, 0 to 32767 (Q15). One in fifty has less than 655; what is like nothing that was learned has next to 0. -1 if nothing can be said:
   no such label, fewer than nine samples learned, or a learner that does not keep it. Ask before onward_learn. */
int onward_familiar(int label);

/* Learns that x carries `label`: one in use, or the next, which is taken into use while there is room (below ONWARD_LABELS). Gives the number of
   layers updated (0: it was already answered with confidence), or -1 if there is no such label. x may be 0 to learn the sample that the last onward_predict saw. */
int onward_learn(const float *x, int label);

/* Takes the next label into use while there is room, before any sample of it. Gives its number, or -1. */
int onward_add_label(void);

/* Lets the running standardisation see x, and nothing else: a sample whose label nobody knows, of a sensor that has come to read otherwise. Shown one state for long it
   unlearns the others, so take few between labelled samples. x may be 0 as in onward_learn. */
void onward_adapt(const float *x);

#if ONWARD_AXES
/* A reading, ONWARD_AXES values: 1 when a window is full, every `hop` readings (1 to ONWARD_SAMPLES); then onward_x() is the sample, until the next reading. */
int onward_push(const float *reading, uint32_t hop);
#endif

/* Samples learned and layers updated since the first, in 32 bits; computations that ran into the end of their range since power-on. */
struct onward_stats {
  uint32_t seen, updates, saturations;
};
void onward_stats(struct onward_stats *stats);

/* As onward_load, once after onward_init, where the program may have been updated: also takes a snapshot of other label names, seed, rate or margin, of more or fewer labels
   and room for them, and of 8 bits where this program has 16. Labels keep their numbers; names and rate are this program's; labels that are new are as if never learned.
   Any other is refused, ONWARD_OTHER_SHAPE or ONWARD_OTHER_VERSION, and stays as it is where it lies. */
int onward_load_compatible(int (*read)(void *context, uint32_t offset, void *bytes, uint32_t count), void *context);

#if ONWARD_MEMORY /* with exemplars, prototypes, drift alarms or a decorrelating step */
/* Exemplars stored now; drift alarms so far. */
uint32_t onward_exemplars(void);
uint32_t onward_alarms(void);

/* Steps `from` to `to` (not included) of a sleep of `steps`: exemplars learned again, one a step, while nothing else is to do; 10 for each one stored is a
   good number. In slices that may be as short as one step: learning rate and all are between them as they were, and together they learn
   the same bytes. Does nothing without exemplars. */
void onward_sleep(uint32_t steps, uint32_t from, uint32_t to);

/* How badly the newest exemplars are answered. A sleep that made it greater has done harm: save before it, and load what was saved. */
int32_t onward_newest_loss(void);
#endif

#ifdef __cplusplus
}
#endif

#endif
