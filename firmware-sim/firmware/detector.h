/* A detector of onward in C: it learns what is normal from samples without labels and says how unusual each new one is.
   x is ONWARD_VALUES numbers, one a channel (binary32; a NaN is a missing value). */
#ifndef ONWARD_DETECTOR_H
#define ONWARD_DETECTOR_H

#include "state.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One sample, scored by what was learned before it, then learned (in commissioned mode only during the warm-up).
   Gives 1 when it is an alarm. x may be onward_x(). */
int onward_observe(const float *x);

/* Score of the last sample, Q16, before it is divided by the configured threshold (ONWARD_THRESHOLD, Q24). 0 while warming up. */
int32_t onward_score(void);

/* The greatest score lately, Q16: a 96th of it fades with each sample. */
int32_t onward_recent(void);

/* ONWARD_VALUES numbers of the last sample, one a channel. Streaming: its own score, Q16. Commissioned: its part of the score's square, Q8. */
const int32_t *onward_parts(void);

/* Streaming: which view gave each channel its score: 0, 1 and 7 level; 2 change; 3 and 6 rhythm; 4 and 8 spread; 5 trend; 9 and 11 stuck; 10 missing;
   12 joint. */
const int32_t *onward_views(void);

/* Forgets what is normal; it is learned anew from what comes: after a repair, a move, a change of product. */
void onward_commission(void);

#ifdef __cplusplus
}
#endif

#endif
