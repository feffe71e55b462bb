/* Start-up of a Cortex-M: vectors, variables, painted stack, main. */
#include <stdint.h>

#include "board.h"
#include "stack.h"

extern uint32_t data_load[], data_begin[], data_end[], bss_begin[], bss_end[];
int main(void);

static void reset(void) {
  for (uint32_t *from = data_load, *to = data_begin; to < data_end;) *to++ = *from++;
  for (volatile uint32_t *at = bss_begin; at < bss_end;) *at++ = 0;
#ifdef __ARM_FEATURE_MVE
  *(volatile uint32_t *)0xe000ed88 |= 0xfu << 20; /* CPACR: vectors are off until they are let in */
  __asm__ volatile("dsb\n isb" ::: "memory");
#endif
  uint32_t *here;
  __asm__ volatile("mov %0, sp" : "=r"(here));
  for (volatile uint32_t *at = stack_paint(); at < here - 4;) *at++ = STACK_PAINT;
  main();
  board_stop(0);
}

static void fault(void) { board_stop(2); }

/* The RP2040's; boards that have no such interrupt link the fault in its place. */
__attribute__((weak, alias("fault"))) void timer0_interrupt(void);
__attribute__((weak, alias("fault"))) void uart0_interrupt(void);

__attribute__((section(".vectors"), used)) static void (*const vectors[16 + 21])(void) = {
    [0] = (void (*)(void))stack_begin, [1] = reset, [2] = fault, [3] = fault, [4] = fault, [5] = fault, [6] = fault,
    [16] = timer0_interrupt, [16 + 20] = uart0_interrupt};
