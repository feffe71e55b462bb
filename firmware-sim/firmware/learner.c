/* The functions over the translated core. The core is included, not linked: one unit, everything in it static. */
#include "learner.h"

#include "core.h"
#include "data.h"
#include "snapshot.h"
#if ONWARD_SOUND
#include "sound.h"
#endif

void onward_init(void) {
  create();
#if ONWARD_SOUND
  onward_sound_init();
#endif
  /* The core takes all labels into use that it has room for; in use are those of the configuration. */
  const u32 labels = ONWARD_LABELS - ONWARD_SPARE_LABELS;
  __builtin_memcpy(CORE_AT(core_arena() + LABELS_IN_USE), &labels, sizeof labels);
#ifdef ONWARD_LEARNED
  CORE_COPY_CONSTANT(CORE_AT(core_arena()), onward_learned, ONWARD_STATE_BYTES);
#endif
}

float *onward_x(void) {
#if ONWARD_SOUND
  return onward_sound();
#elif ONWARD_AXES
  return (float *)(void *)CORE_AT(core_window());
#else
  return (float *)(void *)CORE_AT(core_input());
#endif
}

static void take(const float *x) {
  float *own = onward_x();
  if (x != own) __builtin_memcpy(own, x, ONWARD_VALUES * sizeof(float));
#if ONWARD_SOUND
  __builtin_memcpy(CORE_AT(core_input()), onward_hear(), ONWARD_INPUTS * sizeof(float));
#elif ONWARD_AXES
  core_extract();
#endif
}

int onward_labels_in_use(void) { return ONWARD_SPARE_LABELS ? (int)labels_in_use() : ONWARD_LABELS; }

static int is_label(int label) { return label >= 0 && label < onward_labels_in_use(); }

int onward_predict(const float *x) {
  take(x);
  return (int)core_predict();
}

int onward_probability(int label) { return is_label(label) ? (int)core_probability((u32)label) : 0; }

int onward_familiar(int label) { return is_label(label) ? (int)core_familiarity((u32)label) : -1; }

int onward_learn(const float *x, int label) {
#if ONWARD_SPARE_LABELS
  const int is_next = label < ONWARD_LABELS && label == onward_labels_in_use();
  if (!is_next && !is_label(label)) return -1;
  if (x) take(x);
  if (is_next) core_addLabel();
#else
  if (!is_label(label)) return -1;
  if (x) take(x);
#endif
  return (int)core_learn((u32)label);
}

int onward_add_label(void) {
#if ONWARD_SPARE_LABELS
  return (int)core_addLabel();
#else
  return -1;
#endif
}

void onward_adapt(const float *x) {
  if (x) take(x);
  core_adapt();
}

#if ONWARD_AXES
/* Readings of the window that is being filled. */
#ifdef ONWARD_SEVERAL
#define PUSHED core_in_use->pushed
#else
#define PUSHED pushed
#endif
int onward_push(const float *reading, uint32_t hop) {
#ifndef ONWARD_SEVERAL
  static u32 pushed;
#endif
  u32 *const rows = &PUSHED;
  float *const window = onward_x();
  if (*rows == ONWARD_SAMPLES) {
    *rows = hop > 0 && hop < ONWARD_SAMPLES ? ONWARD_SAMPLES - hop : 0;
    __builtin_memmove(window, window + (ONWARD_SAMPLES - *rows) * ONWARD_AXES, *rows * ONWARD_AXES * sizeof(float));
  }
  __builtin_memcpy(window + *rows * ONWARD_AXES, reading, ONWARD_AXES * sizeof(float));
  return ++*rows == ONWARD_SAMPLES;
}
#endif

/* In the header of the state (FORMAT.md). */
#define SEEN 0
#define UPDATES 8
#define RATE 20

static u32 state_word(u32 at) {
  u32 value;
  __builtin_memcpy(&value, CORE_AT(core_arena() + at), sizeof value);
  return value;
}

void onward_stats(struct onward_stats *stats) {
  stats->seen = state_word(SEEN);
  stats->updates = state_word(UPDATES);
  stats->saturations = core_saturated();
}

#ifndef CORE_BY_HAND /* it does not say where its regions lie */
#include "earlier.h"
#endif

#if ONWARD_MEMORY
/* The place where the memory keeps them (FORMAT.md). */
#define STORED 12
#define ALARMS 56

static u32 counter(u32 offset) {
  u32 value;
  __builtin_memcpy(&value, CORE_AT(core_memoryState() + offset), sizeof value);
  return value;
}

uint32_t onward_exemplars(void) { return counter(STORED); }
uint32_t onward_alarms(void) { return counter(ALARMS); }
int32_t onward_newest_loss(void) { return (int32_t)core_newestLoss(); }

void onward_sleep(uint32_t steps, uint32_t from, uint32_t to) {
  if (to > steps) to = steps;
  if (from == 0 && to == steps) {
    core_sleep(steps);
    return;
  }
  u8 *const at = CORE_AT(core_arena() + RATE);
  u32 rate;
  __builtin_memcpy(&rate, at, sizeof rate);
  for (; from < to; from++) {
    const u32 now = rate - (u32)((u64)(9 * rate) * from / ((u64)10 * steps)); /* as the core does; a sleep of one step keeps the rate that it finds */
    __builtin_memcpy(at, &now, sizeof now);
    core_sleep(1);
  }
  __builtin_memcpy(at, &rate, sizeof rate);
}
#endif
