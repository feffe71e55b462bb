/* The translated core needs this of C: its linear memory, traps and the integer instructions that C lacks.
   No libc, no malloc, no 64 KiB page: the memory ends where the arena ends (CORE_BYTES, known before the build). */
#ifndef ONWARD_WASM_H
#define ONWARD_WASM_H

#include <limits.h>
#include <stdint.h>

#include "config.h"

/* Flags of an IDE do not decide: for size (-Os), a Cortex-M0+ would take 35 to 70 % longer, and with reassociation half as long again. Its gcc never schedules
   before registers are given out, but forgets that after a pragma (2 %). A build that checks every access is not for speed. */
#if defined(__GNUC__) && !defined(__clang__) && !defined(CORE_CHECKED)
#pragma GCC optimize("O2", "no-tree-reassoc")
#ifdef __ARM_ARCH_6M__
#pragma GCC optimize("no-schedule-insns")
#endif
#endif

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "onward: the bytes of what is learned are those of a little-endian machine"
#endif
#if __CHAR_BIT__ != 8 || __FLT_MANT_DIG__ != 24
#error "onward: a char must have 8 bits, and a float must be binary32"
#endif

typedef uint8_t u8;
typedef int8_t s8;
typedef uint16_t u16;
typedef int16_t s16;
typedef uint32_t u32;
typedef int32_t s32;
typedef uint64_t u64;
typedef int64_t s64;

#define TRAP_BOUNDS 1
#define TRAP_UNREACHABLE 2
#define TRAP_DIVISION 3

/* Constants stay out of RAM: an AVR copies all others there before main. */
#ifdef __AVR__
#include <avr/pgmspace.h>
#define CORE_CONSTANT PROGMEM
#define CORE_CONSTANT_BYTE(at) pgm_read_byte(at)
#define CORE_COPY_CONSTANT(to, from, count) memcpy_P(to, from, count)
#else
#define CORE_CONSTANT
#define CORE_CONSTANT_BYTE(at) (*(at))
#define CORE_COPY_CONSTANT(to, from, count) __builtin_memcpy(to, from, count)
#endif

/* Given by the program around the core; it must not return. */
__attribute__((noreturn)) void onward_trap(int code);

/* The linear memory. The core uses nothing below CORE_LOW (AssemblyScript keeps the first kilobyte free), so that
   kilobyte is not there. Where pointers have 32 bits, the core's addresses are pointers: CORE_ADDRESS, which stands at every
   static address in core.h, adds the base once, at link time. Elsewhere every access adds it. */
#ifdef ONWARD_SEVERAL
static u8 *core_memory; /* of the learner or detector in use */
#else
static u8 core_memory[CORE_BYTES - CORE_LOW] __attribute__((aligned(16)));
#endif
#if UINTPTR_MAX == UINT32_MAX
#define CORE_ADDRESS(address) ((u32)(uintptr_t)core_memory - CORE_LOW + (address))
#define CORE_AT(address) ((u8 *)(uintptr_t)(u32)(address))
#else
#define CORE_ADDRESS(address) ((u32)(address))
#define CORE_AT(address) (core_memory - CORE_LOW + (u32)(address))
#endif
#define CORE_INDEX(address) ((u32)(address) - CORE_ADDRESS(CORE_LOW))

/* Bounds: one 32-bit subtraction and a comparison against a constant. base + offset wraps at 2^32 where wasm would trap, but
   no access leaves the memory. The unchecked build is what ships; the checked one runs the same vectors in the tests. */
#ifdef CORE_CHECKED
#define CORE_INSIDE(address, size) \
  if (CORE_INDEX(address) > CORE_BYTES - CORE_LOW - (size)) onward_trap(TRAP_BOUNDS)
#else
#define CORE_INSIDE(address, size) ((void)0)
#endif

/* Functions stay as the wasm has them: asc has inlined what was worth it, and a small function leaves its inner loop the eight low
   registers of a Cortex-M0+ (inlined into their callers, loops spill). */
#define CORE_FUNCTION static __attribute__((noinline, unused))

/* Natural alignment is promised to the compiler: ARMv6-M and RV32 have no unaligned access, and without the promise
   gcc calls memcpy for every halfword (7.7 times the cycles on a Cortex-M0+). */
/* Loads stay in the order of the program: gcc 12 otherwise pulls them together and spills what they brought (int16 dot products
   at 11.7 cycles a weight on a Cortex-M0+ instead of 7.0). */
#ifdef __ARM_ARCH_6M__
#define CORE_KEEP(value) __asm__ volatile("" : : "r"(value))
#else
#define CORE_KEEP(value) ((void)0)
#endif
#define CORE_LOAD(name, stored, extended, result)                                        \
  static inline __attribute__((always_inline)) result name(u32 base, u32 offset) {       \
    stored value;                                                                        \
    CORE_INSIDE(base + offset, sizeof value);                                             \
    __builtin_memcpy(&value, __builtin_assume_aligned(CORE_AT(base + offset), sizeof value), sizeof value); \
    CORE_KEEP(value);                                                                    \
    return (result)(extended)value;                                                      \
  }
#define CORE_STORE(name, stored, given)                                                  \
  static inline __attribute__((always_inline)) void name(u32 base, u32 offset, given wide) { \
    stored value = (stored)wide;                                                         \
    CORE_INSIDE(base + offset, sizeof value);                                             \
    __builtin_memcpy(__builtin_assume_aligned(CORE_AT(base + offset), sizeof value), &value, sizeof value); \
  }

CORE_LOAD(i32_load, u32, u32, u32)
CORE_LOAD(i32_load8_s, s8, s32, u32)
CORE_LOAD(i32_load8_u, u8, u32, u32)
CORE_LOAD(i32_load16_s, s16, s32, u32)
CORE_LOAD(i32_load16_u, u16, u32, u32)
CORE_LOAD(i64_load, u64, u64, u64)
CORE_LOAD(i64_load8_s, s8, s64, u64)
CORE_LOAD(i64_load8_u, u8, u64, u64)
CORE_LOAD(i64_load16_s, s16, s64, u64)
CORE_LOAD(i64_load16_u, u16, u64, u64)
CORE_LOAD(i64_load32_s, s32, s64, u64)
CORE_LOAD(i64_load32_u, u32, u64, u64)
CORE_STORE(i32_store, u32, u32)
CORE_STORE(i32_store8, u8, u32)
CORE_STORE(i32_store16, u16, u32)
CORE_STORE(i64_store, u64, u64)
CORE_STORE(i64_store8, u8, u64)
CORE_STORE(i64_store16, u16, u64)
CORE_STORE(i64_store32, u32, u64)

static inline void core_range(u32 at, u32 count) {
  const u32 index = CORE_INDEX(at);
  if (count && (index >= CORE_BYTES - CORE_LOW || count > CORE_BYTES - CORE_LOW - index)) onward_trap(TRAP_BOUNDS);
}
static inline void memory_fill(u32 to, u32 value, u32 count) {
  core_range(to, count);
  __builtin_memset(CORE_AT(to), (int)value, count);
}
static inline void memory_copy(u32 to, u32 from, u32 count) {
  core_range(to, count);
  core_range(from, count);
  __builtin_memmove(CORE_AT(to), CORE_AT(from), count);
}

static inline u32 core_unreachable(void) { onward_trap(TRAP_UNREACHABLE); }
#define UNREACHABLE core_unreachable()

/* `long` has 32 bits where `int` has 16, and 32 or 64 elsewhere. */
#if LONG_MAX == INT32_MAX
#define I32_CLZ(x) ((x) ? (u32)__builtin_clzl(x) : 32u)
#define I32_CTZ(x) ((x) ? (u32)__builtin_ctzl(x) : 32u)
#define I32_POPCNT(x) ((u32)__builtin_popcountl(x))
#else
#define I32_CLZ(x) ((x) ? (u32)__builtin_clz(x) : 32u)
#define I32_CTZ(x) ((x) ? (u32)__builtin_ctz(x) : 32u)
#define I32_POPCNT(x) ((u32)__builtin_popcount(x))
#endif
#define I64_CLZ(x) ((x) ? (u64)__builtin_clzll(x) : 64u)
#define I64_CTZ(x) ((x) ? (u64)__builtin_ctzll(x) : 64u)
#define I64_POPCNT(x) ((u64)__builtin_popcountll(x))
#define I32_ROTL(x, y) (((x) << ((y) & 31)) | ((x) >> (-(y) & 31)))
#define I32_ROTR(x, y) (((x) >> ((y) & 31)) | ((x) << (-(y) & 31)))
#define I64_ROTL(x, y) (((x) << ((y) & 63)) | ((x) >> (-(y) & 63)))
#define I64_ROTR(x, y) (((x) >> ((y) & 63)) | ((x) << (-(y) & 63)))

/* Division traps on zero and on the one quotient that does not fit. */
#define CORE_DIVIDE(name, unsigned_type, signed_type, lowest)                            \
  static inline unsigned_type name##_DIV_S(unsigned_type x, unsigned_type y) {           \
    if (y == 0 || (x == (unsigned_type)(lowest) && y == (unsigned_type)-1)) onward_trap(TRAP_DIVISION); \
    return (unsigned_type)((signed_type)x / (signed_type)y);                             \
  }                                                                                      \
  static inline unsigned_type name##_REM_S(unsigned_type x, unsigned_type y) {           \
    if (y == 0) onward_trap(TRAP_DIVISION);                                              \
    return y == (unsigned_type)-1 ? 0 : (unsigned_type)((signed_type)x % (signed_type)y); \
  }
CORE_DIVIDE(I32, u32, s32, INT32_MIN)
CORE_DIVIDE(I64, u64, s64, INT64_MIN)
#define DIV_U(x, y) ((y) ? (x) / (y) : (onward_trap(TRAP_DIVISION), (x)))
#define REM_U(x, y) ((y) ? (x) % (y) : (onward_trap(TRAP_DIVISION), (x)))

#endif
