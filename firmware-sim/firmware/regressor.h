/* A regressor of onward in C: it predicts a number from a sample, says where it lies, and learns it when it is known.
   x is ONWARD_VALUES numbers (binary32; a NaN is a missing value). The ONWARD_LAGS numbers that were known last are inputs, too: the regressor keeps them itself. */
#ifndef ONWARD_REGRESSOR_H
#define ONWARD_REGRESSOR_H

#include "state.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A number, and where it lies in four of five cases: a tenth is below low, a tenth above high. All NaN before the first number was learned. */
struct onward_estimate {
  float value, low, high;
};

/* The number that belongs to x. Changes nothing that is learned. x may be onward_x(). */
void onward_predict(const float *x, struct onward_estimate *estimate);

/* One step, of samples in their order, once the number that belongs to x is known; a NaN is one that stays unknown. With an ONWARD_HORIZON of N that is when
   N - 1 later samples have been asked about: the program keeps those that wait. x of 0 is the sample that was predicted last. Gives how many layers were updated. */
int onward_learn(const float *x, float target);

/* The next sample does not follow the last one: what was known of numbers is forgotten, what was learned stays. */
void onward_begin(void);

struct onward_stats {
  uint32_t seen;        /* samples whose number was known */
  uint32_t updates;     /* layers that were corrected */
  uint32_t saturations; /* weights that stand at their limit */
};
void onward_stats(struct onward_stats *stats);

#ifdef __cplusplus
}
#endif

#endif
