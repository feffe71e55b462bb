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
int onward_push(const float *reading, uint32_t hop) {
  static uint32_t rows;
  float *const window = onward_x();
  if (rows == ONWARD_SAMPLES) {
    rows = hop > 0 && hop < ONWARD_SAMPLES ? ONWARD_SAMPLES - hop : 0;
    __builtin_memmove(window, window + (ONWARD_SAMPLES - rows) * ONWARD_AXES, rows * ONWARD_AXES * sizeof(float));
  }
  __builtin_memcpy(window + rows * ONWARD_AXES, reading, ONWARD_AXES * sizeof(float));
  return ++rows == ONWARD_SAMPLES;
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

/* In a snapshot (FORMAT.md). */
#define VERSION 4
#define WORDS 8
#define NOTE 116
#define NAMES 120
#define WORD_SEED 5
#define WORD_RATE 6
#define WORD_MARGIN 8

/* Of the bytes before the label names: those words may be others, the note, which is read over, and the version, which is 3 with a note. */
static int is_compatible(u32 at, u8 byte) {
  const u32 word = (at - WORDS) / 4;
  if (at == VERSION) return byte == 2 || byte == 3;
  return byte == CORE_CONSTANT_BYTE(onward_header + at) || at >= NOTE || (at >= WORDS && (word == WORD_SEED || word == WORD_RATE || word == WORD_MARGIN));
}

int onward_load_compatible(int (*read)(void *context, uint32_t offset, void *bytes, uint32_t count), void *context) {
  u8 piece[32];
  u32 at, note = 0, labels, used, crc = CRC32_START;
  int failed = 0;
  for (at = 0; at < NAMES && !failed; at++) {
    failed = read(context, at, piece, 1);
    if (!failed && !is_compatible(at, piece[0])) return ONWARD_OTHER_SHAPE;
    if (at >= NOTE) note |= (u32)piece[0] << 8 * (at - NOTE);
  }
  if (!failed) failed = read(context, NAMES, piece, 2);
  if (failed) return failed;
  labels = piece[0] | (u32)piece[1] << 8;
  if (labels == 0 || labels > ONWARD_LABELS || (!ONWARD_SPARE_LABELS && labels != ONWARD_LABELS)) return ONWARD_OTHER_SHAPE;
  at = NAMES + 2;
  for (u32 name = 0; name < labels; name++) {
    failed = read(context, at, piece, 2);
    if (failed) return failed;
    at += 2 + (piece[0] | (u32)piece[1] << 8);
    if (at > 0xffff || note > 0xffff) return ONWARD_DAMAGED; /* a torn length leads nowhere */
  }
  const u32 state = (at + 7) & ~7u, total = state + ONWARD_STATE_BYTES + note + 4;
  for (at = 0; at < total; at += (u32)sizeof piece) {
    const u32 count = total - at < sizeof piece ? total - at : (u32)sizeof piece;
    failed = read(context, at, piece, count);
    if (failed) return failed;
    crc = crc32_bytes(crc, piece, count);
  }
  failed = read(context, state + LABELS_IN_USE, &used, sizeof used);
  if (failed) return failed;
  if (crc != CRC32_RESIDUE || used != labels) return ONWARD_DAMAGED;
  failed = read(context, state, CORE_AT(core_arena()), ONWARD_STATE_BYTES);
  if (!failed) CORE_COPY_CONSTANT(CORE_AT(core_arena() + RATE), onward_config + WORD_RATE, 4);
  return failed;
}

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
