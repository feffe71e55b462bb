/* The front end of sound over its translated core: a unit and a memory of its own, beside those of the learner. */
#include "config.h"
#include "sound.h"

#undef CORE_LOW
#undef CORE_BYTES
#define CORE_LOW ONWARD_SOUND_LOW
#define CORE_BYTES ONWARD_SOUND_BYTES
#include "sound-core.h"

static const s32 words[3] CORE_CONSTANT = {ONWARD_SOUND_RATE, ONWARD_VALUES, ONWARD_SOUND_BANDS};

void onward_sound_init(void) {
  core_start();
  CORE_COPY_CONSTANT(CORE_AT(core_config()), words, sizeof words);
  if (core_plan() != ONWARD_SOUND_ARENA_BYTES || core_create() != 0) onward_trap(TRAP_UNREACHABLE);
}

float *onward_sound(void) { return (float *)(void *)CORE_AT(core_input()); }

const float *onward_hear(void) {
  core_extract();
  return (const float *)(const void *)CORE_AT(core_features());
}
