/* A learner, a detector and a regressor in C have this in common: one static memory, its size known at compile time (config.h), and snapshots of
   what was learned (FORMAT.md). The bytes are those that Node or a browser computes from the same samples. */
#ifndef ONWARD_STATE_H
#define ONWARD_STATE_H

#include <stdint.h>

#include "config.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Any number of the same kind in one program, for as many machines: compile everything with -DONWARD_SEVERAL, give each its memory, of zeros, and say before functions are called whose
   they are to be. onward_init begins that one. One function at a time: an interrupt or another thread that uses one of them has to wait.

     static struct onward_one pumps[4];
     for (int i = 0; i < 4; i++) onward_use(&pumps[i]), onward_init();

   Those of other kinds, and detectors beside learners, have other names (onward export --as). A prediction takes 0.2 % longer so on a Cortex-M0+, 1 % on a Cortex-M4. */
#ifdef ONWARD_SEVERAL
#define ONWARD_VARIABLES 768
struct onward_one {
  uint8_t memory[CORE_BYTES - CORE_LOW] __attribute__((aligned(16)));
  uint8_t variables[ONWARD_VARIABLES] __attribute__((aligned(16)));
};
void onward_use(struct onward_one *one);
#endif

/* A fresh one from the configured seed, or the learned state that the export carried. */
void onward_init(void);

/* Bytes of the snapshot that `read` reads, or with 0 in its place of the one that onward_save would write now: a learner's has a name for each label
   in use. At most ONWARD_SNAPSHOT_BYTES; 0 if it cannot be one of this learner. */
uint32_t onward_snapshot_bytes(int (*read)(void *context, uint32_t offset, void *bytes, uint32_t count), void *context);

/* Writes a snapshot (onward_snapshot_bytes), piece by piece and in order, through `write`, which gives 0 when
   it succeeded. No second copy of the state is needed. Gives 0, or what `write` gave. */
int onward_save(int (*write)(void *context, const void *bytes, uint32_t count), void *context);

/* Reads a snapshot through `read` (twice: the checksum is verified before a learned byte is overwritten). Gives 0, or
   ONWARD_DAMAGED or ONWARD_OTHER_SHAPE and then the state is as it was, or what `read` gave. */
int onward_load(int (*read)(void *context, uint32_t offset, void *bytes, uint32_t count), void *context);
#define ONWARD_DAMAGED (-2)
#define ONWARD_OTHER_SHAPE (-3)
#define ONWARD_OTHER_VERSION (-4) /* of another onward, by onward_load_compatible */

/* The place where the next x can be put, to spare the copy and its memory: ONWARD_VALUES floats inside. */
float *onward_x(void);

/* The learned bytes, ONWARD_STATE_BYTES of them: what a snapshot keeps. */
const uint8_t *onward_state(void);

/* The program must give this one: called when the core meets what cannot happen (TRAP_ codes in wasm.h). */
__attribute__((noreturn)) void onward_trap(int code);

#ifdef __cplusplus
}
#endif

#endif
