/* Start-up of an RV32 core in machine mode. */
#include <stdint.h>

#include "board.h"
#include "stack.h"

extern uint32_t data_load[], data_begin[], data_end[], bss_begin[], bss_end[];
int main(void);

__attribute__((aligned(4), interrupt)) static void fault(void) { board_stop(2); }

__attribute__((used, noreturn)) static void reset(void) {
  for (uint32_t *from = data_load, *to = data_begin; to < data_end;) *to++ = *from++;
  for (volatile uint32_t *at = bss_begin; at < bss_end;) *at++ = 0;
#ifdef __riscv_vector
  __asm__ volatile("csrs mstatus, %0" ::"r"(1 << 9)); /* VS: vectors are off until they are let in */
#endif
  uint32_t *here;
  __asm__ volatile("mv %0, sp" : "=r"(here));
  for (volatile uint32_t *at = stack_paint(); at < here - 4;) *at++ = STACK_PAINT;
  __asm__ volatile("csrw mtvec, %0" ::"r"(fault));
  main();
  board_stop(0);
}

__attribute__((naked, section(".vectors"), used)) void entry(void) { __asm__ volatile("la sp, stack_begin\n j %0" ::"i"(reset)); }
