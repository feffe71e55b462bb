/* The stack's high-water mark: start-up paints the free stack, stack_used() looks how far the paint is gone. */
#ifndef STACK_H
#define STACK_H

#include <stdint.h>

#define STACK_PAINT 0xdeadbeefu

/* From the linker script: the free RAM above the variables, up to where the stack begins. */
extern uint32_t stack_end[], stack_begin[];

/* The paint begins here: not below STACK_PAINTED bytes, which saves a boot of a large RAM half a million cycles. */
#define STACK_PAINTED 4096
static inline uint32_t *stack_paint(void) {
  return stack_begin - stack_end > STACK_PAINTED / 4 ? stack_begin - STACK_PAINTED / 4 : stack_end;
}

static inline uint32_t stack_used(void) {
  const uint32_t *at = stack_paint();
  while (at < stack_begin && *at == STACK_PAINT) at++;
  return (uint32_t)(stack_begin - at) * 4;
}

#endif
