/* The functions over the translated core. The core is included, not linked: one unit, everything in it static. */
#include "learner.h"

#include "core.h"
#include "data.h"
#include "snapshot.h"

/* Where the state says how many labels are in use (FORMAT.md, header). */
#define LABELS_IN_USE 28

void onward_init(void) {
  create();
  /* The core takes all labels into use that it has room for; in use are those with a name. */
  const u32 labels = ONWARD_LABELS;
  __builtin_memcpy(CORE_AT(core_arena() + LABELS_IN_USE), &labels, sizeof labels);
#ifdef ONWARD_LEARNED
  __builtin_memcpy(CORE_AT(core_arena()), onward_learned, ONWARD_STATE_BYTES);
#endif
}

float *onward_x(void) {
  return (float *)(void *)CORE_AT(ONWARD_AXES ? core_window() : core_input());
}

static void take(const float *x) {
  float *own = onward_x();
  if (x != own) __builtin_memcpy(own, x, ONWARD_VALUES * sizeof(float));
#if ONWARD_AXES
  core_extract();
#endif
}

int onward_predict(const float *x) {
  take(x);
  return (int)core_predict();
}

int onward_probability(int label) {
  if (label < 0 || label >= ONWARD_LABELS) return 0;
  return (int)core_probability((u32)label);
}

int onward_familiar(int label) {
  if (label < 0 || label >= ONWARD_LABELS) return -1;
  return (int)core_familiarity((u32)label);
}

int onward_learn(const float *x, int label) {
  if (label < 0 || label >= ONWARD_LABELS) return -1;
  if (x) take(x);
  return (int)core_learn((u32)label);
}
