/* The detector's functions over its translated core. */
#include "detector.h"

#include "core.h"
#include "data.h"
#include "snapshot.h"

void onward_init(void) {
  create();
#ifdef ONWARD_LEARNED
  CORE_COPY_CONSTANT(CORE_AT(core_arena()), onward_learned, ONWARD_STATE_BYTES);
#endif
}

float *onward_x(void) { return (float *)(void *)CORE_AT(core_input()); }

int onward_observe(const float *x) {
  float *own = onward_x();
  if (x != own) __builtin_memcpy(own, x, ONWARD_VALUES * sizeof(float));
  return (int)core_observe();
}

int32_t onward_score(void) { return (int32_t)core_score(); }

int32_t onward_recent(void) { return (int32_t)core_recent(); }

const int32_t *onward_parts(void) { return (const int32_t *)(const void *)CORE_AT(core_parts()); }

const int32_t *onward_views(void) { return (const int32_t *)(const void *)CORE_AT(core_views()); }

void onward_commission(void) { core_commission(); }
