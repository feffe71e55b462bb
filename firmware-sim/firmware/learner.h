/* A learner of onward in C: five functions. Its whole memory is static, its size known at compile time (config.h).
   The arithmetic is the translated core's: the bytes are those that Node or a browser computes from the same samples.

   x is ONWARD_VALUES numbers (binary32; a NaN is a missing value). With a window (ONWARD_AXES > 0) these are the raw
   readings, one row of ONWARD_AXES for each of ONWARD_SAMPLES instants; features are made inside. Otherwise features. */
#ifndef ONWARD_LEARNER_H
#define ONWARD_LEARNER_H

#include <stdint.h>

#include "config.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Names of the labels, ONWARD_LABELS of them. */
extern const char *const onward_labels[];

/* A fresh learner from the configured seed, or the learned state that the export carried. */
void onward_init(void);

/* The label of x, 0 .. ONWARD_LABELS-1. Changes nothing that is learned. */
int onward_predict(const float *x);

/* Learns that x carries `label`. Gives the number of layers updated (0: it was already answered with confidence),
   or -1 if there is no such label. x may be 0 to learn the sample that the last onward_predict saw. */
int onward_learn(const float *x, int label);

/* Writes a snapshot (FORMAT.md; ONWARD_SNAPSHOT_BYTES), piece by piece and in order, through `write`, which gives 0 when
   it succeeded. No second copy of the learner is needed. Gives 0, or what `write` gave. */
int onward_save(int (*write)(void *context, const void *bytes, uint32_t count), void *context);

/* Reads a snapshot through `read` (twice: the checksum is verified before a learned byte is overwritten). Gives 0, or
   ONWARD_DAMAGED or ONWARD_OTHER_SHAPE and then the learner is as it was, or what `read` gave. */
int onward_load(int (*read)(void *context, uint32_t offset, void *bytes, uint32_t count), void *context);
#define ONWARD_DAMAGED (-2)
#define ONWARD_OTHER_SHAPE (-3)

/* Where the next x can be put to spare the copy and its memory: ONWARD_VALUES floats inside the learner. */
float *onward_x(void);

/* The learned bytes, ONWARD_STATE_BYTES of them: what a snapshot keeps. */
const uint8_t *onward_state(void);

/* The program must give this one: called when the core meets what cannot happen (TRAP_ codes in wasm.h). */
__attribute__((noreturn)) void onward_trap(int code);

#ifdef __cplusplus
}
#endif

#endif
