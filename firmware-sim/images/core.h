/* The scalar core d58ed230, translated by wabt wasm2c and firmware-sim/translate.ts: do not edit. */
#include "wasm.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic ignored "-Wunused-but-set-variable"
#pragma GCC diagnostic ignored "-Wunused-variable"
#pragma GCC diagnostic ignored "-Wunused-value"
#pragma GCC diagnostic ignored "-Wunused-label"
#pragma GCC diagnostic ignored "-Wunused-parameter"

static u32 w2c_g0;
static u32 w2c_g1;
static u32 w2c_g2;
static u32 w2c_g3;
static u32 w2c_g4;
static u32 w2c_g5;
static u32 w2c_g6;
static u32 w2c_g7;
static u32 w2c_g8;
static u32 w2c_g9;
static u32 w2c_g10;
static u32 w2c_g11;
static u32 w2c_g12;
static u32 w2c_g13;
static u32 w2c_g14;
static u32 w2c_g15;
static u32 w2c_g16;
static u32 w2c_g17;
static u32 w2c_g18;
static u32 w2c_g19;
static u32 w2c_g20;
static u32 w2c_g21;
static u32 w2c_g22;
static u32 w2c_g23;
static u32 w2c_g24;
static u32 w2c_g25;
static u32 w2c_g26;
static u32 w2c_g27;
static u32 w2c_g28;
static u32 w2c_g29;
static u32 w2c_g30;
static u32 w2c_g31;
static u32 w2c_g32;
static u32 w2c_g33;
static u32 w2c_g34;
static u32 w2c_g35;
static u32 w2c_g36;
static u32 w2c_g37;

static const u8 data_segment_data_w2c_core_d0[] = {
  0x24, 0x03, 0x48, 0x06, 0x6a, 0x09, 0x8c, 0x0c, 0xab, 0x0f, 0xc8, 0x12, 
  0xe2, 0x15, 0xf9, 0x18, 0x0b, 0x1c, 0x1a, 0x1f, 0x23, 0x22, 0x28, 0x25, 
  0x26, 0x28, 0x1f, 0x2b, 0x11, 0x2e, 0xfb, 0x30, 0xdf, 0x33, 0xba, 0x36, 
  0x8c, 0x39, 0x56, 0x3c, 0x17, 0x3f, 0xce, 0x41, 0x7a, 0x44, 0x1c, 0x47, 
  0xb4, 0x49, 0x3f, 0x4c, 0xbf, 0x4e, 0x33, 0x51, 0x9b, 0x53, 0xf5, 0x55, 
  0x42, 0x58, 0x82, 0x5a, 0xb3, 0x5c, 0xd7, 0x5e, 0xeb, 0x60, 0xf1, 0x62, 
  0xe8, 0x64, 0xcf, 0x66, 0xa6, 0x68, 0x6d, 0x6a, 0x23, 0x6c, 0xc9, 0x6d, 
  0x5e, 0x6f, 0xe2, 0x70, 0x54, 0x72, 0xb5, 0x73, 0x04, 0x75, 0x41, 0x76, 
  0x6b, 0x77, 0x84, 0x78, 0x89, 0x79, 0x7c, 0x7a, 0x5c, 0x7b, 0x29, 0x7c, 
  0xe3, 0x7c, 0x89, 0x7d, 0x1d, 0x7e, 0x9c, 0x7e, 0x09, 0x7f, 0x61, 0x7f, 
  0xa6, 0x7f, 0xd8, 0x7f, 0xf5, 0x7f, 0xff, 0x7f, 
};
static const u8 data_segment_data_w2c_core_d1[] = {
  0xff, 0xff, 0x3d, 0xfd, 0x83, 0xfa, 0xd0, 0xf7, 0x25, 0xf5, 0x81, 0xf2, 
  0xe4, 0xef, 0x4e, 0xed, 0xc0, 0xea, 0x39, 0xe8, 0xb8, 0xe5, 0x3f, 0xe3, 
  0xcc, 0xe0, 0x60, 0xde, 0xfb, 0xdb, 0x9c, 0xd9, 0x44, 0xd7, 0xf3, 0xd4, 
  0xa7, 0xd2, 0x62, 0xd0, 0x24, 0xce, 0xeb, 0xcb, 0xb9, 0xc9, 0x8d, 0xc7, 
  0x66, 0xc5, 0x46, 0xc3, 0x2c, 0xc1, 0x17, 0xbf, 0x08, 0xbd, 0xff, 0xba, 
  0xfb, 0xb8, 0xfd, 0xb6, 0x04, 0xb5, 0x11, 0xb3, 0x23, 0xb1, 0x3b, 0xaf, 
  0x58, 0xad, 0x7a, 0xab, 0xa1, 0xa9, 0xcd, 0xa7, 0xfe, 0xa5, 0x34, 0xa4, 
  0x70, 0xa2, 0xb0, 0xa0, 0xf5, 0x9e, 0x3e, 0x9d, 0x8d, 0x9b, 0xe0, 0x99, 
  0x37, 0x98, 0x94, 0x96, 0xf4, 0x94, 0x5a, 0x93, 0xc3, 0x91, 0x31, 0x90, 
  0xa4, 0x8e, 0x1a, 0x8d, 0x95, 0x8b, 0x14, 0x8a, 0x98, 0x88, 0x1f, 0x87, 
  0xaa, 0x85, 0x3a, 0x84, 0xcd, 0x82, 0x64, 0x81, 0x00, 0x80, 
};

CORE_FUNCTION void core_f0(u32, u32);
CORE_FUNCTION void core_f1(u32);
CORE_FUNCTION void core_f2(u32);
CORE_FUNCTION void core_f3(u32);
CORE_FUNCTION u32 core_f4(u32, u32);
CORE_FUNCTION u32 core_f5(u32);
CORE_FUNCTION void core_f6(void);
CORE_FUNCTION void core_f7(void);
CORE_FUNCTION void core_f8(u32, u32);
CORE_FUNCTION u32 core_f9(u32);
CORE_FUNCTION void core_f10(u32, u32);
CORE_FUNCTION u32 core_f11(void);
CORE_FUNCTION void core_f12(u32, u32);
CORE_FUNCTION void core_f13(u32, u32);
CORE_FUNCTION u64 core_f14(u32, u32, u32, u32);
CORE_FUNCTION u32 core_f15(u32, u32, u32);
CORE_FUNCTION u32 core_f16(u64, u32);
CORE_FUNCTION void core_f17(u32);
CORE_FUNCTION u32 core_f18(u32);
CORE_FUNCTION u32 core_f19(u32);
CORE_FUNCTION u32 core_f20(u32);
CORE_FUNCTION void core_f21(void);
CORE_FUNCTION u32 core_f22(u32, u32, u32);
CORE_FUNCTION void core_f23(void);
CORE_FUNCTION void core_f24(u32);
CORE_FUNCTION u32 core_f25(u32, u32);
CORE_FUNCTION u32 core_f26(u32, u32, u32, u32);
CORE_FUNCTION void core_f27(u32, u32, u32, u32, u32, u32);
CORE_FUNCTION void core_f28(u32, u32, u32, u32);
CORE_FUNCTION void core_f29(u32, u32, u32, u32);
CORE_FUNCTION u32 core_window(void);
CORE_FUNCTION u32 core_weights(u32);
CORE_FUNCTION u32 core_stateBytes(void);
CORE_FUNCTION u32 core_scores(void);
CORE_FUNCTION u32 core_saturated(void);
CORE_FUNCTION void core_removeLabel(u32);
CORE_FUNCTION u32 core_predict(void);
CORE_FUNCTION u32 core_plan(void);
CORE_FUNCTION u32 core_logRate(u32);
CORE_FUNCTION void core_learnRows(u32, u32, u32);
CORE_FUNCTION u32 core_learn(u32);
CORE_FUNCTION u32 core_input(void);
CORE_FUNCTION void core_extract(void);
CORE_FUNCTION u32 core_create(void);
CORE_FUNCTION u32 core_config(void);
CORE_FUNCTION u32 core_arena(void);
CORE_FUNCTION u32 core_addLabel(void);
CORE_FUNCTION void core_adapt(void);
CORE_FUNCTION void core_f48(u32);
CORE_FUNCTION void core_f49(u32, u32);
CORE_FUNCTION void core_f50(u32);
CORE_FUNCTION u32 core_familiarity(u32);
CORE_FUNCTION void core_f52(u32, u32, u32);
CORE_FUNCTION u32 core_sharpness(void);
CORE_FUNCTION void core_f54(u32);
CORE_FUNCTION u32 core_probability(u32);

CORE_FUNCTION void core_f0(u32 var_p0, u32 var_p1) {
  u32 var_l3 = 0;
  u64 var_l2 = 0;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6;
  u64 var_j0, var_j1, var_j2, var_j3, var_j4;
  var_i0 = w2c_g10;
  var_i1 = var_p0;
  var_i2 = 1u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load16_u(var_i0, 0u);
  var_i1 = 4294934527u;
  var_i0 &= var_i1;
  var_l3 = var_i0;
  var_i1 = 4u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = var_p1;
  var_i1 = i32_load8_s(var_i1, 13u);
  var_i1 = (u32)(s32)(s8)(u8)(var_i1);
  var_p1 = var_i1;
  var_i2 = 160u;
  var_i1 += var_i2;
  var_i2 = 10u;
  var_i1 <<= (var_i2 & 31);
  var_i0 -= var_i1;
  w2c_g32 = var_i0;
  var_i0 = w2c_g9;
  var_i1 = var_p0;
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load(var_i0, 0u);
  var_p0 = var_i0;
  var_i0 = var_l3;
  var_i1 = 6u;
  var_i0 >>= (var_i1 & 31);
  var_i1 = 163u;
  var_i0 -= var_i1;
  var_i1 = var_p1;
  var_i0 -= var_i1;
  var_p1 = var_i0;
  var_i1 = 0u;
  var_i0 = (u32)((s32)var_i0 >= (s32)var_i1);
  if (var_i0) {
    var_j0 = 18446744073575333889ull;
    var_j1 = 134217727ull;
    var_i2 = var_p0;
    var_j2 = (u64)(s64)(s32)(var_i2);
    var_i3 = 32u;
    var_i4 = var_p1;
    var_i5 = var_p1;
    var_i6 = 32u;
    var_i5 = (u32)((s32)var_i5 >= (s32)var_i6);
    var_i3 = var_i5 ? var_i3 : var_i4;
    var_j3 = (u64)(s64)(s32)(var_i3);
    var_j2 <<= (var_j3 & 63);
    var_l2 = var_j2;
    var_j3 = var_l2;
    var_j4 = 134217727ull;
    var_i3 = (u64)((s64)var_j3 > (s64)var_j4);
    var_j1 = var_i3 ? var_j1 : var_j2;
    var_l2 = var_j1;
    var_j2 = var_l2;
    var_j3 = 18446744073575333889ull;
    var_i2 = (u64)((s64)var_j2 < (s64)var_j3);
    var_j0 = var_i2 ? var_j0 : var_j1;
    var_i0 = (u32)(var_j0);
  } else {
    var_i0 = var_p0;
    var_i1 = 31u;
    var_i2 = 0u;
    var_i3 = var_p1;
    var_i2 -= var_i3;
    var_p0 = var_i2;
    var_i3 = var_p0;
    var_i4 = 31u;
    var_i3 = (u32)((s32)var_i3 >= (s32)var_i4);
    var_i1 = var_i3 ? var_i1 : var_i2;
    var_i0 = (u32)((s32)var_i0 >> (var_i1 & 31));
  }
  w2c_g33 = var_i0;
}

CORE_FUNCTION void core_f1(u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0, var_l8 = 0;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_i7, 
      var_i8, var_i9, var_i10;
  u64 var_j0;
  var_i0 = 2047u;
  var_i1 = CORE_ADDRESS(52);
  var_i1 = i32_load(var_i1, 0u);
  var_l2 = var_i1;
  var_i2 = var_l2;
  var_i3 = 2047u;
  var_i2 = (u32)((s32)var_i2 >= (s32)var_i3);
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_l5 = var_i0;
  var_i0 = w2c_g3;
  var_j0 = i64_load(var_i0, 0u);
  var_i0 = (u32)(var_j0);
  var_l2 = var_i0;
  var_L0: 
    var_i0 = var_l1;
    var_i1 = CORE_ADDRESS(16);
    var_i1 = i32_load(var_i1, 0u);
    var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
    if (var_i0) {
      var_i0 = w2c_g4;
      var_i1 = var_l1;
      var_i2 = 5u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_l3 = var_i0;
      var_i0 = w2c_g16;
      var_i1 = var_l1;
      var_i2 = 1u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_i1 = w2c_g13;
      var_i2 = var_l1;
      var_i3 = 2u;
      var_i2 <<= (var_i3 & 31);
      var_i1 += var_i2;
      var_i1 = i32_load(var_i1, 0u);
      var_l6 = var_i1;
      var_i2 = 23u;
      var_i1 >>= (var_i2 & 31);
      var_i2 = 255u;
      var_i1 &= var_i2;
      var_i2 = 255u;
      var_i1 = var_i1 != var_i2;
      if (var_i1) {
        var_i1 = var_p0;
        if (var_i1) {
          var_i1 = var_l3;
          var_i2 = var_l6;
          var_i3 = var_l1;
          var_i4 = var_l2;
          var_i3 += var_i4;
          var_i1 = core_f22(var_i1, var_i2, var_i3);
        } else {
          var_i1 = var_l3;
          var_i1 = i32_load(var_i1, 24u);
          var_i2 = 0u;
          var_i3 = var_l3;
          var_i3 = i32_load8_s(var_i3, 13u);
          var_i3 = (u32)(s32)(s8)(u8)(var_i3);
          var_l7 = var_i3;
          var_i3 = 0u;
          var_i4 = var_l6;
          var_i5 = 23u;
          var_i4 >>= (var_i5 & 31);
          var_i5 = 255u;
          var_i4 &= var_i5;
          var_l8 = var_i4;
          var_i4 = !(var_i4);
          if (var_i4) {goto var_B4;}
          var_i3 = var_l6;
          var_i4 = 8388607u;
          var_i3 &= var_i4;
          var_i4 = 8388608u;
          var_i3 |= var_i4;
          var_l4 = var_i3;
          var_i3 = var_l8;
          var_i4 = 150u;
          var_i3 -= var_i4;
          var_i4 = var_l7;
          var_i3 -= var_i4;
          var_l7 = var_i3;
          var_i4 = 3u;
          var_i3 = (u32)((s32)var_i3 > (s32)var_i4);
          if (var_i3) {
            var_i3 = 134217727u;
          } else {
            var_i3 = var_l7;
            var_i4 = 0u;
            var_i3 = (u32)((s32)var_i3 >= (s32)var_i4);
            if (var_i3) {
              var_i3 = var_l4;
              var_i4 = var_l7;
              var_i3 <<= (var_i4 & 31);
            } else {
              var_i3 = var_l7;
              var_i4 = 4294967271u;
              var_i3 = (u32)((s32)var_i3 < (s32)var_i4);
              if (var_i3) {
                var_i3 = 0u;
              } else {
                var_i3 = var_l4;
                var_i4 = 1u;
                var_i5 = 4294967295u;
                var_i6 = var_l7;
                var_i5 -= var_i6;
                var_i4 <<= (var_i5 & 31);
                var_i3 += var_i4;
                var_i4 = 0u;
                var_i5 = var_l7;
                var_i4 -= var_i5;
                var_i3 = (u32)((s32)var_i3 >> (var_i4 & 31));
              }
            }
          }
          var_i4 = var_l6;
          var_i5 = 31u;
          var_i4 = (u32)((s32)var_i4 >> (var_i5 & 31));
          var_l6 = var_i4;
          var_i3 ^= var_i4;
          var_i4 = var_l6;
          var_i3 -= var_i4;
          var_B4:;
          var_l4 = var_i3;
          var_i4 = var_l3;
          var_i4 = i32_load(var_i4, 16u);
          var_i3 -= var_i4;
          var_l6 = var_i3;
          var_i2 -= var_i3;
          var_i3 = var_l6;
          var_i4 = var_l6;
          var_i5 = 0u;
          var_i4 = (u32)((s32)var_i4 < (s32)var_i5);
          var_i2 = var_i4 ? var_i2 : var_i3;
          var_i1 = var_i1 >= var_i2;
          if (var_i1) {
            var_i1 = var_l4;
          } else {
            var_i1 = var_l3;
            var_i2 = var_l6;
            var_i1 = core_f4(var_i1, var_i2);
          }
        }
        var_i2 = var_l3;
        var_i2 = i32_load(var_i2, 0u);
        var_i1 -= var_i2;
        var_l4 = var_i1;
        var_i1 = 0u;
        var_i2 = var_l5;
        var_i1 -= var_i2;
        var_l6 = var_i1;
        var_i2 = var_l5;
        var_i3 = var_l3;
        var_i3 = i32_load16_u(var_i3, 8u);
        var_i4 = 4294934529u;
        var_i5 = 32767u;
        var_i6 = var_l3;
        var_i6 = i32_load8_s(var_i6, 12u);
        var_i6 = (u32)(s32)(s8)(u8)(var_i6);
        var_l3 = var_i6;
        var_i7 = 0u;
        var_i6 = (u32)((s32)var_i6 >= (s32)var_i7);
        if (var_i6) {
          var_i6 = var_l4;
          var_i7 = var_l3;
          var_i6 = (u32)((s32)var_i6 >> (var_i7 & 31));
        } else {
          var_i6 = 4294934528u;
          var_i7 = 32768u;
          var_i8 = var_l4;
          var_i9 = var_l4;
          var_i10 = 32768u;
          var_i9 = (u32)((s32)var_i9 > (s32)var_i10);
          var_i7 = var_i9 ? var_i7 : var_i8;
          var_l4 = var_i7;
          var_i8 = var_l4;
          var_i9 = 4294934528u;
          var_i8 = (u32)((s32)var_i8 < (s32)var_i9);
          var_i6 = var_i8 ? var_i6 : var_i7;
          var_i7 = 0u;
          var_i8 = var_l3;
          var_i7 -= var_i8;
          var_i6 <<= (var_i7 & 31);
        }
        var_l3 = var_i6;
        var_i7 = var_l3;
        var_i8 = 32767u;
        var_i7 = (u32)((s32)var_i7 > (s32)var_i8);
        var_i5 = var_i7 ? var_i5 : var_i6;
        var_l3 = var_i5;
        var_i6 = var_l3;
        var_i7 = 4294934529u;
        var_i6 = (u32)((s32)var_i6 < (s32)var_i7);
        var_i4 = var_i6 ? var_i4 : var_i5;
        var_i3 *= var_i4;
        var_i4 = 131072u;
        var_i3 += var_i4;
        var_i4 = 18u;
        var_i3 = (u32)((s32)var_i3 >> (var_i4 & 31));
        var_l3 = var_i3;
        var_i4 = var_l3;
        var_i5 = var_l5;
        var_i4 = (u32)((s32)var_i4 > (s32)var_i5);
        var_i2 = var_i4 ? var_i2 : var_i3;
        var_l3 = var_i2;
        var_i3 = var_l3;
        var_i4 = var_l6;
        var_i3 = (u32)((s32)var_i3 < (s32)var_i4);
        var_i1 = var_i3 ? var_i1 : var_i2;
      } else {
        var_i1 = 0u;
      }
      i32_store16(var_i0, 0u, var_i1);
      var_i0 = var_l1;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l1 = var_i0;
      goto var_L0;
    }
}

CORE_FUNCTION void core_f2(u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0, var_l8 = 0, 
      var_l9 = 0, var_l10 = 0, var_l11 = 0, var_l12 = 0, var_l13 = 0, var_l14 = 0, var_l15 = 0, var_l16 = 0, 
      var_l17 = 0, var_l18 = 0, var_l19 = 0, var_l20 = 0, var_l21 = 0, var_l22 = 0, var_l23 = 0;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5;
  var_i0 = CORE_ADDRESS(20);
  var_i0 = i32_load(var_i0, 0u);
  var_l10 = var_i0;
  var_i0 = CORE_ADDRESS(24);
  var_i0 = i32_load(var_i0, 0u);
  var_l18 = var_i0;
  var_i0 = CORE_ADDRESS(32);
  var_i0 = i32_load(var_i0, 0u);
  var_l17 = var_i0;
  var_i0 = CORE_ADDRESS(16);
  var_i0 = i32_load(var_i0, 0u);
  var_l14 = var_i0;
  var_i1 = 7u;
  var_i0 += var_i1;
  var_i1 = 4294967288u;
  var_i0 &= var_i1;
  var_l1 = var_i0;
  var_i0 = CORE_ADDRESS(384);
  w2c_g0 = var_i0;
  var_i0 = CORE_ADDRESS(384);
  w2c_g28 = var_i0;
  var_i0 = CORE_ADDRESS(432);
  w2c_g28 = var_i0;
  var_i0 = CORE_ADDRESS(384);
  w2c_g3 = var_i0;
  var_i0 = 0u;
  var_i1 = var_l14;
  var_i2 = 5u;
  var_i1 <<= (var_i2 & 31);
  var_i2 = var_l17;
  var_i3 = 4u;
  var_i2 &= var_i3;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_i1 = CORE_ADDRESS(447);
  var_i0 += var_i1;
  var_i1 = 4294967280u;
  var_i0 &= var_i1;
  w2c_g28 = var_i0;
  var_i0 = CORE_ADDRESS(432);
  w2c_g4 = var_i0;
  var_i0 = w2c_g28;
  var_i1 = w2c_g28;
  var_i2 = var_l10;
  var_i3 = 1u;
  var_i2 <<= (var_i3 & 31);
  var_i1 += var_i2;
  var_i2 = 15u;
  var_i1 += var_i2;
  var_i2 = 4294967280u;
  var_i1 &= var_i2;
  w2c_g28 = var_i1;
  w2c_g11 = var_i0;
  var_i0 = var_l17;
  var_i1 = 16u;
  var_i0 &= var_i1;
  var_i1 = 0u;
  var_i0 = var_i0 != var_i1;
  var_l5 = var_i0;
  if (var_i0) {
    var_i0 = w2c_g28;
    var_l2 = var_i0;
    var_i0 = w2c_g28;
    var_i1 = var_l10;
    var_i0 += var_i1;
    var_i1 = 15u;
    var_i0 += var_i1;
    var_i1 = 4294967280u;
    var_i0 &= var_i1;
    w2c_g28 = var_i0;
  }
  var_i0 = var_l2;
  w2c_g5 = var_i0;
  var_i0 = var_l5;
  if (var_i0) {
    var_i0 = w2c_g28;
    var_l2 = var_i0;
    var_i0 = w2c_g28;
    var_i1 = var_l1;
    var_i2 = var_l10;
    var_i1 *= var_i2;
    var_i0 += var_i1;
    var_i1 = 15u;
    var_i0 += var_i1;
    var_i1 = 4294967280u;
    var_i0 &= var_i1;
    w2c_g28 = var_i0;
  } else {
    var_i0 = 0u;
    var_l2 = var_i0;
  }
  var_i0 = var_l2;
  w2c_g6 = var_i0;
  var_i0 = var_l5;
  if (var_i0) {
    var_i0 = w2c_g28;
    var_l2 = var_i0;
    var_i0 = w2c_g28;
    var_i1 = var_l1;
    var_i2 = var_l10;
    var_i1 *= var_i2;
    var_i0 += var_i1;
    var_i1 = 15u;
    var_i0 += var_i1;
    var_i1 = 4294967280u;
    var_i0 &= var_i1;
    w2c_g28 = var_i0;
  } else {
    var_i0 = 0u;
    var_l2 = var_i0;
  }
  var_i0 = var_l2;
  w2c_g7 = var_i0;
  var_i0 = var_l5;
  if (var_i0) {
    var_i0 = w2c_g28;
    var_l2 = var_i0;
    var_i0 = w2c_g28;
    var_i1 = var_l10;
    var_i2 = 2u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_i1 = 15u;
    var_i0 += var_i1;
    var_i1 = 4294967280u;
    var_i0 &= var_i1;
    w2c_g28 = var_i0;
  } else {
    var_i0 = 0u;
    var_l2 = var_i0;
  }
  var_i0 = var_l2;
  w2c_g8 = var_i0;
  var_i0 = var_l5;
  var_l2 = var_i0;
  if (var_i0) {
    var_i0 = var_l17;
    var_i1 = 4u;
    var_i0 &= var_i1;
    var_i0 = !(var_i0);
    var_l2 = var_i0;
  }
  var_i0 = var_l2;
  if (var_i0) {
    var_i0 = w2c_g28;
    var_l3 = var_i0;
    var_i0 = w2c_g28;
    var_i1 = var_l14;
    var_i2 = 2u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_i1 = 15u;
    var_i0 += var_i1;
    var_i1 = 4294967280u;
    var_i0 &= var_i1;
    w2c_g28 = var_i0;
  }
  var_i0 = var_l3;
  w2c_g9 = var_i0;
  var_i0 = var_l2;
  if (var_i0) {
    var_i0 = w2c_g28;
    var_l2 = var_i0;
    var_i0 = w2c_g28;
    var_i1 = var_l14;
    var_i2 = 1u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_i1 = 15u;
    var_i0 += var_i1;
    var_i1 = 4294967280u;
    var_i0 &= var_i1;
    w2c_g28 = var_i0;
  } else {
    var_i0 = 0u;
    var_l2 = var_i0;
  }
  var_i0 = var_l2;
  w2c_g10 = var_i0;
  var_i0 = w2c_g28;
  var_l20 = var_i0;
  var_i0 = var_l1;
  var_l4 = var_i0;
  var_L7: 
    var_i0 = var_l19;
    var_i1 = 2u;
    var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
    if (var_i0) {
      var_i0 = var_l20;
      w2c_g28 = var_i0;
      var_i0 = 0u;
      var_l2 = var_i0;
      var_i0 = 0u;
      var_l12 = var_i0;
      var_L10: 
        var_i0 = var_l12;
        var_i1 = var_l18;
        var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
        if (var_i0) {
          var_i0 = var_l12;
          var_i1 = 2u;
          var_i0 <<= (var_i1 & 31);
          var_i1 = CORE_ADDRESS(16);
          var_i0 += var_i1;
          var_i0 = i32_load(var_i0, 64u);
          var_l3 = var_i0;
          var_i1 = 7u;
          var_i0 += var_i1;
          var_i1 = 4294967288u;
          var_i0 &= var_i1;
          var_l15 = var_i0;
          var_i0 = var_l12;
          var_i1 = 0u;
          var_i0 = (u32)((s32)var_i0 > (s32)var_i1);
          var_l6 = var_i0;
          if (var_i0) {
            var_i0 = var_l17;
            var_i1 = 1u;
            var_i0 &= var_i1;
            var_l6 = var_i0;
          }
          var_i0 = w2c_g28;
          var_l21 = var_i0;
          var_i0 = w2c_g28;
          var_i1 = var_l12;
          if (var_i1) {
            var_i1 = var_l2;
            var_i2 = 7u;
            var_i1 += var_i2;
            var_i2 = 4294967288u;
            var_i1 &= var_i2;
            var_i2 = var_l1;
            var_i3 = 0u;
            var_i4 = var_l6;
            var_i2 = var_i4 ? var_i2 : var_i3;
            var_i1 += var_i2;
          } else {
            var_i1 = var_l1;
          }
          var_l7 = var_i1;
          var_i2 = var_l3;
          var_i3 = 3u;
          var_i2 += var_i3;
          var_i3 = 4294967292u;
          var_i2 &= var_i3;
          var_i1 *= var_i2;
          var_i2 = var_l12;
          if (var_i2) {
            var_i2 = 0u;
          } else {
            var_i2 = CORE_ADDRESS(16);
            var_i2 = i32_load(var_i2, 0u);
            var_i3 = 8u;
            var_i2 = (u32)((s32)var_i2 <= (s32)var_i3);
          }
          if (var_i2) {
            var_i2 = 16u;
          } else {
            var_i2 = CORE_ADDRESS(28);
            var_i2 = i32_load(var_i2, 0u);
          }
          var_i3 = 3u;
          var_i2 = (u32)((s32)var_i2 >> (var_i3 & 31));
          var_i1 *= var_i2;
          var_i0 += var_i1;
          var_i1 = 15u;
          var_i0 += var_i1;
          var_i1 = 4294967280u;
          var_i0 &= var_i1;
          w2c_g28 = var_i0;
          var_i0 = w2c_g28;
          var_l22 = var_i0;
          var_i0 = w2c_g28;
          var_i1 = var_l15;
          var_i2 = 2u;
          var_i1 <<= (var_i2 & 31);
          var_i0 += var_i1;
          var_i1 = 15u;
          var_i0 += var_i1;
          var_i1 = 4294967280u;
          var_i0 &= var_i1;
          w2c_g28 = var_i0;
          var_i0 = w2c_g28;
          var_l23 = var_i0;
          var_i0 = w2c_g28;
          var_i1 = var_l10;
          var_i2 = var_l15;
          var_i1 *= var_i2;
          var_i2 = 1u;
          var_i1 <<= (var_i2 & 31);
          var_i0 += var_i1;
          var_i1 = 15u;
          var_i0 += var_i1;
          var_i1 = 4294967280u;
          var_i0 &= var_i1;
          w2c_g28 = var_i0;
          var_i0 = 0u;
          var_l11 = var_i0;
          var_i0 = 0u;
          var_l8 = var_i0;
          var_i0 = 0u;
          var_l9 = var_i0;
          var_i0 = var_l17;
          var_i1 = 2u;
          var_i0 &= var_i1;
          if (var_i0) {
            var_i0 = w2c_g28;
            var_l8 = var_i0;
            var_i0 = w2c_g28;
            var_i1 = var_l15;
            var_i2 = 1u;
            var_i1 <<= (var_i2 & 31);
            var_i0 += var_i1;
            var_i1 = 15u;
            var_i0 += var_i1;
            var_i1 = 4294967280u;
            var_i0 &= var_i1;
            w2c_g28 = var_i0;
            var_i0 = w2c_g28;
            var_l9 = var_i0;
            var_i0 = w2c_g28;
            var_i1 = var_l7;
            var_i2 = 1u;
            var_i1 <<= (var_i2 & 31);
            var_i0 += var_i1;
            var_i1 = 15u;
            var_i0 += var_i1;
            var_i1 = 4294967280u;
            var_i0 &= var_i1;
            w2c_g28 = var_i0;
            var_i0 = w2c_g28;
            var_l11 = var_i0;
            var_i0 = w2c_g28;
            var_i1 = 19u;
            var_i0 += var_i1;
            var_i1 = 4294967280u;
            var_i0 &= var_i1;
            w2c_g28 = var_i0;
          }
          var_i0 = var_l19;
          var_i1 = 1u;
          var_i0 = var_i0 == var_i1;
          if (var_i0) {
            var_i0 = w2c_g12;
            var_i1 = var_l12;
            var_i2 = 6u;
            var_i1 <<= (var_i2 & 31);
            var_i0 += var_i1;
            var_l13 = var_i0;
            var_i1 = var_l2;
            var_i2 = var_l14;
            var_i3 = 0u;
            var_i4 = var_l6;
            var_i2 = var_i4 ? var_i2 : var_i3;
            var_i1 += var_i2;
            var_i2 = var_l14;
            var_i3 = var_l12;
            var_i1 = var_i3 ? var_i1 : var_i2;
            i32_store(var_i0, 0u, var_i1);
            var_i0 = var_l13;
            var_i1 = var_l7;
            i32_store(var_i0, 0u + 4, var_i1);
            var_i0 = var_l13;
            var_i1 = var_l3;
            i32_store(var_i0, 0u + 8, var_i1);
            var_i0 = var_l13;
            var_i1 = var_l15;
            i32_store(var_i0, 0u + 12, var_i1);
            var_i0 = var_l13;
            var_i1 = var_l21;
            i32_store(var_i0, 0u + 16, var_i1);
            var_i0 = var_l13;
            var_i1 = var_l22;
            i32_store(var_i0, 0u + 20, var_i1);
            var_i0 = var_l13;
            var_i1 = var_l23;
            i32_store(var_i0, 0u + 24, var_i1);
            var_i0 = var_l13;
            var_i1 = var_l11;
            i32_store(var_i0, 0u + 28, var_i1);
            var_i0 = var_l13;
            var_i1 = var_l8;
            i32_store(var_i0, 0u + 32, var_i1);
            var_i0 = var_l13;
            var_i1 = var_l9;
            i32_store(var_i0, 0u + 36, var_i1);
          }
          var_i0 = var_l4;
          var_i1 = var_l7;
          var_i2 = var_l4;
          var_i3 = var_l7;
          var_i2 = (u32)((s32)var_i2 > (s32)var_i3);
          var_i0 = var_i2 ? var_i0 : var_i1;
          var_l4 = var_i0;
          var_i0 = var_l16;
          var_i1 = var_l15;
          var_i2 = var_l15;
          var_i3 = var_l16;
          var_i2 = (u32)((s32)var_i2 < (s32)var_i3);
          var_i0 = var_i2 ? var_i0 : var_i1;
          var_l16 = var_i0;
          var_i0 = var_l3;
          var_l2 = var_i0;
          var_i0 = var_l12;
          var_i1 = 1u;
          var_i0 += var_i1;
          var_l12 = var_i0;
          goto var_L10;
        }
      var_i0 = w2c_g28;
      var_i1 = 15u;
      var_i0 += var_i1;
      var_i1 = 4294967280u;
      var_i0 &= var_i1;
      w2c_g28 = var_i0;
      var_i0 = w2c_g28;
      var_i1 = w2c_g0;
      var_i0 -= var_i1;
      w2c_g1 = var_i0;
      var_i0 = w2c_g28;
      var_i1 = w2c_g28;
      var_i2 = var_l18;
      var_i3 = 6u;
      var_i2 <<= (var_i3 & 31);
      var_i1 += var_i2;
      var_i2 = 15u;
      var_i1 += var_i2;
      var_i2 = 4294967280u;
      var_i1 &= var_i2;
      w2c_g28 = var_i1;
      w2c_g12 = var_i0;
      var_i0 = var_p0;
      var_i0 = !(var_i0);
      if (var_i0) {goto var_B9;}
      var_i0 = var_l19;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l19 = var_i0;
      goto var_L7;
      var_B9:;
    }
  var_i0 = w2c_g28;
  var_i1 = w2c_g28;
  var_i2 = var_l14;
  var_i3 = 2u;
  var_i2 <<= (var_i3 & 31);
  var_i1 += var_i2;
  var_i2 = 15u;
  var_i1 += var_i2;
  var_i2 = 4294967280u;
  var_i1 &= var_i2;
  w2c_g28 = var_i1;
  w2c_g13 = var_i0;
  var_i0 = w2c_g28;
  var_i1 = w2c_g28;
  var_i2 = CORE_ADDRESS(64);
  var_i2 = i32_load(var_i2, 0u);
  var_l2 = var_i2;
  var_i3 = CORE_ADDRESS(60);
  var_i3 = i32_load(var_i3, 0u);
  var_i2 *= var_i3;
  var_i3 = 2u;
  var_i2 <<= (var_i3 & 31);
  var_i1 += var_i2;
  var_i2 = 15u;
  var_i1 += var_i2;
  var_i2 = 4294967280u;
  var_i1 &= var_i2;
  w2c_g28 = var_i1;
  w2c_g14 = var_i0;
  var_i0 = w2c_g28;
  var_i1 = var_l2;
  if (var_i1) {
    var_i1 = 1u;
    var_i2 = 31u;
    var_i3 = var_l2;
    var_i4 = 1u;
    var_i3 -= var_i4;
    var_i3 = I32_CLZ(var_i3);
    var_i2 -= var_i3;
    var_i1 <<= (var_i2 & 31);
    var_i2 = 3u;
    var_i1 <<= (var_i2 & 31);
  } else {
    var_i1 = 0u;
  }
  var_i2 = w2c_g28;
  var_i1 += var_i2;
  var_i2 = 15u;
  var_i1 += var_i2;
  var_i2 = 4294967280u;
  var_i1 &= var_i2;
  w2c_g28 = var_i1;
  w2c_g15 = var_i0;
  var_i0 = w2c_g28;
  var_i1 = w2c_g28;
  var_i2 = var_l1;
  var_i3 = 1u;
  var_i2 <<= (var_i3 & 31);
  var_i1 += var_i2;
  var_i2 = 15u;
  var_i1 += var_i2;
  var_i2 = 4294967280u;
  var_i1 &= var_i2;
  w2c_g28 = var_i1;
  w2c_g16 = var_i0;
  var_i0 = w2c_g28;
  var_i1 = w2c_g28;
  var_i2 = var_l4;
  var_i3 = 1u;
  var_i2 <<= (var_i3 & 31);
  var_i3 = 0u;
  var_i4 = var_l18;
  var_i5 = 1u;
  var_i4 = (u32)((s32)var_i4 > (s32)var_i5);
  var_i2 = var_i4 ? var_i2 : var_i3;
  var_i1 += var_i2;
  var_i2 = 15u;
  var_i1 += var_i2;
  var_i2 = 4294967280u;
  var_i1 &= var_i2;
  w2c_g28 = var_i1;
  w2c_g17 = var_i0;
  var_i0 = w2c_g28;
  var_i1 = w2c_g28;
  var_i2 = var_l4;
  var_i3 = var_l16;
  var_i4 = var_l4;
  var_i5 = var_l16;
  var_i4 = (u32)((s32)var_i4 > (s32)var_i5);
  var_i2 = var_i4 ? var_i2 : var_i3;
  var_i3 = 2u;
  var_i2 <<= (var_i3 & 31);
  var_i1 += var_i2;
  var_i2 = 15u;
  var_i1 += var_i2;
  var_i2 = 4294967280u;
  var_i1 &= var_i2;
  w2c_g28 = var_i1;
  w2c_g18 = var_i0;
  var_i0 = w2c_g28;
  var_i1 = w2c_g28;
  var_i2 = var_l16;
  var_i3 = 1u;
  var_i2 <<= (var_i3 & 31);
  var_i1 += var_i2;
  var_i2 = 15u;
  var_i1 += var_i2;
  var_i2 = 4294967280u;
  var_i1 &= var_i2;
  w2c_g28 = var_i1;
  w2c_g19 = var_i0;
  var_i0 = w2c_g28;
  var_i1 = w2c_g28;
  var_i2 = var_l16;
  var_i3 = 1u;
  var_i2 <<= (var_i3 & 31);
  var_i1 += var_i2;
  var_i2 = 15u;
  var_i1 += var_i2;
  var_i2 = 4294967280u;
  var_i1 &= var_i2;
  w2c_g28 = var_i1;
  w2c_g20 = var_i0;
  var_i0 = w2c_g28;
  var_i1 = var_l4;
  var_i2 = 2u;
  var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
  var_i0 += var_i1;
  var_i1 = 15u;
  var_i0 += var_i1;
  var_i1 = 4294967280u;
  var_i0 &= var_i1;
  w2c_g28 = var_i0;
  var_i0 = w2c_g28;
  var_i1 = var_l10;
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_l1 = var_i1;
  var_i2 = w2c_g28;
  var_i1 += var_i2;
  var_i2 = 15u;
  var_i1 += var_i2;
  var_i2 = 4294967280u;
  var_i1 &= var_i2;
  w2c_g28 = var_i1;
  w2c_g21 = var_i0;
  var_i0 = w2c_g28;
  var_i1 = w2c_g28;
  var_i2 = var_l1;
  var_i1 += var_i2;
  var_i2 = 15u;
  var_i1 += var_i2;
  var_i2 = 4294967280u;
  var_i1 &= var_i2;
  w2c_g28 = var_i1;
  w2c_g22 = var_i0;
  var_i0 = w2c_g28;
  var_i1 = w2c_g28;
  var_i2 = var_l10;
  var_i3 = 1u;
  var_i2 <<= (var_i3 & 31);
  var_i1 += var_i2;
  var_i2 = 15u;
  var_i1 += var_i2;
  var_i2 = 4294967280u;
  var_i1 &= var_i2;
  w2c_g28 = var_i1;
  w2c_g23 = var_i0;
  var_i0 = w2c_g28;
  var_i1 = w2c_g28;
  var_i2 = var_l10;
  var_i3 = 1u;
  var_i2 <<= (var_i3 & 31);
  var_i1 += var_i2;
  var_i2 = 15u;
  var_i1 += var_i2;
  var_i2 = 4294967280u;
  var_i1 &= var_i2;
  w2c_g28 = var_i1;
  w2c_g27 = var_i0;
  var_i0 = w2c_g28;
  var_i1 = w2c_g28;
  var_i2 = var_l10;
  var_i3 = 1u;
  var_i2 <<= (var_i3 & 31);
  var_i1 += var_i2;
  var_i2 = 15u;
  var_i1 += var_i2;
  var_i2 = 4294967280u;
  var_i1 &= var_i2;
  w2c_g28 = var_i1;
  w2c_g24 = var_i0;
  var_i0 = w2c_g28;
  var_i1 = w2c_g28;
  var_i2 = var_l1;
  var_i3 = 0u;
  var_i4 = var_l5;
  var_i2 = var_i4 ? var_i2 : var_i3;
  var_i1 += var_i2;
  var_i2 = 15u;
  var_i1 += var_i2;
  var_i2 = 4294967280u;
  var_i1 &= var_i2;
  w2c_g28 = var_i1;
  w2c_g25 = var_i0;
  var_i0 = w2c_g18;
  w2c_g26 = var_i0;
  var_i0 = w2c_g28;
  var_i1 = 15u;
  var_i0 += var_i1;
  var_i1 = 4294967280u;
  var_i0 &= var_i1;
  w2c_g28 = var_i0;
  var_i0 = w2c_g28;
  var_i1 = w2c_g0;
  var_i0 -= var_i1;
  w2c_g2 = var_i0;
}

CORE_FUNCTION void core_f3(u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_i7;
  var_i0 = var_p0;
  var_i0 = i32_load16_u(var_i0, 30u);
  var_i0 = !(var_i0);
  if (var_i0) {
    goto var_Bfunc;
  }
  var_i0 = 30720u;
  var_i1 = var_p0;
  var_i1 = i32_load16_s(var_i1, 28u);
  var_i1 = (u32)(s32)(s16)(u16)(var_i1);
  var_i2 = 5450u;
  var_i3 = 0u;
  var_i4 = 1u;
  var_i5 = var_p0;
  var_i5 = i32_load(var_i5, 20u);
  var_l1 = var_i5;
  var_i6 = var_l1;
  var_i7 = 1u;
  var_i6 = (u32)((s32)var_i6 <= (s32)var_i7);
  var_i4 = var_i6 ? var_i4 : var_i5;
  var_l1 = var_i4;
  var_i4 = I32_CLZ(var_i4);
  var_l2 = var_i4;
  var_i3 -= var_i4;
  var_i4 = 10u;
  var_i3 <<= (var_i4 & 31);
  var_i4 = 27722u;
  var_i5 = var_l1;
  var_i6 = var_l2;
  var_i5 <<= (var_i6 & 31);
  var_i6 = 15u;
  var_i5 >>= (var_i6 & 31);
  var_i6 = 65535u;
  var_i5 &= var_i6;
  var_l1 = var_i5;
  var_i6 = 10453u;
  var_i5 *= var_i6;
  var_i6 = 16u;
  var_i5 >>= (var_i6 & 31);
  var_i4 -= var_i5;
  var_i5 = var_l1;
  var_i6 = 65536u;
  var_i7 = var_l1;
  var_i6 -= var_i7;
  var_i5 *= var_i6;
  var_i6 = 16u;
  var_i5 >>= (var_i6 & 31);
  var_i4 *= var_i5;
  var_i5 = 16u;
  var_i4 >>= (var_i5 & 31);
  var_i5 = var_l1;
  var_i4 += var_i5;
  var_i5 = 32u;
  var_i4 += var_i5;
  var_i5 = 6u;
  var_i4 >>= (var_i5 & 31);
  var_i3 += var_i4;
  var_i4 = 15360u;
  var_i3 += var_i4;
  var_l1 = var_i3;
  var_i2 -= var_i3;
  var_l2 = var_i2;
  var_i3 = 0u;
  var_i4 = var_l2;
  var_i5 = 0u;
  var_i4 = (u32)((s32)var_i4 >= (s32)var_i5);
  var_i2 = var_i4 ? var_i2 : var_i3;
  var_i3 = 1u;
  var_i2 <<= (var_i3 & 31);
  var_l2 = var_i2;
  var_i3 = var_l1;
  var_i4 = 7168u;
  var_i3 -= var_i4;
  var_l1 = var_i3;
  var_i4 = var_l1;
  var_i5 = var_l2;
  var_i4 = (u32)((s32)var_i4 < (s32)var_i5);
  var_i2 = var_i4 ? var_i2 : var_i3;
  var_i1 += var_i2;
  var_l1 = var_i1;
  var_i2 = var_l1;
  var_i3 = 30720u;
  var_i2 = (u32)((s32)var_i2 > (s32)var_i3);
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_l1 = var_i0;
  var_i1 = 10u;
  var_i0 = (u32)((s32)var_i0 >> (var_i1 & 31));
  var_l4 = var_i0;
  var_i0 = 1024u;
  var_i1 = var_l1;
  var_i2 = 1023u;
  var_i1 &= var_i2;
  var_i0 -= var_i1;
  var_l5 = var_i0;
  var_i1 = 10u;
  var_i0 >>= (var_i1 & 31);
  var_l1 = var_i0;
  var_i1 = 16u;
  var_i0 = var_i0 > var_i1;
  if (var_i0) {
    var_i0 = 0u;
  } else {
    var_i0 = var_l5;
    var_i1 = 4u;
    var_i0 >>= (var_i1 & 31);
    var_i1 = 63u;
    var_i0 &= var_i1;
    var_i1 = 1u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = CORE_ADDRESS(242);
    var_i0 += var_i1;
    var_l2 = var_i0;
    var_i0 = i32_load16_u(var_i0, 0u);
    var_l3 = var_i0;
    var_i1 = var_l3;
    var_i2 = var_l2;
    var_i2 = i32_load16_u(var_i2, 2u);
    var_i1 -= var_i2;
    var_i2 = var_l5;
    var_i3 = 15u;
    var_i2 &= var_i3;
    var_i1 *= var_i2;
    var_i2 = 4u;
    var_i1 >>= (var_i2 & 31);
    var_i0 -= var_i1;
    var_i1 = var_l1;
    var_i0 >>= (var_i1 & 31);
  }
  var_l1 = var_i0;
  var_i0 = var_p0;
  var_i1 = var_l4;
  var_i2 = 15u;
  var_i1 = (u32)((s32)var_i1 >= (s32)var_i2);
  if (var_i1) {
    var_i1 = var_l1;
    var_i2 = var_l4;
    var_i3 = 15u;
    var_i2 -= var_i3;
    var_i1 <<= (var_i2 & 31);
  } else {
    var_i1 = var_l1;
    var_i2 = 1u;
    var_i3 = 14u;
    var_i4 = var_l4;
    var_i3 -= var_i4;
    var_i2 <<= (var_i3 & 31);
    var_i1 += var_i2;
    var_i2 = 15u;
    var_i3 = var_l4;
    var_i2 -= var_i3;
    var_i1 >>= (var_i2 & 31);
  }
  i32_store(var_i0, 0u + 24, var_i1);
  var_Bfunc:;
}

CORE_FUNCTION u32 core_f4(u32 var_p0, u32 var_p1) {
  u32 var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0;
  u64 var_l2 = 0, var_l3 = 0;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_i7, 
      var_i8, var_i9, var_i10;
  u64 var_j0, var_j2, var_j3, var_j4, var_j5;
  var_i0 = 0u;
  var_i1 = var_p1;
  var_i0 -= var_i1;
  var_i1 = var_p1;
  var_i2 = var_p1;
  var_i3 = 0u;
  var_i2 = (u32)((s32)var_i2 < (s32)var_i3);
  var_l4 = var_i2;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_p1 = var_i0;
  var_j0 = (u64)(var_i0);
  var_l2 = var_j0;
  var_i0 = var_p1;
  var_i1 = var_p1;
  var_i1 = I32_CLZ(var_i1);
  var_l5 = var_i1;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 15u;
  var_i0 >>= (var_i1 & 31);
  var_i1 = 65535u;
  var_i0 &= var_i1;
  var_l6 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load(var_i0, 24u);
  var_l7 = var_i0;
  var_i0 = I32_CLZ(var_i0);
  var_p1 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load(var_i0, 16u);
  var_i1 = 0u;
  var_j2 = var_l2;
  var_i3 = var_l7;
  var_j3 = (u64)(var_i3);
  var_l3 = var_j3;
  var_i4 = 0u;
  var_i5 = var_l5;
  var_i4 -= var_i5;
  var_i5 = 10u;
  var_i4 <<= (var_i5 & 31);
  var_i5 = 27722u;
  var_i6 = var_l6;
  var_i7 = 10453u;
  var_i6 *= var_i7;
  var_i7 = 16u;
  var_i6 >>= (var_i7 & 31);
  var_i5 -= var_i6;
  var_i6 = var_l6;
  var_i7 = 65536u;
  var_i8 = var_l6;
  var_i7 -= var_i8;
  var_i6 *= var_i7;
  var_i7 = 16u;
  var_i6 >>= (var_i7 & 31);
  var_i5 *= var_i6;
  var_i6 = 16u;
  var_i5 >>= (var_i6 & 31);
  var_i6 = var_l6;
  var_i5 += var_i6;
  var_i6 = 32u;
  var_i5 += var_i6;
  var_i6 = 6u;
  var_i5 >>= (var_i6 & 31);
  var_i4 += var_i5;
  var_i5 = 0u;
  var_i6 = var_p1;
  var_i5 -= var_i6;
  var_i6 = 10u;
  var_i5 <<= (var_i6 & 31);
  var_i6 = var_l7;
  var_i7 = var_p1;
  var_i6 <<= (var_i7 & 31);
  var_i7 = 15u;
  var_i6 >>= (var_i7 & 31);
  var_i7 = 65535u;
  var_i6 &= var_i7;
  var_p0 = var_i6;
  var_i7 = 27722u;
  var_i8 = var_p0;
  var_i9 = 10453u;
  var_i8 *= var_i9;
  var_i9 = 16u;
  var_i8 >>= (var_i9 & 31);
  var_i7 -= var_i8;
  var_i8 = var_p0;
  var_i9 = 65536u;
  var_i10 = var_p0;
  var_i9 -= var_i10;
  var_i8 *= var_i9;
  var_i9 = 16u;
  var_i8 >>= (var_i9 & 31);
  var_i7 *= var_i8;
  var_i8 = 16u;
  var_i7 >>= (var_i8 & 31);
  var_i6 += var_i7;
  var_i7 = 32u;
  var_i6 += var_i7;
  var_i7 = 6u;
  var_i6 >>= (var_i7 & 31);
  var_i5 += var_i6;
  var_i4 -= var_i5;
  var_i5 = 45426u;
  var_i4 *= var_i5;
  var_i5 = 16u;
  var_i4 = (u32)((s32)var_i4 >> (var_i5 & 31));
  var_p0 = var_i4;
  var_i5 = 0u;
  var_i6 = var_p0;
  var_i7 = 0u;
  var_i6 = (u32)((s32)var_i6 > (s32)var_i7);
  var_i4 = var_i6 ? var_i4 : var_i5;
  var_j4 = (u64)(s64)(s32)(var_i4);
  var_j5 = var_l3;
  var_j4 *= var_j5;
  var_j5 = 10ull;
  var_j4 >>= (var_j5 & 63);
  var_j3 += var_j4;
  var_l3 = var_j3;
  var_j4 = var_l2;
  var_j5 = var_l3;
  var_i4 = var_j4 < var_j5;
  var_j2 = var_i4 ? var_j2 : var_j3;
  var_i2 = (u32)(var_j2);
  var_p0 = var_i2;
  var_i1 -= var_i2;
  var_i2 = var_p0;
  var_i3 = var_l4;
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_i0 += var_i1;
  return var_i0;
}

CORE_FUNCTION u32 core_f5(u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_i7, 
      var_i8;
  var_i0 = w2c_g34;
  w2c_g32 = var_i0;
  var_i0 = w2c_g35;
  w2c_g33 = var_i0;
  var_i0 = var_p0;
  if (var_i0) {
    var_i0 = 4160749569u;
    var_i1 = 134217727u;
    var_i2 = w2c_g33;
    var_i3 = 0u;
    var_i4 = 0u;
    var_i5 = var_p0;
    var_i4 -= var_i5;
    var_i5 = var_p0;
    var_i6 = var_p0;
    var_i7 = 0u;
    var_i6 = (u32)((s32)var_i6 < (s32)var_i7);
    var_i4 = var_i6 ? var_i4 : var_i5;
    var_l1 = var_i4;
    var_i5 = 128u;
    var_i4 = (u32)((s32)var_i4 <= (s32)var_i5);
    if (var_i4) {
      var_i4 = var_l1;
      var_i5 = var_l1;
      var_i5 = I32_CLZ(var_i5);
      var_l1 = var_i5;
      var_i4 <<= (var_i5 & 31);
      var_i5 = 15u;
      var_i4 >>= (var_i5 & 31);
      var_i5 = 65535u;
      var_i4 &= var_i5;
      var_l2 = var_i4;
      var_i4 = 0u;
      var_i5 = var_l1;
      var_i4 -= var_i5;
      var_i5 = 10u;
      var_i4 <<= (var_i5 & 31);
      var_i5 = 27722u;
      var_i6 = var_l2;
      var_i7 = 10453u;
      var_i6 *= var_i7;
      var_i7 = 16u;
      var_i6 >>= (var_i7 & 31);
      var_i5 -= var_i6;
      var_i6 = var_l2;
      var_i7 = 65536u;
      var_i8 = var_l2;
      var_i7 -= var_i8;
      var_i6 *= var_i7;
      var_i7 = 16u;
      var_i6 >>= (var_i7 & 31);
      var_i5 *= var_i6;
      var_i6 = 16u;
      var_i5 >>= (var_i6 & 31);
      var_i6 = var_l2;
      var_i5 += var_i6;
      var_i6 = 32u;
      var_i5 += var_i6;
      var_i6 = 6u;
      var_i5 >>= (var_i6 & 31);
      var_i4 += var_i5;
      var_i5 = 25600u;
      var_i4 += var_i5;
    } else {
      var_i4 = var_l1;
      var_i5 = 128u;
      var_i4 -= var_i5;
      var_i5 = 11819u;
      var_i4 *= var_i5;
      var_i5 = 10u;
      var_i4 = (u32)((s32)var_i4 >> (var_i5 & 31));
      var_i5 = 1024u;
      var_i4 += var_i5;
    }
    var_i5 = w2c_g32;
    var_i4 += var_i5;
    var_l1 = var_i4;
    var_i5 = 0u;
    var_i4 = (u32)((s32)var_i4 < (s32)var_i5);
    if (var_i4) {
      var_i4 = 0u;
    } else {
      var_i4 = 28672u;
      var_i5 = var_l1;
      var_i6 = var_l1;
      var_i7 = 28672u;
      var_i6 = (u32)((s32)var_i6 >= (s32)var_i7);
      var_i4 = var_i6 ? var_i4 : var_i5;
      var_l1 = var_i4;
      var_i5 = 10u;
      var_i4 = (u32)((s32)var_i4 >> (var_i5 & 31));
      var_l2 = var_i4;
      var_i4 = 1024u;
      var_i5 = var_l1;
      var_i6 = 1023u;
      var_i5 &= var_i6;
      var_i4 -= var_i5;
      var_l3 = var_i4;
      var_i5 = 10u;
      var_i4 >>= (var_i5 & 31);
      var_l4 = var_i4;
      var_i5 = 16u;
      var_i4 = var_i4 > var_i5;
      if (var_i4) {
        var_i4 = 0u;
      } else {
        var_i4 = var_l3;
        var_i5 = 4u;
        var_i4 >>= (var_i5 & 31);
        var_i5 = 63u;
        var_i4 &= var_i5;
        var_i5 = 1u;
        var_i4 <<= (var_i5 & 31);
        var_i5 = CORE_ADDRESS(242);
        var_i4 += var_i5;
        var_l5 = var_i4;
        var_i4 = i32_load16_u(var_i4, 0u);
        var_l1 = var_i4;
        var_i5 = var_l1;
        var_i6 = var_l5;
        var_i6 = i32_load16_u(var_i6, 2u);
        var_i5 -= var_i6;
        var_i6 = var_l3;
        var_i7 = 15u;
        var_i6 &= var_i7;
        var_i5 *= var_i6;
        var_i6 = 4u;
        var_i5 >>= (var_i6 & 31);
        var_i4 -= var_i5;
        var_i5 = var_l4;
        var_i4 >>= (var_i5 & 31);
      }
      var_l1 = var_i4;
      var_i4 = var_l2;
      var_i5 = 15u;
      var_i4 = (u32)((s32)var_i4 >= (s32)var_i5);
      if (var_i4) {
        var_i4 = var_l1;
        var_i5 = var_l2;
        var_i6 = 15u;
        var_i5 -= var_i6;
        var_i4 <<= (var_i5 & 31);
      } else {
        var_i4 = var_l1;
        var_i5 = 1u;
        var_i6 = 14u;
        var_i7 = var_l2;
        var_i6 -= var_i7;
        var_i5 <<= (var_i6 & 31);
        var_i4 += var_i5;
        var_i5 = 15u;
        var_i6 = var_l2;
        var_i5 -= var_i6;
        var_i4 >>= (var_i5 & 31);
      }
    }
    var_l1 = var_i4;
    var_i3 -= var_i4;
    var_i4 = var_l1;
    var_i5 = var_p0;
    var_i6 = 0u;
    var_i5 = (u32)((s32)var_i5 < (s32)var_i6);
    var_i3 = var_i5 ? var_i3 : var_i4;
    var_i2 += var_i3;
    var_p0 = var_i2;
    var_i3 = var_p0;
    var_i4 = 134217727u;
    var_i3 = (u32)((s32)var_i3 > (s32)var_i4);
    var_i1 = var_i3 ? var_i1 : var_i2;
    var_p0 = var_i1;
    var_i2 = var_p0;
    var_i3 = 4160749569u;
    var_i2 = (u32)((s32)var_i2 < (s32)var_i3);
    var_i0 = var_i2 ? var_i0 : var_i1;
  } else {
    var_i0 = w2c_g33;
  }
  var_i1 = w2c_g36;
  w2c_g32 = var_i1;
  var_i1 = w2c_g37;
  w2c_g33 = var_i1;
  var_i0 = core_f20(var_i0);
  return var_i0;
}

CORE_FUNCTION void core_f6(void) {
  u32 var_l0 = 0, var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0, 
      var_l8 = 0;
  u64 var_l9 = 0, var_l10 = 0;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_i7, 
      var_i8;
  u64 var_j0, var_j1, var_j2, var_j3, var_j4;
  var_i0 = w2c_g5;
  var_i0 = !(var_i0);
  if (var_i0) {
    goto var_Bfunc;
  }
  var_i0 = w2c_g3;
  var_i0 = i32_load16_s(var_i0, 44u);
  var_i0 = (u32)(s32)(s16)(u16)(var_i0);
  var_i1 = 5120u;
  var_i2 = 0u;
  var_i3 = CORE_ADDRESS(72);
  var_i3 = i32_load(var_i3, 0u);
  var_i4 = 0u;
  var_i3 = var_i3 != var_i4;
  var_l1 = var_i3;
  if (var_i3) {
    var_i3 = var_l1;
  } else {
    var_i3 = CORE_ADDRESS(77);
    var_i3 = i32_load8_u(var_i3, 0u);
  }
  var_i4 = 1u;
  var_i5 = w2c_g5;
  var_i3 = var_i5 ? var_i3 : var_i4;
  if (var_i3) {
    var_i3 = CORE_ADDRESS(44);
    var_i3 = i32_load(var_i3, 0u);
    var_i4 = 8u;
    var_i3 <<= (var_i4 & 31);
    var_i4 = CORE_ADDRESS(24);
    var_i4 = i32_load(var_i4, 0u);
    var_i3 = I32_DIV_S(var_i3, var_i4);
  } else {
    var_i3 = CORE_ADDRESS(44);
    var_i3 = i32_load(var_i3, 0u);
    var_i4 = 8u;
    var_i3 <<= (var_i4 & 31);
    var_i4 = CORE_ADDRESS(24);
    var_i4 = i32_load(var_i4, 0u);
    var_i3 = I32_DIV_S(var_i3, var_i4);
    var_i4 = 3u;
    var_i3 *= var_i4;
    var_i4 = 4u;
    var_i3 = (u32)((s32)var_i3 >> (var_i4 & 31));
  }
  var_l2 = var_i3;
  var_i3 = I32_CLZ(var_i3);
  var_l1 = var_i3;
  var_i2 -= var_i3;
  var_i3 = 10u;
  var_i2 <<= (var_i3 & 31);
  var_i3 = 27722u;
  var_i4 = var_l2;
  var_i5 = var_l1;
  var_i4 <<= (var_i5 & 31);
  var_i5 = 15u;
  var_i4 >>= (var_i5 & 31);
  var_i5 = 65535u;
  var_i4 &= var_i5;
  var_l1 = var_i4;
  var_i5 = 10453u;
  var_i4 *= var_i5;
  var_i5 = 16u;
  var_i4 >>= (var_i5 & 31);
  var_i3 -= var_i4;
  var_i4 = var_l1;
  var_i5 = 65536u;
  var_i6 = var_l1;
  var_i5 -= var_i6;
  var_i4 *= var_i5;
  var_i5 = 16u;
  var_i4 >>= (var_i5 & 31);
  var_i3 *= var_i4;
  var_i4 = 16u;
  var_i3 >>= (var_i4 & 31);
  var_i4 = var_l1;
  var_i3 += var_i4;
  var_i4 = 32u;
  var_i3 += var_i4;
  var_i4 = 6u;
  var_i3 >>= (var_i4 & 31);
  var_i2 += var_i3;
  var_i1 -= var_i2;
  var_i2 = 31u;
  var_i3 = CORE_ADDRESS(16);
  var_i3 = i32_load(var_i3, 0u);
  var_l2 = var_i3;
  var_i3 = I32_CLZ(var_i3);
  var_l1 = var_i3;
  var_i2 -= var_i3;
  var_i3 = 10u;
  var_i2 <<= (var_i3 & 31);
  var_i3 = 27722u;
  var_i4 = var_l2;
  var_i5 = var_l1;
  var_i4 <<= (var_i5 & 31);
  var_i5 = 15u;
  var_i4 >>= (var_i5 & 31);
  var_i5 = 65535u;
  var_i4 &= var_i5;
  var_l1 = var_i4;
  var_i5 = 10453u;
  var_i4 *= var_i5;
  var_i5 = 16u;
  var_i4 >>= (var_i5 & 31);
  var_i3 -= var_i4;
  var_i4 = var_l1;
  var_i5 = 65536u;
  var_i6 = var_l1;
  var_i5 -= var_i6;
  var_i4 *= var_i5;
  var_i5 = 16u;
  var_i4 >>= (var_i5 & 31);
  var_i3 *= var_i4;
  var_i4 = 16u;
  var_i3 >>= (var_i4 & 31);
  var_i4 = var_l1;
  var_i3 += var_i4;
  var_i4 = 32u;
  var_i3 += var_i4;
  var_i4 = 6u;
  var_i3 >>= (var_i4 & 31);
  var_i2 += var_i3;
  var_i3 = 1u;
  var_i2 = (u32)((s32)var_i2 >> (var_i3 & 31));
  var_i1 -= var_i2;
  var_i0 += var_i1;
  var_l1 = var_i0;
  var_i1 = 0u;
  var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
  if (var_i0) {
    var_j0 = 0ull;
  } else {
    var_i0 = 30720u;
    var_i1 = var_l1;
    var_i2 = var_l1;
    var_i3 = 30720u;
    var_i2 = (u32)((s32)var_i2 >= (s32)var_i3);
    var_i0 = var_i2 ? var_i0 : var_i1;
    var_l1 = var_i0;
    var_i1 = 10u;
    var_i0 = (u32)((s32)var_i0 >> (var_i1 & 31));
    var_l5 = var_i0;
    var_i0 = 1024u;
    var_i1 = var_l1;
    var_i2 = 1023u;
    var_i1 &= var_i2;
    var_i0 -= var_i1;
    var_l4 = var_i0;
    var_i1 = 10u;
    var_i0 >>= (var_i1 & 31);
    var_l3 = var_i0;
    var_i1 = 16u;
    var_i0 = var_i0 > var_i1;
    if (var_i0) {
      var_i0 = 0u;
    } else {
      var_i0 = var_l4;
      var_i1 = 4u;
      var_i0 >>= (var_i1 & 31);
      var_i1 = 63u;
      var_i0 &= var_i1;
      var_i1 = 1u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = CORE_ADDRESS(242);
      var_i0 += var_i1;
      var_l2 = var_i0;
      var_i0 = i32_load16_u(var_i0, 0u);
      var_l1 = var_i0;
      var_i1 = var_l1;
      var_i2 = var_l2;
      var_i2 = i32_load16_u(var_i2, 2u);
      var_i1 -= var_i2;
      var_i2 = var_l4;
      var_i3 = 15u;
      var_i2 &= var_i3;
      var_i1 *= var_i2;
      var_i2 = 4u;
      var_i1 >>= (var_i2 & 31);
      var_i0 -= var_i1;
      var_i1 = var_l3;
      var_i0 >>= (var_i1 & 31);
    }
    var_l1 = var_i0;
    var_i0 = var_l5;
    var_i1 = 15u;
    var_i0 = (u32)((s32)var_i0 >= (s32)var_i1);
    if (var_i0) {
      var_i0 = var_l1;
      var_i1 = var_l5;
      var_i2 = 15u;
      var_i1 -= var_i2;
      var_i0 <<= (var_i1 & 31);
    } else {
      var_i0 = var_l1;
      var_i1 = 1u;
      var_i2 = 14u;
      var_i3 = var_l5;
      var_i2 -= var_i3;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_i1 = 15u;
      var_i2 = var_l5;
      var_i1 -= var_i2;
      var_i0 >>= (var_i1 & 31);
    }
    var_j0 = (u64)(var_i0);
  }
  var_l10 = var_j0;
  var_L6: 
    var_i0 = var_l7;
    var_i1 = w2c_g3;
    var_i1 = i32_load(var_i1, 28u);
    var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
    if (var_i0) {
      var_i0 = w2c_g5;
      var_i1 = var_l7;
      var_i0 += var_i1;
      var_i0 = i32_load8_u(var_i0, 0u);
      if (var_i0) {
        var_i0 = CORE_ADDRESS(16);
        var_i0 = i32_load(var_i0, 0u);
        var_i1 = 7u;
        var_i0 += var_i1;
        var_i1 = 4294967288u;
        var_i0 &= var_i1;
        var_l4 = var_i0;
        var_i1 = var_l7;
        var_i0 *= var_i1;
        var_l1 = var_i0;
        var_i1 = w2c_g6;
        var_i0 += var_i1;
        var_l6 = var_i0;
        var_i0 = w2c_g7;
        var_i1 = var_l1;
        var_i0 += var_i1;
        var_l3 = var_i0;
        var_i0 = 4u;
        var_i1 = 3u;
        var_i2 = CORE_ADDRESS(32);
        var_i2 = i32_load(var_i2, 0u);
        var_i3 = 4u;
        var_i2 &= var_i3;
        var_i0 = var_i2 ? var_i0 : var_i1;
        var_l2 = var_i0;
        var_i0 = 0u;
        var_l1 = var_i0;
        var_i0 = 0u;
        var_l8 = var_i0;
        var_L9: 
          var_i0 = var_l4;
          var_i1 = var_l8;
          var_i0 = var_i0 > var_i1;
          if (var_i0) {
            var_i0 = w2c_g26;
            var_i1 = var_l8;
            var_i2 = 1u;
            var_i1 <<= (var_i2 & 31);
            var_i0 += var_i1;
            var_i0 = i32_load16_s(var_i0, 0u);
            var_l5 = var_i0;
            var_i1 = 4294934528u;
            var_i0 = var_i0 != var_i1;
            if (var_i0) {
              var_i0 = var_l1;
              var_i1 = 256u;
              var_i2 = 65536u;
              var_i3 = var_l3;
              var_i4 = var_l8;
              var_i3 += var_i4;
              var_i3 = i32_load8_u(var_i3, 0u);
              var_i4 = 5u;
              var_i3 += var_i4;
              var_i2 = DIV_U(var_i2, var_i3);
              var_i3 = 0u;
              var_i4 = 4294967169u;
              var_i5 = 127u;
              var_i6 = var_l5;
              var_i7 = var_l2;
              var_i6 = (u32)((s32)var_i6 >> (var_i7 & 31));
              var_l1 = var_i6;
              var_i7 = var_l1;
              var_i8 = 127u;
              var_i7 = (u32)((s32)var_i7 > (s32)var_i8);
              var_i5 = var_i7 ? var_i5 : var_i6;
              var_l1 = var_i5;
              var_i6 = var_l1;
              var_i7 = 4294967169u;
              var_i6 = (u32)((s32)var_i6 < (s32)var_i7);
              var_i4 = var_i6 ? var_i4 : var_i5;
              var_i5 = var_l6;
              var_i6 = var_l8;
              var_i5 += var_i6;
              var_i5 = i32_load8_s(var_i5, 0u);
              var_i4 -= var_i5;
              var_l1 = var_i4;
              var_i3 -= var_i4;
              var_i4 = var_l1;
              var_i5 = var_l1;
              var_i6 = 0u;
              var_i5 = (u32)((s32)var_i5 < (s32)var_i6);
              var_i3 = var_i5 ? var_i3 : var_i4;
              var_i2 *= var_i3;
              var_i3 = 256u;
              var_i2 += var_i3;
              var_i3 = 9u;
              var_i2 = (u32)((s32)var_i2 >> (var_i3 & 31));
              var_l1 = var_i2;
              var_i3 = var_l1;
              var_i4 = 256u;
              var_i3 = (u32)((s32)var_i3 >= (s32)var_i4);
              var_i1 = var_i3 ? var_i1 : var_i2;
              var_l1 = var_i1;
              var_i2 = var_l1;
              var_i1 *= var_i2;
              var_i0 += var_i1;
              var_l1 = var_i0;
            }
            var_i0 = var_l8;
            var_i1 = 1u;
            var_i0 += var_i1;
            var_l8 = var_i0;
            goto var_L9;
          }
        var_i0 = var_l1;
        var_j0 = (u64)(s64)(s32)(var_i0);
        var_j1 = 1311ull;
        var_j0 *= var_j1;
        var_i1 = var_l7;
        var_i2 = 2u;
        var_i1 <<= (var_i2 & 31);
        var_l2 = var_i1;
        var_i2 = w2c_g8;
        var_i1 += var_i2;
        var_j1 = i64_load32_s(var_i1, 0u);
        var_j2 = 11357ull;
        var_j1 *= var_j2;
        var_j0 += var_j1;
        var_j1 = 16ull;
        var_j0 = (u64)((s64)var_j0 >> (var_j1 & 63));
        var_i0 = (u32)(var_j0);
        var_l1 = var_i0;
        var_i0 = var_l2;
        var_i1 = w2c_g25;
        var_i0 += var_i1;
        var_i1 = var_l1;
        i32_store(var_i0, 0u, var_i1);
        var_i0 = var_l0;
        var_i1 = var_l1;
        var_i2 = var_l0;
        var_i3 = var_l1;
        var_i2 = (u32)((s32)var_i2 > (s32)var_i3);
        var_i0 = var_i2 ? var_i0 : var_i1;
        var_l0 = var_i0;
      }
      var_i0 = var_l7;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l7 = var_i0;
      goto var_L6;
    }
  var_i0 = 0u;
  var_l7 = var_i0;
  var_L12: 
    var_i0 = var_l7;
    var_i1 = w2c_g3;
    var_i1 = i32_load(var_i1, 28u);
    var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
    if (var_i0) {
      var_i0 = w2c_g25;
      var_i1 = var_l7;
      var_i2 = 2u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_l1 = var_i0;
      var_i1 = w2c_g5;
      var_i2 = var_l7;
      var_i1 += var_i2;
      var_i1 = i32_load8_u(var_i1, 0u);
      if (var_i1) {
        var_j1 = 134217727ull;
        var_i2 = var_l0;
        var_i3 = var_l1;
        var_i3 = i32_load(var_i3, 0u);
        var_i2 -= var_i3;
        var_j2 = (u64)(s64)(s32)(var_i2);
        var_j3 = var_l10;
        var_j2 *= var_j3;
        var_j3 = 12ull;
        var_j2 = (u64)((s64)var_j2 >> (var_j3 & 63));
        var_l9 = var_j2;
        var_j3 = var_l9;
        var_j4 = 134217727ull;
        var_i3 = (u64)((s64)var_j3 >= (s64)var_j4);
        var_j1 = var_i3 ? var_j1 : var_j2;
        var_i1 = (u32)(var_j1);
      } else {
        var_i1 = 0u;
      }
      i32_store(var_i0, 0u, var_i1);
      var_i0 = var_l7;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l7 = var_i0;
      goto var_L12;
    }
  var_Bfunc:;
}

CORE_FUNCTION void core_f7(void) {
  u32 var_l0 = 0, var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0;
  u64 var_l7 = 0, var_l8 = 0;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4;
  u64 var_j1, var_j2, var_j3, var_j4;
  var_i0 = 2047u;
  var_i1 = CORE_ADDRESS(52);
  var_i1 = i32_load(var_i1, 0u);
  var_l0 = var_i1;
  var_i2 = var_l0;
  var_i3 = 2047u;
  var_i2 = (u32)((s32)var_i2 >= (s32)var_i3);
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_l2 = var_i0;
  var_i0 = w2c_g13;
  var_i1 = CORE_ADDRESS(16);
  var_i1 = i32_load(var_i1, 0u);
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_l4 = var_i0;
  var_i0 = w2c_g16;
  var_l1 = var_i0;
  var_i0 = w2c_g13;
  var_l0 = var_i0;
  var_L0: 
    var_i0 = var_l0;
    var_i1 = var_l4;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = CORE_ADDRESS(56);
      var_i0 = i32_load(var_i0, 0u);
      var_l5 = var_i0;
      var_i0 = var_l1;
      var_i1 = var_l0;
      var_i1 = i32_load(var_i1, 0u);
      var_l3 = var_i1;
      var_i2 = 23u;
      var_i1 >>= (var_i2 & 31);
      var_i2 = 255u;
      var_i1 &= var_i2;
      var_l6 = var_i1;
      var_i1 = !(var_i1);
      var_i2 = var_l6;
      var_i3 = 255u;
      var_i2 = var_i2 == var_i3;
      var_i1 |= var_i2;
      if (var_i1) {
        var_i1 = 0u;
      } else {
        var_i1 = var_l3;
        var_i2 = 8388607u;
        var_i1 &= var_i2;
        var_i2 = 8388608u;
        var_i1 |= var_i2;
        var_j1 = (u64)(var_i1);
        var_i2 = var_l5;
        var_i3 = 8388607u;
        var_i2 &= var_i3;
        var_i3 = 8388608u;
        var_i2 |= var_i3;
        var_j2 = (u64)(var_i2);
        var_j1 *= var_j2;
        var_l7 = var_j1;
        var_i1 = 292u;
        var_i2 = var_l6;
        var_i1 -= var_i2;
        var_i2 = var_l5;
        var_i3 = 23u;
        var_i2 >>= (var_i3 & 31);
        var_i3 = 255u;
        var_i2 &= var_i3;
        var_i1 -= var_i2;
        var_l6 = var_i1;
        var_i2 = 48u;
        var_i1 = (u32)((s32)var_i1 > (s32)var_i2);
        if (var_i1) {
          var_i1 = 0u;
        } else {
          var_i1 = var_l6;
          var_i2 = 0u;
          var_i1 = (u32)((s32)var_i1 > (s32)var_i2);
          if (var_i1) {
            var_j1 = var_l7;
            var_j2 = 1ull;
            var_i3 = var_l6;
            var_i4 = 1u;
            var_i3 -= var_i4;
            var_j3 = (u64)(s64)(s32)(var_i3);
            var_j2 <<= (var_j3 & 63);
            var_j1 += var_j2;
            var_i2 = var_l6;
            var_j2 = (u64)(s64)(s32)(var_i2);
            var_j1 >>= (var_j2 & 63);
            var_l8 = var_j1;
            var_i2 = var_l2;
            var_j2 = (u64)(s64)(s32)(var_i2);
            var_l7 = var_j2;
            var_j3 = var_l7;
            var_j4 = var_l8;
            var_i3 = var_j3 > var_j4;
            var_j1 = var_i3 ? var_j1 : var_j2;
            var_i1 = (u32)(var_j1);
          } else {
            var_i1 = var_l2;
          }
        }
        var_i2 = var_l3;
        var_i3 = var_l5;
        var_i2 ^= var_i3;
        var_i3 = 31u;
        var_i2 = (u32)((s32)var_i2 >> (var_i3 & 31));
        var_l3 = var_i2;
        var_i1 ^= var_i2;
        var_i2 = var_l3;
        var_i1 -= var_i2;
      }
      i32_store16(var_i0, 0u, var_i1);
      var_i0 = var_l1;
      var_i1 = 2u;
      var_i0 += var_i1;
      var_l1 = var_i0;
      var_i0 = var_l0;
      var_i1 = 4u;
      var_i0 += var_i1;
      var_l0 = var_i0;
      goto var_L0;
    }
}

CORE_FUNCTION void core_f8(u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6;
  var_i0 = var_p0;
  var_i1 = var_p1;
  var_i2 = 31u;
  var_i1 = (u32)((s32)var_i1 > (s32)var_i2);
  if (var_i1) {
    var_i1 = 0u;
  } else {
    var_i1 = var_p1;
    var_i2 = 0u;
    var_i1 = (u32)((s32)var_i1 > (s32)var_i2);
    if (var_i1) {
      var_i1 = var_p0;
      var_i1 = i32_load(var_i1, 0u);
      var_i2 = var_p1;
      var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
    } else {
      var_i1 = var_p0;
      var_i1 = i32_load(var_i1, 0u);
      var_i2 = 0u;
      var_i3 = var_p1;
      var_i2 -= var_i3;
      var_i1 <<= (var_i2 & 31);
    }
  }
  i32_store(var_i0, 0u, var_i1);
  var_i0 = var_p0;
  var_i1 = 4294967285u;
  var_i2 = 31u;
  var_i3 = var_p0;
  var_i3 = i32_load8_s(var_i3, 12u);
  var_i3 = (u32)(s32)(s8)(u8)(var_i3);
  var_i4 = var_p1;
  var_i3 -= var_i4;
  var_l2 = var_i3;
  var_i4 = var_l2;
  var_i5 = 31u;
  var_i4 = (u32)((s32)var_i4 > (s32)var_i5);
  var_i2 = var_i4 ? var_i2 : var_i3;
  var_l2 = var_i2;
  var_i3 = var_l2;
  var_i4 = 4294967285u;
  var_i3 = (u32)((s32)var_i3 < (s32)var_i4);
  var_i1 = var_i3 ? var_i1 : var_i2;
  i32_store8(var_i0, 0u + 12, var_i1);
  var_i0 = var_p0;
  var_i1 = var_p0;
  var_i1 = i32_load8_s(var_i1, 13u);
  var_i1 = (u32)(s32)(s8)(u8)(var_i1);
  var_i2 = var_p1;
  var_i1 += var_i2;
  i32_store8(var_i0, 0u + 13, var_i1);
  var_i0 = var_p0;
  var_i0 = i32_load(var_i0, 16u);
  var_l4 = var_i0;
  var_i0 = var_p0;
  var_i1 = var_p1;
  var_i2 = 0u;
  var_i1 = (u32)((s32)var_i1 >= (s32)var_i2);
  if (var_i1) {
    var_i1 = var_l4;
    var_i2 = 31u;
    var_i3 = var_p1;
    var_i4 = var_p1;
    var_i5 = 31u;
    var_i4 = (u32)((s32)var_i4 >= (s32)var_i5);
    var_i2 = var_i4 ? var_i2 : var_i3;
    var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
  } else {
    var_i1 = 0u;
    var_i2 = 134217727u;
    var_i3 = 0u;
    var_i4 = var_p1;
    var_i3 -= var_i4;
    var_l2 = var_i3;
    var_i2 = (u32)((s32)var_i2 >> (var_i3 & 31));
    var_l3 = var_i2;
    var_i1 -= var_i2;
    var_l5 = var_i1;
    var_i2 = var_l3;
    var_i3 = var_l4;
    var_i4 = var_l3;
    var_i5 = var_l4;
    var_i4 = (u32)((s32)var_i4 < (s32)var_i5);
    var_i2 = var_i4 ? var_i2 : var_i3;
    var_l3 = var_i2;
    var_i3 = var_l3;
    var_i4 = var_l5;
    var_i3 = (u32)((s32)var_i3 < (s32)var_i4);
    var_i1 = var_i3 ? var_i1 : var_i2;
    var_i2 = var_l2;
    var_i1 <<= (var_i2 & 31);
  }
  i32_store(var_i0, 0u + 16, var_i1);
  var_i0 = var_p0;
  var_i0 = i32_load16_u(var_i0, 10u);
  var_i1 = 2u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i0 = i32_load(var_i0, 20u);
    var_l2 = var_i0;
    var_i0 = var_p0;
    var_i1 = var_p1;
    var_i2 = 0u;
    var_i1 = (u32)((s32)var_i1 >= (s32)var_i2);
    if (var_i1) {
      var_i1 = var_l2;
      var_i2 = 31u;
      var_i3 = var_p1;
      var_i4 = var_p1;
      var_i5 = 31u;
      var_i4 = (u32)((s32)var_i4 >= (s32)var_i5);
      var_i2 = var_i4 ? var_i2 : var_i3;
      var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
    } else {
      var_i1 = 0u;
      var_i2 = 134217727u;
      var_i3 = 0u;
      var_i4 = var_p1;
      var_i3 -= var_i4;
      var_p0 = var_i3;
      var_i2 = (u32)((s32)var_i2 >> (var_i3 & 31));
      var_p1 = var_i2;
      var_i1 -= var_i2;
      var_l3 = var_i1;
      var_i2 = var_p1;
      var_i3 = var_l2;
      var_i4 = var_p1;
      var_i5 = var_l2;
      var_i4 = (u32)((s32)var_i4 < (s32)var_i5);
      var_i2 = var_i4 ? var_i2 : var_i3;
      var_p1 = var_i2;
      var_i3 = var_p1;
      var_i4 = var_l3;
      var_i3 = (u32)((s32)var_i3 < (s32)var_i4);
      var_i1 = var_i3 ? var_i1 : var_i2;
      var_i2 = var_p0;
      var_i1 <<= (var_i2 & 31);
    }
    i32_store(var_i0, 0u + 20, var_i1);
    goto var_B3;
  }
  var_i0 = var_p0;
  var_i1 = 30720u;
  var_i2 = var_p0;
  var_i2 = i32_load16_s(var_i2, 28u);
  var_i2 = (u32)(s32)(s16)(u16)(var_i2);
  var_i3 = 32u;
  var_i4 = var_p1;
  var_i5 = var_p1;
  var_i6 = 32u;
  var_i5 = (u32)((s32)var_i5 >= (s32)var_i6);
  var_i3 = var_i5 ? var_i3 : var_i4;
  var_i4 = 10u;
  var_i3 <<= (var_i4 & 31);
  var_i2 -= var_i3;
  var_p1 = var_i2;
  var_i3 = var_p1;
  var_i4 = 30720u;
  var_i3 = (u32)((s32)var_i3 > (s32)var_i4);
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_p1 = var_i1;
  var_i2 = 0u;
  var_i3 = var_p1;
  var_i4 = 0u;
  var_i3 = (u32)((s32)var_i3 >= (s32)var_i4);
  var_i1 = var_i3 ? var_i1 : var_i2;
  i32_store16(var_i0, 0u + 28, var_i1);
  var_i0 = var_p0;
  core_f3(var_i0);
  var_B3:;
}

CORE_FUNCTION u32 core_f9(u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5;
  u64 var_j0, var_j1, var_j2;
  var_i0 = CORE_ADDRESS(32);
  var_i0 = i32_load(var_i0, 0u);
  var_i1 = 4u;
  var_i0 &= var_i1;
  if (var_i0) {
    core_f7();
  } else {
    var_i0 = 1u;
    core_f1(var_i0);
  }
  var_i0 = 1u;
  var_l2 = var_i0;
  var_i0 = w2c_g5;
  if (var_i0) {
    core_f23();
    var_i0 = w2c_g5;
    if (var_i0) {
      core_f21();
      core_f6();
    }
    var_i0 = var_p0;
    var_i1 = w2c_g3;
    var_i1 = i32_load8_u(var_i1, 46u);
    var_i0 = var_i0 != var_i1;
    if (var_i0) {
      var_j0 = 0ull;
    } else {
      var_i0 = w2c_g3;
      var_j0 = i64_load(var_i0, 0u);
    }
    var_i0 = !(var_j0);
    if (var_i0) {
      var_i0 = w2c_g3;
      var_i1 = var_p0;
      i32_store8(var_i0, 0u + 46, var_i1);
      var_i0 = w2c_g3;
      var_i1 = 0u;
      var_i2 = 255u;
      var_i3 = w2c_g5;
      var_i4 = var_p0;
      var_i3 += var_i4;
      var_i3 = i32_load8_u(var_i3, 0u);
      var_i1 = var_i3 ? var_i1 : var_i2;
      i32_store8(var_i0, 0u + 47, var_i1);
    }
    var_i0 = w2c_g3;
    var_i0 = i32_load8_u(var_i0, 47u);
    var_i1 = 255u;
    var_i0 = var_i0 == var_i1;
    if (var_i0) {
      var_i0 = 1u;
    } else {
      var_i0 = w2c_g3;
      var_i0 = i32_load8_u(var_i0, 47u);
      var_i1 = 16u;
      var_i0 = var_i0 == var_i1;
    }
    if (var_i0) {
      var_i0 = 0u;
    } else {
      var_i0 = w2c_g3;
      var_i1 = w2c_g3;
      var_i1 = i32_load8_u(var_i1, 47u);
      var_i2 = 1u;
      var_i1 += var_i2;
      i32_store8(var_i0, 0u + 47, var_i1);
      var_i0 = 1u;
    }
    var_l2 = var_i0;
    var_i0 = var_p0;
    core_f50(var_i0);
  }
  var_i0 = var_p0;
  core_f48(var_i0);
  var_L7: 
    var_i0 = var_l1;
    var_i1 = w2c_g3;
    var_i1 = i32_load(var_i1, 28u);
    var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
    if (var_i0) {
      var_i0 = w2c_g22;
      var_i1 = var_l1;
      var_i2 = 2u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_i1 = 0u;
      i32_store(var_i0, 0u, var_i1);
      var_i0 = var_l1;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l1 = var_i0;
      goto var_L7;
    }
  var_i0 = CORE_ADDRESS(24);
  var_i0 = i32_load(var_i0, 0u);
  var_l4 = var_i0;
  var_i0 = 0u;
  var_l1 = var_i0;
  var_L9: 
    var_i0 = var_l1;
    var_i1 = var_l4;
    var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
    if (var_i0) {
      var_i0 = w2c_g12;
      var_i1 = var_l1;
      var_i2 = 6u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_l5 = var_i0;
      var_i1 = w2c_g17;
      var_i2 = w2c_g16;
      var_i3 = var_l1;
      var_i1 = var_i3 ? var_i1 : var_i2;
      var_l6 = var_i1;
      core_f12(var_i0, var_i1);
      var_i0 = var_l3;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_i1 = var_l3;
      var_i2 = var_l5;
      var_i3 = var_l6;
      var_i4 = var_p0;
      var_i5 = CORE_ADDRESS(48);
      var_i5 = i32_load(var_i5, 0u);
      var_i2 = core_f26(var_i2, var_i3, var_i4, var_i5);
      var_i0 = var_i2 ? var_i0 : var_i1;
      var_l3 = var_i0;
      var_i0 = var_l1;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l6 = var_i0;
      var_i1 = var_l4;
      var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
      if (var_i0) {
        var_i0 = var_l5;
        var_i1 = w2c_g12;
        var_i2 = var_l6;
        var_i3 = 6u;
        var_i2 <<= (var_i3 & 31);
        var_i1 += var_i2;
        core_f13(var_i0, var_i1);
      }
      var_i0 = var_l1;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l1 = var_i0;
      goto var_L9;
    }
  var_i0 = w2c_g3;
  var_i1 = w2c_g3;
  var_j1 = i64_load(var_i1, 8u);
  var_i2 = var_l3;
  var_j2 = (u64)(s64)(s32)(var_i2);
  var_j1 += var_j2;
  i64_store(var_i0, 0u + 8, var_j1);
  var_i0 = var_l2;
  if (var_i0) {
    var_i0 = w2c_g5;
    if (var_i0) {
      var_i0 = 0u;
      var_l1 = var_i0;
      var_L14: 
        var_i0 = var_l1;
        var_i1 = w2c_g3;
        var_i1 = i32_load(var_i1, 28u);
        var_i2 = 2u;
        var_i1 <<= (var_i2 & 31);
        var_i0 = var_i0 < var_i1;
        if (var_i0) {
          var_i0 = w2c_g22;
          var_i1 = var_l1;
          var_i0 += var_i1;
          var_l2 = var_i0;
          var_i1 = var_l2;
          var_i1 = i32_load(var_i1, 0u);
          var_i2 = w2c_g25;
          var_i3 = var_l1;
          var_i2 += var_i3;
          var_i2 = i32_load(var_i2, 0u);
          var_i1 += var_i2;
          i32_store(var_i0, 0u, var_i1);
          var_i0 = var_l1;
          var_i1 = 4u;
          var_i0 += var_i1;
          var_l1 = var_i0;
          goto var_L14;
        }
    }
    var_i0 = var_p0;
    core_f54(var_i0);
    var_i0 = w2c_g5;
    if (var_i0) {
      var_i0 = 0u;
      var_p0 = var_i0;
      var_L17: 
        var_i0 = var_p0;
        var_i1 = w2c_g3;
        var_i1 = i32_load(var_i1, 28u);
        var_i2 = 2u;
        var_i1 <<= (var_i2 & 31);
        var_i0 = var_i0 < var_i1;
        if (var_i0) {
          var_i0 = w2c_g22;
          var_i1 = var_p0;
          var_i0 += var_i1;
          var_l1 = var_i0;
          var_i1 = var_l1;
          var_i1 = i32_load(var_i1, 0u);
          var_i2 = w2c_g25;
          var_i3 = var_p0;
          var_i2 += var_i3;
          var_i2 = i32_load(var_i2, 0u);
          var_i1 -= var_i2;
          i32_store(var_i0, 0u, var_i1);
          var_i0 = var_p0;
          var_i1 = 4u;
          var_i0 += var_i1;
          var_p0 = var_i0;
          goto var_L17;
        }
    }
  }
  var_i0 = w2c_g3;
  var_i1 = w2c_g3;
  var_j1 = i64_load(var_i1, 0u);
  var_j2 = 1ull;
  var_j1 += var_j2;
  i64_store(var_i0, 0u, var_j1);
  var_i0 = w2c_g3;
  var_i1 = w2c_g3;
  var_i1 = i32_load(var_i1, 24u);
  var_p0 = var_i1;
  var_i2 = var_p0;
  var_i3 = 255u;
  var_i2 += var_i3;
  var_i3 = 8u;
  var_i2 = (u32)((s32)var_i2 >> (var_i3 & 31));
  var_i1 -= var_i2;
  i32_store(var_i0, 0u + 24, var_i1);
  var_i0 = var_l3;
  return var_i0;
}

CORE_FUNCTION void core_f10(u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0;
  u32 var_i0, var_i1, var_i2, var_i3;
  var_L0: 
    var_i0 = var_l2;
    var_i1 = var_p0;
    var_i1 = i32_load(var_i1, 12u);
    var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
    if (var_i0) {
      var_i0 = var_l2;
      var_i1 = var_p0;
      var_i1 = i32_load(var_i1, 8u);
      var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
      if (var_i0) {
        var_i0 = 0u;
        var_l3 = var_i0;
        var_i0 = 0u;
        var_l4 = var_i0;
        var_L3: 
          var_i0 = var_l3;
          var_i1 = 4u;
          var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
          if (var_i0) {
            var_i0 = w2c_g3;
            var_i1 = w2c_g3;
            var_i1 = i32_load(var_i1, 16u);
            var_l5 = var_i1;
            var_i2 = 13u;
            var_i1 <<= (var_i2 & 31);
            var_i2 = var_l5;
            var_i1 ^= var_i2;
            var_l5 = var_i1;
            var_i2 = 17u;
            var_i1 >>= (var_i2 & 31);
            var_i2 = var_l5;
            var_i1 ^= var_i2;
            var_l5 = var_i1;
            var_i2 = 5u;
            var_i1 <<= (var_i2 & 31);
            var_i2 = var_l5;
            var_i1 ^= var_i2;
            var_l5 = var_i1;
            i32_store(var_i0, 0u + 16, var_i1);
            var_i0 = var_l4;
            var_i1 = var_l5;
            var_i2 = 65535u;
            var_i1 &= var_i2;
            var_i2 = var_l5;
            var_i3 = 16u;
            var_i2 >>= (var_i3 & 31);
            var_i1 += var_i2;
            var_i0 += var_i1;
            var_l4 = var_i0;
            var_i0 = var_l3;
            var_i1 = 1u;
            var_i0 += var_i1;
            var_l3 = var_i0;
            goto var_L3;
          }
        var_i0 = var_l4;
        var_i1 = 262144u;
        var_i0 -= var_i1;
        var_i1 = 2u;
        var_i0 = (u32)((s32)var_i0 >> (var_i1 & 31));
        var_i1 = 10033u;
        var_i0 *= var_i1;
        var_i1 = 19u;
        var_i0 = (u32)((s32)var_i0 >> (var_i1 & 31));
      } else {
        var_i0 = 4294934529u;
      }
      var_l3 = var_i0;
      var_i0 = var_p0;
      var_i0 = i32_load(var_i0, 24u);
      var_i1 = var_p1;
      var_i2 = var_p0;
      var_i2 = i32_load(var_i2, 12u);
      var_i1 *= var_i2;
      var_i2 = var_l2;
      var_i1 += var_i2;
      var_i2 = 1u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_i1 = var_l3;
      i32_store16(var_i0, 0u, var_i1);
      var_i0 = var_l2;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l2 = var_i0;
      goto var_L0;
    }
}

CORE_FUNCTION u32 core_f11(void) {
  u32 var_l0 = 0, var_l1 = 0, var_l2 = 0;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5;
  var_i0 = 1u;
  var_i1 = CORE_ADDRESS(60);
  var_i1 = i32_load(var_i1, 0u);
  var_l2 = var_i1;
  var_i2 = CORE_ADDRESS(64);
  var_i2 = i32_load(var_i2, 0u);
  var_l1 = var_i2;
  var_i0 = var_i2 ? var_i0 : var_i1;
  if (var_i0) {
    var_i0 = var_l1;
    var_i1 = 8u;
    var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
    var_i1 = var_l1;
    var_i2 = 256u;
    var_i1 = (u32)((s32)var_i1 > (s32)var_i2);
    var_i0 |= var_i1;
    var_i1 = var_l2;
    var_i2 = 0u;
    var_i1 = (u32)((s32)var_i1 <= (s32)var_i2);
    var_i0 |= var_i1;
    var_i1 = var_l2;
    var_i2 = 64u;
    var_i1 = (u32)((s32)var_i1 > (s32)var_i2);
    var_i0 |= var_i1;
    if (var_i0) {
      var_i0 = 4294967290u;
      goto var_Bfunc;
    }
    var_i0 = CORE_ADDRESS(16);
    var_i0 = i32_load(var_i0, 0u);
    var_i1 = var_l2;
    var_i2 = 1u;
    var_i3 = 31u;
    var_i4 = var_l1;
    var_i5 = 1u;
    var_i4 -= var_i5;
    var_i4 = I32_CLZ(var_i4);
    var_i3 -= var_i4;
    var_i2 <<= (var_i3 & 31);
    var_i3 = 2u;
    var_i2 += var_i3;
    var_i1 *= var_i2;
    var_i0 = var_i0 != var_i1;
    if (var_i0) {
      var_i0 = 4294967290u;
      goto var_Bfunc;
    }
  }
  var_i0 = CORE_ADDRESS(16);
  var_i0 = i32_load(var_i0, 0u);
  var_i1 = 0u;
  var_i0 = (u32)((s32)var_i0 <= (s32)var_i1);
  if (var_i0) {
    var_i0 = 1u;
  } else {
    var_i0 = CORE_ADDRESS(16);
    var_i0 = i32_load(var_i0, 0u);
    var_i1 = 4096u;
    var_i0 = (u32)((s32)var_i0 > (s32)var_i1);
  }
  if (var_i0) {
    var_i0 = 4294967295u;
    goto var_Bfunc;
  }
  var_i0 = CORE_ADDRESS(20);
  var_i0 = i32_load(var_i0, 0u);
  var_i1 = 2u;
  var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
  if (var_i0) {
    var_i0 = 1u;
  } else {
    var_i0 = CORE_ADDRESS(20);
    var_i0 = i32_load(var_i0, 0u);
    var_i1 = 256u;
    var_i0 = (u32)((s32)var_i0 > (s32)var_i1);
  }
  if (var_i0) {
    var_i0 = 4294967294u;
    goto var_Bfunc;
  }
  var_i0 = CORE_ADDRESS(24);
  var_i0 = i32_load(var_i0, 0u);
  var_i1 = 0u;
  var_i0 = (u32)((s32)var_i0 <= (s32)var_i1);
  if (var_i0) {
    var_i0 = 1u;
  } else {
    var_i0 = CORE_ADDRESS(24);
    var_i0 = i32_load(var_i0, 0u);
    var_i1 = 8u;
    var_i0 = (u32)((s32)var_i0 > (s32)var_i1);
  }
  if (var_i0) {
    var_i0 = 4294967293u;
    goto var_Bfunc;
  }
  var_L9: 
    var_i0 = var_l0;
    var_i1 = CORE_ADDRESS(24);
    var_i1 = i32_load(var_i1, 0u);
    var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
    if (var_i0) {
      var_i0 = var_l0;
      var_i1 = 2u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = CORE_ADDRESS(16);
      var_i0 += var_i1;
      var_i0 = i32_load(var_i0, 64u);
      var_i1 = 0u;
      var_i0 = (u32)((s32)var_i0 <= (s32)var_i1);
      if (var_i0) {
        var_i0 = 1u;
      } else {
        var_i0 = var_l0;
        var_i1 = 2u;
        var_i0 <<= (var_i1 & 31);
        var_i1 = CORE_ADDRESS(16);
        var_i0 += var_i1;
        var_i0 = i32_load(var_i0, 64u);
        var_i1 = 4096u;
        var_i0 = (u32)((s32)var_i0 > (s32)var_i1);
      }
      if (var_i0) {
        var_i0 = 4294967292u;
        goto var_Bfunc;
      }
      var_i0 = var_l0;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l0 = var_i0;
      goto var_L9;
    }
  var_i0 = CORE_ADDRESS(28);
  var_i0 = i32_load(var_i0, 0u);
  var_l0 = var_i0;
  var_i1 = 16u;
  var_i0 = var_i0 != var_i1;
  var_i1 = var_l0;
  var_i2 = 8u;
  var_i1 = var_i1 != var_i2;
  var_i0 &= var_i1;
  if (var_i0) {
    var_i0 = 4294967291u;
    goto var_Bfunc;
  }
  var_i0 = 0u;
  var_Bfunc:;
  return var_i0;
}

CORE_FUNCTION void core_f12(u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0, var_l8 = 0;
  u64 var_l9 = 0;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4;
  u64 var_j0, var_j1, var_j2;
  var_i0 = var_p0;
  var_i1 = var_p1;
  var_i2 = w2c_g19;
  var_i3 = var_p0;
  var_i3 = i32_load(var_i3, 40u);
  var_i4 = 12u;
  var_i3 = var_i3 == var_i4;
  core_f29(var_i0, var_i1, var_i2, var_i3);
  var_i0 = w2c_g3;
  var_i0 = i32_load(var_i0, 28u);
  var_l4 = var_i0;
  var_L0: 
    var_i0 = var_l3;
    var_i1 = var_l4;
    var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
    if (var_i0) {
      var_i0 = var_p0;
      var_i0 = i32_load(var_i0, 24u);
      var_i1 = var_p0;
      var_i1 = i32_load(var_i1, 12u);
      var_i2 = 1u;
      var_i1 <<= (var_i2 & 31);
      var_i2 = var_l3;
      var_i1 *= var_i2;
      var_i0 += var_i1;
      var_l5 = var_i0;
      var_j0 = 0ull;
      var_l9 = var_j0;
      var_i0 = var_p0;
      var_i0 = i32_load(var_i0, 8u);
      var_i1 = 1u;
      var_i0 <<= (var_i1 & 31);
      var_l7 = var_i0;
      var_i0 = 0u;
      var_p1 = var_i0;
      var_L2: 
        var_i0 = var_p1;
        var_i1 = 64u;
        var_i0 += var_i1;
        var_l2 = var_i0;
        var_i1 = var_l7;
        var_i2 = var_l2;
        var_i3 = var_l7;
        var_i2 = var_i2 < var_i3;
        var_i0 = var_i2 ? var_i0 : var_i1;
        var_l6 = var_i0;
        var_i0 = 0u;
        var_l2 = var_i0;
        var_L3: 
          var_i0 = 8191u;
          var_i1 = w2c_g19;
          var_i2 = var_p1;
          var_i1 += var_i2;
          var_i1 = i32_load16_s(var_i1, 0u);
          var_i2 = var_p1;
          var_i3 = var_l5;
          var_i2 += var_i3;
          var_i2 = i32_load16_s(var_i2, 0u);
          var_i1 += var_i2;
          var_l8 = var_i1;
          var_i2 = var_l8;
          var_i3 = 8191u;
          var_i2 = (u32)((s32)var_i2 >= (s32)var_i3);
          var_i0 = var_i2 ? var_i0 : var_i1;
          var_l8 = var_i0;
          var_i1 = 0u;
          var_i0 = (u32)((s32)var_i0 > (s32)var_i1);
          if (var_i0) {
            var_i0 = var_l2;
            var_i1 = var_l8;
            var_i2 = var_l8;
            var_i1 *= var_i2;
            var_i0 += var_i1;
            var_l2 = var_i0;
          }
          var_i0 = var_l6;
          var_i1 = var_p1;
          var_i2 = 2u;
          var_i1 += var_i2;
          var_p1 = var_i1;
          var_i0 = var_i0 > var_i1;
          if (var_i0) {goto var_L3;}
        var_j0 = var_l9;
        var_i1 = var_l2;
        var_j1 = (u64)(var_i1);
        var_j0 += var_j1;
        var_l9 = var_j0;
        var_i0 = var_p1;
        var_i1 = var_l7;
        var_i0 = var_i0 < var_i1;
        if (var_i0) {goto var_L2;}
      var_i0 = var_l3;
      var_i1 = 2u;
      var_i0 <<= (var_i1 & 31);
      var_p1 = var_i0;
      var_i1 = w2c_g21;
      var_i0 += var_i1;
      var_i1 = var_p0;
      var_j1 = i64_load(var_i1, 56u);
      var_j2 = var_l9;
      var_j1 *= var_j2;
      var_j2 = 32ull;
      var_j1 >>= (var_j2 & 63);
      var_i1 = (u32)(var_j1);
      var_l2 = var_i1;
      i32_store(var_i0, 0u, var_i1);
      var_i0 = w2c_g22;
      var_i1 = var_p1;
      var_i0 += var_i1;
      var_p1 = var_i0;
      var_i1 = var_p1;
      var_i1 = i32_load(var_i1, 0u);
      var_i2 = var_l2;
      var_i1 += var_i2;
      i32_store(var_i0, 0u, var_i1);
      var_i0 = var_l3;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l3 = var_i0;
      goto var_L0;
    }
}

CORE_FUNCTION void core_f13(u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0, var_l8 = 0, var_l9 = 0;
  u64 var_l10 = 0;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6;
  u64 var_j0, var_j1, var_j2;
  var_i0 = w2c_g17;
  var_l5 = var_i0;
  var_i0 = w2c_g19;
  var_l6 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load(var_i0, 12u);
  var_l4 = var_i0;
  var_i1 = 1u;
  var_i0 <<= (var_i1 & 31);
  var_l7 = var_i0;
  var_L0: 
    var_i0 = var_l2;
    var_i1 = var_l7;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_l2;
      var_i1 = var_l5;
      var_i0 += var_i1;
      var_i1 = var_l2;
      var_i2 = var_l6;
      var_i1 += var_i2;
      var_i1 = i32_load16_s(var_i1, 0u);
      var_l8 = var_i1;
      var_i2 = 0u;
      var_i3 = var_l8;
      var_i4 = 0u;
      var_i3 = (u32)((s32)var_i3 >= (s32)var_i4);
      var_i1 = var_i3 ? var_i1 : var_i2;
      i32_store16(var_i0, 0u, var_i1);
      var_i0 = var_l2;
      var_i1 = 2u;
      var_i0 += var_i1;
      var_l2 = var_i0;
      goto var_L0;
    }
  var_i0 = 0u;
  var_l2 = var_i0;
  var_i0 = 1u;
  var_l5 = var_i0;
  var_i0 = w2c_g17;
  var_l6 = var_i0;
  var_i0 = w2c_g17;
  var_l7 = var_i0;
  var_i0 = var_l4;
  var_i1 = 1u;
  var_i0 <<= (var_i1 & 31);
  var_l8 = var_i0;
  var_L2: 
    var_i0 = var_l3;
    var_i1 = var_l8;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_j0 = var_l10;
      var_i1 = var_l3;
      var_i2 = var_l7;
      var_i1 += var_i2;
      var_i1 = i32_load16_s(var_i1, 0u);
      var_i2 = 4294959105u;
      var_i3 = 8191u;
      var_i4 = var_l3;
      var_i5 = var_l6;
      var_i4 += var_i5;
      var_i4 = i32_load16_s(var_i4, 0u);
      var_l9 = var_i4;
      var_i5 = var_l9;
      var_i6 = 8191u;
      var_i5 = (u32)((s32)var_i5 > (s32)var_i6);
      var_i3 = var_i5 ? var_i3 : var_i4;
      var_l9 = var_i3;
      var_i4 = var_l9;
      var_i5 = 4294959105u;
      var_i4 = (u32)((s32)var_i4 < (s32)var_i5);
      var_i2 = var_i4 ? var_i2 : var_i3;
      var_i1 *= var_i2;
      var_j1 = (u64)(s64)(s32)(var_i1);
      var_j0 += var_j1;
      var_l10 = var_j0;
      var_i0 = var_l3;
      var_i1 = 2u;
      var_i0 += var_i1;
      var_l3 = var_i0;
      goto var_L2;
    }
  var_i0 = var_p0;
  var_j0 = i64_load(var_i0, 56u);
  var_j1 = var_l10;
  var_j0 *= var_j1;
  var_j1 = 24ull;
  var_j0 >>= (var_j1 & 63);
  var_l10 = var_j0;
  var_j1 = 0ull;
  var_i0 = var_j0 != var_j1;
  if (var_i0) {
    var_j0 = var_l10;
    var_j1 = var_l10;
    var_j1 = I64_CLZ(var_j1);
    var_i1 = (u32)(var_j1);
    var_i2 = 32u;
    var_i1 -= var_i2;
    var_i2 = 4294967294u;
    var_i1 &= var_i2;
    var_l6 = var_i1;
    var_j1 = (u64)(s64)(s32)(var_i1);
    var_j0 <<= (var_j1 & 63);
    var_j1 = var_l10;
    var_i2 = 0u;
    var_i3 = var_l6;
    var_i2 -= var_i3;
    var_j2 = (u64)(s64)(s32)(var_i2);
    var_j1 >>= (var_j2 & 63);
    var_i2 = var_l6;
    var_i3 = 0u;
    var_i2 = (u32)((s32)var_i2 >= (s32)var_i3);
    var_j0 = var_i2 ? var_j0 : var_j1;
    var_i0 = (u32)(var_j0);
    var_l5 = var_i0;
    var_i0 = 1073741824u;
    var_p0 = var_i0;
    var_L5: 
      var_i0 = var_p0;
      var_i1 = var_l5;
      var_i0 = var_i0 > var_i1;
      if (var_i0) {
        var_i0 = var_p0;
        var_i1 = 2u;
        var_i0 >>= (var_i1 & 31);
        var_p0 = var_i0;
        goto var_L5;
      }
    var_L7: 
      var_i0 = var_p0;
      if (var_i0) {
        var_i0 = var_l2;
        var_i1 = 1u;
        var_i0 >>= (var_i1 & 31);
        var_l3 = var_i0;
        var_i0 = var_p0;
        var_i1 = var_l2;
        var_i0 += var_i1;
        var_l2 = var_i0;
        var_i1 = var_l5;
        var_i0 = var_i0 <= var_i1;
        if (var_i0) {
          var_i0 = var_l5;
          var_i1 = var_l2;
          var_i0 -= var_i1;
          var_l5 = var_i0;
          var_i0 = var_p0;
          var_i1 = var_l3;
          var_i0 += var_i1;
        } else {
          var_i0 = var_l3;
        }
        var_l2 = var_i0;
        var_i0 = var_p0;
        var_i1 = 2u;
        var_i0 >>= (var_i1 & 31);
        var_p0 = var_i0;
        goto var_L7;
      }
    var_i0 = 18u;
    var_i1 = var_l6;
    var_i2 = 1u;
    var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
    var_i0 -= var_i1;
    var_l5 = var_i0;
    var_i0 = 32767u;
    var_i1 = 1073741824u;
    var_i2 = var_l2;
    var_i1 = DIV_U(var_i1, var_i2);
    var_p0 = var_i1;
    var_i2 = var_p0;
    var_i3 = 32767u;
    var_i2 = var_i2 >= var_i3;
    var_i0 = var_i2 ? var_i0 : var_i1;
  } else {
    var_i0 = 0u;
  }
  var_l2 = var_i0;
  var_i0 = w2c_g17;
  var_l3 = var_i0;
  var_i0 = var_l4;
  var_i1 = 1u;
  var_i0 <<= (var_i1 & 31);
  var_l6 = var_i0;
  var_i0 = 1u;
  var_i1 = var_l5;
  var_i2 = 1u;
  var_i1 -= var_i2;
  var_i0 <<= (var_i1 & 31);
  var_l7 = var_i0;
  var_i0 = 0u;
  var_p0 = var_i0;
  var_L10: 
    var_i0 = var_p0;
    var_i1 = var_l6;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = var_l3;
      var_i0 += var_i1;
      var_l8 = var_i0;
      var_i0 = i32_load16_s(var_i0, 0u);
      var_i1 = var_l2;
      var_i0 *= var_i1;
      var_i1 = var_l7;
      var_i0 += var_i1;
      var_i1 = var_l5;
      var_i0 = (u32)((s32)var_i0 >> (var_i1 & 31));
      var_l9 = var_i0;
      var_i0 = var_l8;
      var_i1 = 2047u;
      var_i2 = var_l9;
      var_i3 = var_l9;
      var_i4 = 2047u;
      var_i3 = (u32)((s32)var_i3 >= (s32)var_i4);
      var_i1 = var_i3 ? var_i1 : var_i2;
      i32_store16(var_i0, 0u, var_i1);
      var_i0 = var_p0;
      var_i1 = 2u;
      var_i0 += var_i1;
      var_p0 = var_i0;
      goto var_L10;
    }
  var_i0 = var_l4;
  var_p0 = var_i0;
  var_L12: 
    var_i0 = var_p0;
    var_i1 = var_p1;
    var_i1 = i32_load(var_i1, 4u);
    var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
    if (var_i0) {
      var_i0 = w2c_g17;
      var_i1 = var_p0;
      var_i2 = 1u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_i1 = w2c_g16;
      var_i2 = var_p0;
      var_i3 = var_l4;
      var_i2 -= var_i3;
      var_i3 = 1u;
      var_i2 <<= (var_i3 & 31);
      var_i1 += var_i2;
      var_j1 = i64_load(var_i1, 0u);
      i64_store(var_i0, 0u, var_j1);
      var_i0 = var_p0;
      var_i1 = 4u;
      var_i0 += var_i1;
      var_p0 = var_i0;
      goto var_L12;
    }
}

CORE_FUNCTION u64 core_f14(u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3) {
  u32 var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0;
  u64 var_l8 = 0;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_i7;
  u64 var_j0, var_j1;
  var_i0 = var_p3;
  var_i1 = 1u;
  var_i0 <<= (var_i1 & 31);
  var_l6 = var_i0;
  var_L0: 
    var_i0 = var_l4;
    var_i1 = var_l6;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_j0 = var_l8;
      var_i1 = 4294965249u;
      var_i2 = 2047u;
      var_i3 = var_p1;
      var_i4 = var_l4;
      var_i3 += var_i4;
      var_i3 = i32_load16_s(var_i3, 0u);
      var_p3 = var_i3;
      var_i4 = var_p3;
      var_i5 = 2047u;
      var_i4 = (u32)((s32)var_i4 > (s32)var_i5);
      var_i2 = var_i4 ? var_i2 : var_i3;
      var_p3 = var_i2;
      var_i3 = var_p3;
      var_i4 = 4294965249u;
      var_i3 = (u32)((s32)var_i3 < (s32)var_i4);
      var_i1 = var_i3 ? var_i1 : var_i2;
      var_p3 = var_i1;
      var_i2 = var_p0;
      var_i3 = var_l4;
      var_i2 += var_i3;
      var_l7 = var_i2;
      var_i2 = i32_load16_s(var_i2, 0u);
      var_l5 = var_i2;
      var_i1 *= var_i2;
      var_j1 = (u64)(s64)(s32)(var_i1);
      var_j0 += var_j1;
      var_l8 = var_j0;
      var_i0 = var_l7;
      var_i1 = var_l5;
      var_i2 = 32767u;
      var_i3 = 4294934528u;
      var_i4 = 32767u;
      var_i5 = var_p3;
      var_i6 = var_p2;
      var_i5 <<= (var_i6 & 31);
      var_i6 = var_l5;
      var_i5 -= var_i6;
      var_p3 = var_i5;
      var_i6 = var_p3;
      var_i7 = 32767u;
      var_i6 = (u32)((s32)var_i6 > (s32)var_i7);
      var_i4 = var_i6 ? var_i4 : var_i5;
      var_p3 = var_i4;
      var_i5 = var_p3;
      var_i6 = 4294934528u;
      var_i5 = (u32)((s32)var_i5 < (s32)var_i6);
      var_i3 = var_i5 ? var_i3 : var_i4;
      var_i4 = 16u;
      var_i3 += var_i4;
      var_p3 = var_i3;
      var_i4 = var_p3;
      var_i5 = 32767u;
      var_i4 = (u32)((s32)var_i4 >= (s32)var_i5);
      var_i2 = var_i4 ? var_i2 : var_i3;
      var_i3 = 5u;
      var_i2 = (u32)((s32)var_i2 >> (var_i3 & 31));
      var_i1 += var_i2;
      i32_store16(var_i0, 0u, var_i1);
      var_i0 = var_l4;
      var_i1 = 2u;
      var_i0 += var_i1;
      var_l4 = var_i0;
      goto var_L0;
    }
  var_j0 = var_l8;
  return var_j0;
}

CORE_FUNCTION u32 core_f15(u32 var_p0, u32 var_p1, u32 var_p2) {
  u32 var_l3 = 0, var_l4 = 0;
  u32 var_i0, var_i1, var_i2, var_i3;
  var_L0: 
    var_i0 = var_l3;
    var_i1 = var_p0;
    var_i1 = i32_load(var_i1, 0u);
    var_l3 = var_i1;
    var_i1 = (u32)(s32)(s16)(u16)(var_i1);
    var_i2 = var_p1;
    var_i2 = i32_load(var_i2, 0u);
    var_l4 = var_i2;
    var_i2 = (u32)(s32)(s16)(u16)(var_i2);
    var_i1 *= var_i2;
    var_i0 += var_i1;
    var_i1 = var_l3;
    var_i2 = 16u;
    var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
    var_i2 = var_l4;
    var_i3 = 16u;
    var_i2 = (u32)((s32)var_i2 >> (var_i3 & 31));
    var_i1 *= var_i2;
    var_i0 += var_i1;
    var_i1 = var_p0;
    var_i1 = i32_load(var_i1, 4u);
    var_l3 = var_i1;
    var_i1 = (u32)(s32)(s16)(u16)(var_i1);
    var_i2 = var_p1;
    var_i2 = i32_load(var_i2, 4u);
    var_l4 = var_i2;
    var_i2 = (u32)(s32)(s16)(u16)(var_i2);
    var_i1 *= var_i2;
    var_i0 += var_i1;
    var_i1 = var_l3;
    var_i2 = 16u;
    var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
    var_i2 = var_l4;
    var_i3 = 16u;
    var_i2 = (u32)((s32)var_i2 >> (var_i3 & 31));
    var_i1 *= var_i2;
    var_i0 += var_i1;
    var_i1 = var_p0;
    var_i1 = i32_load(var_i1, 8u);
    var_l3 = var_i1;
    var_i1 = (u32)(s32)(s16)(u16)(var_i1);
    var_i2 = var_p1;
    var_i2 = i32_load(var_i2, 8u);
    var_l4 = var_i2;
    var_i2 = (u32)(s32)(s16)(u16)(var_i2);
    var_i1 *= var_i2;
    var_i0 += var_i1;
    var_i1 = var_l3;
    var_i2 = 16u;
    var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
    var_i2 = var_l4;
    var_i3 = 16u;
    var_i2 = (u32)((s32)var_i2 >> (var_i3 & 31));
    var_i1 *= var_i2;
    var_i0 += var_i1;
    var_i1 = var_p0;
    var_i1 = i32_load(var_i1, 12u);
    var_l3 = var_i1;
    var_i1 = (u32)(s32)(s16)(u16)(var_i1);
    var_i2 = var_p1;
    var_i2 = i32_load(var_i2, 12u);
    var_l4 = var_i2;
    var_i2 = (u32)(s32)(s16)(u16)(var_i2);
    var_i1 *= var_i2;
    var_i0 += var_i1;
    var_i1 = var_l3;
    var_i2 = 16u;
    var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
    var_i2 = var_l4;
    var_i3 = 16u;
    var_i2 = (u32)((s32)var_i2 >> (var_i3 & 31));
    var_i1 *= var_i2;
    var_i0 += var_i1;
    var_l3 = var_i0;
    var_i0 = var_p0;
    var_i1 = 16u;
    var_i0 += var_i1;
    var_p0 = var_i0;
    var_i0 = var_p2;
    var_i1 = var_p1;
    var_i2 = 16u;
    var_i1 += var_i2;
    var_p1 = var_i1;
    var_i0 = var_i0 > var_i1;
    if (var_i0) {goto var_L0;}
  var_i0 = var_l3;
  return var_i0;
}

CORE_FUNCTION u32 core_f16(u64 var_p0, u32 var_p1) {
  u32 var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0;
  u32 var_i0, var_i1, var_i2, var_i3;
  u64 var_j0, var_j1, var_j2;
  var_j0 = var_p0;
  var_i0 = !(var_j0);
  if (var_i0) {
    var_i0 = 0u;
    goto var_Bfunc;
  }
  var_j0 = var_p0;
  var_j1 = var_p0;
  var_j1 = I64_CLZ(var_j1);
  var_i1 = (u32)(var_j1);
  var_i2 = 32u;
  var_i1 -= var_i2;
  var_i2 = 4294967294u;
  var_i1 &= var_i2;
  var_l6 = var_i1;
  var_j1 = (u64)(s64)(s32)(var_i1);
  var_j0 <<= (var_j1 & 63);
  var_j1 = var_p0;
  var_i2 = 0u;
  var_i3 = var_l6;
  var_i2 -= var_i3;
  var_j2 = (u64)(s64)(s32)(var_i2);
  var_j1 >>= (var_j2 & 63);
  var_i2 = var_l6;
  var_i3 = 0u;
  var_i2 = (u32)((s32)var_i2 >= (s32)var_i3);
  var_j0 = var_i2 ? var_j0 : var_j1;
  var_i0 = (u32)(var_j0);
  var_l5 = var_i0;
  var_i0 = 1073741824u;
  var_l4 = var_i0;
  var_L1: 
    var_i0 = var_l4;
    var_i1 = var_l5;
    var_i0 = var_i0 > var_i1;
    if (var_i0) {
      var_i0 = var_l4;
      var_i1 = 2u;
      var_i0 >>= (var_i1 & 31);
      var_l4 = var_i0;
      goto var_L1;
    }
  var_L3: 
    var_i0 = var_l4;
    if (var_i0) {
      var_i0 = var_l2;
      var_i1 = 1u;
      var_i0 >>= (var_i1 & 31);
      var_l3 = var_i0;
      var_i0 = var_l5;
      var_i1 = var_l2;
      var_i2 = var_l4;
      var_i1 += var_i2;
      var_l2 = var_i1;
      var_i0 = var_i0 >= var_i1;
      if (var_i0) {
        var_i0 = var_l5;
        var_i1 = var_l2;
        var_i0 -= var_i1;
        var_l5 = var_i0;
        var_i0 = var_l3;
        var_i1 = var_l4;
        var_i0 += var_i1;
      } else {
        var_i0 = var_l3;
      }
      var_l2 = var_i0;
      var_i0 = var_l4;
      var_i1 = 2u;
      var_i0 >>= (var_i1 & 31);
      var_l4 = var_i0;
      goto var_L3;
    }
  var_i0 = var_p1;
  var_i1 = var_l6;
  var_i2 = 1u;
  var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
  var_i0 -= var_i1;
  var_p1 = var_i0;
  var_i0 = 0u;
  var_i1 = var_l2;
  var_i1 = !(var_i1);
  if (var_i1) {goto var_B6;}
  var_i0 = 0u;
  var_i1 = var_p1;
  var_i2 = 150u;
  var_i1 += var_i2;
  var_i2 = var_l2;
  var_i2 = I32_CLZ(var_i2);
  var_i3 = 8u;
  var_i2 -= var_i3;
  var_p1 = var_i2;
  var_i1 -= var_i2;
  var_l3 = var_i1;
  var_i2 = 0u;
  var_i1 = (u32)((s32)var_i1 <= (s32)var_i2);
  if (var_i1) {goto var_B6;}
  var_i0 = 2139095039u;
  var_i1 = var_l3;
  var_i2 = 254u;
  var_i1 = (u32)((s32)var_i1 > (s32)var_i2);
  if (var_i1) {goto var_B6;}
  var_i0 = var_l2;
  var_i1 = var_p1;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 8388607u;
  var_i0 &= var_i1;
  var_i1 = var_l3;
  var_i2 = 23u;
  var_i1 <<= (var_i2 & 31);
  var_i0 |= var_i1;
  var_B6:;
  var_Bfunc:;
  return var_i0;
}

CORE_FUNCTION void core_f17(u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6;
  var_i0 = w2c_g7;
  var_i1 = var_p0;
  var_i2 = CORE_ADDRESS(16);
  var_i2 = i32_load(var_i2, 0u);
  var_i3 = 7u;
  var_i2 += var_i3;
  var_i3 = 4294967288u;
  var_i2 &= var_i3;
  var_i1 *= var_i2;
  var_i0 += var_i1;
  var_l3 = var_i0;
  var_L0: 
    var_i0 = var_l1;
    var_i1 = CORE_ADDRESS(16);
    var_i1 = i32_load(var_i1, 0u);
    var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
    if (var_i0) {
      var_i0 = var_l2;
      var_i1 = 31u;
      var_i2 = var_l1;
      var_i3 = var_l3;
      var_i2 += var_i3;
      var_i2 = i32_load8_u(var_i2, 0u);
      var_i3 = 5u;
      var_i2 += var_i3;
      var_l2 = var_i2;
      var_i2 = I32_CLZ(var_i2);
      var_l4 = var_i2;
      var_i1 -= var_i2;
      var_i2 = 10u;
      var_i1 <<= (var_i2 & 31);
      var_i2 = var_l2;
      var_i3 = var_l4;
      var_i2 <<= (var_i3 & 31);
      var_i3 = 15u;
      var_i2 >>= (var_i3 & 31);
      var_i3 = 65535u;
      var_i2 &= var_i3;
      var_l2 = var_i2;
      var_i3 = 27722u;
      var_i4 = var_l2;
      var_i5 = 10453u;
      var_i4 *= var_i5;
      var_i5 = 16u;
      var_i4 >>= (var_i5 & 31);
      var_i3 -= var_i4;
      var_i4 = var_l2;
      var_i5 = 65536u;
      var_i6 = var_l2;
      var_i5 -= var_i6;
      var_i4 *= var_i5;
      var_i5 = 16u;
      var_i4 >>= (var_i5 & 31);
      var_i3 *= var_i4;
      var_i4 = 16u;
      var_i3 >>= (var_i4 & 31);
      var_i2 += var_i3;
      var_i3 = 32u;
      var_i2 += var_i3;
      var_i3 = 6u;
      var_i2 >>= (var_i3 & 31);
      var_i1 += var_i2;
      var_i0 += var_i1;
      var_l2 = var_i0;
      var_i0 = var_l1;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l1 = var_i0;
      goto var_L0;
    }
  var_i0 = w2c_g8;
  var_i1 = var_p0;
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i1 = var_l2;
  i32_store(var_i0, 0u, var_i1);
}

CORE_FUNCTION u32 core_f18(u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0, var_l8 = 0;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_i7;
  var_i0 = var_p0;
  var_i1 = CORE_ADDRESS(16);
  var_i1 = i32_load(var_i1, 0u);
  var_l4 = var_i1;
  var_i2 = 7u;
  var_i1 += var_i2;
  var_i2 = 4294967288u;
  var_i1 &= var_i2;
  var_i0 *= var_i1;
  var_p0 = var_i0;
  var_i1 = w2c_g6;
  var_i0 += var_i1;
  var_l5 = var_i0;
  var_i0 = w2c_g7;
  var_i1 = var_p0;
  var_i0 += var_i1;
  var_l6 = var_i0;
  var_i0 = 4u;
  var_i1 = 3u;
  var_i2 = CORE_ADDRESS(32);
  var_i2 = i32_load(var_i2, 0u);
  var_i3 = 4u;
  var_i2 &= var_i3;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_l7 = var_i0;
  var_i0 = 0u;
  var_p0 = var_i0;
  var_L0: 
    var_i0 = var_p0;
    var_i1 = var_l4;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = w2c_g26;
      var_i1 = var_p0;
      var_i2 = 1u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_i0 = i32_load16_s(var_i0, 0u);
      var_l8 = var_i0;
      var_i1 = 4294934528u;
      var_i0 = var_i0 != var_i1;
      if (var_i0) {
        var_i0 = var_l3;
        var_i1 = 65536u;
        var_i2 = var_p0;
        var_i3 = var_l6;
        var_i2 += var_i3;
        var_i2 = i32_load8_u(var_i2, 0u);
        var_i3 = 5u;
        var_i2 += var_i3;
        var_i1 = DIV_U(var_i1, var_i2);
        var_i2 = 0u;
        var_i3 = 4294967169u;
        var_i4 = 127u;
        var_i5 = var_l8;
        var_i6 = var_l7;
        var_i5 = (u32)((s32)var_i5 >> (var_i6 & 31));
        var_l3 = var_i5;
        var_i6 = var_l3;
        var_i7 = 127u;
        var_i6 = (u32)((s32)var_i6 > (s32)var_i7);
        var_i4 = var_i6 ? var_i4 : var_i5;
        var_l3 = var_i4;
        var_i5 = var_l3;
        var_i6 = 4294967169u;
        var_i5 = (u32)((s32)var_i5 < (s32)var_i6);
        var_i3 = var_i5 ? var_i3 : var_i4;
        var_i4 = var_p0;
        var_i5 = var_l5;
        var_i4 += var_i5;
        var_i4 = i32_load8_s(var_i4, 0u);
        var_i3 -= var_i4;
        var_l3 = var_i3;
        var_i2 -= var_i3;
        var_i3 = var_l3;
        var_i4 = var_l3;
        var_i5 = 0u;
        var_i4 = (u32)((s32)var_i4 < (s32)var_i5);
        var_i2 = var_i4 ? var_i2 : var_i3;
        var_i1 *= var_i2;
        var_i2 = 7u;
        var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
        var_l8 = var_i1;
        var_i0 += var_i1;
        var_l3 = var_i0;
        var_i0 = var_l2;
        var_i1 = 1u;
        var_i0 += var_i1;
        var_l2 = var_i0;
        var_i0 = var_l1;
        var_i1 = var_l8;
        var_i2 = var_l1;
        var_i3 = var_l8;
        var_i2 = (u32)((s32)var_i2 > (s32)var_i3);
        var_i0 = var_i2 ? var_i0 : var_i1;
        var_l1 = var_i0;
      }
      var_i0 = var_p0;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_p0 = var_i0;
      goto var_L0;
    }
  var_i0 = var_l2;
  if (var_i0) {
    var_i0 = 31u;
    var_i1 = 256u;
    var_i2 = var_l3;
    var_i3 = var_l2;
    var_i2 = I32_DIV_S(var_i2, var_i3);
    var_i3 = var_l1;
    var_i4 = 3u;
    var_i3 = (u32)((s32)var_i3 >> (var_i4 & 31));
    var_i2 += var_i3;
    var_p0 = var_i2;
    var_i3 = var_p0;
    var_i4 = 256u;
    var_i3 = (u32)((s32)var_i3 < (s32)var_i4);
    var_i1 = var_i3 ? var_i1 : var_i2;
    var_p0 = var_i1;
    var_i1 = I32_CLZ(var_i1);
    var_l1 = var_i1;
    var_i0 -= var_i1;
    var_i1 = 10u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = var_p0;
    var_i2 = var_l1;
    var_i1 <<= (var_i2 & 31);
    var_i2 = 15u;
    var_i1 >>= (var_i2 & 31);
    var_i2 = 65535u;
    var_i1 &= var_i2;
    var_p0 = var_i1;
    var_i2 = 27722u;
    var_i3 = var_p0;
    var_i4 = 10453u;
    var_i3 *= var_i4;
    var_i4 = 16u;
    var_i3 >>= (var_i4 & 31);
    var_i2 -= var_i3;
    var_i3 = var_p0;
    var_i4 = 65536u;
    var_i5 = var_p0;
    var_i4 -= var_i5;
    var_i3 *= var_i4;
    var_i4 = 16u;
    var_i3 >>= (var_i4 & 31);
    var_i2 *= var_i3;
    var_i3 = 16u;
    var_i2 >>= (var_i3 & 31);
    var_i1 += var_i2;
    var_i2 = 32u;
    var_i1 += var_i2;
    var_i2 = 6u;
    var_i1 >>= (var_i2 & 31);
    var_i0 += var_i1;
  } else {
    var_i0 = 4294967295u;
  }
  return var_i0;
}

CORE_FUNCTION u32 core_f19(u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6;
  var_i0 = var_p0;
  var_i0 = i32_load16_u(var_i0, 10u);
  var_i1 = 2u;
  var_i0 = var_i0 != var_i1;
  if (var_i0) {
    var_i0 = 0u;
  } else {
    var_i0 = 0u;
    var_i1 = var_p0;
    var_i1 = i32_load(var_i1, 20u);
    var_i2 = var_p0;
    var_i2 = i32_load(var_i2, 16u);
    var_i1 -= var_i2;
    var_l1 = var_i1;
    var_i0 -= var_i1;
    var_i1 = var_l1;
    var_i2 = var_l1;
    var_i3 = 0u;
    var_i2 = (u32)((s32)var_i2 < (s32)var_i3);
    var_i0 = var_i2 ? var_i0 : var_i1;
  }
  var_l1 = var_i0;
  var_i0 = 1u;
  var_i1 = var_p0;
  var_i1 = i32_load(var_i1, 16u);
  var_l2 = var_i1;
  var_i2 = 0u;
  var_i1 = (u32)((s32)var_i1 < (s32)var_i2);
  if (var_i1) {
    var_i1 = 0u;
    var_i2 = var_l2;
    var_i1 -= var_i2;
  } else {
    var_i1 = var_p0;
    var_i1 = i32_load(var_i1, 16u);
  }
  var_l2 = var_i1;
  var_i2 = var_l2;
  var_i3 = 0u;
  var_i2 = (u32)((s32)var_i2 <= (s32)var_i3);
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_l2 = var_i0;
  var_i1 = var_l2;
  var_i1 = I32_CLZ(var_i1);
  var_l4 = var_i1;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 15u;
  var_i0 >>= (var_i1 & 31);
  var_i1 = 65535u;
  var_i0 &= var_i1;
  var_l5 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load8_s(var_i0, 13u);
  var_i0 = (u32)(s32)(s8)(u8)(var_i0);
  var_i1 = 160u;
  var_i0 += var_i1;
  var_i1 = 10u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = var_l1;
  if (var_i1) {
    var_i1 = var_l1;
    var_i2 = var_l1;
    var_i2 = I32_CLZ(var_i2);
    var_l2 = var_i2;
    var_i1 <<= (var_i2 & 31);
    var_i2 = 15u;
    var_i1 >>= (var_i2 & 31);
    var_i2 = 65535u;
    var_i1 &= var_i2;
    var_l3 = var_i1;
    var_i1 = 31u;
    var_i2 = var_l2;
    var_i1 -= var_i2;
    var_i2 = 10u;
    var_i1 <<= (var_i2 & 31);
    var_i2 = 27722u;
    var_i3 = var_l3;
    var_i4 = 10453u;
    var_i3 *= var_i4;
    var_i4 = 16u;
    var_i3 >>= (var_i4 & 31);
    var_i2 -= var_i3;
    var_i3 = var_l3;
    var_i4 = 65536u;
    var_i5 = var_l3;
    var_i4 -= var_i5;
    var_i3 *= var_i4;
    var_i4 = 16u;
    var_i3 >>= (var_i4 & 31);
    var_i2 *= var_i3;
    var_i3 = 16u;
    var_i2 >>= (var_i3 & 31);
    var_i3 = var_l3;
    var_i2 += var_i3;
    var_i3 = 32u;
    var_i2 += var_i3;
    var_i3 = 6u;
    var_i2 >>= (var_i3 & 31);
    var_i1 += var_i2;
  } else {
    var_i1 = var_p0;
    var_i1 = i32_load16_u(var_i1, 10u);
    var_i2 = 2u;
    var_i1 = var_i1 == var_i2;
    if (var_i1) {
      var_i1 = 0u;
    } else {
      var_i1 = var_p0;
      var_i1 = i32_load16_s(var_i1, 28u);
      var_i1 = (u32)(s32)(s16)(u16)(var_i1);
    }
  }
  var_l2 = var_i1;
  var_i2 = 0u;
  var_i3 = var_l4;
  var_i2 -= var_i3;
  var_i3 = 10u;
  var_i2 <<= (var_i3 & 31);
  var_i3 = 27722u;
  var_i4 = var_l5;
  var_i5 = 10453u;
  var_i4 *= var_i5;
  var_i5 = 16u;
  var_i4 >>= (var_i5 & 31);
  var_i3 -= var_i4;
  var_i4 = var_l5;
  var_i5 = 65536u;
  var_i6 = var_l5;
  var_i5 -= var_i6;
  var_i4 *= var_i5;
  var_i5 = 16u;
  var_i4 >>= (var_i5 & 31);
  var_i3 *= var_i4;
  var_i4 = 16u;
  var_i3 >>= (var_i4 & 31);
  var_i4 = var_l5;
  var_i3 += var_i4;
  var_i4 = 32u;
  var_i3 += var_i4;
  var_i4 = 6u;
  var_i3 >>= (var_i4 & 31);
  var_i2 += var_i3;
  var_i3 = 15360u;
  var_i2 += var_i3;
  var_l3 = var_i2;
  var_i3 = var_l2;
  var_i4 = var_l3;
  var_i3 = (u32)((s32)var_i3 > (s32)var_i4);
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_i0 += var_i1;
  var_i1 = 4u;
  var_i0 = (u32)((s32)var_i0 >> (var_i1 & 31));
  var_i1 = 0u;
  var_i2 = 32768u;
  var_i3 = var_p0;
  var_i3 = i32_load16_u(var_i3, 30u);
  var_i4 = var_l1;
  var_i3 |= var_i4;
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_i0 |= var_i1;
  return var_i0;
}

CORE_FUNCTION u32 core_f20(u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0;
  u64 var_l5 = 0;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6;
  u64 var_j0, var_j1, var_j2, var_j3;
  var_i0 = 0u;
  var_i1 = 129u;
  var_i2 = 0u;
  var_i3 = var_p0;
  var_i4 = w2c_g33;
  var_i3 -= var_i4;
  var_l1 = var_i3;
  var_i2 -= var_i3;
  var_i3 = var_l1;
  var_i4 = var_l1;
  var_i5 = 0u;
  var_i4 = (u32)((s32)var_i4 < (s32)var_i5);
  var_i2 = var_i4 ? var_i2 : var_i3;
  var_l2 = var_i2;
  var_j2 = (u64)(var_i2);
  var_i3 = w2c_g32;
  var_i4 = 1023u;
  var_i3 &= var_i4;
  var_l3 = var_i3;
  var_i4 = 4u;
  var_i3 >>= (var_i4 & 31);
  var_i4 = 1u;
  var_i3 <<= (var_i4 & 31);
  var_i4 = CORE_ADDRESS(242);
  var_i3 += var_i4;
  var_p0 = var_i3;
  var_i3 = i32_load16_u(var_i3, 0u);
  var_l4 = var_i3;
  var_i4 = var_l4;
  var_i5 = var_p0;
  var_i5 = i32_load16_u(var_i5, 2u);
  var_i4 -= var_i5;
  var_i5 = var_l3;
  var_i6 = 15u;
  var_i5 &= var_i6;
  var_i4 *= var_i5;
  var_i5 = 4u;
  var_i4 >>= (var_i5 & 31);
  var_i3 -= var_i4;
  var_j3 = (u64)(var_i3);
  var_j2 *= var_j3;
  var_l5 = var_j2;
  var_i2 = !(var_j2);
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_p0 = var_i0;
  var_i0 = w2c_g32;
  var_i1 = 10u;
  var_i0 = (u32)((s32)var_i0 >> (var_i1 & 31));
  var_i1 = 10u;
  var_i0 += var_i1;
  var_l3 = var_i0;
  var_i1 = 0u;
  var_i0 = (u32)((s32)var_i0 > (s32)var_i1);
  if (var_i0) {
    var_j0 = 129ull;
    var_j1 = var_l5;
    var_j2 = 1ull;
    var_i3 = 63u;
    var_i4 = var_l3;
    var_i5 = var_l3;
    var_i6 = 63u;
    var_i5 = (u32)((s32)var_i5 >= (s32)var_i6);
    var_i3 = var_i5 ? var_i3 : var_i4;
    var_p0 = var_i3;
    var_i4 = 1u;
    var_i3 -= var_i4;
    var_j3 = (u64)(s64)(s32)(var_i3);
    var_j2 <<= (var_j3 & 63);
    var_j1 += var_j2;
    var_i2 = var_p0;
    var_j2 = (u64)(s64)(s32)(var_i2);
    var_j1 >>= (var_j2 & 63);
    var_l5 = var_j1;
    var_j2 = var_l5;
    var_j3 = 129ull;
    var_i2 = var_j2 >= var_j3;
    var_j0 = var_i2 ? var_j0 : var_j1;
    var_i0 = (u32)(var_j0);
    var_p0 = var_i0;
  }
  var_i0 = var_p0;
  var_i1 = 128u;
  var_i0 = (u32)((s32)var_i0 > (s32)var_i1);
  if (var_i0) {
    var_i0 = var_l2;
    var_i1 = var_l2;
    var_i1 = I32_CLZ(var_i1);
    var_p0 = var_i1;
    var_i0 <<= (var_i1 & 31);
    var_i1 = 15u;
    var_i0 >>= (var_i1 & 31);
    var_i1 = 65535u;
    var_i0 &= var_i1;
    var_l2 = var_i0;
    var_i0 = 2047u;
    var_i1 = 0u;
    var_i2 = var_p0;
    var_i1 -= var_i2;
    var_i2 = 10u;
    var_i1 <<= (var_i2 & 31);
    var_i2 = 27722u;
    var_i3 = var_l2;
    var_i4 = 10453u;
    var_i3 *= var_i4;
    var_i4 = 16u;
    var_i3 >>= (var_i4 & 31);
    var_i2 -= var_i3;
    var_i3 = var_l2;
    var_i4 = 65536u;
    var_i5 = var_l2;
    var_i4 -= var_i5;
    var_i3 *= var_i4;
    var_i4 = 16u;
    var_i3 >>= (var_i4 & 31);
    var_i2 *= var_i3;
    var_i3 = 16u;
    var_i2 >>= (var_i3 & 31);
    var_i3 = var_l2;
    var_i2 += var_i3;
    var_i3 = 32u;
    var_i2 += var_i3;
    var_i3 = 6u;
    var_i2 >>= (var_i3 & 31);
    var_i1 += var_i2;
    var_i2 = w2c_g32;
    var_i1 -= var_i2;
    var_i2 = 30720u;
    var_i1 += var_i2;
    var_p0 = var_i1;
    var_i2 = 0u;
    var_i3 = var_p0;
    var_i4 = 0u;
    var_i3 = (u32)((s32)var_i3 >= (s32)var_i4);
    var_i1 = var_i3 ? var_i1 : var_i2;
    var_i2 = 5678u;
    var_i1 *= var_i2;
    var_i2 = 16u;
    var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
    var_i2 = 128u;
    var_i1 += var_i2;
    var_p0 = var_i1;
    var_i2 = var_p0;
    var_i3 = 2047u;
    var_i2 = (u32)((s32)var_i2 >= (s32)var_i3);
    var_i0 = var_i2 ? var_i0 : var_i1;
    var_p0 = var_i0;
  }
  var_i0 = 0u;
  var_i1 = var_p0;
  var_i0 -= var_i1;
  var_i1 = var_p0;
  var_i2 = var_l1;
  var_i3 = 0u;
  var_i2 = (u32)((s32)var_i2 < (s32)var_i3);
  var_i0 = var_i2 ? var_i0 : var_i1;
  return var_i0;
}

CORE_FUNCTION void core_f21(void) {
  u32 var_l0 = 0, var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0;
  u32 var_i0, var_i1, var_i2, var_i3;
  var_i0 = CORE_ADDRESS(16);
  var_i0 = i32_load(var_i0, 0u);
  var_l0 = var_i0;
  var_L0: 
    var_i0 = var_l0;
    var_i1 = var_l1;
    var_i0 = (u32)((s32)var_i0 > (s32)var_i1);
    if (var_i0) {
      var_i0 = w2c_g13;
      var_i1 = var_l1;
      var_i2 = 1u;
      var_i1 <<= (var_i2 & 31);
      var_l6 = var_i1;
      var_i2 = 1u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_i0 = i32_load(var_i0, 0u);
      var_l3 = var_i0;
      var_i1 = 23u;
      var_i0 >>= (var_i1 & 31);
      var_i1 = 255u;
      var_i0 &= var_i1;
      var_i1 = 255u;
      var_i0 = var_i0 != var_i1;
      if (var_i0) {
        var_i0 = CORE_ADDRESS(32);
        var_i0 = i32_load(var_i0, 0u);
        var_i1 = 4u;
        var_i0 &= var_i1;
        if (var_i0) {
          var_i0 = w2c_g16;
          var_i1 = var_l6;
          var_i0 += var_i1;
          var_i0 = i32_load16_s(var_i0, 0u);
        } else {
          var_i0 = var_l1;
          var_i1 = w2c_g4;
          var_i2 = var_l1;
          var_i3 = 5u;
          var_i2 <<= (var_i3 & 31);
          var_i1 += var_i2;
          var_l2 = var_i1;
          core_f0(var_i0, var_i1);
          var_i0 = w2c_g10;
          var_i1 = var_l1;
          var_i2 = 1u;
          var_i1 <<= (var_i2 & 31);
          var_i0 += var_i1;
          var_i0 = i32_load16_u(var_i0, 0u);
          var_i1 = 32768u;
          var_i0 &= var_i1;
          if (var_i0) {
            var_i0 = 0u;
          } else {
            var_i0 = var_l2;
            var_i0 = i32_load8_s(var_i0, 13u);
            var_i0 = (u32)(s32)(s8)(u8)(var_i0);
            var_l2 = var_i0;
            var_i0 = 0u;
            var_i1 = var_l3;
            var_i2 = 23u;
            var_i1 >>= (var_i2 & 31);
            var_i2 = 255u;
            var_i1 &= var_i2;
            var_l5 = var_i1;
            var_i1 = !(var_i1);
            if (var_i1) {goto var_B5;}
            var_i0 = var_l3;
            var_i1 = 8388607u;
            var_i0 &= var_i1;
            var_i1 = 8388608u;
            var_i0 |= var_i1;
            var_l4 = var_i0;
            var_i0 = var_l5;
            var_i1 = 150u;
            var_i0 -= var_i1;
            var_i1 = var_l2;
            var_i0 -= var_i1;
            var_l2 = var_i0;
            var_i1 = 3u;
            var_i0 = (u32)((s32)var_i0 > (s32)var_i1);
            if (var_i0) {
              var_i0 = 134217727u;
            } else {
              var_i0 = var_l2;
              var_i1 = 0u;
              var_i0 = (u32)((s32)var_i0 >= (s32)var_i1);
              if (var_i0) {
                var_i0 = var_l4;
                var_i1 = var_l2;
                var_i0 <<= (var_i1 & 31);
              } else {
                var_i0 = var_l2;
                var_i1 = 4294967271u;
                var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
                if (var_i0) {
                  var_i0 = 0u;
                } else {
                  var_i0 = var_l4;
                  var_i1 = 1u;
                  var_i2 = 4294967295u;
                  var_i3 = var_l2;
                  var_i2 -= var_i3;
                  var_i1 <<= (var_i2 & 31);
                  var_i0 += var_i1;
                  var_i1 = 0u;
                  var_i2 = var_l2;
                  var_i1 -= var_i2;
                  var_i0 = (u32)((s32)var_i0 >> (var_i1 & 31));
                }
              }
            }
            var_i1 = var_l3;
            var_i2 = 31u;
            var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
            var_l3 = var_i1;
            var_i0 ^= var_i1;
            var_i1 = var_l3;
            var_i0 -= var_i1;
            var_B5:;
            var_i0 = core_f20(var_i0);
          }
        }
      } else {
        var_i0 = 4294934528u;
      }
      var_l2 = var_i0;
      var_i0 = w2c_g26;
      var_i1 = var_l6;
      var_i0 += var_i1;
      var_i1 = var_l2;
      i32_store16(var_i0, 0u, var_i1);
      var_i0 = var_l1;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l1 = var_i0;
      goto var_L0;
    }
  var_i0 = var_l0;
  var_l1 = var_i0;
  var_L9: 
    var_i0 = var_l1;
    var_i1 = var_l0;
    var_i2 = 7u;
    var_i1 += var_i2;
    var_i2 = 4294967288u;
    var_i1 &= var_i2;
    var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
    if (var_i0) {
      var_i0 = w2c_g26;
      var_i1 = var_l1;
      var_i2 = 1u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_i1 = 0u;
      i32_store16(var_i0, 0u, var_i1);
      var_i0 = var_l1;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l1 = var_i0;
      goto var_L9;
    }
}

CORE_FUNCTION u32 core_f22(u32 var_p0, u32 var_p1, u32 var_p2) {
  u32 var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0, var_l8 = 0, var_l9 = 0, var_l10 = 0;
  u64 var_l11 = 0, var_l12 = 0;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_i7, 
      var_i8;
  u64 var_j0, var_j1, var_j2, var_j3;
  var_i0 = var_p2;
  var_i1 = 7u;
  var_i0 &= var_i1;
  var_i0 = !(var_i0);
  var_l5 = var_i0;
  var_i0 = var_p1;
  var_i1 = 23u;
  var_i0 >>= (var_i1 & 31);
  var_i1 = 255u;
  var_i0 &= var_i1;
  var_i1 = var_p0;
  var_i1 = i32_load8_s(var_i1, 13u);
  var_i1 = (u32)(s32)(s8)(u8)(var_i1);
  var_i0 -= var_i1;
  var_i1 = 153u;
  var_i0 -= var_i1;
  var_l4 = var_i0;
  var_i1 = 0u;
  var_i0 = (u32)((s32)var_i0 > (s32)var_i1);
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = 1u;
    var_i2 = var_l4;
    var_i3 = 1u;
    var_i2 += var_i3;
    var_i3 = var_p0;
    var_i3 = i32_load16_u(var_i3, 10u);
    var_i4 = 3u;
    var_i3 = var_i3 < var_i4;
    if (var_i3) {
      var_i3 = 0u;
    } else {
      var_i3 = var_p0;
      var_i3 = i32_load(var_i3, 4u);
    }
    var_i1 = var_i3 ? var_i1 : var_i2;
    core_f8(var_i0, var_i1);
  }
  var_i0 = var_p0;
  var_i0 = i32_load8_s(var_i0, 13u);
  var_i0 = (u32)(s32)(s8)(u8)(var_i0);
  var_l4 = var_i0;
  var_i0 = 0u;
  var_i1 = var_p1;
  var_i2 = 23u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 255u;
  var_i1 &= var_i2;
  var_l6 = var_i1;
  var_i1 = !(var_i1);
  if (var_i1) {goto var_B2;}
  var_i0 = var_p1;
  var_i1 = 8388607u;
  var_i0 &= var_i1;
  var_i1 = 8388608u;
  var_i0 |= var_i1;
  var_l7 = var_i0;
  var_i0 = var_l6;
  var_i1 = 150u;
  var_i0 -= var_i1;
  var_i1 = var_l4;
  var_i0 -= var_i1;
  var_l4 = var_i0;
  var_i1 = 3u;
  var_i0 = (u32)((s32)var_i0 > (s32)var_i1);
  if (var_i0) {
    var_i0 = 134217727u;
  } else {
    var_i0 = var_l4;
    var_i1 = 0u;
    var_i0 = (u32)((s32)var_i0 >= (s32)var_i1);
    if (var_i0) {
      var_i0 = var_l7;
      var_i1 = var_l4;
      var_i0 <<= (var_i1 & 31);
    } else {
      var_i0 = var_l4;
      var_i1 = 4294967271u;
      var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
      if (var_i0) {
        var_i0 = 0u;
      } else {
        var_i0 = var_l7;
        var_i1 = 1u;
        var_i2 = 4294967295u;
        var_i3 = var_l4;
        var_i2 -= var_i3;
        var_i1 <<= (var_i2 & 31);
        var_i0 += var_i1;
        var_i1 = 0u;
        var_i2 = var_l4;
        var_i1 -= var_i2;
        var_i0 = (u32)((s32)var_i0 >> (var_i1 & 31));
      }
    }
  }
  var_i1 = var_p1;
  var_i2 = 31u;
  var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
  var_l4 = var_i1;
  var_i0 ^= var_i1;
  var_i1 = var_l4;
  var_i0 -= var_i1;
  var_B2:;
  var_l4 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load16_u(var_i0, 10u);
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = 1u;
    i32_store16(var_i0, 0u + 10, var_i1);
    var_i0 = var_p0;
    var_i1 = var_l4;
    i32_store(var_i0, 0u, var_i1);
    var_i0 = var_p0;
    var_i1 = var_l4;
    i32_store(var_i0, 0u + 16, var_i1);
    var_i0 = var_p0;
    var_i1 = var_p1;
    var_i2 = var_p1;
    var_i3 = 16u;
    var_i2 >>= (var_i3 & 31);
    var_i1 ^= var_i2;
    i32_store16(var_i0, 0u + 14, var_i1);
    var_i0 = var_p0;
    var_i1 = 65536u;
    i32_store(var_i0, 0u + 20, var_i1);
    var_i0 = var_p0;
    var_i1 = 2147483647u;
    i32_store(var_i0, 0u + 24, var_i1);
    var_i0 = var_p0;
    var_i1 = 0u;
    i32_store16(var_i0, 0u + 28, var_i1);
    var_i0 = var_p0;
    var_i1 = 0u;
    i32_store16(var_i0, 0u + 30, var_i1);
    var_i0 = var_l4;
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i0 = i32_load16_u(var_i0, 10u);
  var_i1 = 1u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_l4;
    i32_store(var_i0, 0u + 20, var_i1);
    var_i0 = var_p0;
    var_i1 = var_p1;
    var_i2 = var_p1;
    var_i3 = 16u;
    var_i2 >>= (var_i3 & 31);
    var_i1 ^= var_i2;
    i32_store16(var_i0, 0u + 28, var_i1);
  } else {
    var_i0 = var_p0;
    var_i0 = i32_load16_u(var_i0, 10u);
    var_i1 = 2u;
    var_i0 = var_i0 == var_i1;
    if (var_i0) {
      var_i0 = var_p0;
      var_i0 = i32_load(var_i0, 16u);
      var_p2 = var_i0;
      var_i0 = var_p0;
      var_i0 = i32_load(var_i0, 20u);
      var_l6 = var_i0;
      var_i0 = var_p0;
      var_i1 = 65536u;
      i32_store(var_i0, 0u + 20, var_i1);
      var_i0 = var_p2;
      var_i1 = var_l6;
      var_i0 += var_i1;
      var_i1 = var_l4;
      var_i0 += var_i1;
      var_i1 = var_p2;
      var_i2 = var_l6;
      var_i3 = var_l4;
      var_i4 = var_l4;
      var_i5 = var_l6;
      var_i4 = (u32)((s32)var_i4 > (s32)var_i5);
      var_i2 = var_i4 ? var_i2 : var_i3;
      var_l7 = var_i2;
      var_i3 = var_p2;
      var_i4 = var_l7;
      var_i3 = (u32)((s32)var_i3 < (s32)var_i4);
      var_i1 = var_i3 ? var_i1 : var_i2;
      var_l7 = var_i1;
      var_i0 -= var_i1;
      var_i1 = var_p2;
      var_i2 = var_l6;
      var_i3 = var_l4;
      var_i4 = var_l4;
      var_i5 = var_l6;
      var_i4 = (u32)((s32)var_i4 < (s32)var_i5);
      var_i2 = var_i4 ? var_i2 : var_i3;
      var_l6 = var_i2;
      var_i3 = var_p2;
      var_i4 = var_l6;
      var_i3 = (u32)((s32)var_i3 > (s32)var_i4);
      var_i1 = var_i3 ? var_i1 : var_i2;
      var_p2 = var_i1;
      var_i0 -= var_i1;
      var_l8 = var_i0;
      var_i1 = var_l7;
      var_i0 -= var_i1;
      var_l9 = var_i0;
      var_i1 = var_p2;
      var_i2 = var_l8;
      var_i1 -= var_i2;
      var_l10 = var_i1;
      var_i2 = var_l9;
      var_i3 = var_l10;
      var_i2 = (u32)((s32)var_i2 < (s32)var_i3);
      var_i0 = var_i2 ? var_i0 : var_i1;
      var_l6 = var_i0;
      var_i0 = var_p0;
      var_i1 = var_l8;
      i32_store(var_i0, 0u + 16, var_i1);
      var_i0 = var_p0;
      var_i0 = i32_load16_u(var_i0, 14u);
      var_l7 = var_i0;
      var_i1 = var_p0;
      var_i1 = i32_load16_u(var_i1, 28u);
      var_i0 = var_i0 == var_i1;
      var_p2 = var_i0;
      var_i0 = !(var_i0);
      if (var_i0) {
        var_i0 = var_l7;
        var_i1 = var_p1;
        var_i2 = var_p1;
        var_i3 = 16u;
        var_i2 >>= (var_i3 & 31);
        var_i1 ^= var_i2;
        var_i2 = 65535u;
        var_i1 &= var_i2;
        var_i0 = var_i0 == var_i1;
        var_p2 = var_i0;
      }
      var_i0 = var_p2;
      var_i0 = !(var_i0);
      if (var_i0) {
        var_i0 = var_p0;
        var_i0 = i32_load16_u(var_i0, 28u);
        var_i1 = var_p1;
        var_i2 = var_p1;
        var_i3 = 16u;
        var_i2 >>= (var_i3 & 31);
        var_i1 ^= var_i2;
        var_i2 = 65535u;
        var_i1 &= var_i2;
        var_i0 = var_i0 == var_i1;
        var_p2 = var_i0;
      }
      var_i0 = var_p0;
      var_i1 = 0u;
      i32_store16(var_i0, 0u + 28, var_i1);
      var_i0 = 0u;
      var_i1 = var_l9;
      var_i2 = var_l10;
      var_i3 = var_l9;
      var_i4 = var_l10;
      var_i3 = (u32)((s32)var_i3 > (s32)var_i4);
      var_i1 = var_i3 ? var_i1 : var_i2;
      var_l7 = var_i1;
      var_i1 = !(var_i1);
      if (var_i1) {goto var_B9;}
      var_i0 = 1u;
      var_i1 = 0u;
      var_i2 = var_p2;
      var_i3 = var_p2;
      if (var_i3) {
        var_i3 = 0u;
        var_i4 = var_l8;
        var_i3 -= var_i4;
        var_i4 = var_l8;
        var_i5 = var_l8;
        var_i6 = 0u;
        var_i5 = (u32)((s32)var_i5 < (s32)var_i6);
        var_i3 = var_i5 ? var_i3 : var_i4;
      } else {
        var_i3 = var_l6;
      }
      var_p2 = var_i3;
      var_i1 = var_i3 ? var_i1 : var_i2;
      if (var_i1) {
        var_i1 = 0u;
      } else {
        var_i1 = var_l7;
        var_i2 = 64u;
        var_i1 = I32_DIV_S(var_i1, var_i2);
        var_i2 = var_p2;
        var_i1 = (u32)((s32)var_i1 > (s32)var_i2);
      }
      if (var_i1) {goto var_B9;}
      var_i0 = var_p0;
      var_i1 = 31u;
      var_i2 = var_l6;
      var_i3 = var_l7;
      var_i4 = var_l6;
      var_i2 = var_i4 ? var_i2 : var_i3;
      var_p2 = var_i2;
      var_i2 = I32_CLZ(var_i2);
      var_l6 = var_i2;
      var_i1 -= var_i2;
      var_i2 = 10u;
      var_i1 <<= (var_i2 & 31);
      var_i2 = 27722u;
      var_i3 = var_p2;
      var_i4 = var_l6;
      var_i3 <<= (var_i4 & 31);
      var_i4 = 15u;
      var_i3 >>= (var_i4 & 31);
      var_i4 = 65535u;
      var_i3 &= var_i4;
      var_p2 = var_i3;
      var_i4 = 10453u;
      var_i3 *= var_i4;
      var_i4 = 16u;
      var_i3 >>= (var_i4 & 31);
      var_i2 -= var_i3;
      var_i3 = var_p2;
      var_i4 = 65536u;
      var_i5 = var_p2;
      var_i4 -= var_i5;
      var_i3 *= var_i4;
      var_i4 = 16u;
      var_i3 >>= (var_i4 & 31);
      var_i2 *= var_i3;
      var_i3 = 16u;
      var_i2 >>= (var_i3 & 31);
      var_i3 = var_p2;
      var_i2 += var_i3;
      var_i3 = 32u;
      var_i2 += var_i3;
      var_i3 = 6u;
      var_i2 >>= (var_i3 & 31);
      var_i1 += var_i2;
      i32_store16(var_i0, 0u + 28, var_i1);
      var_i0 = var_p0;
      var_i1 = 1u;
      i32_store16(var_i0, 0u + 30, var_i1);
      var_i0 = var_p0;
      core_f3(var_i0);
      var_i0 = 0u;
      var_B9:;
      if (var_i0) {
        var_i0 = var_p0;
        var_i1 = 3u;
        i32_store16(var_i0, 0u + 10, var_i1);
        var_i0 = var_p0;
        var_i1 = var_p0;
        var_i1 = i32_load(var_i1, 16u);
        i32_store(var_i0, 0u, var_i1);
        var_i0 = var_p0;
        var_i1 = 0u;
        i32_store(var_i0, 0u + 4, var_i1);
        var_i0 = var_p0;
        var_i1 = 0u;
        i32_store16(var_i0, 0u + 8, var_i1);
        var_i0 = var_p0;
        var_i1 = 0u;
        i32_store8(var_i0, 0u + 12, var_i1);
        var_i0 = var_p0;
        var_i0 = i32_load(var_i0, 16u);
        goto var_Bfunc;
      }
    } else {
      var_i0 = var_p0;
      var_i0 = i32_load16_u(var_i0, 10u);
      var_i1 = 2u;
      var_i0 = var_i0 > var_i1;
      if (var_i0) {
        var_i0 = var_p0;
        var_i0 = i32_load16_u(var_i0, 30u);
        var_l6 = var_i0;
        var_i1 = 32u;
        var_i0 = var_i0 < var_i1;
        if (var_i0) {
          var_i0 = 0u;
        } else {
          var_i0 = var_p2;
          var_i1 = 2654435769u;
          var_i0 *= var_i1;
          var_i1 = var_l6;
          var_i2 = 64u;
          var_i1 = var_i1 < var_i2;
          if (var_i1) {
            var_i1 = 31u;
          } else {
            var_i1 = 30u;
            var_i2 = 29u;
            var_i3 = var_l6;
            var_i4 = 128u;
            var_i3 = var_i3 < var_i4;
            var_i1 = var_i3 ? var_i1 : var_i2;
          }
          var_i0 >>= (var_i1 & 31);
        }
      } else {
        var_i0 = 1u;
      }
      var_i0 = !(var_i0);
      if (var_i0) {
        var_i0 = var_p0;
        var_i1 = var_p1;
        var_i2 = var_l4;
        core_f52(var_i0, var_i1, var_i2);
      }
    }
  }
  var_i0 = var_p0;
  var_i0 = i32_load(var_i0, 24u);
  var_i1 = 0u;
  var_i2 = var_l4;
  var_i3 = var_p0;
  var_i3 = i32_load(var_i3, 16u);
  var_i2 -= var_i3;
  var_p2 = var_i2;
  var_i1 -= var_i2;
  var_i2 = var_p2;
  var_i3 = var_p2;
  var_i4 = 0u;
  var_i3 = (u32)((s32)var_i3 < (s32)var_i4);
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_i0 = var_i0 < var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_p2;
    var_i0 = core_f4(var_i0, var_i1);
  } else {
    var_i0 = var_l4;
  }
  var_l6 = var_i0;
  var_i1 = var_p0;
  var_i1 = i32_load(var_i1, 0u);
  var_i0 -= var_i1;
  var_p2 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load(var_i0, 4u);
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = var_p2;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = 21u;
      var_i2 = 0u;
      var_i3 = var_p2;
      var_i2 -= var_i3;
      var_i3 = var_p2;
      var_i4 = var_p2;
      var_i5 = 0u;
      var_i4 = (u32)((s32)var_i4 < (s32)var_i5);
      var_i2 = var_i4 ? var_i2 : var_i3;
      var_i2 = I32_CLZ(var_i2);
      var_i1 -= var_i2;
      i32_store8(var_i0, 0u + 12, var_i1);
    }
    var_i0 = 1u;
    var_l5 = var_i0;
  }
  var_i0 = 0u;
  var_i1 = 32767u;
  var_i2 = 18000u;
  var_i3 = var_p0;
  var_i3 = i32_load16_u(var_i3, 10u);
  var_i4 = 64u;
  var_i3 = var_i3 < var_i4;
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_l4 = var_i1;
  var_i0 -= var_i1;
  var_l8 = var_i0;
  var_i1 = var_l4;
  var_i2 = 4294934529u;
  var_i3 = 32767u;
  var_i4 = var_p0;
  var_i4 = i32_load8_s(var_i4, 12u);
  var_i4 = (u32)(s32)(s8)(u8)(var_i4);
  var_l7 = var_i4;
  var_i5 = 0u;
  var_i4 = (u32)((s32)var_i4 >= (s32)var_i5);
  if (var_i4) {
    var_i4 = var_p2;
    var_i5 = var_l7;
    var_i4 = (u32)((s32)var_i4 >> (var_i5 & 31));
  } else {
    var_i4 = 4294934528u;
    var_i5 = 32768u;
    var_i6 = var_p2;
    var_i7 = var_p2;
    var_i8 = 32768u;
    var_i7 = (u32)((s32)var_i7 > (s32)var_i8);
    var_i5 = var_i7 ? var_i5 : var_i6;
    var_l9 = var_i5;
    var_i6 = var_l9;
    var_i7 = 4294934528u;
    var_i6 = (u32)((s32)var_i6 < (s32)var_i7);
    var_i4 = var_i6 ? var_i4 : var_i5;
    var_i5 = 0u;
    var_i6 = var_l7;
    var_i5 -= var_i6;
    var_i4 <<= (var_i5 & 31);
  }
  var_l9 = var_i4;
  var_i5 = var_l9;
  var_i6 = 32767u;
  var_i5 = (u32)((s32)var_i5 > (s32)var_i6);
  var_i3 = var_i5 ? var_i3 : var_i4;
  var_l9 = var_i3;
  var_i4 = var_l9;
  var_i5 = 4294934529u;
  var_i4 = (u32)((s32)var_i4 < (s32)var_i5);
  var_i2 = var_i4 ? var_i2 : var_i3;
  var_l9 = var_i2;
  var_i3 = var_l4;
  var_i4 = var_l9;
  var_i3 = (u32)((s32)var_i3 < (s32)var_i4);
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_l9 = var_i1;
  var_i2 = var_l8;
  var_i3 = var_l9;
  var_i2 = (u32)((s32)var_i2 > (s32)var_i3);
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_l8 = var_i0;
  var_i1 = var_l8;
  var_i0 *= var_i1;
  var_l9 = var_i0;
  var_i0 = var_l8;
  var_i1 = 0u;
  var_i2 = var_l4;
  var_i1 -= var_i2;
  var_i0 = var_i0 != var_i1;
  var_i1 = var_l4;
  var_i2 = var_l8;
  var_i1 = var_i1 != var_i2;
  var_i0 &= var_i1;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = var_l8;
    var_i1 = var_l7;
    var_i0 <<= (var_i1 & 31);
    var_i1 = var_l8;
    var_i2 = 0u;
    var_i3 = var_l7;
    var_i2 -= var_i3;
    var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
    var_i2 = var_l7;
    var_i3 = 0u;
    var_i2 = (u32)((s32)var_i2 >= (s32)var_i3);
    var_i0 = var_i2 ? var_i0 : var_i1;
    var_p2 = var_i0;
  }
  var_i0 = var_p0;
  var_j0 = i64_load32_u(var_i0, 4u);
  var_l11 = var_j0;
  var_i0 = var_p0;
  var_i0 = i32_load16_u(var_i0, 10u);
  var_l4 = var_i0;
  var_i1 = 2047u;
  var_i0 = var_i0 < var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_l4;
    var_i2 = 1u;
    var_i1 += var_i2;
    i32_store16(var_i0, 0u + 10, var_i1);
    var_i0 = var_p0;
    var_i0 = i32_load(var_i0, 20u);
    var_i1 = 262144u;
    var_i0 = (u32)((s32)var_i0 > (s32)var_i1);
    if (var_i0) {
      var_i0 = var_p0;
      var_i0 = i32_load16_u(var_i0, 10u);
      var_i1 = 128u;
      var_i0 = var_i0 < var_i1;
    } else {
      var_i0 = 0u;
    }
    if (var_i0) {
      var_i0 = 31u;
      var_i1 = var_p0;
      var_i1 = i32_load16_u(var_i1, 10u);
      var_l4 = var_i1;
      var_i2 = var_l4;
      var_i3 = 31u;
      var_i2 = var_i2 >= var_i3;
      var_i0 = var_i2 ? var_i0 : var_i1;
    } else {
      var_i0 = var_p0;
      var_i0 = i32_load16_u(var_i0, 10u);
    }
    var_l4 = var_i0;
    var_i1 = w2c_g30;
    var_i0 = var_i0 != var_i1;
    if (var_i0) {
      var_i0 = var_l4;
      w2c_g30 = var_i0;
      var_i0 = 131072u;
      var_i1 = var_l4;
      var_i2 = 1u;
      var_i1 += var_i2;
      var_i0 = I32_DIV_S(var_i0, var_i1);
      w2c_g31 = var_i0;
    }
    var_j0 = var_l11;
    var_i1 = var_l9;
    var_i2 = w2c_g31;
    var_j2 = (u64)(s64)(s32)(var_i2);
    var_l12 = var_j2;
    var_i3 = var_l9;
    var_j3 = (u64)(s64)(s32)(var_i3);
    var_j2 *= var_j3;
    var_j3 = 16ull;
    var_j2 = (u64)((s64)var_j2 >> (var_j3 & 63));
    var_i2 = (u32)(var_j2);
    var_i1 -= var_i2;
    var_i2 = var_p0;
    var_i2 = i32_load(var_i2, 4u);
    var_i3 = 8u;
    var_i2 >>= (var_i3 & 31);
    var_i1 -= var_i2;
    var_j1 = (u64)(s64)(s32)(var_i1);
    var_j2 = var_l12;
    var_j1 *= var_j2;
    var_j2 = 8ull;
    var_j1 = (u64)((s64)var_j1 >> (var_j2 & 63));
    var_j0 += var_j1;
    var_l11 = var_j0;
    var_i0 = var_p0;
    var_i1 = var_p0;
    var_i1 = i32_load(var_i1, 0u);
    var_i2 = var_p2;
    var_j2 = (u64)(s64)(s32)(var_i2);
    var_j3 = var_l12;
    var_j2 *= var_j3;
    var_j3 = 32768ull;
    var_j2 += var_j3;
    var_j3 = 16ull;
    var_j2 = (u64)((s64)var_j2 >> (var_j3 & 63));
    var_i2 = (u32)(var_j2);
    var_i1 += var_i2;
    i32_store(var_i0, 0u, var_i1);
    var_i0 = 1u;
    var_i1 = var_l4;
    var_i2 = 16u;
    var_i1 = (u32)((s32)var_i1 < (s32)var_i2);
    var_i2 = var_l5;
    var_i0 = var_i2 ? var_i0 : var_i1;
    var_l5 = var_i0;
  } else {
    var_j0 = var_l11;
    var_i1 = var_l9;
    var_i2 = var_p0;
    var_i2 = i32_load(var_i2, 4u);
    var_i3 = 8u;
    var_i2 >>= (var_i3 & 31);
    var_i1 -= var_i2;
    var_i2 = 2u;
    var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
    var_j1 = (u64)(s64)(s32)(var_i1);
    var_j0 += var_j1;
    var_l11 = var_j0;
    var_i0 = var_p0;
    var_i1 = var_p0;
    var_i1 = i32_load(var_i1, 0u);
    var_i2 = var_p2;
    var_i3 = 512u;
    var_i2 += var_i3;
    var_i3 = 10u;
    var_i2 = (u32)((s32)var_i2 >> (var_i3 & 31));
    var_i1 += var_i2;
    i32_store(var_i0, 0u, var_i1);
  }
  var_L28: 
    var_j0 = var_l11;
    var_j1 = 2147483648ull;
    var_i0 = var_j0 >= var_j1;
    if (var_i0) {
      var_j0 = var_l11;
      var_j1 = 2ull;
      var_j0 >>= (var_j1 & 63);
      var_l11 = var_j0;
      var_i0 = var_l7;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l7 = var_i0;
      var_i0 = 1u;
      var_l5 = var_i0;
      goto var_L28;
    }
  var_L30: 
    var_j0 = var_l11;
    var_j1 = 0ull;
    var_i0 = var_j0 != var_j1;
    var_j1 = var_l11;
    var_j2 = 536870912ull;
    var_i1 = var_j1 < var_j2;
    var_i0 &= var_i1;
    if (var_i0) {
      var_j0 = var_l11;
      var_j1 = 2ull;
      var_j0 <<= (var_j1 & 63);
      var_j1 = 0ull;
      var_i2 = var_l7;
      var_i3 = 4294967285u;
      var_i2 = var_i2 != var_i3;
      var_j0 = var_i2 ? var_j0 : var_j1;
      var_l11 = var_j0;
      var_i0 = 4294967285u;
      var_i1 = var_l7;
      var_i2 = 1u;
      var_i1 -= var_i2;
      var_p2 = var_i1;
      var_i2 = var_p2;
      var_i3 = 4294967285u;
      var_i2 = (u32)((s32)var_i2 <= (s32)var_i3);
      var_i0 = var_i2 ? var_i0 : var_i1;
      var_l7 = var_i0;
      var_i0 = 1u;
      var_l5 = var_i0;
      goto var_L30;
    }
  var_i0 = var_p0;
  var_j1 = var_l11;
  i64_store32(var_i0, 0u + 4, var_j1);
  var_i0 = var_p0;
  var_i1 = var_l7;
  i32_store8(var_i0, 0u + 12, var_i1);
  var_i0 = var_l5;
  if (var_i0) {
    var_i0 = var_p0;
    var_j1 = var_l11;
    var_i1 = !(var_j1);
    if (var_i1) {
      var_i1 = 0u;
    } else {
      var_j1 = var_l11;
      var_i1 = (u32)(var_j1);
      var_l5 = var_i1;
      var_i1 = 1073741824u;
      var_p2 = var_i1;
      var_L34: 
        var_i1 = var_p2;
        var_i2 = var_l5;
        var_i1 = var_i1 > var_i2;
        if (var_i1) {
          var_i1 = var_p2;
          var_i2 = 2u;
          var_i1 >>= (var_i2 & 31);
          var_p2 = var_i1;
          goto var_L34;
        }
      var_L36: 
        var_i1 = var_p2;
        if (var_i1) {
          var_i1 = var_l3;
          var_i2 = 1u;
          var_i1 >>= (var_i2 & 31);
          var_l4 = var_i1;
          var_i1 = var_p2;
          var_i2 = var_l3;
          var_i1 += var_i2;
          var_l3 = var_i1;
          var_i2 = var_l5;
          var_i1 = var_i1 <= var_i2;
          if (var_i1) {
            var_i1 = var_l5;
            var_i2 = var_l3;
            var_i1 -= var_i2;
            var_l5 = var_i1;
            var_i1 = var_p2;
            var_i2 = var_l4;
            var_i1 += var_i2;
          } else {
            var_i1 = var_l4;
          }
          var_l3 = var_i1;
          var_i1 = var_p2;
          var_i2 = 2u;
          var_i1 >>= (var_i2 & 31);
          var_p2 = var_i1;
          goto var_L36;
        }
      var_i1 = 1073741824u;
      var_i2 = var_l3;
      var_i1 = I32_DIV_S(var_i1, var_i2);
    }
    i32_store16(var_i0, 0u + 8, var_i1);
  }
  var_j0 = var_l11;
  var_i0 = !(var_j0);
  var_i1 = var_l7;
  var_i2 = 0u;
  var_i1 = (u32)((s32)var_i1 < (s32)var_i2);
  var_i0 |= var_i1;
  var_i1 = var_p0;
  var_i1 = i32_load(var_i1, 0u);
  var_p2 = var_i1;
  var_i2 = 0u;
  var_i1 = (u32)((s32)var_i1 < (s32)var_i2);
  if (var_i1) {
    var_i1 = 0u;
    var_i2 = var_p2;
    var_i1 -= var_i2;
  } else {
    var_i1 = var_p0;
    var_i1 = i32_load(var_i1, 0u);
  }
  var_i2 = 524288u;
  var_i1 = (u32)((s32)var_i1 < (s32)var_i2);
  var_i0 &= var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i0 = i32_load8_s(var_i0, 13u);
    var_i0 = (u32)(s32)(s8)(u8)(var_i0);
    var_i1 = 4294967174u;
    var_i0 = (u32)((s32)var_i0 >= (s32)var_i1);
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = 4294967292u;
    core_f8(var_i0, var_i1);
    var_i0 = var_p0;
    var_i0 = i32_load(var_i0, 24u);
    var_p2 = var_i0;
    var_i0 = 0u;
    var_i1 = var_p0;
    var_i1 = i32_load8_s(var_i1, 13u);
    var_i1 = (u32)(s32)(s8)(u8)(var_i1);
    var_l3 = var_i1;
    var_i1 = 0u;
    var_i2 = var_p1;
    var_i3 = 23u;
    var_i2 >>= (var_i3 & 31);
    var_i3 = 255u;
    var_i2 &= var_i3;
    var_l4 = var_i2;
    var_i2 = !(var_i2);
    if (var_i2) {goto var_B42;}
    var_i1 = var_p1;
    var_i2 = 8388607u;
    var_i1 &= var_i2;
    var_i2 = 8388608u;
    var_i1 |= var_i2;
    var_l5 = var_i1;
    var_i1 = var_l4;
    var_i2 = 150u;
    var_i1 -= var_i2;
    var_i2 = var_l3;
    var_i1 -= var_i2;
    var_l3 = var_i1;
    var_i2 = 3u;
    var_i1 = (u32)((s32)var_i1 > (s32)var_i2);
    if (var_i1) {
      var_i1 = 134217727u;
    } else {
      var_i1 = var_l3;
      var_i2 = 0u;
      var_i1 = (u32)((s32)var_i1 >= (s32)var_i2);
      if (var_i1) {
        var_i1 = var_l5;
        var_i2 = var_l3;
        var_i1 <<= (var_i2 & 31);
      } else {
        var_i1 = var_l3;
        var_i2 = 4294967271u;
        var_i1 = (u32)((s32)var_i1 < (s32)var_i2);
        if (var_i1) {
          var_i1 = 0u;
        } else {
          var_i1 = var_l5;
          var_i2 = 1u;
          var_i3 = 4294967295u;
          var_i4 = var_l3;
          var_i3 -= var_i4;
          var_i2 <<= (var_i3 & 31);
          var_i1 += var_i2;
          var_i2 = 0u;
          var_i3 = var_l3;
          var_i2 -= var_i3;
          var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
        }
      }
    }
    var_i2 = var_p1;
    var_i3 = 31u;
    var_i2 = (u32)((s32)var_i2 >> (var_i3 & 31));
    var_p1 = var_i2;
    var_i1 ^= var_i2;
    var_i2 = var_p1;
    var_i1 -= var_i2;
    var_B42:;
    var_p1 = var_i1;
    var_i2 = var_p0;
    var_i2 = i32_load(var_i2, 16u);
    var_i1 -= var_i2;
    var_l3 = var_i1;
    var_i0 -= var_i1;
    var_i1 = var_l3;
    var_i2 = var_l3;
    var_i3 = 0u;
    var_i2 = (u32)((s32)var_i2 < (s32)var_i3);
    var_i0 = var_i2 ? var_i0 : var_i1;
    var_i1 = var_p2;
    var_i0 = var_i0 > var_i1;
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = var_l3;
      var_i0 = core_f4(var_i0, var_i1);
    } else {
      var_i0 = var_p1;
    }
    goto var_Bfunc;
  }
  var_i0 = var_l6;
  var_Bfunc:;
  return var_i0;
}

CORE_FUNCTION void core_f23(void) {
  u32 var_l0 = 0, var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0;
  u64 var_l8 = 0;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5;
  u64 var_j0, var_j2, var_j3, var_j4, var_j5;
  var_i0 = w2c_g9;
  var_i0 = !(var_i0);
  if (var_i0) {
    goto var_Bfunc;
  }
  var_i0 = w2c_g3;
  var_j0 = i64_load(var_i0, 0u);
  var_l8 = var_j0;
  var_i0 = !(var_j0);
  if (var_i0) {
    var_i0 = 0u;
  } else {
    var_i0 = 1u;
    var_i1 = 2u;
    var_j2 = var_l8;
    var_j3 = var_l8;
    var_j4 = 1ull;
    var_j3 -= var_j4;
    var_j2 &= var_j3;
    var_j3 = var_l8;
    var_j4 = 63ull;
    var_j3 &= var_j4;
    var_j4 = var_l8;
    var_j5 = 64ull;
    var_i4 = var_j4 < var_j5;
    var_j2 = var_i4 ? var_j2 : var_j3;
    var_i2 = !(var_j2);
    var_i0 = var_i2 ? var_i0 : var_i1;
  }
  var_l2 = var_i0;
  var_L2: 
    var_i0 = var_l0;
    var_i1 = CORE_ADDRESS(16);
    var_i1 = i32_load(var_i1, 0u);
    var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
    if (var_i0) {
      var_i0 = var_l2;
      if (var_i0) {
        var_i0 = var_l2;
        var_i1 = 1u;
        var_i0 = var_i0 == var_i1;
        if (var_i0) {
          var_i0 = 1u;
          var_l1 = var_i0;
          var_i0 = w2c_g4;
          var_i1 = var_l0;
          var_i2 = 5u;
          var_i1 <<= (var_i2 & 31);
          var_i0 += var_i1;
          var_l3 = var_i0;
          var_i0 = i32_load16_u(var_i0, 30u);
          if (var_i0) {
            var_i0 = 0u;
          } else {
            var_i0 = var_l3;
            var_i0 = i32_load16_u(var_i0, 10u);
            var_i1 = 2u;
            var_i0 = var_i0 != var_i1;
          }
          if (var_i0) {
            var_i0 = w2c_g10;
            var_i1 = var_l0;
            var_i2 = 1u;
            var_i1 <<= (var_i2 & 31);
            var_i0 += var_i1;
            var_i0 = i32_load16_u(var_i0, 0u);
            var_i1 = 32768u;
            var_i0 &= var_i1;
          } else {
            var_i0 = 1u;
          }
          var_i0 = !(var_i0);
          if (var_i0) {goto var_B6;}
          var_i0 = 0u;
          var_l1 = var_i0;
          var_i0 = var_l3;
          var_i0 = core_f19(var_i0);
          var_i1 = w2c_g10;
          var_i2 = var_l0;
          var_i3 = 1u;
          var_i2 <<= (var_i3 & 31);
          var_i1 += var_i2;
          var_i1 = i32_load16_u(var_i1, 0u);
          var_i0 -= var_i1;
          var_l4 = var_i0;
          var_i1 = 4294967248u;
          var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
          var_i1 = var_l4;
          var_i2 = 48u;
          var_i1 = (u32)((s32)var_i1 > (s32)var_i2);
          var_i0 |= var_i1;
          if (var_i0) {goto var_B6;}
          var_i0 = var_l0;
          var_i1 = var_l3;
          core_f0(var_i0, var_i1);
          var_i0 = 28672u;
          var_i1 = w2c_g32;
          var_l1 = var_i1;
          var_i2 = var_l1;
          var_i3 = 28672u;
          var_i2 = (u32)((s32)var_i2 > (s32)var_i3);
          var_i0 = var_i2 ? var_i0 : var_i1;
          var_l1 = var_i0;
          var_i1 = 0u;
          var_i2 = var_l1;
          var_i3 = 0u;
          var_i2 = (u32)((s32)var_i2 >= (s32)var_i3);
          var_i0 = var_i2 ? var_i0 : var_i1;
          var_l1 = var_i0;
          var_i1 = 10u;
          var_i0 = (u32)((s32)var_i0 >> (var_i1 & 31));
          var_l4 = var_i0;
          var_i0 = 1024u;
          var_i1 = var_l1;
          var_i2 = 1023u;
          var_i1 &= var_i2;
          var_i0 -= var_i1;
          var_l5 = var_i0;
          var_i1 = 10u;
          var_i0 >>= (var_i1 & 31);
          var_l6 = var_i0;
          var_i1 = 16u;
          var_i0 = var_i0 > var_i1;
          if (var_i0) {
            var_i0 = 0u;
          } else {
            var_i0 = var_l5;
            var_i1 = 4u;
            var_i0 >>= (var_i1 & 31);
            var_i1 = 63u;
            var_i0 &= var_i1;
            var_i1 = 1u;
            var_i0 <<= (var_i1 & 31);
            var_i1 = CORE_ADDRESS(242);
            var_i0 += var_i1;
            var_l7 = var_i0;
            var_i0 = i32_load16_u(var_i0, 0u);
            var_l1 = var_i0;
            var_i1 = var_l1;
            var_i2 = var_l7;
            var_i2 = i32_load16_u(var_i2, 2u);
            var_i1 -= var_i2;
            var_i2 = var_l5;
            var_i3 = 15u;
            var_i2 &= var_i3;
            var_i1 *= var_i2;
            var_i2 = 4u;
            var_i1 >>= (var_i2 & 31);
            var_i0 -= var_i1;
            var_i1 = var_l6;
            var_i0 >>= (var_i1 & 31);
          }
          var_l1 = var_i0;
          var_i0 = var_l4;
          var_i1 = 15u;
          var_i0 = (u32)((s32)var_i0 >= (s32)var_i1);
          if (var_i0) {
            var_i0 = var_l1;
            var_i1 = var_l4;
            var_i2 = 15u;
            var_i1 -= var_i2;
            var_i0 <<= (var_i1 & 31);
          } else {
            var_i0 = var_l1;
            var_i1 = 1u;
            var_i2 = 14u;
            var_i3 = var_l4;
            var_i2 -= var_i3;
            var_i1 <<= (var_i2 & 31);
            var_i0 += var_i1;
            var_i1 = 15u;
            var_i2 = var_l4;
            var_i1 -= var_i2;
            var_i0 >>= (var_i1 & 31);
          }
          var_i1 = 0u;
          var_i2 = var_l3;
          var_i2 = i32_load(var_i2, 16u);
          var_i3 = w2c_g33;
          var_i2 -= var_i3;
          var_l1 = var_i2;
          var_i1 -= var_i2;
          var_i2 = var_l1;
          var_i3 = var_l1;
          var_i4 = 0u;
          var_i3 = (u32)((s32)var_i3 < (s32)var_i4);
          var_i1 = var_i3 ? var_i1 : var_i2;
          var_i0 = var_i0 >= var_i1;
          var_l1 = var_i0;
          var_B6:;
          var_i0 = var_l1;
          var_i0 = !(var_i0);
        } else {
          var_i0 = w2c_g10;
          var_i1 = var_l0;
          var_i2 = 1u;
          var_i1 <<= (var_i2 & 31);
          var_i0 += var_i1;
          var_i0 = i32_load16_u(var_i0, 0u);
          var_i1 = 32768u;
          var_i0 &= var_i1;
          if (var_i0) {
            var_i0 = w2c_g4;
            var_i1 = var_l0;
            var_i2 = 5u;
            var_i1 <<= (var_i2 & 31);
            var_i0 += var_i1;
            var_i0 = i32_load16_u(var_i0, 30u);
            if (var_i0) {
              var_i0 = 1u;
            } else {
              var_i0 = w2c_g4;
              var_i1 = var_l0;
              var_i2 = 5u;
              var_i1 <<= (var_i2 & 31);
              var_i0 += var_i1;
              var_l1 = var_i0;
              var_i0 = i32_load16_u(var_i0, 10u);
              var_i1 = 2u;
              var_i0 = var_i0 != var_i1;
              if (var_i0) {
                var_i0 = 0u;
              } else {
                var_i0 = var_l1;
                var_i0 = i32_load(var_i0, 20u);
                var_i1 = var_l1;
                var_i1 = i32_load(var_i1, 16u);
                var_i0 -= var_i1;
              }
            }
          } else {
            var_i0 = 0u;
          }
        }
      } else {
        var_i0 = 1u;
      }
      if (var_i0) {
        var_i0 = var_l0;
        var_i1 = w2c_g4;
        var_i2 = var_l0;
        var_i3 = 5u;
        var_i2 <<= (var_i3 & 31);
        var_i1 += var_i2;
        var_l1 = var_i1;
        core_f0(var_i0, var_i1);
        var_i0 = w2c_g32;
        w2c_g34 = var_i0;
        var_i0 = w2c_g33;
        w2c_g35 = var_i0;
        var_i0 = w2c_g10;
        var_i1 = var_l0;
        var_i2 = 1u;
        var_i1 <<= (var_i2 & 31);
        var_i0 += var_i1;
        var_i1 = var_l1;
        var_i1 = core_f19(var_i1);
        var_l3 = var_i1;
        i32_store16(var_i0, 0u, var_i1);
        var_i0 = w2c_g9;
        var_i1 = var_l0;
        var_i2 = 2u;
        var_i1 <<= (var_i2 & 31);
        var_i0 += var_i1;
        var_i1 = var_l1;
        var_i1 = i32_load8_s(var_i1, 13u);
        var_i1 = (u32)(s32)(s8)(u8)(var_i1);
        var_i2 = var_l3;
        var_i3 = 4294934527u;
        var_i2 &= var_i3;
        var_i3 = 6u;
        var_i2 = (u32)((s32)var_i2 >> (var_i3 & 31));
        var_i3 = 163u;
        var_i2 -= var_i3;
        var_i1 -= var_i2;
        var_l3 = var_i1;
        var_i2 = 0u;
        var_i1 = (u32)((s32)var_i1 >= (s32)var_i2);
        if (var_i1) {
          var_i1 = var_l1;
          var_i1 = i32_load(var_i1, 16u);
          var_i2 = var_l3;
          var_i1 <<= (var_i2 & 31);
        } else {
          var_i1 = var_l1;
          var_i1 = i32_load(var_i1, 16u);
          var_i2 = 31u;
          var_i3 = 0u;
          var_i4 = var_l3;
          var_i3 -= var_i4;
          var_l3 = var_i3;
          var_i4 = var_l3;
          var_i5 = 31u;
          var_i4 = (u32)((s32)var_i4 >= (s32)var_i5);
          var_i2 = var_i4 ? var_i2 : var_i3;
          var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
        }
        i32_store(var_i0, 0u, var_i1);
        var_i0 = var_l0;
        var_i1 = var_l1;
        core_f0(var_i0, var_i1);
        var_i0 = w2c_g32;
        w2c_g36 = var_i0;
        var_i0 = w2c_g33;
        w2c_g37 = var_i0;
        var_i0 = w2c_g5;
        if (var_i0) {
          var_i0 = 0u;
          var_l1 = var_i0;
          var_L17: 
            var_i0 = var_l1;
            var_i1 = w2c_g3;
            var_i1 = i32_load(var_i1, 28u);
            var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
            if (var_i0) {
              var_i0 = w2c_g5;
              var_i1 = var_l1;
              var_i0 += var_i1;
              var_i0 = i32_load8_u(var_i0, 0u);
              if (var_i0) {
                var_i0 = var_l1;
                var_i1 = CORE_ADDRESS(16);
                var_i1 = i32_load(var_i1, 0u);
                var_i2 = 7u;
                var_i1 += var_i2;
                var_i2 = 4294967288u;
                var_i1 &= var_i2;
                var_i0 *= var_i1;
                var_l3 = var_i0;
                var_i1 = w2c_g6;
                var_i0 += var_i1;
                var_i1 = var_l0;
                var_i0 += var_i1;
                var_l4 = var_i0;
                var_i0 = i32_load8_s(var_i0, 0u);
                var_i1 = 3u;
                var_i0 <<= (var_i1 & 31);
                var_l5 = var_i0;
                var_i0 = w2c_g7;
                var_i1 = var_l3;
                var_i0 += var_i1;
                var_i1 = var_l0;
                var_i0 += var_i1;
                var_l3 = var_i0;
                var_i0 = i32_load8_u(var_i0, 0u);
                var_i1 = 2u;
                var_i0 <<= (var_i1 & 31);
                var_l6 = var_i0;
                var_i0 = var_l4;
                var_i1 = 4294967169u;
                var_i2 = 127u;
                var_i3 = var_l5;
                var_i3 = core_f5(var_i3);
                var_i4 = 3u;
                var_i3 = (u32)((s32)var_i3 >> (var_i4 & 31));
                var_l4 = var_i3;
                var_i4 = var_l4;
                var_i5 = 127u;
                var_i4 = (u32)((s32)var_i4 > (s32)var_i5);
                var_i2 = var_i4 ? var_i2 : var_i3;
                var_l4 = var_i2;
                var_i3 = var_l4;
                var_i4 = 4294967169u;
                var_i3 = (u32)((s32)var_i3 < (s32)var_i4);
                var_i1 = var_i3 ? var_i1 : var_i2;
                i32_store8(var_i0, 0u, var_i1);
                var_i0 = var_l3;
                var_i1 = 255u;
                var_i2 = var_l5;
                var_i3 = var_l6;
                var_i2 += var_i3;
                var_i2 = core_f5(var_i2);
                var_i3 = var_l5;
                var_i4 = var_l6;
                var_i3 -= var_i4;
                var_i3 = core_f5(var_i3);
                var_i2 -= var_i3;
                var_i3 = 3u;
                var_i2 = (u32)((s32)var_i2 >> (var_i3 & 31));
                var_l3 = var_i2;
                var_i3 = var_l3;
                var_i4 = 255u;
                var_i3 = (u32)((s32)var_i3 > (s32)var_i4);
                var_i1 = var_i3 ? var_i1 : var_i2;
                var_l3 = var_i1;
                var_i2 = 0u;
                var_i3 = var_l3;
                var_i4 = 0u;
                var_i3 = (u32)((s32)var_i3 >= (s32)var_i4);
                var_i1 = var_i3 ? var_i1 : var_i2;
                i32_store8(var_i0, 0u, var_i1);
                var_i0 = var_l1;
                core_f17(var_i0);
              }
              var_i0 = var_l1;
              var_i1 = 1u;
              var_i0 += var_i1;
              var_l1 = var_i0;
              goto var_L17;
            }
        }
      }
      var_i0 = var_l0;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l0 = var_i0;
      goto var_L2;
    }
  var_Bfunc:;
}

CORE_FUNCTION void core_f24(u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5;
  var_i0 = var_p0;
  var_i0 = i32_load(var_i0, 40u);
  var_i1 = 12u;
  var_i0 = var_i0 == var_i1;
  var_l6 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load(var_i0, 0u);
  var_i1 = 16u;
  var_i0 <<= (var_i1 & 31);
  var_l3 = var_i0;
  var_i0 = 1073741824u;
  var_l4 = var_i0;
  var_L0: 
    var_i0 = var_l3;
    var_i1 = var_l4;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_l4;
      var_i1 = 2u;
      var_i0 >>= (var_i1 & 31);
      var_l4 = var_i0;
      goto var_L0;
    }
  var_L2: 
    var_i0 = var_l4;
    if (var_i0) {
      var_i0 = var_l1;
      var_i1 = 1u;
      var_i0 >>= (var_i1 & 31);
      var_l2 = var_i0;
      var_i0 = var_l1;
      var_i1 = var_l4;
      var_i0 += var_i1;
      var_l1 = var_i0;
      var_i1 = var_l3;
      var_i0 = var_i0 <= var_i1;
      if (var_i0) {
        var_i0 = var_l3;
        var_i1 = var_l1;
        var_i0 -= var_i1;
        var_l3 = var_i0;
        var_i0 = var_l2;
        var_i1 = var_l4;
        var_i0 += var_i1;
      } else {
        var_i0 = var_l2;
      }
      var_l1 = var_i0;
      var_i0 = var_l4;
      var_i1 = 2u;
      var_i0 >>= (var_i1 & 31);
      var_l4 = var_i0;
      goto var_L2;
    }
  var_i0 = var_l1;
  var_l2 = var_i0;
  var_i0 = 0u;
  var_l1 = var_i0;
  var_L5: 
    var_i0 = var_l1;
    var_i1 = var_p0;
    var_i1 = i32_load(var_i1, 8u);
    var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
    if (var_i0) {
      var_i0 = 0u;
      var_l4 = var_i0;
      var_L7: 
        var_i0 = var_l4;
        var_i1 = var_p0;
        var_i1 = i32_load(var_i1, 4u);
        var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
        if (var_i0) {
          var_i0 = var_p0;
          var_i0 = i32_load(var_i0, 0u);
          var_i1 = var_p0;
          var_i2 = w2c_g12;
          var_i1 = var_i1 != var_i2;
          if (var_i1) {
            var_i1 = CORE_ADDRESS(32);
            var_i1 = i32_load(var_i1, 0u);
            var_i2 = 1u;
            var_i1 &= var_i2;
          } else {
            var_i1 = 0u;
          }
          if (var_i1) {
            var_i1 = CORE_ADDRESS(16);
            var_i1 = i32_load(var_i1, 0u);
          } else {
            var_i1 = 0u;
          }
          var_l3 = var_i1;
          var_i0 -= var_i1;
          var_l5 = var_i0;
          var_i1 = 7u;
          var_i0 += var_i1;
          var_i1 = 4294967288u;
          var_i0 &= var_i1;
          var_l7 = var_i0;
          var_i0 = var_l4;
          var_i1 = var_l3;
          var_i2 = var_l7;
          var_i1 += var_i2;
          var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
          var_i1 = var_l4;
          var_i2 = var_l7;
          var_i1 = (u32)((s32)var_i1 >= (s32)var_i2);
          var_i0 &= var_i1;
          var_i1 = var_l4;
          var_i2 = var_l5;
          var_i1 = (u32)((s32)var_i1 < (s32)var_i2);
          var_i0 |= var_i1;
          if (var_i0) {
            var_i0 = 0u;
            var_l3 = var_i0;
            var_i0 = 0u;
            var_l5 = var_i0;
            var_L12: 
              var_i0 = var_l3;
              var_i1 = 4u;
              var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
              if (var_i0) {
                var_i0 = w2c_g3;
                var_i1 = w2c_g3;
                var_i1 = i32_load(var_i1, 16u);
                var_l7 = var_i1;
                var_i2 = 13u;
                var_i1 <<= (var_i2 & 31);
                var_i2 = var_l7;
                var_i1 ^= var_i2;
                var_l7 = var_i1;
                var_i2 = 17u;
                var_i1 >>= (var_i2 & 31);
                var_i2 = var_l7;
                var_i1 ^= var_i2;
                var_l7 = var_i1;
                var_i2 = 5u;
                var_i1 <<= (var_i2 & 31);
                var_i2 = var_l7;
                var_i1 ^= var_i2;
                var_l7 = var_i1;
                i32_store(var_i0, 0u + 16, var_i1);
                var_i0 = var_l5;
                var_i1 = var_l7;
                var_i2 = 65535u;
                var_i1 &= var_i2;
                var_i2 = var_l7;
                var_i3 = 16u;
                var_i2 >>= (var_i3 & 31);
                var_i1 += var_i2;
                var_i0 += var_i1;
                var_l5 = var_i0;
                var_i0 = var_l3;
                var_i1 = 1u;
                var_i0 += var_i1;
                var_l3 = var_i0;
                goto var_L12;
              }
            var_i0 = var_l5;
            var_i1 = 262144u;
            var_i0 -= var_i1;
            var_i1 = 2u;
            var_i0 = (u32)((s32)var_i0 >> (var_i1 & 31));
            var_i1 = 10033u;
            var_i0 *= var_i1;
            var_i1 = 14u;
            var_i0 = (u32)((s32)var_i0 >> (var_i1 & 31));
            var_i1 = var_p0;
            var_i1 = i32_load(var_i1, 40u);
            var_i2 = 4u;
            var_i1 -= var_i2;
            var_i0 <<= (var_i1 & 31);
            var_i1 = var_l2;
            var_i0 = I32_DIV_S(var_i0, var_i1);
            var_i1 = 1u;
            var_i0 += var_i1;
            var_i1 = 1u;
            var_i0 = (u32)((s32)var_i0 >> (var_i1 & 31));
            var_l3 = var_i0;
            var_i0 = var_l1;
            var_i1 = var_p0;
            var_i1 = i32_load(var_i1, 4u);
            var_i0 *= var_i1;
            var_i1 = var_l4;
            var_i0 += var_i1;
            var_l5 = var_i0;
            var_i0 = var_l6;
            if (var_i0) {
              var_i0 = var_p0;
              var_i0 = i32_load(var_i0, 16u);
              var_i1 = var_l5;
              var_i2 = 1u;
              var_i1 <<= (var_i2 & 31);
              var_i0 += var_i1;
              var_i1 = var_l3;
              i32_store16(var_i0, 0u, var_i1);
            } else {
              var_i0 = var_l5;
              var_i1 = var_p0;
              var_i1 = i32_load(var_i1, 16u);
              var_i0 += var_i1;
              var_i1 = 4294967169u;
              var_i2 = 127u;
              var_i3 = var_l3;
              var_i4 = var_l3;
              var_i5 = 127u;
              var_i4 = (u32)((s32)var_i4 > (s32)var_i5);
              var_i2 = var_i4 ? var_i2 : var_i3;
              var_l3 = var_i2;
              var_i3 = var_l3;
              var_i4 = 4294967169u;
              var_i3 = (u32)((s32)var_i3 < (s32)var_i4);
              var_i1 = var_i3 ? var_i1 : var_i2;
              i32_store8(var_i0, 0u, var_i1);
            }
          }
          var_i0 = var_l4;
          var_i1 = 1u;
          var_i0 += var_i1;
          var_l4 = var_i0;
          goto var_L7;
        }
      var_i0 = var_l1;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l1 = var_i0;
      goto var_L5;
    }
  var_i0 = 0u;
  var_l4 = var_i0;
  var_L15: 
    var_i0 = var_l4;
    var_i1 = CORE_ADDRESS(20);
    var_i1 = i32_load(var_i1, 0u);
    var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = var_l4;
      core_f10(var_i0, var_i1);
      var_i0 = var_l4;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l4 = var_i0;
      goto var_L15;
    }
}

CORE_FUNCTION u32 core_f25(u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0, var_l8 = 0, var_l9 = 0;
  u64 var_l10 = 0;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4;
  u64 var_j0, var_j1, var_j2, var_j3;
  var_i0 = w2c_g3;
  var_i0 = i32_load(var_i0, 28u);
  var_l6 = var_i0;
  var_i0 = w2c_g21;
  var_i0 = i32_load(var_i0, 0u);
  var_l3 = var_i0;
  var_i0 = 1u;
  var_l2 = var_i0;
  var_L0: 
    var_i0 = var_l2;
    var_i1 = var_l6;
    var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
    if (var_i0) {
      var_i0 = var_l3;
      var_i1 = w2c_g21;
      var_i2 = var_l2;
      var_i3 = 2u;
      var_i2 <<= (var_i3 & 31);
      var_i1 += var_i2;
      var_i1 = i32_load(var_i1, 0u);
      var_l4 = var_i1;
      var_i2 = var_l3;
      var_i3 = var_l4;
      var_i2 = (u32)((s32)var_i2 > (s32)var_i3);
      var_i0 = var_i2 ? var_i0 : var_i1;
      var_l3 = var_i0;
      var_i0 = var_l2;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l2 = var_i0;
      goto var_L0;
    }
  var_i0 = 4294967295u;
  var_l4 = var_i0;
  var_L2: 
    var_i0 = var_l5;
    var_i1 = var_l6;
    var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
    if (var_i0) {
      var_j0 = 32767ull;
      var_i1 = var_l3;
      var_i2 = var_l5;
      var_i3 = 2u;
      var_i2 <<= (var_i3 & 31);
      var_l7 = var_i2;
      var_i3 = w2c_g21;
      var_i2 += var_i3;
      var_i2 = i32_load(var_i2, 0u);
      var_i1 -= var_i2;
      var_j1 = (u64)(s64)(s32)(var_i1);
      var_i2 = var_p1;
      var_j2 = (u64)(s64)(s32)(var_i2);
      var_j1 *= var_j2;
      var_j2 = 16ull;
      var_j1 >>= (var_j2 & 63);
      var_l10 = var_j1;
      var_j2 = var_l10;
      var_j3 = 32767ull;
      var_i2 = var_j2 >= var_j3;
      var_j0 = var_i2 ? var_j0 : var_j1;
      var_i0 = (u32)(var_j0);
      var_l2 = var_i0;
      var_i0 = w2c_g29;
      if (var_i0) {
        var_i0 = var_l2;
        var_i1 = w2c_g29;
        var_i2 = var_l7;
        var_i3 = 1u;
        var_i2 >>= (var_i3 & 31);
        var_i1 += var_i2;
        var_i1 = i32_load16_s(var_i1, 0u);
        var_i0 += var_i1;
        var_l2 = var_i0;
      }
      var_i0 = w2c_g23;
      var_i1 = var_l7;
      var_i2 = 1u;
      var_i1 >>= (var_i2 & 31);
      var_i0 += var_i1;
      var_i1 = var_l2;
      i32_store16(var_i0, 0u, var_i1);
      var_i0 = var_l4;
      var_i1 = var_l2;
      var_i2 = var_l2;
      var_i3 = var_l4;
      var_i2 = var_i2 > var_i3;
      var_i0 = var_i2 ? var_i0 : var_i1;
      var_l4 = var_i0;
      var_i0 = var_l5;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l5 = var_i0;
      goto var_L2;
    }
  var_i0 = 0u;
  var_p1 = var_i0;
  var_i0 = 0u;
  var_l2 = var_i0;
  var_L5: 
    var_i0 = var_l2;
    var_i1 = var_l6;
    var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
    if (var_i0) {
      var_i0 = w2c_g23;
      var_i1 = var_l2;
      var_i2 = 1u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_l7 = var_i0;
      var_i0 = i32_load16_u(var_i0, 0u);
      var_i1 = var_l4;
      var_i0 -= var_i1;
      var_l3 = var_i0;
      var_i1 = 10u;
      var_i0 >>= (var_i1 & 31);
      var_l5 = var_i0;
      var_i1 = 16u;
      var_i0 = var_i0 > var_i1;
      if (var_i0) {
        var_i0 = 0u;
      } else {
        var_i0 = var_l3;
        var_i1 = 4u;
        var_i0 >>= (var_i1 & 31);
        var_i1 = 63u;
        var_i0 &= var_i1;
        var_i1 = 1u;
        var_i0 <<= (var_i1 & 31);
        var_i1 = CORE_ADDRESS(242);
        var_i0 += var_i1;
        var_l8 = var_i0;
        var_i0 = i32_load16_u(var_i0, 0u);
        var_l9 = var_i0;
        var_i1 = var_l9;
        var_i2 = var_l8;
        var_i2 = i32_load16_u(var_i2, 2u);
        var_i1 -= var_i2;
        var_i2 = var_l3;
        var_i3 = 15u;
        var_i2 &= var_i3;
        var_i1 *= var_i2;
        var_i2 = 4u;
        var_i1 >>= (var_i2 & 31);
        var_i0 -= var_i1;
        var_i1 = var_l5;
        var_i0 >>= (var_i1 & 31);
      }
      var_l3 = var_i0;
      var_i0 = var_l7;
      var_i1 = var_l3;
      i32_store16(var_i0, 0u, var_i1);
      var_i0 = var_p1;
      var_i1 = var_l3;
      var_i0 += var_i1;
      var_p1 = var_i0;
      var_i0 = var_l2;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l2 = var_i0;
      goto var_L5;
    }
  var_i0 = 15u;
  var_i1 = 65536u;
  var_i2 = var_p1;
  var_i3 = var_p1;
  var_i4 = 65536u;
  var_i3 = var_i3 <= var_i4;
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_p1 = var_i1;
  var_i1 = I32_CLZ(var_i1);
  var_i0 -= var_i1;
  var_l2 = var_i0;
  var_i0 = 65535u;
  var_i1 = 4294967295u;
  var_i2 = var_p1;
  var_i3 = var_l2;
  var_i2 >>= (var_i3 & 31);
  var_i1 = DIV_U(var_i1, var_i2);
  var_p1 = var_i1;
  var_i2 = var_p1;
  var_i3 = 65535u;
  var_i2 = var_i2 >= var_i3;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_l3 = var_i0;
  var_i0 = 0u;
  var_p1 = var_i0;
  var_L8: 
    var_i0 = var_p1;
    var_i1 = var_l6;
    var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
    if (var_i0) {
      var_i0 = w2c_g23;
      var_i1 = var_p1;
      var_i2 = 1u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_l4 = var_i0;
      var_i0 = i32_load16_u(var_i0, 0u);
      var_i1 = var_l3;
      var_i0 *= var_i1;
      var_i1 = var_l2;
      var_i2 = 17u;
      var_i1 += var_i2;
      var_i0 >>= (var_i1 & 31);
      var_l5 = var_i0;
      var_i0 = var_l4;
      var_i1 = 32767u;
      var_i2 = var_l5;
      var_i1 -= var_i2;
      var_i2 = 0u;
      var_i3 = var_l5;
      var_i2 -= var_i3;
      var_i3 = var_p0;
      var_i4 = var_p1;
      var_i3 = var_i3 == var_i4;
      var_i1 = var_i3 ? var_i1 : var_i2;
      i32_store16(var_i0, 0u, var_i1);
      var_i0 = var_p1;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_p1 = var_i0;
      goto var_L8;
    }
  var_i0 = w2c_g23;
  var_i1 = var_p0;
  var_i2 = 1u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load16_s(var_i0, 0u);
  return var_i0;
}

CORE_FUNCTION u32 core_f26(u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3) {
  u32 var_l6 = 0, var_l7 = 0, var_l8 = 0;
  u64 var_l4 = 0, var_l5 = 0;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6;
  u64 var_j0, var_j1, var_j2, var_j3, var_j4, var_j5;
  var_i0 = var_p2;
  var_i1 = CORE_ADDRESS(44);
  var_i1 = i32_load(var_i1, 0u);
  var_i2 = 1477u;
  var_i1 *= var_i2;
  var_i2 = 8u;
  var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
  var_i2 = 7u;
  var_i1 <<= (var_i2 & 31);
  var_i2 = 16u;
  var_i3 = w2c_g3;
  var_i3 = i32_load(var_i3, 28u);
  var_p2 = var_i3;
  var_i4 = var_p2;
  var_i5 = 16u;
  var_i4 = (u32)((s32)var_i4 <= (s32)var_i5);
  var_i2 = var_i4 ? var_i2 : var_i3;
  var_i3 = 112u;
  var_i2 += var_i3;
  var_p2 = var_i2;
  var_i1 = I32_DIV_S(var_i1, var_i2);
  var_i0 = core_f25(var_i0, var_i1);
  var_i1 = var_p3;
  var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
  if (var_i0) {
    var_i0 = 0u;
    goto var_Bfunc;
  }
  var_i0 = w2c_g3;
  var_j0 = i64_load32_s(var_i0, 20u);
  var_i1 = CORE_ADDRESS(44);
  var_j1 = i64_load32_s(var_i1, 0u);
  var_j0 *= var_j1;
  var_j1 = 12ull;
  var_j0 = (u64)((s64)var_j0 >> (var_j1 & 63));
  var_l4 = var_j0;
  var_i0 = CORE_ADDRESS(32);
  var_i0 = i32_load(var_i0, 0u);
  var_i1 = 2u;
  var_i0 &= var_i1;
  if (var_i0) {
    var_j0 = var_l4;
    var_i1 = 2048u;
    var_i2 = var_p0;
    var_i2 = i32_load(var_i2, 28u);
    var_i2 = i32_load(var_i2, 0u);
    var_i3 = 369u;
    var_i2 *= var_i3;
    var_i3 = 6u;
    var_i2 = (u32)((s32)var_i2 >> (var_i3 & 31));
    var_i1 -= var_i2;
    var_p3 = var_i1;
    var_i2 = 10u;
    var_i1 >>= (var_i2 & 31);
    var_l6 = var_i1;
    var_i2 = 16u;
    var_i1 = var_i1 > var_i2;
    if (var_i1) {
      var_i1 = 0u;
    } else {
      var_i1 = var_p3;
      var_i2 = 4u;
      var_i1 >>= (var_i2 & 31);
      var_i2 = 63u;
      var_i1 &= var_i2;
      var_i2 = 1u;
      var_i1 <<= (var_i2 & 31);
      var_i2 = CORE_ADDRESS(242);
      var_i1 += var_i2;
      var_l7 = var_i1;
      var_i1 = i32_load16_u(var_i1, 0u);
      var_l8 = var_i1;
      var_i2 = var_l8;
      var_i3 = var_l7;
      var_i3 = i32_load16_u(var_i3, 2u);
      var_i2 -= var_i3;
      var_i3 = var_p3;
      var_i4 = 15u;
      var_i3 &= var_i4;
      var_i2 *= var_i3;
      var_i3 = 4u;
      var_i2 >>= (var_i3 & 31);
      var_i1 -= var_i2;
      var_i2 = var_l6;
      var_i1 >>= (var_i2 & 31);
    }
    var_j1 = (u64)(var_i1);
    var_j0 *= var_j1;
    var_j1 = 14ull;
    var_j0 = (u64)((s64)var_j0 >> (var_j1 & 63));
    var_l4 = var_j0;
  }
  var_i0 = w2c_g3;
  var_i0 = i32_load(var_i0, 28u);
  var_p3 = var_i0;
  var_i0 = CORE_ADDRESS(32);
  var_i0 = i32_load(var_i0, 0u);
  var_i1 = 2u;
  var_i0 &= var_i1;
  if (var_i0) {
    var_j0 = var_l4;
    var_j1 = var_l4;
    var_i2 = w2c_g3;
    var_j2 = i64_load32_s(var_i2, 24u);
    var_j1 *= var_j2;
    var_j2 = 16ull;
    var_j1 = (u64)((s64)var_j1 >> (var_j2 & 63));
    var_j0 += var_j1;
    var_l4 = var_j0;
  }
  var_i0 = var_p2;
  var_j1 = 32767ull;
  var_j2 = var_l4;
  var_j3 = var_l4;
  var_j4 = 32767ull;
  var_i3 = (u64)((s64)var_j3 >= (s64)var_j4);
  var_j1 = var_i3 ? var_j1 : var_j2;
  var_i1 = (u32)(var_j1);
  var_l6 = var_i1;
  var_i2 = 3u;
  var_i1 <<= (var_i2 & 31);
  var_i2 = CORE_ADDRESS(68);
  var_i2 = i32_load(var_i2, 0u);
  var_i1 = I32_DIV_S(var_i1, var_i2);
  var_i0 *= var_i1;
  var_i1 = 7u;
  var_i0 = (u32)((s32)var_i0 >> (var_i1 & 31));
  var_p2 = var_i0;
  var_i0 = w2c_g3;
  var_i1 = w2c_g3;
  var_i1 = i32_load(var_i1, 16u);
  var_l7 = var_i1;
  var_i2 = var_l7;
  var_i3 = 13u;
  var_i2 <<= (var_i3 & 31);
  var_i1 ^= var_i2;
  var_l7 = var_i1;
  var_i2 = var_l7;
  var_i3 = 17u;
  var_i2 >>= (var_i3 & 31);
  var_i1 ^= var_i2;
  var_l7 = var_i1;
  var_i2 = var_l7;
  var_i3 = 5u;
  var_i2 <<= (var_i3 & 31);
  var_i1 ^= var_i2;
  var_l7 = var_i1;
  i32_store(var_i0, 0u + 16, var_i1);
  var_i0 = var_p0;
  var_i1 = var_p3;
  var_i2 = 65535u;
  var_i3 = var_p2;
  var_i4 = var_p2;
  var_i5 = 65535u;
  var_i4 = (u32)((s32)var_i4 >= (s32)var_i5);
  var_i2 = var_i4 ? var_i2 : var_i3;
  var_i3 = var_l7;
  core_f28(var_i0, var_i1, var_i2, var_i3);
  var_i0 = var_p0;
  var_i0 = i32_load(var_i0, 4u);
  var_i1 = 1u;
  var_i0 <<= (var_i1 & 31);
  var_p3 = var_i0;
  var_j0 = 0ull;
  var_l4 = var_j0;
  var_i0 = 0u;
  var_p2 = var_i0;
  var_L4: 
    var_i0 = var_p2;
    var_i1 = var_p3;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_j0 = var_l4;
      var_i1 = 4294965249u;
      var_i2 = 2047u;
      var_i3 = var_p1;
      var_i4 = var_p2;
      var_i3 += var_i4;
      var_i3 = i32_load16_s(var_i3, 0u);
      var_l7 = var_i3;
      var_i4 = var_l7;
      var_i5 = 2047u;
      var_i4 = (u32)((s32)var_i4 > (s32)var_i5);
      var_i2 = var_i4 ? var_i2 : var_i3;
      var_l8 = var_i2;
      var_i3 = var_l8;
      var_i4 = 4294965249u;
      var_i3 = (u32)((s32)var_i3 < (s32)var_i4);
      var_i1 = var_i3 ? var_i1 : var_i2;
      var_i2 = var_l7;
      var_i1 *= var_i2;
      var_j1 = (u64)(s64)(s32)(var_i1);
      var_j0 += var_j1;
      var_l4 = var_j0;
      var_i0 = var_p2;
      var_i1 = 2u;
      var_i0 += var_i1;
      var_p2 = var_i0;
      goto var_L4;
    }
  var_j0 = 131071ull;
  var_i1 = var_l6;
  var_j1 = (u64)(s64)(s32)(var_i1);
  var_i2 = 2147483648u;
  var_j3 = var_l4;
  var_i4 = var_p0;
  var_j4 = i64_load32_s(var_i4, 0u);
  var_j5 = 16ull;
  var_j4 <<= (var_j5 & 63);
  var_j3 += var_j4;
  var_i4 = var_p0;
  var_i4 = i32_load(var_i4, 48u);
  var_i5 = 1u;
  var_i4 += var_i5;
  var_j4 = (u64)(s64)(s32)(var_i4);
  var_j3 >>= (var_j4 & 63);
  var_i3 = (u32)(var_j3);
  var_i2 = DIV_U(var_i2, var_i3);
  var_j2 = (u64)(var_i2);
  var_j1 *= var_j2;
  var_j2 = 12ull;
  var_j1 >>= (var_j2 & 63);
  var_l4 = var_j1;
  var_j2 = var_l4;
  var_j3 = 131071ull;
  var_i2 = var_j2 >= var_j3;
  var_j0 = var_i2 ? var_j0 : var_j1;
  var_i0 = (u32)(var_j0);
  var_l6 = var_i0;
  var_i0 = w2c_g3;
  var_i1 = w2c_g3;
  var_i1 = i32_load(var_i1, 16u);
  var_p2 = var_i1;
  var_i2 = var_p2;
  var_i3 = 13u;
  var_i2 <<= (var_i3 & 31);
  var_i1 ^= var_i2;
  var_p2 = var_i1;
  var_i2 = var_p2;
  var_i3 = 17u;
  var_i2 >>= (var_i3 & 31);
  var_i1 ^= var_i2;
  var_p2 = var_i1;
  var_i2 = var_p2;
  var_i3 = 5u;
  var_i2 <<= (var_i3 & 31);
  var_i1 ^= var_i2;
  var_p2 = var_i1;
  i32_store(var_i0, 0u + 16, var_i1);
  var_i0 = var_p0;
  var_i0 = i32_load(var_i0, 4u);
  var_l7 = var_i0;
  var_i0 = 32u;
  var_i1 = var_p0;
  var_i1 = i32_load(var_i1, 44u);
  var_i0 -= var_i1;
  var_l8 = var_i0;
  var_i0 = 0u;
  var_p3 = var_i0;
  var_L6: 
    var_i0 = var_p3;
    var_i1 = var_l7;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = w2c_g18;
      var_i1 = var_p3;
      var_i2 = 2u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_i1 = var_p2;
      var_i2 = 4294836224u;
      var_i1 &= var_i2;
      var_i2 = var_l8;
      var_i1 >>= (var_i2 & 31);
      i32_store(var_i0, 0u, var_i1);
      var_i0 = var_p2;
      var_i1 = 1640531527u;
      var_i0 -= var_i1;
      var_p2 = var_i0;
      var_i0 = var_p3;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_p3 = var_i0;
      goto var_L6;
    }
  var_i0 = w2c_g3;
  var_i1 = w2c_g3;
  var_i1 = i32_load(var_i1, 16u);
  var_p2 = var_i1;
  var_i2 = var_p2;
  var_i3 = 13u;
  var_i2 <<= (var_i3 & 31);
  var_i1 ^= var_i2;
  var_p2 = var_i1;
  var_i2 = var_p2;
  var_i3 = 17u;
  var_i2 >>= (var_i3 & 31);
  var_i1 ^= var_i2;
  var_p2 = var_i1;
  var_i2 = var_p2;
  var_i3 = 5u;
  var_i2 <<= (var_i3 & 31);
  var_i1 ^= var_i2;
  var_p2 = var_i1;
  i32_store(var_i0, 0u + 16, var_i1);
  var_i0 = var_p0;
  var_i1 = var_p1;
  var_i2 = w2c_g20;
  var_i3 = var_l6;
  var_i4 = var_p2;
  var_i5 = var_p0;
  var_i5 = i32_load(var_i5, 40u);
  var_i6 = 12u;
  var_i5 = var_i5 == var_i6;
  core_f27(var_i0, var_i1, var_i2, var_i3, var_i4, var_i5);
  var_i0 = CORE_ADDRESS(32);
  var_i0 = i32_load(var_i0, 0u);
  var_i1 = 2u;
  var_i0 &= var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i0 = i32_load(var_i0, 32u);
    var_i1 = w2c_g20;
    var_i2 = 3u;
    var_i3 = var_p0;
    var_i3 = i32_load(var_i3, 12u);
    var_j0 = core_f14(var_i0, var_i1, var_i2, var_i3);
    var_l5 = var_j0;
    var_i0 = 235u;
    var_i1 = var_p0;
    var_i1 = i32_load(var_i1, 36u);
    var_i2 = var_p1;
    var_i3 = 4u;
    var_i4 = var_p0;
    var_i4 = i32_load(var_i4, 4u);
    var_j1 = core_f14(var_i1, var_i2, var_i3, var_i4);
    var_j2 = 18446744073708503040ull;
    var_j1 -= var_j2;
    var_l4 = var_j1;
    var_j2 = 0ull;
    var_i1 = var_j1 != var_j2;
    var_j2 = var_l5;
    var_j3 = 0ull;
    var_i2 = var_j2 != var_j3;
    var_i1 &= var_i2;
    if (var_i1) {
      var_i1 = 1u;
      var_i2 = 4294967295u;
      var_j3 = var_l5;
      var_j4 = 0ull;
      var_i3 = (u64)((s64)var_j3 > (s64)var_j4);
      var_j4 = var_l4;
      var_j5 = 0ull;
      var_i4 = (u64)((s64)var_j4 > (s64)var_j5);
      var_i3 = var_i3 == var_i4;
      var_i1 = var_i3 ? var_i1 : var_i2;
    } else {
      var_i1 = 0u;
    }
    var_i2 = var_p0;
    var_i2 = i32_load(var_i2, 28u);
    var_p0 = var_i2;
    var_i2 = i32_load(var_i2, 0u);
    var_i1 += var_i2;
    var_p1 = var_i1;
    var_i2 = var_p1;
    var_i3 = 235u;
    var_i2 = (u32)((s32)var_i2 > (s32)var_i3);
    var_i0 = var_i2 ? var_i0 : var_i1;
    var_p1 = var_i0;
    var_i0 = var_p0;
    var_i1 = 4294967061u;
    var_i2 = var_p1;
    var_i3 = var_p1;
    var_i4 = 4294967061u;
    var_i3 = (u32)((s32)var_i3 < (s32)var_i4);
    var_i1 = var_i3 ? var_i1 : var_i2;
    i32_store(var_i0, 0u, var_i1);
  }
  var_i0 = 1u;
  var_Bfunc:;
  return var_i0;
}

CORE_FUNCTION void core_f27(u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3, u32 var_p4, u32 var_p5) {
  u32 var_l6 = 0, var_l7 = 0, var_l8 = 0, var_l9 = 0, var_l10 = 0, var_l11 = 0, var_l12 = 0, var_l13 = 0, 
      var_l14 = 0, var_l15 = 0, var_l16 = 0, var_l17 = 0, var_l18 = 0, var_l19 = 0, var_l20 = 0;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6;
  var_i0 = var_p2;
  var_l6 = var_i0;
  var_i1 = var_p0;
  var_i1 = i32_load(var_i1, 8u);
  var_l14 = var_i1;
  var_i2 = 1u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_l8 = var_i0;
  var_L0: 
    var_i0 = var_l6;
    var_i1 = var_l8;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_l7;
      var_i1 = 0u;
      var_i2 = var_l6;
      var_i2 = i32_load16_s(var_i2, 0u);
      var_l9 = var_i2;
      var_i1 -= var_i2;
      var_i2 = var_l9;
      var_i3 = var_l9;
      var_i4 = 0u;
      var_i3 = (u32)((s32)var_i3 < (s32)var_i4);
      var_i1 = var_i3 ? var_i1 : var_i2;
      var_l9 = var_i1;
      var_i2 = var_l7;
      var_i3 = var_l9;
      var_i2 = (u32)((s32)var_i2 > (s32)var_i3);
      var_i0 = var_i2 ? var_i0 : var_i1;
      var_l7 = var_i0;
      var_i0 = var_l6;
      var_i1 = 2u;
      var_i0 += var_i1;
      var_l6 = var_i0;
      goto var_L0;
    }
  var_i0 = var_l7;
  var_i1 = 3u;
  var_i0 = (u32)((s32)var_i0 >> (var_i1 & 31));
  var_l11 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load(var_i0, 4u);
  var_i1 = var_p5;
  var_i2 = 0u;
  var_i1 = var_i1 != var_i2;
  var_i0 <<= (var_i1 & 31);
  var_l13 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load(var_i0, 44u);
  var_l18 = var_i0;
  var_i0 = var_p4;
  var_l8 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load(var_i0, 16u);
  var_l6 = var_i0;
  var_L2: 
    var_i0 = var_l12;
    var_i1 = var_l14;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_p2;
      var_i1 = var_l12;
      var_i2 = 1u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_i0 = i32_load16_s(var_i0, 0u);
      var_p4 = var_i0;
      var_i1 = 0u;
      var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
      var_l7 = var_i0;
      var_i0 = var_l11;
      var_i1 = 0u;
      var_i2 = var_p4;
      var_i1 -= var_i2;
      var_i2 = var_p4;
      var_i3 = var_l7;
      var_i1 = var_i3 ? var_i1 : var_i2;
      var_l9 = var_i1;
      var_i0 = (u32)((s32)var_i0 <= (s32)var_i1);
      if (var_i0) {goto var_B4;}
      var_i0 = 0u;
      var_p4 = var_i0;
      var_i0 = var_l8;
      var_i1 = 739982445u;
      var_i0 *= var_i1;
      var_i1 = 17u;
      var_i0 >>= (var_i1 & 31);
      var_i1 = var_l11;
      var_i0 *= var_i1;
      var_i1 = var_l9;
      var_i2 = 15u;
      var_i1 <<= (var_i2 & 31);
      var_i0 = (u32)((s32)var_i0 >= (s32)var_i1);
      if (var_i0) {goto var_B4;}
      var_i0 = 0u;
      var_i1 = var_l11;
      var_i0 -= var_i1;
      var_i1 = var_l11;
      var_i2 = var_l7;
      var_i0 = var_i2 ? var_i0 : var_i1;
      var_p4 = var_i0;
      var_B4:;
      var_i0 = 4294934529u;
      var_i1 = 32767u;
      var_i2 = var_p3;
      var_i3 = var_p4;
      var_i2 *= var_i3;
      var_i3 = 4096u;
      var_i2 += var_i3;
      var_i3 = 13u;
      var_i2 = (u32)((s32)var_i2 >> (var_i3 & 31));
      var_p4 = var_i2;
      var_i3 = var_p4;
      var_i4 = 32767u;
      var_i3 = (u32)((s32)var_i3 > (s32)var_i4);
      var_i1 = var_i3 ? var_i1 : var_i2;
      var_p4 = var_i1;
      var_i2 = var_p4;
      var_i3 = 4294934529u;
      var_i2 = (u32)((s32)var_i2 < (s32)var_i3);
      var_i0 = var_i2 ? var_i0 : var_i1;
      var_l10 = var_i0;
      if (var_i0) {
        var_i0 = var_p0;
        var_i0 = i32_load(var_i0, 20u);
        var_i1 = var_l12;
        var_i2 = 2u;
        var_i1 <<= (var_i2 & 31);
        var_i0 += var_i1;
        var_p4 = var_i0;
        var_i1 = 3221225472u;
        var_i2 = 1073741824u;
        var_i3 = var_l18;
        var_i4 = 16u;
        var_i3 = (u32)((s32)var_i3 > (s32)var_i4);
        if (var_i3) {
          var_i3 = var_l10;
          var_i4 = var_l8;
          var_i5 = 48u;
          var_i6 = var_l18;
          var_i5 -= var_i6;
          var_i4 >>= (var_i5 & 31);
          var_i3 += var_i4;
          var_i4 = var_l18;
          var_i5 = 16u;
          var_i4 -= var_i5;
          var_i3 = (u32)((s32)var_i3 >> (var_i4 & 31));
        } else {
          var_i3 = var_l10;
          var_i4 = 16u;
          var_i5 = var_l18;
          var_i4 -= var_i5;
          var_i3 <<= (var_i4 & 31);
        }
        var_i4 = var_p4;
        var_i4 = i32_load(var_i4, 0u);
        var_i3 += var_i4;
        var_p4 = var_i3;
        var_i4 = var_p4;
        var_i5 = 1073741824u;
        var_i4 = (u32)((s32)var_i4 > (s32)var_i5);
        var_i2 = var_i4 ? var_i2 : var_i3;
        var_p4 = var_i2;
        var_i3 = var_p4;
        var_i4 = 3221225472u;
        var_i3 = (u32)((s32)var_i3 < (s32)var_i4);
        var_i1 = var_i3 ? var_i1 : var_i2;
        i32_store(var_i0, 0u, var_i1);
        var_i0 = var_l8;
        var_i1 = 4294836224u;
        var_i0 &= var_i1;
        var_i1 = 32u;
        var_i2 = var_l18;
        var_i1 -= var_i2;
        var_i0 >>= (var_i1 & 31);
        var_l15 = var_i0;
        var_i0 = var_p5;
        if (var_i0) {
          var_i0 = var_p1;
          var_l7 = var_i0;
          var_i0 = var_l13;
          var_i1 = var_l6;
          var_p4 = var_i1;
          var_i0 += var_i1;
          var_l19 = var_i0;
          var_i0 = w2c_g18;
          var_l9 = var_i0;
          var_L8: 
            var_i0 = var_p4;
            var_i0 = i32_load(var_i0, 0u);
            var_l20 = var_i0;
            var_i1 = 16u;
            var_i0 = (u32)((s32)var_i0 >> (var_i1 & 31));
            var_i1 = var_l7;
            var_i1 = i32_load(var_i1, 0u);
            var_l16 = var_i1;
            var_i2 = 16u;
            var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
            var_i2 = var_l10;
            var_i1 *= var_i2;
            var_i2 = var_l9;
            var_i2 = i32_load(var_i2, 4u);
            var_i3 = var_l15;
            var_i2 ^= var_i3;
            var_i1 += var_i2;
            var_i2 = var_l18;
            var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
            var_i0 += var_i1;
            var_l17 = var_i0;
            var_i0 = var_p4;
            var_i1 = var_l20;
            var_i1 = (u32)(s32)(s16)(u16)(var_i1);
            var_i2 = var_l16;
            var_i2 = (u32)(s32)(s16)(u16)(var_i2);
            var_i3 = var_l10;
            var_i2 *= var_i3;
            var_i3 = var_l9;
            var_i3 = i32_load(var_i3, 0u);
            var_i4 = var_l15;
            var_i3 ^= var_i4;
            var_i2 += var_i3;
            var_i3 = var_l18;
            var_i2 = (u32)((s32)var_i2 >> (var_i3 & 31));
            var_i1 += var_i2;
            var_l16 = var_i1;
            var_i2 = var_l16;
            var_i2 = (u32)(s32)(s16)(u16)(var_i2);
            var_i1 = var_i1 != var_i2;
            if (var_i1) {
              var_i1 = 4294934528u;
              var_i2 = 32767u;
              var_i3 = var_l16;
              var_i4 = 0u;
              var_i3 = (u32)((s32)var_i3 < (s32)var_i4);
              var_i1 = var_i3 ? var_i1 : var_i2;
            } else {
              var_i1 = var_l16;
            }
            var_i2 = 65535u;
            var_i1 &= var_i2;
            var_i2 = var_l17;
            var_i2 = (u32)(s32)(s16)(u16)(var_i2);
            var_i3 = var_l17;
            var_i2 = var_i2 == var_i3;
            if (var_i2) {
              var_i2 = var_l17;
            } else {
              var_i2 = 4294934528u;
              var_i3 = 32767u;
              var_i4 = var_l17;
              var_i5 = 0u;
              var_i4 = (u32)((s32)var_i4 < (s32)var_i5);
              var_i2 = var_i4 ? var_i2 : var_i3;
            }
            var_i3 = 16u;
            var_i2 <<= (var_i3 & 31);
            var_i1 |= var_i2;
            i32_store(var_i0, 0u, var_i1);
            var_i0 = var_l7;
            var_i1 = 4u;
            var_i0 += var_i1;
            var_l7 = var_i0;
            var_i0 = var_l9;
            var_i1 = 8u;
            var_i0 += var_i1;
            var_l9 = var_i0;
            var_i0 = var_l19;
            var_i1 = var_p4;
            var_i2 = 4u;
            var_i1 += var_i2;
            var_p4 = var_i1;
            var_i0 = var_i0 > var_i1;
            if (var_i0) {goto var_L8;}
        } else {
          var_i0 = var_p1;
          var_p4 = var_i0;
          var_i0 = var_l13;
          var_i1 = var_l6;
          var_l7 = var_i1;
          var_i0 += var_i1;
          var_l16 = var_i0;
          var_i0 = w2c_g18;
          var_l9 = var_i0;
          var_L11: 
            var_i0 = var_p4;
            var_i0 = i32_load16_s(var_i0, 0u);
            var_i1 = var_l10;
            var_i0 *= var_i1;
            var_i1 = var_l9;
            var_i1 = i32_load(var_i1, 0u);
            var_i2 = var_l15;
            var_i1 ^= var_i2;
            var_i0 += var_i1;
            var_i1 = var_l18;
            var_i0 = (u32)((s32)var_i0 >> (var_i1 & 31));
            var_l17 = var_i0;
            if (var_i0) {
              var_i0 = var_l7;
              var_i1 = 4294967168u;
              var_i2 = 127u;
              var_i3 = var_l7;
              var_i3 = i32_load8_s(var_i3, 0u);
              var_i4 = var_l17;
              var_i3 += var_i4;
              var_l17 = var_i3;
              var_i4 = var_l17;
              var_i5 = 127u;
              var_i4 = (u32)((s32)var_i4 > (s32)var_i5);
              var_i2 = var_i4 ? var_i2 : var_i3;
              var_l17 = var_i2;
              var_i3 = var_l17;
              var_i4 = 4294967168u;
              var_i3 = (u32)((s32)var_i3 < (s32)var_i4);
              var_i1 = var_i3 ? var_i1 : var_i2;
              i32_store8(var_i0, 0u, var_i1);
            }
            var_i0 = var_p4;
            var_i1 = 2u;
            var_i0 += var_i1;
            var_p4 = var_i0;
            var_i0 = var_l9;
            var_i1 = 4u;
            var_i0 += var_i1;
            var_l9 = var_i0;
            var_i0 = var_l16;
            var_i1 = var_l7;
            var_i2 = 1u;
            var_i1 += var_i2;
            var_l7 = var_i1;
            var_i0 = var_i0 > var_i1;
            if (var_i0) {goto var_L11;}
        }
      }
      var_i0 = var_l8;
      var_i1 = 1640531527u;
      var_i0 -= var_i1;
      var_l8 = var_i0;
      var_i0 = var_l6;
      var_i1 = var_l13;
      var_i0 += var_i1;
      var_l6 = var_i0;
      var_i0 = var_l12;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l12 = var_i0;
      goto var_L2;
    }
}

CORE_FUNCTION void core_f28(u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3) {
  u32 var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0, var_l8 = 0, var_l9 = 0, var_l10 = 0, var_l11 = 0, 
      var_l12 = 0, var_l13 = 0, var_l14 = 0, var_l15 = 0;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6;
  var_L0: 
    var_i0 = var_p1;
    var_i1 = var_l4;
    var_i0 = (u32)((s32)var_i0 > (s32)var_i1);
    if (var_i0) {
      var_i0 = 32767u;
      var_i1 = var_l4;
      var_i2 = 1u;
      var_i1 <<= (var_i2 & 31);
      var_l5 = var_i1;
      var_i2 = w2c_g23;
      var_i1 += var_i2;
      var_i1 = i32_load16_s(var_i1, 0u);
      var_i2 = var_p2;
      var_i1 *= var_i2;
      var_i2 = 2048u;
      var_i1 += var_i2;
      var_i2 = 12u;
      var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
      var_l6 = var_i1;
      var_i2 = var_l6;
      var_i3 = 32767u;
      var_i2 = (u32)((s32)var_i2 > (s32)var_i3);
      var_i0 = var_i2 ? var_i0 : var_i1;
      var_l6 = var_i0;
      var_i0 = var_l5;
      var_i1 = w2c_g27;
      var_i0 += var_i1;
      var_i1 = 4294934529u;
      var_i2 = var_l6;
      var_i3 = var_l6;
      var_i4 = 4294934529u;
      var_i3 = (u32)((s32)var_i3 < (s32)var_i4);
      var_i1 = var_i3 ? var_i1 : var_i2;
      i32_store16(var_i0, 0u, var_i1);
      var_i0 = var_l4;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l4 = var_i0;
      goto var_L0;
    }
  var_i0 = var_p0;
  var_i0 = i32_load(var_i0, 12u);
  var_i1 = 1u;
  var_i0 <<= (var_i1 & 31);
  var_l7 = var_i0;
  var_i0 = w2c_g18;
  var_l10 = var_i0;
  var_i0 = 0u;
  var_p2 = var_i0;
  var_L2: 
    var_i0 = var_p2;
    var_i1 = var_l7;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_l10;
      var_i1 = var_p2;
      var_i2 = 1u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_i1 = 0u;
      i32_store(var_i0, 0u, var_i1);
      var_i0 = var_p2;
      var_i1 = 2u;
      var_i0 += var_i1;
      var_p2 = var_i0;
      goto var_L2;
    }
  var_i0 = var_p0;
  var_i0 = i32_load(var_i0, 24u);
  var_l4 = var_i0;
  var_L4: 
    var_i0 = var_p1;
    var_i1 = var_l8;
    var_i0 = (u32)((s32)var_i0 > (s32)var_i1);
    if (var_i0) {
      var_i0 = var_l8;
      var_i1 = 1u;
      var_i0 <<= (var_i1 & 31);
      var_p2 = var_i0;
      var_i1 = w2c_g23;
      var_i0 += var_i1;
      var_i0 = i32_load16_s(var_i0, 0u);
      var_l11 = var_i0;
      if (var_i0) {
        var_i0 = w2c_g27;
        var_i1 = var_p2;
        var_i0 += var_i1;
        var_i0 = i32_load16_s(var_i0, 0u);
        var_l12 = var_i0;
        var_i0 = var_p3;
        var_l5 = var_i0;
        var_i0 = w2c_g19;
        var_l9 = var_i0;
        var_i0 = w2c_g18;
        var_l6 = var_i0;
        var_i0 = var_l4;
        var_p2 = var_i0;
        var_i1 = var_p0;
        var_i1 = i32_load(var_i1, 8u);
        var_i2 = 1u;
        var_i1 <<= (var_i2 & 31);
        var_i0 += var_i1;
        var_l13 = var_i0;
        var_L7: 
          var_i0 = 8191u;
          var_i1 = var_p2;
          var_i1 = i32_load16_s(var_i1, 0u);
          var_l14 = var_i1;
          var_i2 = var_l9;
          var_i2 = i32_load16_s(var_i2, 0u);
          var_i1 += var_i2;
          var_l15 = var_i1;
          var_i2 = var_l15;
          var_i3 = 8191u;
          var_i2 = (u32)((s32)var_i2 >= (s32)var_i3);
          var_i0 = var_i2 ? var_i0 : var_i1;
          var_l15 = var_i0;
          var_i1 = 0u;
          var_i0 = (u32)((s32)var_i0 > (s32)var_i1);
          if (var_i0) {
            var_i0 = var_l6;
            var_i1 = var_l6;
            var_i1 = i32_load(var_i1, 0u);
            var_i2 = var_l11;
            var_i3 = var_l15;
            var_i2 *= var_i3;
            var_i1 += var_i2;
            i32_store(var_i0, 0u, var_i1);
            var_i0 = var_p2;
            var_i1 = 4294934528u;
            var_i2 = 32767u;
            var_i3 = var_l14;
            var_i4 = var_l12;
            var_i5 = var_l15;
            var_i4 *= var_i5;
            var_i5 = var_l5;
            var_i6 = 17u;
            var_i5 >>= (var_i6 & 31);
            var_i6 = 3u;
            var_i5 <<= (var_i6 & 31);
            var_i4 += var_i5;
            var_i5 = 18u;
            var_i4 = (u32)((s32)var_i4 >> (var_i5 & 31));
            var_i3 += var_i4;
            var_l14 = var_i3;
            var_i4 = var_l14;
            var_i5 = 32767u;
            var_i4 = (u32)((s32)var_i4 > (s32)var_i5);
            var_i2 = var_i4 ? var_i2 : var_i3;
            var_l14 = var_i2;
            var_i3 = var_l14;
            var_i4 = 4294934528u;
            var_i3 = (u32)((s32)var_i3 < (s32)var_i4);
            var_i1 = var_i3 ? var_i1 : var_i2;
            i32_store16(var_i0, 0u, var_i1);
          }
          var_i0 = var_l5;
          var_i1 = 1640531527u;
          var_i0 -= var_i1;
          var_l5 = var_i0;
          var_i0 = var_l9;
          var_i1 = 2u;
          var_i0 += var_i1;
          var_l9 = var_i0;
          var_i0 = var_l6;
          var_i1 = 4u;
          var_i0 += var_i1;
          var_l6 = var_i0;
          var_i0 = var_l13;
          var_i1 = var_p2;
          var_i2 = 2u;
          var_i1 += var_i2;
          var_p2 = var_i1;
          var_i0 = var_i0 > var_i1;
          if (var_i0) {goto var_L7;}
      }
      var_i0 = var_l4;
      var_i1 = var_l7;
      var_i0 += var_i1;
      var_l4 = var_i0;
      var_i0 = var_l8;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l8 = var_i0;
      goto var_L4;
    }
  var_i0 = 0u;
  var_p3 = var_i0;
  var_L9: 
    var_i0 = var_p3;
    var_i1 = var_l7;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = w2c_g20;
      var_i1 = var_p3;
      var_i0 += var_i1;
      var_i1 = 4294959105u;
      var_i2 = 8191u;
      var_i3 = var_l10;
      var_i4 = var_p3;
      var_i5 = 1u;
      var_i4 <<= (var_i5 & 31);
      var_i3 += var_i4;
      var_i3 = i32_load(var_i3, 0u);
      var_i4 = 4096u;
      var_i3 += var_i4;
      var_i4 = 13u;
      var_i3 = (u32)((s32)var_i3 >> (var_i4 & 31));
      var_p0 = var_i3;
      var_i4 = var_p0;
      var_i5 = 8191u;
      var_i4 = (u32)((s32)var_i4 > (s32)var_i5);
      var_i2 = var_i4 ? var_i2 : var_i3;
      var_p0 = var_i2;
      var_i3 = var_p0;
      var_i4 = 4294959105u;
      var_i3 = (u32)((s32)var_i3 < (s32)var_i4);
      var_i1 = var_i3 ? var_i1 : var_i2;
      i32_store16(var_i0, 0u, var_i1);
      var_i0 = var_p3;
      var_i1 = 2u;
      var_i0 += var_i1;
      var_p3 = var_i0;
      goto var_L9;
    }
}

CORE_FUNCTION void core_f29(u32 var_p0, u32 var_p1, u32 var_p2, u32 var_p3) {
  u32 var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0, var_l8 = 0, var_l9 = 0, var_l10 = 0, var_l11 = 0, 
      var_l12 = 0;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_i7;
  var_i0 = var_p3;
  if (var_i0) {
    var_i0 = var_p2;
    var_l4 = var_i0;
    var_i0 = var_p1;
    var_i1 = var_p0;
    var_i1 = i32_load(var_i1, 4u);
    var_i2 = 1u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_l10 = var_i0;
    var_i0 = var_p0;
    var_i0 = i32_load(var_i0, 20u);
    var_l6 = var_i0;
    var_i1 = var_p0;
    var_i1 = i32_load(var_i1, 8u);
    var_i2 = 2u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_l11 = var_i0;
    var_i0 = var_p0;
    var_i0 = i32_load(var_i0, 16u);
    var_l7 = var_i0;
    var_L1: 
      var_i0 = var_l6;
      var_i1 = var_l11;
      var_i0 = var_i0 < var_i1;
      if (var_i0) {
        var_i0 = var_p1;
        var_p3 = var_i0;
        var_i0 = 0u;
        var_l8 = var_i0;
        var_i0 = 0u;
        var_l9 = var_i0;
        var_L3: 
          var_i0 = var_p3;
          var_i1 = 64u;
          var_i0 += var_i1;
          var_l5 = var_i0;
          var_i1 = var_l10;
          var_i0 = var_i0 < var_i1;
          if (var_i0) {
            var_i0 = var_l8;
            var_i1 = var_l7;
            var_i2 = var_p3;
            var_i3 = var_l5;
            var_i1 = core_f15(var_i1, var_i2, var_i3);
            var_p3 = var_i1;
            var_i2 = 16u;
            var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
            var_i0 += var_i1;
            var_l8 = var_i0;
            var_i0 = var_l9;
            var_i1 = var_p3;
            var_i2 = 65535u;
            var_i1 &= var_i2;
            var_i0 += var_i1;
            var_l9 = var_i0;
            var_i0 = var_l7;
            var_i1 = 64u;
            var_i0 += var_i1;
            var_l7 = var_i0;
            var_i0 = var_l5;
            var_p3 = var_i0;
            goto var_L3;
          }
        var_i0 = var_l4;
        var_i1 = 4294959105u;
        var_i2 = 8191u;
        var_i3 = var_l8;
        var_i4 = var_l7;
        var_i5 = var_p3;
        var_i6 = var_l10;
        var_i4 = core_f15(var_i4, var_i5, var_i6);
        var_l5 = var_i4;
        var_i5 = 16u;
        var_i4 = (u32)((s32)var_i4 >> (var_i5 & 31));
        var_i3 += var_i4;
        var_i4 = var_l6;
        var_i4 = i32_load(var_i4, 0u);
        var_l8 = var_i4;
        var_i5 = 16u;
        var_i4 = (u32)((s32)var_i4 >> (var_i5 & 31));
        var_i3 += var_i4;
        var_i4 = 4u;
        var_i3 <<= (var_i4 & 31);
        var_i4 = var_l8;
        var_i5 = 65535u;
        var_i4 &= var_i5;
        var_i5 = 2048u;
        var_i4 += var_i5;
        var_i5 = var_l9;
        var_i6 = var_l5;
        var_i7 = 65535u;
        var_i6 &= var_i7;
        var_i5 += var_i6;
        var_i4 += var_i5;
        var_i5 = 12u;
        var_i4 = (u32)((s32)var_i4 >> (var_i5 & 31));
        var_i3 += var_i4;
        var_l5 = var_i3;
        var_i4 = var_l5;
        var_i5 = 8191u;
        var_i4 = (u32)((s32)var_i4 > (s32)var_i5);
        var_i2 = var_i4 ? var_i2 : var_i3;
        var_l5 = var_i2;
        var_i3 = var_l5;
        var_i4 = 4294959105u;
        var_i3 = (u32)((s32)var_i3 < (s32)var_i4);
        var_i1 = var_i3 ? var_i1 : var_i2;
        i32_store16(var_i0, 0u, var_i1);
        var_i0 = var_l7;
        var_i1 = var_l10;
        var_i2 = var_p3;
        var_i1 -= var_i2;
        var_i0 += var_i1;
        var_l7 = var_i0;
        var_i0 = var_l4;
        var_i1 = 2u;
        var_i0 += var_i1;
        var_l4 = var_i0;
        var_i0 = var_l6;
        var_i1 = 4u;
        var_i0 += var_i1;
        var_l6 = var_i0;
        goto var_L1;
      }
  } else {
    var_i0 = var_p2;
    var_l7 = var_i0;
    var_i0 = var_p1;
    var_i1 = var_p0;
    var_i1 = i32_load(var_i1, 4u);
    var_l9 = var_i1;
    var_i2 = 1u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_l10 = var_i0;
    var_i0 = var_p0;
    var_i0 = i32_load(var_i0, 20u);
    var_l8 = var_i0;
    var_i1 = var_p0;
    var_i1 = i32_load(var_i1, 8u);
    var_i2 = 2u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_l11 = var_i0;
    var_i0 = var_p0;
    var_i0 = i32_load(var_i0, 16u);
    var_l4 = var_i0;
    var_L5: 
      var_i0 = var_l8;
      var_i1 = var_l11;
      var_i0 = var_i0 < var_i1;
      if (var_i0) {
        var_i0 = var_l4;
        var_l6 = var_i0;
        var_i0 = var_p1;
        var_p3 = var_i0;
        var_i0 = 0u;
        var_l5 = var_i0;
        var_L7: 
          var_i0 = var_l5;
          var_i1 = var_l6;
          var_i1 = i32_load(var_i1, 0u);
          var_l5 = var_i1;
          var_i1 = (u32)(s32)(s8)(u8)(var_i1);
          var_i2 = var_p3;
          var_i2 = i32_load(var_i2, 0u);
          var_l12 = var_i2;
          var_i2 = (u32)(s32)(s16)(u16)(var_i2);
          var_i1 *= var_i2;
          var_i0 += var_i1;
          var_i1 = var_l5;
          var_i2 = 16u;
          var_i1 <<= (var_i2 & 31);
          var_i2 = 24u;
          var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
          var_i2 = var_l12;
          var_i3 = 16u;
          var_i2 = (u32)((s32)var_i2 >> (var_i3 & 31));
          var_i1 *= var_i2;
          var_i0 += var_i1;
          var_i1 = var_p3;
          var_i1 = i32_load(var_i1, 4u);
          var_l12 = var_i1;
          var_i1 = (u32)(s32)(s16)(u16)(var_i1);
          var_i2 = var_l5;
          var_i3 = 8u;
          var_i2 <<= (var_i3 & 31);
          var_i3 = 24u;
          var_i2 = (u32)((s32)var_i2 >> (var_i3 & 31));
          var_i1 *= var_i2;
          var_i0 += var_i1;
          var_i1 = var_l5;
          var_i2 = 24u;
          var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
          var_i2 = var_l12;
          var_i3 = 16u;
          var_i2 = (u32)((s32)var_i2 >> (var_i3 & 31));
          var_i1 *= var_i2;
          var_i0 += var_i1;
          var_i1 = var_l6;
          var_i1 = i32_load(var_i1, 4u);
          var_l5 = var_i1;
          var_i1 = (u32)(s32)(s8)(u8)(var_i1);
          var_i2 = var_p3;
          var_i2 = i32_load(var_i2, 8u);
          var_l12 = var_i2;
          var_i2 = (u32)(s32)(s16)(u16)(var_i2);
          var_i1 *= var_i2;
          var_i0 += var_i1;
          var_i1 = var_l5;
          var_i2 = 16u;
          var_i1 <<= (var_i2 & 31);
          var_i2 = 24u;
          var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
          var_i2 = var_l12;
          var_i3 = 16u;
          var_i2 = (u32)((s32)var_i2 >> (var_i3 & 31));
          var_i1 *= var_i2;
          var_i0 += var_i1;
          var_i1 = var_p3;
          var_i1 = i32_load(var_i1, 12u);
          var_l12 = var_i1;
          var_i1 = (u32)(s32)(s16)(u16)(var_i1);
          var_i2 = var_l5;
          var_i3 = 8u;
          var_i2 <<= (var_i3 & 31);
          var_i3 = 24u;
          var_i2 = (u32)((s32)var_i2 >> (var_i3 & 31));
          var_i1 *= var_i2;
          var_i0 += var_i1;
          var_i1 = var_l5;
          var_i2 = 24u;
          var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
          var_i2 = var_l12;
          var_i3 = 16u;
          var_i2 = (u32)((s32)var_i2 >> (var_i3 & 31));
          var_i1 *= var_i2;
          var_i0 += var_i1;
          var_l5 = var_i0;
          var_i0 = var_l6;
          var_i1 = 8u;
          var_i0 += var_i1;
          var_l6 = var_i0;
          var_i0 = var_l10;
          var_i1 = var_p3;
          var_i2 = 16u;
          var_i1 += var_i2;
          var_p3 = var_i1;
          var_i0 = var_i0 > var_i1;
          if (var_i0) {goto var_L7;}
        var_i0 = var_l7;
        var_i1 = 4294959105u;
        var_i2 = 8191u;
        var_i3 = var_l8;
        var_i3 = i32_load(var_i3, 0u);
        var_p3 = var_i3;
        var_i4 = 16u;
        var_i3 = (u32)((s32)var_i3 >> (var_i4 & 31));
        var_i4 = var_l5;
        var_i5 = 16u;
        var_i4 = (u32)((s32)var_i4 >> (var_i5 & 31));
        var_i3 += var_i4;
        var_i4 = 16u;
        var_i5 = var_p0;
        var_i5 = i32_load(var_i5, 40u);
        var_l6 = var_i5;
        var_i4 -= var_i5;
        var_i3 <<= (var_i4 & 31);
        var_i4 = var_p3;
        var_i5 = 65535u;
        var_i4 &= var_i5;
        var_i5 = 1u;
        var_i6 = var_l6;
        var_i7 = 1u;
        var_i6 -= var_i7;
        var_i5 <<= (var_i6 & 31);
        var_i4 += var_i5;
        var_i5 = var_l5;
        var_i6 = 65535u;
        var_i5 &= var_i6;
        var_i4 += var_i5;
        var_i5 = var_l6;
        var_i4 = (u32)((s32)var_i4 >> (var_i5 & 31));
        var_i3 += var_i4;
        var_p3 = var_i3;
        var_i4 = var_p3;
        var_i5 = 8191u;
        var_i4 = (u32)((s32)var_i4 > (s32)var_i5);
        var_i2 = var_i4 ? var_i2 : var_i3;
        var_p3 = var_i2;
        var_i3 = var_p3;
        var_i4 = 4294959105u;
        var_i3 = (u32)((s32)var_i3 < (s32)var_i4);
        var_i1 = var_i3 ? var_i1 : var_i2;
        i32_store16(var_i0, 0u, var_i1);
        var_i0 = var_l4;
        var_i1 = var_l9;
        var_i0 += var_i1;
        var_l4 = var_i0;
        var_i0 = var_l7;
        var_i1 = 2u;
        var_i0 += var_i1;
        var_l7 = var_i0;
        var_i0 = var_l8;
        var_i1 = 4u;
        var_i0 += var_i1;
        var_l8 = var_i0;
        goto var_L5;
      }
  }
  var_i0 = var_p0;
  var_i0 = i32_load(var_i0, 8u);
  var_p1 = var_i0;
  var_L8: 
    var_i0 = var_p1;
    var_i1 = var_p0;
    var_i1 = i32_load(var_i1, 12u);
    var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
    if (var_i0) {
      var_i0 = var_p2;
      var_i1 = var_p1;
      var_i2 = 1u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_i1 = 0u;
      i32_store16(var_i0, 0u, var_i1);
      var_i0 = var_p1;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_p1 = var_i0;
      goto var_L8;
    }
}

CORE_FUNCTION u32 core_window(void) {
  u32 var_i0;
  var_i0 = w2c_g14;
  return var_i0;
}

CORE_FUNCTION u32 core_weights(u32 var_p0) {
  u32 var_i0, var_i1, var_i2;
  var_i0 = w2c_g12;
  var_i1 = var_p0;
  var_i2 = 6u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load(var_i0, 16u);
  return var_i0;
}

CORE_FUNCTION u32 core_stateBytes(void) {
  u32 var_i0;
  var_i0 = w2c_g1;
  return var_i0;
}

CORE_FUNCTION u32 core_scores(void) {
  u32 var_i0;
  var_i0 = w2c_g22;
  return var_i0;
}

CORE_FUNCTION u32 core_saturated(void) {
  u32 var_l0 = 0, var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6;
  var_L0: 
    var_i0 = var_l3;
    var_i1 = CORE_ADDRESS(24);
    var_i1 = i32_load(var_i1, 0u);
    var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
    if (var_i0) {
      var_i0 = w2c_g12;
      var_i1 = var_l3;
      var_i2 = 6u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_l2 = var_i0;
      var_i0 = i32_load(var_i0, 40u);
      var_i1 = 12u;
      var_i0 = var_i0 == var_i1;
      var_l4 = var_i0;
      var_i0 = var_l2;
      var_i0 = i32_load(var_i0, 8u);
      var_i1 = var_l2;
      var_i1 = i32_load(var_i1, 4u);
      var_i0 *= var_i1;
      var_l5 = var_i0;
      var_i0 = 0u;
      var_l0 = var_i0;
      var_L2: 
        var_i0 = var_l0;
        var_i1 = var_l5;
        var_i0 = var_i0 < var_i1;
        if (var_i0) {
          var_i0 = var_l1;
          var_i1 = 1u;
          var_i0 += var_i1;
          var_i1 = var_l1;
          var_i2 = var_l4;
          if (var_i2) {
            var_i2 = var_l2;
            var_i2 = i32_load(var_i2, 16u);
            var_i3 = var_l0;
            var_i4 = 1u;
            var_i3 <<= (var_i4 & 31);
            var_i2 += var_i3;
            var_i2 = i32_load16_s(var_i2, 0u);
          } else {
            var_i2 = var_l0;
            var_i3 = var_l2;
            var_i3 = i32_load(var_i3, 16u);
            var_i2 += var_i3;
            var_i2 = i32_load8_s(var_i2, 0u);
          }
          var_l1 = var_i2;
          var_i3 = 0u;
          var_i4 = 32767u;
          var_i5 = 127u;
          var_i6 = var_l4;
          var_i4 = var_i6 ? var_i4 : var_i5;
          var_l6 = var_i4;
          var_i3 -= var_i4;
          var_i2 = (u32)((s32)var_i2 <= (s32)var_i3);
          var_i3 = var_l1;
          var_i4 = var_l6;
          var_i3 = (u32)((s32)var_i3 >= (s32)var_i4);
          var_i2 |= var_i3;
          var_i0 = var_i2 ? var_i0 : var_i1;
          var_l1 = var_i0;
          var_i0 = var_l0;
          var_i1 = 1u;
          var_i0 += var_i1;
          var_l0 = var_i0;
          goto var_L2;
        }
      var_i0 = var_l3;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l3 = var_i0;
      goto var_L0;
    }
  var_i0 = var_l1;
  return var_i0;
}

CORE_FUNCTION void core_removeLabel(u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4;
  u64 var_j1;
  var_i0 = w2c_g3;
  var_i1 = w2c_g3;
  var_i1 = i32_load(var_i1, 28u);
  var_i2 = 1u;
  var_i1 -= var_i2;
  var_l2 = var_i1;
  i32_store(var_i0, 0u + 28, var_i1);
  var_i0 = w2c_g11;
  var_i1 = var_p0;
  var_i2 = 1u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i1 = w2c_g11;
  var_i2 = var_l2;
  var_i3 = 1u;
  var_i2 <<= (var_i3 & 31);
  var_i1 += var_i2;
  var_l5 = var_i1;
  var_i1 = i32_load16_u(var_i1, 0u);
  i32_store16(var_i0, 0u, var_i1);
  var_i0 = var_l5;
  var_i1 = 0u;
  i32_store16(var_i0, 0u, var_i1);
  var_i0 = w2c_g5;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = w2c_g5;
    var_i0 += var_i1;
    var_i1 = w2c_g5;
    var_i2 = var_l2;
    var_i1 += var_i2;
    var_i1 = i32_load8_u(var_i1, 0u);
    i32_store8(var_i0, 0u, var_i1);
    var_L1: 
      var_i0 = var_l3;
      var_i1 = CORE_ADDRESS(16);
      var_i1 = i32_load(var_i1, 0u);
      var_i2 = 7u;
      var_i1 += var_i2;
      var_i2 = 4294967288u;
      var_i1 &= var_i2;
      var_l5 = var_i1;
      var_i0 = var_i0 < var_i1;
      if (var_i0) {
        var_i0 = var_l3;
        var_i1 = w2c_g6;
        var_i2 = var_p0;
        var_i3 = var_l5;
        var_i2 *= var_i3;
        var_i1 += var_i2;
        var_i0 += var_i1;
        var_i1 = var_l3;
        var_i2 = w2c_g6;
        var_i3 = var_l2;
        var_i4 = var_l5;
        var_i3 *= var_i4;
        var_i2 += var_i3;
        var_i1 += var_i2;
        var_j1 = i64_load(var_i1, 0u);
        i64_store(var_i0, 0u, var_j1);
        var_i0 = var_l3;
        var_i1 = w2c_g7;
        var_i2 = var_p0;
        var_i3 = CORE_ADDRESS(16);
        var_i3 = i32_load(var_i3, 0u);
        var_i4 = 7u;
        var_i3 += var_i4;
        var_i4 = 4294967288u;
        var_i3 &= var_i4;
        var_l5 = var_i3;
        var_i2 *= var_i3;
        var_i1 += var_i2;
        var_i0 += var_i1;
        var_i1 = var_l3;
        var_i2 = w2c_g7;
        var_i3 = var_l2;
        var_i4 = var_l5;
        var_i3 *= var_i4;
        var_i2 += var_i3;
        var_i1 += var_i2;
        var_j1 = i64_load(var_i1, 0u);
        i64_store(var_i0, 0u, var_j1);
        var_i0 = var_l3;
        var_i1 = 8u;
        var_i0 += var_i1;
        var_l3 = var_i0;
        goto var_L1;
      }
    var_i0 = w2c_g8;
    var_i1 = var_p0;
    var_i2 = 2u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_i1 = w2c_g8;
    var_i2 = var_l2;
    var_i3 = 2u;
    var_i2 <<= (var_i3 & 31);
    var_i1 += var_i2;
    var_i1 = i32_load(var_i1, 0u);
    i32_store(var_i0, 0u, var_i1);
    var_i0 = w2c_g5;
    var_i1 = var_l2;
    var_i0 += var_i1;
    var_i1 = 0u;
    i32_store8(var_i0, 0u, var_i1);
    var_L3: 
      var_i0 = var_l1;
      var_i1 = CORE_ADDRESS(16);
      var_i1 = i32_load(var_i1, 0u);
      var_i2 = 7u;
      var_i1 += var_i2;
      var_i2 = 4294967288u;
      var_i1 &= var_i2;
      var_l3 = var_i1;
      var_i0 = var_i0 < var_i1;
      if (var_i0) {
        var_i0 = var_l1;
        var_i1 = w2c_g6;
        var_i2 = var_l2;
        var_i3 = var_l3;
        var_i2 *= var_i3;
        var_i1 += var_i2;
        var_i0 += var_i1;
        var_j1 = 0ull;
        i64_store(var_i0, 0u, var_j1);
        var_i0 = var_l1;
        var_i1 = w2c_g7;
        var_i2 = var_l2;
        var_i3 = CORE_ADDRESS(16);
        var_i3 = i32_load(var_i3, 0u);
        var_i4 = 7u;
        var_i3 += var_i4;
        var_i4 = 4294967288u;
        var_i3 &= var_i4;
        var_i2 *= var_i3;
        var_i1 += var_i2;
        var_i0 += var_i1;
        var_j1 = 0ull;
        i64_store(var_i0, 0u, var_j1);
        var_i0 = var_l1;
        var_i1 = 8u;
        var_i0 += var_i1;
        var_l1 = var_i0;
        goto var_L3;
      }
    var_i0 = w2c_g8;
    var_i1 = var_l2;
    var_i2 = 2u;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_i1 = 0u;
    i32_store(var_i0, 0u, var_i1);
  }
  var_L5: 
    var_i0 = var_l4;
    var_i1 = CORE_ADDRESS(24);
    var_i1 = i32_load(var_i1, 0u);
    var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
    if (var_i0) {
      var_i0 = w2c_g12;
      var_i1 = var_l4;
      var_i2 = 6u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_l3 = var_i0;
      var_i0 = i32_load(var_i0, 12u);
      var_i1 = 1u;
      var_i0 <<= (var_i1 & 31);
      var_l5 = var_i0;
      var_i1 = var_p0;
      var_i0 *= var_i1;
      var_i1 = var_l3;
      var_i1 = i32_load(var_i1, 24u);
      var_l1 = var_i1;
      var_i0 += var_i1;
      var_l6 = var_i0;
      var_i0 = var_l1;
      var_i1 = var_l2;
      var_i2 = var_l5;
      var_i1 *= var_i2;
      var_i0 += var_i1;
      var_l7 = var_i0;
      var_i0 = 0u;
      var_l1 = var_i0;
      var_L7: 
        var_i0 = var_l1;
        var_i1 = var_l5;
        var_i0 = var_i0 < var_i1;
        if (var_i0) {
          var_i0 = var_l1;
          var_i1 = var_l6;
          var_i0 += var_i1;
          var_i1 = var_l1;
          var_i2 = var_l7;
          var_i1 += var_i2;
          var_j1 = i64_load(var_i1, 0u);
          i64_store(var_i0, 0u, var_j1);
          var_i0 = var_l1;
          var_i1 = 8u;
          var_i0 += var_i1;
          var_l1 = var_i0;
          goto var_L7;
        }
      var_i0 = var_l3;
      var_i1 = var_l2;
      core_f10(var_i0, var_i1);
      var_i0 = var_l4;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l4 = var_i0;
      goto var_L5;
    }
}

CORE_FUNCTION u32 core_predict(void) {
  u32 var_l0 = 0, var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5;
  var_i0 = CORE_ADDRESS(32);
  var_i0 = i32_load(var_i0, 0u);
  var_i1 = 4u;
  var_i0 &= var_i1;
  if (var_i0) {
    core_f7();
  } else {
    var_i0 = 0u;
    core_f1(var_i0);
  }
  var_i0 = w2c_g5;
  if (var_i0) {
    core_f21();
    core_f6();
  }
  var_L2: 
    var_i0 = var_l0;
    var_i1 = w2c_g3;
    var_i1 = i32_load(var_i1, 28u);
    var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
    if (var_i0) {
      var_i0 = w2c_g22;
      var_i1 = var_l0;
      var_i2 = 2u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_i1 = 0u;
      i32_store(var_i0, 0u, var_i1);
      var_i0 = var_l0;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l0 = var_i0;
      goto var_L2;
    }
  var_i0 = CORE_ADDRESS(24);
  var_i0 = i32_load(var_i0, 0u);
  var_l3 = var_i0;
  var_i0 = 0u;
  var_l0 = var_i0;
  var_L4: 
    var_i0 = var_l0;
    var_i1 = var_l3;
    var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
    if (var_i0) {
      var_i0 = w2c_g12;
      var_i1 = var_l0;
      var_i2 = 6u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_l4 = var_i0;
      var_i1 = w2c_g17;
      var_i2 = w2c_g16;
      var_i3 = var_l0;
      var_i1 = var_i3 ? var_i1 : var_i2;
      core_f12(var_i0, var_i1);
      var_i0 = var_l0;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l2 = var_i0;
      var_i1 = var_l3;
      var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
      if (var_i0) {
        var_i0 = var_l4;
        var_i1 = w2c_g12;
        var_i2 = var_l2;
        var_i3 = 6u;
        var_i2 <<= (var_i3 & 31);
        var_i1 += var_i2;
        core_f13(var_i0, var_i1);
      }
      var_i0 = var_l0;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l0 = var_i0;
      goto var_L4;
    }
  var_i0 = w2c_g5;
  if (var_i0) {
    var_i0 = 0u;
    var_l0 = var_i0;
    var_L8: 
      var_i0 = var_l0;
      var_i1 = w2c_g3;
      var_i1 = i32_load(var_i1, 28u);
      var_i2 = 2u;
      var_i1 <<= (var_i2 & 31);
      var_i0 = var_i0 < var_i1;
      if (var_i0) {
        var_i0 = w2c_g22;
        var_i1 = var_l0;
        var_i0 += var_i1;
        var_l2 = var_i0;
        var_i1 = var_l2;
        var_i1 = i32_load(var_i1, 0u);
        var_i2 = w2c_g25;
        var_i3 = var_l0;
        var_i2 += var_i3;
        var_i2 = i32_load(var_i2, 0u);
        var_i1 += var_i2;
        i32_store(var_i0, 0u, var_i1);
        var_i0 = var_l0;
        var_i1 = 4u;
        var_i0 += var_i1;
        var_l0 = var_i0;
        goto var_L8;
      }
  }
  var_i0 = 1u;
  var_l0 = var_i0;
  var_L10: 
    var_i0 = var_l0;
    var_i1 = w2c_g3;
    var_i1 = i32_load(var_i1, 28u);
    var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
    if (var_i0) {
      var_i0 = var_l0;
      var_i1 = var_l1;
      var_i2 = w2c_g22;
      var_i3 = var_l0;
      var_i4 = 2u;
      var_i3 <<= (var_i4 & 31);
      var_i2 += var_i3;
      var_i2 = i32_load(var_i2, 0u);
      var_i3 = w2c_g22;
      var_i4 = var_l1;
      var_i5 = 2u;
      var_i4 <<= (var_i5 & 31);
      var_i3 += var_i4;
      var_i3 = i32_load(var_i3, 0u);
      var_i2 = (u32)((s32)var_i2 > (s32)var_i3);
      var_i0 = var_i2 ? var_i0 : var_i1;
      var_l1 = var_i0;
      var_i0 = var_l0;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l0 = var_i0;
      goto var_L10;
    }
  var_i0 = var_l1;
  return var_i0;
}

CORE_FUNCTION u32 core_plan(void) {
  u32 var_l0 = 0;
  u32 var_i0;
  var_i0 = core_f11();
  var_l0 = var_i0;
  if (var_i0) {
    var_i0 = var_l0;
    goto var_Bfunc;
  }
  var_i0 = 0u;
  core_f2(var_i0);
  var_i0 = w2c_g2;
  var_Bfunc:;
  return var_i0;
}

CORE_FUNCTION u32 core_logRate(u32 var_p0) {
  u32 var_i0, var_i1, var_i2;
  var_i0 = w2c_g12;
  var_i1 = var_p0;
  var_i2 = 6u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_i0 = i32_load(var_i0, 28u);
  var_p0 = var_i0;
  if (var_i0) {
    var_i0 = var_p0;
    var_i0 = i32_load(var_i0, 0u);
  } else {
    var_i0 = 0u;
  }
  return var_i0;
}

CORE_FUNCTION void core_learnRows(u32 var_p0, u32 var_p1, u32 var_p2) {
  u32 var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0;
  u32 var_i0, var_i1, var_i2;
  var_i0 = CORE_ADDRESS(16);
  var_i0 = i32_load(var_i0, 0u);
  var_l5 = var_i0;
  var_L0: 
    var_i0 = var_p2;
    var_i1 = var_l4;
    var_i0 = (u32)((s32)var_i0 > (s32)var_i1);
    if (var_i0) {
      var_i0 = 0u;
      var_l3 = var_i0;
      var_L2: 
        var_i0 = var_l3;
        var_i1 = var_l5;
        var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
        if (var_i0) {
          var_i0 = var_l3;
          var_i1 = 2u;
          var_i0 <<= (var_i1 & 31);
          var_l6 = var_i0;
          var_i1 = w2c_g13;
          var_i0 += var_i1;
          var_i1 = var_p0;
          var_i2 = var_l6;
          var_i1 += var_i2;
          var_i1 = i32_load(var_i1, 0u);
          i32_store(var_i0, 0u, var_i1);
          var_i0 = var_l3;
          var_i1 = 1u;
          var_i0 += var_i1;
          var_l3 = var_i0;
          goto var_L2;
        }
      var_i0 = var_p0;
      var_i1 = var_l5;
      var_i2 = 2u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_p0 = var_i0;
      var_i0 = var_p1;
      var_i1 = var_l4;
      var_i2 = 2u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_i0 = i32_load(var_i0, 0u);
      var_i0 = core_f9(var_i0);
      var_i0 = var_l4;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l4 = var_i0;
      goto var_L0;
    }
}

CORE_FUNCTION u32 core_learn(u32 var_p0) {
  u32 var_i0;
  var_i0 = var_p0;
  var_i0 = core_f9(var_i0);
  return var_i0;
}

CORE_FUNCTION u32 core_input(void) {
  u32 var_i0;
  var_i0 = w2c_g13;
  return var_i0;
}

CORE_FUNCTION void core_extract(void) {
  u32 var_l0 = 0, var_l1 = 0;
  u32 var_i0, var_i1, var_i2, var_i3;
  var_i0 = 1u;
  var_i1 = 31u;
  var_i2 = CORE_ADDRESS(64);
  var_i2 = i32_load(var_i2, 0u);
  var_i3 = 1u;
  var_i2 -= var_i3;
  var_i2 = I32_CLZ(var_i2);
  var_i1 -= var_i2;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 2u;
  var_i0 += var_i1;
  var_i1 = 2u;
  var_i0 <<= (var_i1 & 31);
  var_l1 = var_i0;
  var_L0: 
    var_i0 = var_l0;
    var_i1 = CORE_ADDRESS(60);
    var_i1 = i32_load(var_i1, 0u);
    var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
    if (var_i0) {
      var_i0 = var_l0;
      var_i1 = w2c_g13;
      var_i2 = var_l0;
      var_i3 = var_l1;
      var_i2 *= var_i3;
      var_i1 += var_i2;
      core_f49(var_i0, var_i1);
      var_i0 = var_l0;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l0 = var_i0;
      goto var_L0;
    }
}

CORE_FUNCTION u32 core_create(void) {
  u32 var_l0 = 0, var_l1 = 0, var_l2 = 0;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4;
  u64 var_j1, var_j2;
  var_i0 = core_f11();
  var_l2 = var_i0;
  if (var_i0) {
    var_i0 = var_l2;
    goto var_Bfunc;
  }
  var_i0 = 0u;
  core_f2(var_i0);
  var_L1: 
    var_i0 = var_l0;
    var_i1 = w2c_g2;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = w2c_g0;
      var_i1 = var_l0;
      var_i0 += var_i1;
      var_j1 = 0ull;
      i64_store(var_i0, 0u, var_j1);
      var_i0 = var_l0;
      var_i1 = 8u;
      var_i0 += var_i1;
      var_l0 = var_i0;
      goto var_L1;
    }
  var_i0 = 1u;
  core_f2(var_i0);
  var_i0 = w2c_g3;
  var_i1 = CORE_ADDRESS(40);
  var_i1 = i32_load(var_i1, 0u);
  i32_store(var_i0, 0u + 20, var_i1);
  var_i0 = w2c_g3;
  var_i1 = 65536u;
  i32_store(var_i0, 0u + 24, var_i1);
  var_i0 = w2c_g3;
  var_i1 = CORE_ADDRESS(20);
  var_i1 = i32_load(var_i1, 0u);
  i32_store(var_i0, 0u + 28, var_i1);
  var_i0 = w2c_g3;
  var_i1 = CORE_ADDRESS(36);
  var_i1 = i32_load(var_i1, 0u);
  var_i2 = 1640531527u;
  var_i1 -= var_i2;
  var_l0 = var_i1;
  var_i2 = 16u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = var_l0;
  var_i1 ^= var_i2;
  var_i2 = 2246822507u;
  var_i1 *= var_i2;
  var_l0 = var_i1;
  var_i2 = 13u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = var_l0;
  var_i1 ^= var_i2;
  var_i2 = 3266489909u;
  var_i1 *= var_i2;
  var_l0 = var_i1;
  var_i2 = 16u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = var_l0;
  var_i1 ^= var_i2;
  var_l0 = var_i1;
  var_i2 = 2654435769u;
  var_i3 = var_l0;
  var_i1 = var_i3 ? var_i1 : var_i2;
  i32_store(var_i0, 0u + 16, var_i1);
  var_i0 = CORE_ADDRESS(32);
  var_i0 = i32_load(var_i0, 0u);
  var_i1 = 4u;
  var_i0 &= var_i1;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_L4: 
      var_i0 = var_l1;
      var_i1 = CORE_ADDRESS(16);
      var_i1 = i32_load(var_i1, 0u);
      var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
      if (var_i0) {
        var_i0 = w2c_g4;
        var_i1 = var_l1;
        var_i2 = 5u;
        var_i1 <<= (var_i2 & 31);
        var_i0 += var_i1;
        var_l0 = var_i0;
        var_i1 = 0u;
        i32_store(var_i0, 0u, var_i1);
        var_i0 = var_l0;
        var_i1 = 0u;
        i32_store(var_i0, 0u + 4, var_i1);
        var_i0 = var_l0;
        var_i1 = 0u;
        i32_store16(var_i0, 0u + 8, var_i1);
        var_i0 = var_l0;
        var_i1 = 0u;
        i32_store16(var_i0, 0u + 10, var_i1);
        var_i0 = var_l0;
        var_i1 = 0u;
        i32_store8(var_i0, 0u + 12, var_i1);
        var_i0 = var_l0;
        var_i1 = 130u;
        i32_store8(var_i0, 0u + 13, var_i1);
        var_i0 = var_l0;
        var_i1 = 0u;
        i32_store16(var_i0, 0u + 14, var_i1);
        var_i0 = var_l0;
        var_i1 = 0u;
        i32_store(var_i0, 0u + 16, var_i1);
        var_i0 = var_l0;
        var_i1 = 0u;
        i32_store(var_i0, 0u + 20, var_i1);
        var_i0 = var_l0;
        var_i1 = 2147483647u;
        i32_store(var_i0, 0u + 24, var_i1);
        var_i0 = var_l0;
        var_i1 = 0u;
        i32_store16(var_i0, 0u + 28, var_i1);
        var_i0 = var_l0;
        var_i1 = 0u;
        i32_store16(var_i0, 0u + 30, var_i1);
        var_i0 = var_l1;
        var_i1 = 1u;
        var_i0 += var_i1;
        var_l1 = var_i0;
        goto var_L4;
      }
  }
  var_i0 = 0u;
  var_l1 = var_i0;
  var_L6: 
    var_i0 = var_l1;
    var_i1 = CORE_ADDRESS(24);
    var_i1 = i32_load(var_i1, 0u);
    var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
    if (var_i0) {
      var_i0 = w2c_g12;
      var_i1 = var_l1;
      var_i2 = 6u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_l0 = var_i0;
      var_i1 = var_l1;
      if (var_i1) {
        var_i1 = 0u;
      } else {
        var_i1 = CORE_ADDRESS(16);
        var_i1 = i32_load(var_i1, 0u);
        var_i2 = 8u;
        var_i1 = (u32)((s32)var_i1 <= (s32)var_i2);
      }
      if (var_i1) {
        var_i1 = 16u;
      } else {
        var_i1 = CORE_ADDRESS(28);
        var_i1 = i32_load(var_i1, 0u);
      }
      var_i2 = 16u;
      var_i1 = var_i1 == var_i2;
      if (var_i1) {
        var_i1 = 12u;
      } else {
        var_i1 = 6u;
        var_i2 = 7u;
        var_i3 = var_l0;
        var_i3 = i32_load(var_i3, 0u);
        var_i4 = 256u;
        var_i3 = (u32)((s32)var_i3 < (s32)var_i4);
        var_i1 = var_i3 ? var_i1 : var_i2;
      }
      i32_store(var_i0, 0u + 40, var_i1);
      var_i0 = var_l0;
      var_i1 = 3u;
      var_i2 = 32u;
      var_i3 = var_l0;
      var_i3 = i32_load(var_i3, 0u);
      var_i3 = I32_CLZ(var_i3);
      var_i2 -= var_i3;
      var_l2 = var_i2;
      var_i3 = var_l2;
      var_i4 = 3u;
      var_i3 = (u32)((s32)var_i3 < (s32)var_i4);
      var_i1 = var_i3 ? var_i1 : var_i2;
      i32_store(var_i0, 0u + 48, var_i1);
      var_i0 = var_l0;
      var_i1 = var_l0;
      var_i1 = i32_load(var_i1, 48u);
      var_i2 = 20u;
      var_i1 += var_i2;
      var_i2 = var_l0;
      var_i2 = i32_load(var_i2, 40u);
      var_i1 -= var_i2;
      i32_store(var_i0, 0u + 44, var_i1);
      var_i0 = var_l0;
      var_j1 = 4294967296ull;
      var_i2 = var_l0;
      var_j2 = i64_load32_s(var_i2, 8u);
      var_j1 = DIV_U(var_j1, var_j2);
      i64_store(var_i0, 0u + 56, var_j1);
      var_i0 = var_l0;
      core_f24(var_i0);
      var_i0 = var_l1;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l1 = var_i0;
      goto var_L6;
    }
  var_i0 = 0u;
  var_Bfunc:;
  return var_i0;
}

CORE_FUNCTION u32 core_config(void) {
  u32 var_i0;
  var_i0 = CORE_ADDRESS(16);
  return var_i0;
}

CORE_FUNCTION u32 core_arena(void) {
  u32 var_i0;
  var_i0 = w2c_g0;
  return var_i0;
}

CORE_FUNCTION u32 core_addLabel(void) {
  u32 var_l0 = 0;
  u32 var_i0, var_i1, var_i2;
  var_i0 = w2c_g3;
  var_i0 = i32_load(var_i0, 28u);
  var_i1 = CORE_ADDRESS(20);
  var_i1 = i32_load(var_i1, 0u);
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = 4294967295u;
    var_l0 = var_i0;
  } else {
    var_i0 = w2c_g3;
    var_i1 = w2c_g3;
    var_i1 = i32_load(var_i1, 28u);
    var_l0 = var_i1;
    var_i2 = 1u;
    var_i1 += var_i2;
    i32_store(var_i0, 0u + 28, var_i1);
  }
  var_i0 = var_l0;
  return var_i0;
}

CORE_FUNCTION void core_adapt(void) {
  u32 var_i0, var_i1;
  var_i0 = CORE_ADDRESS(32);
  var_i0 = i32_load(var_i0, 0u);
  var_i1 = 4u;
  var_i0 &= var_i1;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = 1u;
    core_f1(var_i0);
  }
}

CORE_FUNCTION void core_f48(u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_i7;
  var_i0 = w2c_g3;
  var_i0 = i32_load(var_i0, 28u);
  var_l2 = var_i0;
  var_i0 = w2c_g11;
  var_i1 = var_p0;
  var_i2 = 1u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_p0 = var_i0;
  var_i0 = i32_load16_u(var_i0, 0u);
  var_i1 = 1u;
  var_i0 += var_i1;
  var_l3 = var_i0;
  var_i0 = var_p0;
  var_i1 = var_l3;
  i32_store16(var_i0, 0u, var_i1);
  var_i0 = var_l3;
  var_i1 = 16384u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = 0u;
    var_p0 = var_i0;
    var_L1: 
      var_i0 = var_p0;
      var_i1 = var_l2;
      var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
      if (var_i0) {
        var_i0 = w2c_g11;
        var_i1 = var_p0;
        var_i2 = 1u;
        var_i1 <<= (var_i2 & 31);
        var_i0 += var_i1;
        var_l3 = var_i0;
        var_i1 = var_l3;
        var_i1 = i32_load16_u(var_i1, 0u);
        var_i2 = 1u;
        var_i1 >>= (var_i2 & 31);
        i32_store16(var_i0, 0u, var_i1);
        var_i0 = var_p0;
        var_i1 = 1u;
        var_i0 += var_i1;
        var_p0 = var_i0;
        goto var_L1;
      }
  }
  var_i0 = 0u;
  var_p0 = var_i0;
  var_L3: 
    var_i0 = var_l1;
    var_i1 = var_l2;
    var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
    if (var_i0) {
      var_i0 = var_p0;
      var_i1 = w2c_g11;
      var_i2 = var_l1;
      var_i3 = 1u;
      var_i2 <<= (var_i3 & 31);
      var_i1 += var_i2;
      var_i1 = i32_load16_u(var_i1, 0u);
      var_l3 = var_i1;
      var_i2 = var_p0;
      var_i3 = var_l3;
      var_i2 = var_i2 > var_i3;
      var_i0 = var_i2 ? var_i0 : var_i1;
      var_p0 = var_i0;
      var_i0 = var_l1;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l1 = var_i0;
      goto var_L3;
    }
  var_i0 = 0u;
  var_i1 = var_p0;
  var_i2 = 16u;
  var_i1 += var_i2;
  var_p0 = var_i1;
  var_i1 = I32_CLZ(var_i1);
  var_l1 = var_i1;
  var_i0 -= var_i1;
  var_i1 = 10u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = var_p0;
  var_i2 = var_l1;
  var_i1 <<= (var_i2 & 31);
  var_i2 = 15u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = 65535u;
  var_i1 &= var_i2;
  var_l1 = var_i1;
  var_i2 = 27722u;
  var_i3 = var_l1;
  var_i4 = 10453u;
  var_i3 *= var_i4;
  var_i4 = 16u;
  var_i3 >>= (var_i4 & 31);
  var_i2 -= var_i3;
  var_i3 = var_l1;
  var_i4 = 65536u;
  var_i5 = var_l1;
  var_i4 -= var_i5;
  var_i3 *= var_i4;
  var_i4 = 16u;
  var_i3 >>= (var_i4 & 31);
  var_i2 *= var_i3;
  var_i3 = 16u;
  var_i2 >>= (var_i3 & 31);
  var_i1 += var_i2;
  var_i2 = 32u;
  var_i1 += var_i2;
  var_i2 = 6u;
  var_i1 >>= (var_i2 & 31);
  var_i0 += var_i1;
  var_i1 = 29696u;
  var_i0 += var_i1;
  var_l3 = var_i0;
  var_i0 = 0u;
  var_l1 = var_i0;
  var_L5: 
    var_i0 = var_l1;
    var_i1 = var_l2;
    var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
    if (var_i0) {
      var_i0 = var_l1;
      var_i1 = 1u;
      var_i0 <<= (var_i1 & 31);
      var_l4 = var_i0;
      var_i1 = w2c_g24;
      var_i0 += var_i1;
      var_i1 = w2c_g11;
      var_i2 = var_l4;
      var_i1 += var_i2;
      var_i1 = i32_load16_u(var_i1, 0u);
      var_l4 = var_i1;
      var_i2 = 0u;
      var_i1 = var_i1 != var_i2;
      var_l5 = var_i1;
      if (var_i1) {
        var_i1 = var_l4;
        var_i2 = 16u;
        var_i1 += var_i2;
        var_i2 = 2u;
        var_i1 <<= (var_i2 & 31);
        var_i2 = var_p0;
        var_i1 = var_i1 < var_i2;
      } else {
        var_i1 = var_l5;
      }
      if (var_i1) {
        var_i1 = var_l3;
        var_i2 = 31u;
        var_i3 = var_l4;
        var_i4 = 16u;
        var_i3 += var_i4;
        var_l4 = var_i3;
        var_i3 = I32_CLZ(var_i3);
        var_l5 = var_i3;
        var_i2 -= var_i3;
        var_i3 = 10u;
        var_i2 <<= (var_i3 & 31);
        var_i3 = var_l4;
        var_i4 = var_l5;
        var_i3 <<= (var_i4 & 31);
        var_i4 = 15u;
        var_i3 >>= (var_i4 & 31);
        var_i4 = 65535u;
        var_i3 &= var_i4;
        var_l4 = var_i3;
        var_i4 = 27722u;
        var_i5 = var_l4;
        var_i6 = 10453u;
        var_i5 *= var_i6;
        var_i6 = 16u;
        var_i5 >>= (var_i6 & 31);
        var_i4 -= var_i5;
        var_i5 = var_l4;
        var_i6 = 65536u;
        var_i7 = var_l4;
        var_i6 -= var_i7;
        var_i5 *= var_i6;
        var_i6 = 16u;
        var_i5 >>= (var_i6 & 31);
        var_i4 *= var_i5;
        var_i5 = 16u;
        var_i4 >>= (var_i5 & 31);
        var_i3 += var_i4;
        var_i4 = 32u;
        var_i3 += var_i4;
        var_i4 = 6u;
        var_i3 >>= (var_i4 & 31);
        var_i2 += var_i3;
        var_i1 -= var_i2;
        var_i2 = 3u;
        var_i1 *= var_i2;
        var_i2 = 2u;
        var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
      } else {
        var_i1 = 0u;
      }
      i32_store16(var_i0, 0u, var_i1);
      var_i0 = var_l1;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l1 = var_i0;
      goto var_L5;
    }
  var_i0 = w2c_g24;
  w2c_g29 = var_i0;
}

CORE_FUNCTION void core_f49(u32 var_p0, u32 var_p1) {
  u32 var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0, var_l8 = 0, var_l9 = 0, 
      var_l10 = 0, var_l11 = 0, var_l12 = 0, var_l13 = 0, var_l14 = 0, var_l15 = 0, var_l16 = 0, var_l17 = 0, 
      var_l18 = 0;
  u64 var_l19 = 0;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5;
  u64 var_j0, var_j1, var_j2;
  var_i0 = CORE_ADDRESS(60);
  var_i0 = i32_load(var_i0, 0u);
  var_i1 = 2u;
  var_i0 <<= (var_i1 & 31);
  var_l10 = var_i0;
  var_i0 = 1u;
  var_i1 = 31u;
  var_i2 = CORE_ADDRESS(64);
  var_i2 = i32_load(var_i2, 0u);
  var_l9 = var_i2;
  var_i3 = 1u;
  var_i2 -= var_i3;
  var_i2 = I32_CLZ(var_i2);
  var_i1 -= var_i2;
  var_i0 <<= (var_i1 & 31);
  var_l18 = var_i0;
  var_i0 = w2c_g14;
  var_i1 = var_p0;
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i0 += var_i1;
  var_p0 = var_i0;
  var_l7 = var_i0;
  var_L0: 
    var_i0 = var_l5;
    var_i1 = var_l9;
    var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
    if (var_i0) {
      var_i0 = var_l7;
      var_i0 = i32_load(var_i0, 0u);
      var_i1 = 23u;
      var_i0 >>= (var_i1 & 31);
      var_i1 = 255u;
      var_i0 &= var_i1;
      var_l6 = var_i0;
      var_i1 = 255u;
      var_i0 = var_i0 != var_i1;
      if (var_i0) {
        var_i0 = var_l12;
        var_i1 = 1u;
        var_i0 += var_i1;
        var_l12 = var_i0;
        var_i0 = var_l2;
        var_i1 = var_l6;
        var_i2 = var_l2;
        var_i3 = var_l6;
        var_i2 = (u32)((s32)var_i2 > (s32)var_i3);
        var_i0 = var_i2 ? var_i0 : var_i1;
        var_l2 = var_i0;
      }
      var_i0 = var_l5;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l5 = var_i0;
      var_i0 = var_l7;
      var_i1 = var_l10;
      var_i0 += var_i1;
      var_l7 = var_i0;
      goto var_L0;
    }
  var_i0 = var_l12;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = 0u;
    var_p0 = var_i0;
    var_L4: 
      var_i0 = var_p0;
      var_i1 = var_l18;
      var_i2 = 2u;
      var_i1 += var_i2;
      var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
      if (var_i0) {
        var_i0 = var_p1;
        var_i1 = var_p0;
        var_i2 = 2u;
        var_i1 <<= (var_i2 & 31);
        var_i0 += var_i1;
        var_i1 = 2143289344u;
        i32_store(var_i0, 0u, var_i1);
        var_i0 = var_p0;
        var_i1 = 1u;
        var_i0 += var_i1;
        var_p0 = var_i0;
        goto var_L4;
      }
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_l5 = var_i0;
  var_L6: 
    var_i0 = var_l3;
    var_i1 = var_l9;
    var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
    if (var_i0) {
      var_i0 = var_l5;
      var_i0 = i32_load(var_i0, 0u);
      var_l7 = var_i0;
      var_i1 = 23u;
      var_i0 >>= (var_i1 & 31);
      var_i1 = 255u;
      var_i0 &= var_i1;
      var_l6 = var_i0;
      var_i1 = 255u;
      var_i0 = var_i0 != var_i1;
      if (var_i0) {
        var_i0 = var_l6;
        if (var_i0) {
          var_i0 = 0u;
          var_i1 = var_l2;
          var_i2 = var_l6;
          var_i1 -= var_i2;
          var_i2 = 2u;
          var_i1 += var_i2;
          var_l6 = var_i1;
          var_i2 = 24u;
          var_i1 = (u32)((s32)var_i1 > (s32)var_i2);
          if (var_i1) {
            var_i1 = 0u;
          } else {
            var_i1 = var_l7;
            var_i2 = 8388607u;
            var_i1 &= var_i2;
            var_i2 = 8388608u;
            var_i1 |= var_i2;
            var_i2 = var_l6;
            var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
          }
          var_l6 = var_i1;
          var_i0 -= var_i1;
          var_i1 = var_l6;
          var_i2 = var_l7;
          var_i3 = 0u;
          var_i2 = (u32)((s32)var_i2 < (s32)var_i3);
          var_i0 = var_i2 ? var_i0 : var_i1;
        } else {
          var_i0 = 0u;
        }
        var_i1 = var_l4;
        var_i0 += var_i1;
        var_l4 = var_i0;
      }
      var_i0 = var_l3;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l3 = var_i0;
      var_i0 = var_l5;
      var_i1 = var_l10;
      var_i0 += var_i1;
      var_l5 = var_i0;
      goto var_L6;
    }
  var_i0 = var_l4;
  var_i1 = var_l12;
  var_i0 = I32_DIV_S(var_i0, var_i1);
  var_l8 = var_i0;
  var_i0 = 0u;
  var_l3 = var_i0;
  var_i0 = 0u;
  var_l4 = var_i0;
  var_i0 = var_p0;
  var_l5 = var_i0;
  var_L11: 
    var_i0 = var_l4;
    var_i1 = var_l9;
    var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
    if (var_i0) {
      var_i0 = var_l5;
      var_i0 = i32_load(var_i0, 0u);
      var_l7 = var_i0;
      var_i1 = 23u;
      var_i0 >>= (var_i1 & 31);
      var_i1 = 255u;
      var_i0 &= var_i1;
      var_l6 = var_i0;
      var_i1 = 255u;
      var_i0 = var_i0 != var_i1;
      if (var_i0) {
        var_j0 = var_l19;
        var_i1 = var_l6;
        if (var_i1) {
          var_i1 = 0u;
          var_i2 = var_l2;
          var_i3 = var_l6;
          var_i2 -= var_i3;
          var_i3 = 2u;
          var_i2 += var_i3;
          var_l6 = var_i2;
          var_i3 = 24u;
          var_i2 = (u32)((s32)var_i2 > (s32)var_i3);
          if (var_i2) {
            var_i2 = 0u;
          } else {
            var_i2 = var_l7;
            var_i3 = 8388607u;
            var_i2 &= var_i3;
            var_i3 = 8388608u;
            var_i2 |= var_i3;
            var_i3 = var_l6;
            var_i2 = (u32)((s32)var_i2 >> (var_i3 & 31));
          }
          var_l6 = var_i2;
          var_i1 -= var_i2;
          var_i2 = var_l6;
          var_i3 = var_l7;
          var_i4 = 0u;
          var_i3 = (u32)((s32)var_i3 < (s32)var_i4);
          var_i1 = var_i3 ? var_i1 : var_i2;
        } else {
          var_i1 = 0u;
        }
        var_i2 = var_l8;
        var_i1 -= var_i2;
        var_l6 = var_i1;
        var_j1 = (u64)(s64)(s32)(var_i1);
        var_l19 = var_j1;
        var_j2 = var_l19;
        var_j1 *= var_j2;
        var_j0 += var_j1;
        var_l19 = var_j0;
        var_i0 = var_l3;
        var_i1 = 0u;
        var_i2 = var_l6;
        var_i1 -= var_i2;
        var_i2 = var_l6;
        var_i3 = var_l6;
        var_i4 = 0u;
        var_i3 = (u32)((s32)var_i3 < (s32)var_i4);
        var_i1 = var_i3 ? var_i1 : var_i2;
        var_l6 = var_i1;
        var_i2 = var_l3;
        var_i3 = var_l6;
        var_i2 = (u32)((s32)var_i2 > (s32)var_i3);
        var_i0 = var_i2 ? var_i0 : var_i1;
        var_l3 = var_i0;
      }
      var_i0 = var_l4;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l4 = var_i0;
      var_i0 = var_l5;
      var_i1 = var_l10;
      var_i0 += var_i1;
      var_l5 = var_i0;
      goto var_L11;
    }
  var_i0 = var_l2;
  var_i1 = 148u;
  var_i0 -= var_i1;
  var_l11 = var_i0;
  var_i0 = var_p1;
  var_l6 = var_i0;
  var_i1 = 0u;
  var_i2 = 0u;
  var_i3 = var_l8;
  var_i2 -= var_i3;
  var_i3 = var_l8;
  var_i4 = var_l8;
  var_i5 = 0u;
  var_i4 = (u32)((s32)var_i4 < (s32)var_i5);
  var_i2 = var_i4 ? var_i2 : var_i3;
  var_l5 = var_i2;
  var_i2 = !(var_i2);
  if (var_i2) {goto var_B16;}
  var_i1 = 0u;
  var_i2 = var_l11;
  var_i3 = 150u;
  var_i2 += var_i3;
  var_i3 = var_l5;
  var_i3 = I32_CLZ(var_i3);
  var_i4 = 8u;
  var_i3 -= var_i4;
  var_l4 = var_i3;
  var_i2 -= var_i3;
  var_p1 = var_i2;
  var_i3 = 0u;
  var_i2 = (u32)((s32)var_i2 <= (s32)var_i3);
  if (var_i2) {goto var_B16;}
  var_i1 = 2139095039u;
  var_i2 = var_p1;
  var_i3 = 254u;
  var_i2 = (u32)((s32)var_i2 > (s32)var_i3);
  if (var_i2) {goto var_B16;}
  var_i1 = var_l5;
  var_i2 = var_l4;
  var_i1 <<= (var_i2 & 31);
  var_i2 = 8388607u;
  var_i1 &= var_i2;
  var_i2 = var_p1;
  var_i3 = 23u;
  var_i2 <<= (var_i3 & 31);
  var_i1 |= var_i2;
  var_B16:;
  var_i2 = 2147483648u;
  var_i3 = 0u;
  var_i4 = var_l8;
  var_i5 = 0u;
  var_i4 = (u32)((s32)var_i4 < (s32)var_i5);
  var_i2 = var_i4 ? var_i2 : var_i3;
  var_i1 |= var_i2;
  i32_store(var_i0, 0u, var_i1);
  var_i0 = var_l6;
  var_j1 = var_l19;
  var_i2 = var_l12;
  var_j2 = (u64)(s64)(s32)(var_i2);
  var_j1 = DIV_U(var_j1, var_j2);
  var_i2 = var_l11;
  var_i1 = core_f16(var_j1, var_i2);
  i32_store(var_i0, 0u + 4, var_i1);
  var_i0 = 32u;
  var_i1 = var_l18;
  var_i1 = I32_CLZ(var_i1);
  var_i0 -= var_i1;
  var_p1 = var_i0;
  var_i0 = 18u;
  var_i1 = var_l3;
  var_i1 = I32_CLZ(var_i1);
  var_i0 -= var_i1;
  var_l17 = var_i0;
  var_i0 = 0u;
  var_l5 = var_i0;
  var_L17: 
    var_i0 = var_l5;
    var_i1 = 1u;
    var_i2 = var_p1;
    var_i1 <<= (var_i2 & 31);
    var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
    if (var_i0) {
      var_i0 = w2c_g15;
      var_i1 = var_l5;
      var_i2 = 2u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_i1 = 0u;
      i32_store(var_i0, 0u, var_i1);
      var_i0 = var_l5;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l5 = var_i0;
      goto var_L17;
    }
  var_i0 = 0u;
  var_l3 = var_i0;
  var_L19: 
    var_i0 = var_l3;
    var_i1 = var_l9;
    var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
    if (var_i0) {
      var_i0 = var_p0;
      var_i0 = i32_load(var_i0, 0u);
      var_l5 = var_i0;
      var_i1 = 23u;
      var_i0 >>= (var_i1 & 31);
      var_i1 = 255u;
      var_i0 &= var_i1;
      var_l4 = var_i0;
      var_i1 = 255u;
      var_i0 = var_i0 != var_i1;
      if (var_i0) {
        var_i0 = var_l4;
        if (var_i0) {
          var_i0 = 0u;
          var_i1 = var_l2;
          var_i2 = var_l4;
          var_i1 -= var_i2;
          var_i2 = 2u;
          var_i1 += var_i2;
          var_l4 = var_i1;
          var_i2 = 24u;
          var_i1 = (u32)((s32)var_i1 > (s32)var_i2);
          if (var_i1) {
            var_i1 = 0u;
          } else {
            var_i1 = var_l5;
            var_i2 = 8388607u;
            var_i1 &= var_i2;
            var_i2 = 8388608u;
            var_i1 |= var_i2;
            var_i2 = var_l4;
            var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
          }
          var_l4 = var_i1;
          var_i0 -= var_i1;
          var_i1 = var_l4;
          var_i2 = var_l5;
          var_i3 = 0u;
          var_i2 = (u32)((s32)var_i2 < (s32)var_i3);
          var_i0 = var_i2 ? var_i0 : var_i1;
        } else {
          var_i0 = 0u;
        }
        var_i1 = var_l8;
        var_i0 -= var_i1;
        var_l7 = var_i0;
        var_i0 = 0u;
        var_l4 = var_i0;
        var_i0 = 0u;
        var_l5 = var_i0;
        var_L24: 
          var_i0 = var_p1;
          var_i1 = var_l5;
          var_i0 = (u32)((s32)var_i0 > (s32)var_i1);
          if (var_i0) {
            var_i0 = var_l4;
            var_i1 = var_l3;
            var_i2 = var_l5;
            var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
            var_i2 = 1u;
            var_i1 &= var_i2;
            var_i2 = var_p1;
            var_i3 = 1u;
            var_i2 -= var_i3;
            var_i3 = var_l5;
            var_i2 -= var_i3;
            var_i1 <<= (var_i2 & 31);
            var_i0 |= var_i1;
            var_l4 = var_i0;
            var_i0 = var_l5;
            var_i1 = 1u;
            var_i0 += var_i1;
            var_l5 = var_i0;
            goto var_L24;
          }
        var_i0 = w2c_g15;
        var_i1 = var_l4;
        var_i2 = 2u;
        var_i1 <<= (var_i2 & 31);
        var_i0 += var_i1;
        var_i1 = var_l7;
        var_i2 = var_l17;
        var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
        var_i2 = var_l7;
        var_i3 = 0u;
        var_i4 = var_l17;
        var_i3 -= var_i4;
        var_i2 <<= (var_i3 & 31);
        var_i3 = var_l17;
        var_i4 = 0u;
        var_i3 = (u32)((s32)var_i3 > (s32)var_i4);
        var_i1 = var_i3 ? var_i1 : var_i2;
        i32_store16(var_i0, 0u, var_i1);
      }
      var_i0 = var_l3;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l3 = var_i0;
      var_i0 = var_p0;
      var_i1 = var_l10;
      var_i0 += var_i1;
      var_p0 = var_i0;
      goto var_L19;
    }
  var_i0 = var_p1;
  var_l2 = var_i0;
  var_i0 = 0u;
  var_l3 = var_i0;
  var_L26: 
    var_i0 = var_l2;
    var_i1 = var_l3;
    var_i0 = (u32)((s32)var_i0 > (s32)var_i1);
    if (var_i0) {
      var_i0 = 1u;
      var_i1 = var_l3;
      var_i0 <<= (var_i1 & 31);
      var_l10 = var_i0;
      var_i0 = 128u;
      var_i1 = var_l3;
      var_i0 = (u32)((s32)var_i0 >> (var_i1 & 31));
      var_l9 = var_i0;
      var_i0 = 0u;
      var_p0 = var_i0;
      var_L28: 
        var_i0 = var_p0;
        var_i1 = var_l10;
        var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
        if (var_i0) {
          var_i0 = 0u;
          var_i1 = var_p0;
          var_i2 = var_l9;
          var_i1 *= var_i2;
          var_l5 = var_i1;
          var_i2 = 64u;
          var_i1 += var_i2;
          var_l4 = var_i1;
          var_i2 = 127u;
          var_i1 &= var_i2;
          var_p1 = var_i1;
          var_i2 = 128u;
          var_i3 = var_p1;
          var_i2 -= var_i3;
          var_i3 = var_p1;
          var_i4 = 64u;
          var_i3 = var_i3 <= var_i4;
          var_i1 = var_i3 ? var_i1 : var_i2;
          var_i2 = 1u;
          var_i1 <<= (var_i2 & 31);
          var_i2 = CORE_ADDRESS(112);
          var_i1 += var_i2;
          var_i1 = i32_load16_s(var_i1, 0u);
          var_p1 = var_i1;
          var_i0 -= var_i1;
          var_i1 = var_p1;
          var_i2 = var_l4;
          var_i3 = 128u;
          var_i2 &= var_i3;
          var_i0 = var_i2 ? var_i0 : var_i1;
          var_l16 = var_i0;
          var_i0 = 0u;
          var_i1 = 0u;
          var_i2 = var_l5;
          var_i3 = 127u;
          var_i2 &= var_i3;
          var_p1 = var_i2;
          var_i3 = 128u;
          var_i4 = var_p1;
          var_i3 -= var_i4;
          var_i4 = var_p1;
          var_i5 = 64u;
          var_i4 = var_i4 <= var_i5;
          var_i2 = var_i4 ? var_i2 : var_i3;
          var_i3 = 1u;
          var_i2 <<= (var_i3 & 31);
          var_i3 = CORE_ADDRESS(112);
          var_i2 += var_i3;
          var_i2 = i32_load16_s(var_i2, 0u);
          var_p1 = var_i2;
          var_i1 -= var_i2;
          var_i2 = var_p1;
          var_i3 = var_l5;
          var_i4 = 128u;
          var_i3 &= var_i4;
          var_i1 = var_i3 ? var_i1 : var_i2;
          var_i0 -= var_i1;
          var_l15 = var_i0;
          var_i0 = var_p0;
          var_p1 = var_i0;
          var_L30: 
            var_i0 = var_p1;
            var_i1 = 1u;
            var_i2 = var_l2;
            var_i1 <<= (var_i2 & 31);
            var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
            if (var_i0) {
              var_i0 = w2c_g15;
              var_i1 = var_p1;
              var_i2 = 2u;
              var_i1 <<= (var_i2 & 31);
              var_i0 += var_i1;
              var_l14 = var_i0;
              var_i1 = var_l10;
              var_i2 = 2u;
              var_i1 <<= (var_i2 & 31);
              var_i0 += var_i1;
              var_l13 = var_i0;
              var_i0 = i32_load16_s(var_i0, 0u);
              var_l12 = var_i0;
              var_i0 = var_l14;
              var_i0 = i32_load16_s(var_i0, 2u);
              var_i1 = 1u;
              var_i0 += var_i1;
              var_l8 = var_i0;
              var_i0 = var_l14;
              var_i1 = var_l12;
              var_i2 = var_l16;
              var_i1 *= var_i2;
              var_i2 = var_l13;
              var_i2 = i32_load16_s(var_i2, 2u);
              var_l4 = var_i2;
              var_i3 = var_l15;
              var_i2 *= var_i3;
              var_i1 -= var_i2;
              var_i2 = 16384u;
              var_i1 += var_i2;
              var_i2 = 15u;
              var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
              var_l7 = var_i1;
              var_i2 = var_l14;
              var_i2 = i32_load16_s(var_i2, 0u);
              var_i3 = 1u;
              var_i2 += var_i3;
              var_l5 = var_i2;
              var_i1 += var_i2;
              var_i2 = 1u;
              var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
              i32_store16(var_i0, 0u, var_i1);
              var_i0 = var_l14;
              var_i1 = var_l12;
              var_i2 = var_l15;
              var_i1 *= var_i2;
              var_i2 = var_l4;
              var_i3 = var_l16;
              var_i2 *= var_i3;
              var_i1 += var_i2;
              var_i2 = 16384u;
              var_i1 += var_i2;
              var_i2 = 15u;
              var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
              var_l4 = var_i1;
              var_i2 = var_l8;
              var_i1 += var_i2;
              var_i2 = 1u;
              var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
              i32_store16(var_i0, 0u + 2, var_i1);
              var_i0 = var_l13;
              var_i1 = var_l5;
              var_i2 = var_l7;
              var_i1 -= var_i2;
              var_i2 = 1u;
              var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
              i32_store16(var_i0, 0u, var_i1);
              var_i0 = var_l13;
              var_i1 = var_l8;
              var_i2 = var_l4;
              var_i1 -= var_i2;
              var_i2 = 1u;
              var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
              i32_store16(var_i0, 0u + 2, var_i1);
              var_i0 = var_p1;
              var_i1 = var_l10;
              var_i2 = 1u;
              var_i1 <<= (var_i2 & 31);
              var_i0 += var_i1;
              var_p1 = var_i0;
              goto var_L30;
            }
          var_i0 = var_p0;
          var_i1 = 1u;
          var_i0 += var_i1;
          var_p0 = var_i0;
          goto var_L28;
        }
      var_i0 = var_l3;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l3 = var_i0;
      goto var_L26;
    }
  var_i0 = 1u;
  var_p0 = var_i0;
  var_L32: 
    var_i0 = var_p0;
    var_i1 = var_l18;
    var_i0 = (u32)((s32)var_i0 <= (s32)var_i1);
    if (var_i0) {
      var_i0 = var_l6;
      var_i1 = var_p0;
      var_i2 = 1u;
      var_i1 += var_i2;
      var_p1 = var_i1;
      var_i2 = 2u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_i1 = w2c_g15;
      var_i2 = var_p0;
      var_i3 = 2u;
      var_i2 <<= (var_i3 & 31);
      var_i1 += var_i2;
      var_l2 = var_i1;
      var_i1 = i32_load16_s(var_i1, 0u);
      var_p0 = var_i1;
      var_i2 = var_p0;
      var_i1 *= var_i2;
      var_i2 = var_l2;
      var_i2 = i32_load16_s(var_i2, 2u);
      var_p0 = var_i2;
      var_i3 = var_p0;
      var_i2 *= var_i3;
      var_i1 += var_i2;
      var_j1 = (u64)(s64)(s32)(var_i1);
      var_i2 = var_l11;
      var_i3 = var_l17;
      var_i2 += var_i3;
      var_i1 = core_f16(var_j1, var_i2);
      i32_store(var_i0, 0u, var_i1);
      var_i0 = var_p1;
      var_p0 = var_i0;
      goto var_L32;
    }
  var_Bfunc:;
}

CORE_FUNCTION void core_f50(u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0, var_l8 = 0, 
      var_l9 = 0, var_l10 = 0, var_l11 = 0, var_l12 = 0;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5;
  u64 var_j0;
  var_i0 = w2c_g3;
  var_j0 = i64_load(var_i0, 0u);
  var_i0 = (u32)(var_j0);
  var_i1 = 2654435769u;
  var_i0 *= var_i1;
  var_l4 = var_i0;
  var_i0 = w2c_g5;
  var_i1 = var_p0;
  var_i0 += var_i1;
  var_i0 = i32_load8_u(var_i0, 0u);
  var_l5 = var_i0;
  if (var_i0) {
    var_i0 = var_p0;
    var_i0 = core_f18(var_i0);
    var_l1 = var_i0;
    var_i1 = 4294967295u;
    var_i0 = var_i0 == var_i1;
    if (var_i0) {
      goto var_Bfunc;
    }
    var_i0 = w2c_g3;
    var_i0 = i32_load16_u(var_i0, 42u);
    var_l6 = var_i0;
    var_i1 = 8u;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = 32u;
    } else {
      var_i0 = var_l6;
      var_i1 = 32u;
      var_i0 = var_i0 < var_i1;
      if (var_i0) {
        var_i0 = 16u;
      } else {
        var_i0 = var_l6;
        var_i1 = 64u;
        var_i0 = var_i0 < var_i1;
        if (var_i0) {
          var_i0 = 8u;
        } else {
          var_i0 = var_l6;
          var_i1 = 128u;
          var_i0 = var_i0 < var_i1;
          if (var_i0) {
            var_i0 = 4u;
          } else {
            var_i0 = 2u;
            var_i1 = 1u;
            var_i2 = var_l6;
            var_i3 = 512u;
            var_i2 = var_i2 < var_i3;
            var_i0 = var_i2 ? var_i0 : var_i1;
          }
        }
      }
    }
    var_l7 = var_i0;
    var_i0 = var_l6;
    if (var_i0) {
      var_i0 = var_l7;
      var_i1 = 8u;
      var_i2 = 4294967288u;
      var_i3 = w2c_g3;
      var_i3 = i32_load16_s(var_i3, 36u);
      var_i3 = (u32)(s32)(s16)(u16)(var_i3);
      var_l2 = var_i3;
      var_i4 = var_l1;
      var_i3 = (u32)((s32)var_i3 < (s32)var_i4);
      var_i1 = var_i3 ? var_i1 : var_i2;
      var_i0 *= var_i1;
      var_i1 = var_l2;
      var_i0 += var_i1;
      var_l2 = var_i0;
      var_i1 = 0u;
      var_i2 = var_l2;
      var_i3 = 0u;
      var_i2 = (u32)((s32)var_i2 >= (s32)var_i3);
      var_i0 = var_i2 ? var_i0 : var_i1;
    } else {
      var_i0 = var_l1;
    }
    var_l2 = var_i0;
    var_i0 = var_l6;
    var_i1 = 64u;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_l2;
      var_i1 = 768u;
      var_i0 += var_i1;
    } else {
      var_i0 = var_l2;
      var_i1 = 384u;
      var_i0 += var_i1;
      var_l8 = var_i0;
      var_i1 = var_l7;
      var_i2 = 18u;
      var_i3 = 4294967294u;
      var_i4 = w2c_g3;
      var_i4 = i32_load16_s(var_i4, 38u);
      var_i4 = (u32)(s32)(s16)(u16)(var_i4);
      var_l9 = var_i4;
      var_i5 = var_l1;
      var_i4 = (u32)((s32)var_i4 < (s32)var_i5);
      var_i2 = var_i4 ? var_i2 : var_i3;
      var_i1 *= var_i2;
      var_i2 = var_l9;
      var_i1 += var_i2;
      var_l9 = var_i1;
      var_i2 = var_l8;
      var_i3 = var_l9;
      var_i2 = (u32)((s32)var_i2 > (s32)var_i3);
      var_i0 = var_i2 ? var_i0 : var_i1;
    }
    var_l8 = var_i0;
    var_i0 = var_l6;
    var_i1 = 64u;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = var_l8;
      var_i1 = 512u;
      var_i0 += var_i1;
    } else {
      var_i0 = var_l8;
      var_i1 = 256u;
      var_i0 += var_i1;
      var_l9 = var_i0;
      var_i1 = var_l7;
      var_i2 = 49u;
      var_i3 = 4294967295u;
      var_i4 = w2c_g3;
      var_i4 = i32_load16_s(var_i4, 40u);
      var_i4 = (u32)(s32)(s16)(u16)(var_i4);
      var_l7 = var_i4;
      var_i5 = var_l1;
      var_i4 = (u32)((s32)var_i4 < (s32)var_i5);
      var_i2 = var_i4 ? var_i2 : var_i3;
      var_i1 *= var_i2;
      var_i2 = var_l7;
      var_i1 += var_i2;
      var_l1 = var_i1;
      var_i2 = var_l1;
      var_i3 = var_l9;
      var_i2 = (u32)((s32)var_i2 < (s32)var_i3);
      var_i0 = var_i2 ? var_i0 : var_i1;
    }
    var_l1 = var_i0;
    var_i0 = w2c_g3;
    var_i1 = var_l2;
    i32_store16(var_i0, 0u + 36, var_i1);
    var_i0 = w2c_g3;
    var_i1 = var_l8;
    i32_store16(var_i0, 0u + 38, var_i1);
    var_i0 = w2c_g3;
    var_i1 = var_l1;
    i32_store16(var_i0, 0u + 40, var_i1);
    var_i0 = var_l6;
    var_i1 = 512u;
    var_i0 = var_i0 < var_i1;
    if (var_i0) {
      var_i0 = w2c_g3;
      var_i1 = var_l6;
      var_i2 = 1u;
      var_i1 += var_i2;
      i32_store16(var_i0, 0u + 42, var_i1);
    }
  }
  var_i0 = var_p0;
  var_i1 = CORE_ADDRESS(16);
  var_i1 = i32_load(var_i1, 0u);
  var_l2 = var_i1;
  var_i2 = 7u;
  var_i1 += var_i2;
  var_i2 = 4294967288u;
  var_i1 &= var_i2;
  var_i0 *= var_i1;
  var_l1 = var_i0;
  var_i1 = w2c_g6;
  var_i0 += var_i1;
  var_l6 = var_i0;
  var_i0 = w2c_g7;
  var_i1 = var_l1;
  var_i0 += var_i1;
  var_l7 = var_i0;
  var_i0 = 4u;
  var_i1 = 3u;
  var_i2 = CORE_ADDRESS(32);
  var_i2 = i32_load(var_i2, 0u);
  var_i3 = 4u;
  var_i2 &= var_i3;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_l8 = var_i0;
  var_i0 = var_l5;
  var_i0 = !(var_i0);
  var_l9 = var_i0;
  var_i0 = w2c_g5;
  var_i1 = var_p0;
  var_i0 += var_i1;
  var_i1 = 32u;
  var_i2 = var_l5;
  var_i3 = 1u;
  var_i2 += var_i3;
  var_l1 = var_i2;
  var_i3 = var_l1;
  var_i4 = 32u;
  var_i3 = (u32)((s32)var_i3 >= (s32)var_i4);
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_l1 = var_i1;
  i32_store8(var_i0, 0u, var_i1);
  var_i0 = 65536u;
  var_i1 = var_l1;
  var_i0 = I32_DIV_S(var_i0, var_i1);
  var_l5 = var_i0;
  var_i0 = 65536u;
  var_i1 = 32u;
  var_i2 = var_l1;
  var_i3 = 2u;
  var_i2 += var_i3;
  var_l1 = var_i2;
  var_i3 = var_l1;
  var_i4 = 32u;
  var_i3 = (u32)((s32)var_i3 >= (s32)var_i4);
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_i0 = I32_DIV_S(var_i0, var_i1);
  var_l10 = var_i0;
  var_L10: 
    var_i0 = var_l2;
    var_i1 = var_l3;
    var_i0 = var_i0 > var_i1;
    if (var_i0) {
      var_i0 = var_l9;
      if (var_i0) {
        var_i0 = var_l3;
        var_i1 = var_l7;
        var_i0 += var_i1;
        var_i1 = 8u;
        i32_store8(var_i0, 0u, var_i1);
      }
      var_i0 = w2c_g26;
      var_i1 = var_l3;
      var_i2 = 1u;
      var_i1 <<= (var_i2 & 31);
      var_i0 += var_i1;
      var_i0 = i32_load16_s(var_i0, 0u);
      var_l1 = var_i0;
      var_i1 = 4294934528u;
      var_i0 = var_i0 != var_i1;
      if (var_i0) {
        var_i0 = 4294967169u;
        var_i1 = 127u;
        var_i2 = var_l1;
        var_i3 = var_l8;
        var_i2 = (u32)((s32)var_i2 >> (var_i3 & 31));
        var_l1 = var_i2;
        var_i3 = var_l1;
        var_i4 = 127u;
        var_i3 = (u32)((s32)var_i3 > (s32)var_i4);
        var_i1 = var_i3 ? var_i1 : var_i2;
        var_l1 = var_i1;
        var_i2 = var_l1;
        var_i3 = 4294967169u;
        var_i2 = (u32)((s32)var_i2 < (s32)var_i3);
        var_i0 = var_i2 ? var_i0 : var_i1;
        var_i1 = var_l3;
        var_i2 = var_l6;
        var_i1 += var_i2;
        var_l11 = var_i1;
        var_i1 = i32_load8_s(var_i1, 0u);
        var_l12 = var_i1;
        var_i0 -= var_i1;
        var_l1 = var_i0;
        var_i0 = var_l11;
        var_i1 = var_l12;
        var_i2 = var_l1;
        var_i3 = var_l5;
        var_i2 *= var_i3;
        var_i3 = var_l4;
        var_i4 = 16u;
        var_i3 >>= (var_i4 & 31);
        var_i2 += var_i3;
        var_i3 = 16u;
        var_i2 = (u32)((s32)var_i2 >> (var_i3 & 31));
        var_i1 += var_i2;
        i32_store8(var_i0, 0u, var_i1);
        var_i0 = var_l9;
        var_i0 = !(var_i0);
        if (var_i0) {
          var_i0 = var_l3;
          var_i1 = var_l7;
          var_i0 += var_i1;
          var_l11 = var_i0;
          var_i0 = i32_load8_u(var_i0, 0u);
          var_l12 = var_i0;
          var_i1 = 0u;
          var_i2 = var_l1;
          var_i1 -= var_i2;
          var_i2 = var_l1;
          var_i3 = var_l1;
          var_i4 = 0u;
          var_i3 = (u32)((s32)var_i3 < (s32)var_i4);
          var_i1 = var_i3 ? var_i1 : var_i2;
          var_i2 = 1u;
          var_i1 <<= (var_i2 & 31);
          var_i2 = var_l12;
          var_i1 -= var_i2;
          var_i2 = var_l10;
          var_i1 *= var_i2;
          var_i2 = var_l4;
          var_i3 = 1640531527u;
          var_i2 -= var_i3;
          var_i3 = 16u;
          var_i2 >>= (var_i3 & 31);
          var_i1 += var_i2;
          var_i2 = 16u;
          var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
          var_i0 += var_i1;
          var_l1 = var_i0;
          var_i0 = var_l11;
          var_i1 = 255u;
          var_i2 = var_l1;
          var_i3 = var_l1;
          var_i4 = 255u;
          var_i3 = (u32)((s32)var_i3 > (s32)var_i4);
          var_i1 = var_i3 ? var_i1 : var_i2;
          i32_store8(var_i0, 0u, var_i1);
        }
      }
      var_i0 = var_l4;
      var_i1 = 1013904242u;
      var_i0 += var_i1;
      var_l4 = var_i0;
      var_i0 = var_l3;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l3 = var_i0;
      goto var_L10;
    }
  var_i0 = var_p0;
  core_f17(var_i0);
  var_Bfunc:;
}

CORE_FUNCTION u32 core_familiarity(u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4;
  var_i0 = w2c_g5;
  if (var_i0) {
    var_i0 = w2c_g5;
    var_i1 = var_p0;
    var_i0 += var_i1;
    var_i0 = i32_load8_u(var_i0, 0u);
  } else {
    var_i0 = 0u;
  }
  if (var_i0) {
    var_i0 = w2c_g3;
    var_i0 = i32_load16_u(var_i0, 42u);
    var_i1 = 8u;
    var_i0 = var_i0 < var_i1;
  } else {
    var_i0 = 1u;
  }
  if (var_i0) {
    var_i0 = 4294967295u;
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i0 = core_f18(var_i0);
  var_p0 = var_i0;
  var_i1 = 4294967295u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = 0u;
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i1 = 8192u;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = 32767u;
    goto var_Bfunc;
  }
  var_i0 = w2c_g3;
  var_i0 = i32_load16_s(var_i0, 38u);
  var_i0 = (u32)(s32)(s16)(u16)(var_i0);
  var_l1 = var_i0;
  var_i0 = w2c_g3;
  var_i0 = i32_load16_s(var_i0, 40u);
  var_i0 = (u32)(s32)(s16)(u16)(var_i0);
  var_l2 = var_i0;
  var_i0 = w2c_g3;
  var_i0 = i32_load16_s(var_i0, 36u);
  var_i0 = (u32)(s32)(s16)(u16)(var_i0);
  var_l3 = var_i0;
  var_i1 = var_p0;
  var_i0 = (u32)((s32)var_i0 >= (s32)var_i1);
  if (var_i0) {
    var_i0 = 32767u;
    var_i1 = var_l3;
    var_i2 = var_p0;
    var_i1 -= var_i2;
    var_i2 = 2378u;
    var_i1 *= var_i2;
    var_i2 = var_l1;
    var_i3 = var_l3;
    var_i2 -= var_i3;
    var_i1 = I32_DIV_S(var_i1, var_i2);
    var_p0 = var_i1;
    var_i2 = 10u;
    var_i1 >>= (var_i2 & 31);
    var_l1 = var_i1;
    var_i2 = 16u;
    var_i1 = var_i1 > var_i2;
    if (var_i1) {
      var_i1 = 0u;
    } else {
      var_i1 = var_p0;
      var_i2 = 4u;
      var_i1 >>= (var_i2 & 31);
      var_i2 = 63u;
      var_i1 &= var_i2;
      var_i2 = 1u;
      var_i1 <<= (var_i2 & 31);
      var_i2 = CORE_ADDRESS(242);
      var_i1 += var_i2;
      var_l2 = var_i1;
      var_i1 = i32_load16_u(var_i1, 0u);
      var_l3 = var_i1;
      var_i2 = var_l3;
      var_i3 = var_l2;
      var_i3 = i32_load16_u(var_i3, 2u);
      var_i2 -= var_i3;
      var_i3 = var_p0;
      var_i4 = 15u;
      var_i3 &= var_i4;
      var_i2 *= var_i3;
      var_i3 = 4u;
      var_i2 >>= (var_i3 & 31);
      var_i1 -= var_i2;
      var_i2 = var_l1;
      var_i1 >>= (var_i2 & 31);
    }
    var_i2 = 2u;
    var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
    var_i0 -= var_i1;
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i1 = var_l1;
  var_i0 = (u32)((s32)var_i0 <= (s32)var_i1);
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_l3;
    var_i0 -= var_i1;
    var_i1 = 2378u;
    var_i0 *= var_i1;
    var_i1 = var_l1;
    var_i2 = var_l3;
    var_i1 -= var_i2;
    var_i0 = I32_DIV_S(var_i0, var_i1);
    var_p0 = var_i0;
    var_i1 = 10u;
    var_i0 >>= (var_i1 & 31);
    var_l1 = var_i0;
    var_i1 = 16u;
    var_i0 = var_i0 > var_i1;
    if (var_i0) {
      var_i0 = 0u;
    } else {
      var_i0 = var_p0;
      var_i1 = 4u;
      var_i0 >>= (var_i1 & 31);
      var_i1 = 63u;
      var_i0 &= var_i1;
      var_i1 = 1u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = CORE_ADDRESS(242);
      var_i0 += var_i1;
      var_l2 = var_i0;
      var_i0 = i32_load16_u(var_i0, 0u);
      var_l3 = var_i0;
      var_i1 = var_l3;
      var_i2 = var_l2;
      var_i2 = i32_load16_u(var_i2, 2u);
      var_i1 -= var_i2;
      var_i2 = var_p0;
      var_i3 = 15u;
      var_i2 &= var_i3;
      var_i1 *= var_i2;
      var_i2 = 4u;
      var_i1 >>= (var_i2 & 31);
      var_i0 -= var_i1;
      var_i1 = var_l1;
      var_i0 >>= (var_i1 & 31);
    }
    var_i1 = 2u;
    var_i0 = (u32)((s32)var_i0 >> (var_i1 & 31));
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i1 = var_l2;
  var_i0 = (u32)((s32)var_i0 <= (s32)var_i1);
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_l1;
    var_i0 -= var_i1;
    var_i1 = 2378u;
    var_i0 *= var_i1;
    var_i1 = var_l2;
    var_i2 = var_l1;
    var_i1 -= var_i2;
    var_i0 = I32_DIV_S(var_i0, var_i1);
    var_p0 = var_i0;
    var_i1 = 10u;
    var_i0 >>= (var_i1 & 31);
    var_l1 = var_i0;
    var_i1 = 16u;
    var_i0 = var_i0 > var_i1;
    if (var_i0) {
      var_i0 = 0u;
    } else {
      var_i0 = var_p0;
      var_i1 = 4u;
      var_i0 >>= (var_i1 & 31);
      var_i1 = 63u;
      var_i0 &= var_i1;
      var_i1 = 1u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = CORE_ADDRESS(242);
      var_i0 += var_i1;
      var_l2 = var_i0;
      var_i0 = i32_load16_u(var_i0, 0u);
      var_l3 = var_i0;
      var_i1 = var_l3;
      var_i2 = var_l2;
      var_i2 = i32_load16_u(var_i2, 2u);
      var_i1 -= var_i2;
      var_i2 = var_p0;
      var_i3 = 15u;
      var_i2 &= var_i3;
      var_i1 *= var_i2;
      var_i2 = 4u;
      var_i1 >>= (var_i2 & 31);
      var_i0 -= var_i1;
      var_i1 = var_l1;
      var_i0 >>= (var_i1 & 31);
    }
    var_i1 = 20u;
    var_i0 = I32_DIV_S(var_i0, var_i1);
    goto var_Bfunc;
  }
  var_i0 = var_p0;
  var_i1 = var_l2;
  var_i0 -= var_i1;
  var_i1 = 2378u;
  var_i0 *= var_i1;
  var_i1 = var_l2;
  var_i2 = var_l1;
  var_i1 -= var_i2;
  var_i0 = I32_DIV_S(var_i0, var_i1);
  var_p0 = var_i0;
  var_i1 = 10u;
  var_i0 >>= (var_i1 & 31);
  var_l1 = var_i0;
  var_i1 = 16u;
  var_i0 = var_i0 > var_i1;
  if (var_i0) {
    var_i0 = 0u;
  } else {
    var_i0 = var_p0;
    var_i1 = 4u;
    var_i0 >>= (var_i1 & 31);
    var_i1 = 63u;
    var_i0 &= var_i1;
    var_i1 = 1u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = CORE_ADDRESS(242);
    var_i0 += var_i1;
    var_l2 = var_i0;
    var_i0 = i32_load16_u(var_i0, 0u);
    var_l3 = var_i0;
    var_i1 = var_l3;
    var_i2 = var_l2;
    var_i2 = i32_load16_u(var_i2, 2u);
    var_i1 -= var_i2;
    var_i2 = var_p0;
    var_i3 = 15u;
    var_i2 &= var_i3;
    var_i1 *= var_i2;
    var_i2 = 4u;
    var_i1 >>= (var_i2 & 31);
    var_i0 -= var_i1;
    var_i1 = var_l1;
    var_i0 >>= (var_i1 & 31);
  }
  var_i1 = 100u;
  var_i0 = I32_DIV_S(var_i0, var_i1);
  var_Bfunc:;
  return var_i0;
}

CORE_FUNCTION void core_f52(u32 var_p0, u32 var_p1, u32 var_p2) {
  u32 var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0, var_l8 = 0, var_l9 = 0, var_l10 = 0, var_l11 = 0;
  u64 var_l3 = 0;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_i7;
  u64 var_j0, var_j1, var_j2, var_j3;
  var_i0 = var_p0;
  var_i0 = i32_load16_u(var_i0, 14u);
  var_i1 = var_p1;
  var_i2 = var_p1;
  var_i3 = 16u;
  var_i2 >>= (var_i3 & 31);
  var_i1 ^= var_i2;
  var_l5 = var_i1;
  var_i2 = 65535u;
  var_i1 &= var_i2;
  var_i0 = var_i0 == var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_p2;
    i32_store(var_i0, 0u + 16, var_i1);
    goto var_Bfunc;
  }
  var_i0 = 31u;
  var_i1 = 1u;
  var_i2 = 0u;
  var_i3 = var_p2;
  var_i4 = var_p0;
  var_i4 = i32_load(var_i4, 16u);
  var_i3 -= var_i4;
  var_l6 = var_i3;
  var_i2 -= var_i3;
  var_i3 = var_l6;
  var_i4 = var_l6;
  var_i5 = 0u;
  var_i4 = (u32)((s32)var_i4 < (s32)var_i5);
  var_i2 = var_i4 ? var_i2 : var_i3;
  var_p1 = var_i2;
  var_i3 = var_p1;
  var_i4 = 1u;
  var_i3 = var_i3 <= var_i4;
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_l7 = var_i1;
  var_i1 = I32_CLZ(var_i1);
  var_p1 = var_i1;
  var_i0 -= var_i1;
  var_i1 = 10u;
  var_i0 <<= (var_i1 & 31);
  var_i1 = 27722u;
  var_i2 = var_l7;
  var_i3 = var_p1;
  var_i2 <<= (var_i3 & 31);
  var_i3 = 15u;
  var_i2 >>= (var_i3 & 31);
  var_i3 = 65535u;
  var_i2 &= var_i3;
  var_p1 = var_i2;
  var_i3 = 10453u;
  var_i2 *= var_i3;
  var_i3 = 16u;
  var_i2 >>= (var_i3 & 31);
  var_i1 -= var_i2;
  var_i2 = var_p1;
  var_i3 = 65536u;
  var_i4 = var_p1;
  var_i3 -= var_i4;
  var_i2 *= var_i3;
  var_i3 = 16u;
  var_i2 >>= (var_i3 & 31);
  var_i1 *= var_i2;
  var_i2 = 16u;
  var_i1 >>= (var_i2 & 31);
  var_i2 = var_p1;
  var_i1 += var_i2;
  var_i2 = 32u;
  var_i1 += var_i2;
  var_i2 = 6u;
  var_i1 >>= (var_i2 & 31);
  var_i0 += var_i1;
  var_l8 = var_i0;
  var_i0 = var_p0;
  var_i0 = i32_load16_u(var_i0, 30u);
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_l8;
    i32_store16(var_i0, 0u + 28, var_i1);
  }
  var_i0 = var_p0;
  var_i0 = i32_load16_s(var_i0, 28u);
  var_i0 = (u32)(s32)(s16)(u16)(var_i0);
  var_p1 = var_i0;
  var_i1 = 10u;
  var_i0 = (u32)((s32)var_i0 >> (var_i1 & 31));
  var_l9 = var_i0;
  var_i0 = 1024u;
  var_i1 = var_p1;
  var_i2 = 1023u;
  var_i1 &= var_i2;
  var_i0 -= var_i1;
  var_p1 = var_i0;
  var_i1 = 10u;
  var_i0 >>= (var_i1 & 31);
  var_l4 = var_i0;
  var_i1 = 16u;
  var_i0 = var_i0 > var_i1;
  if (var_i0) {
    var_i0 = 0u;
  } else {
    var_i0 = var_p1;
    var_i1 = 4u;
    var_i0 >>= (var_i1 & 31);
    var_i1 = 63u;
    var_i0 &= var_i1;
    var_i1 = 1u;
    var_i0 <<= (var_i1 & 31);
    var_i1 = CORE_ADDRESS(242);
    var_i0 += var_i1;
    var_l10 = var_i0;
    var_i0 = i32_load16_u(var_i0, 0u);
    var_l11 = var_i0;
    var_i1 = var_l11;
    var_i2 = var_l10;
    var_i2 = i32_load16_u(var_i2, 2u);
    var_i1 -= var_i2;
    var_i2 = var_p1;
    var_i3 = 15u;
    var_i2 &= var_i3;
    var_i1 *= var_i2;
    var_i2 = 4u;
    var_i1 >>= (var_i2 & 31);
    var_i0 -= var_i1;
    var_i1 = var_l4;
    var_i0 >>= (var_i1 & 31);
  }
  var_p1 = var_i0;
  var_i0 = var_l9;
  var_i1 = 15u;
  var_i0 = (u32)((s32)var_i0 >= (s32)var_i1);
  if (var_i0) {
    var_i0 = var_p1;
    var_i1 = var_l9;
    var_i2 = 15u;
    var_i1 -= var_i2;
    var_i0 <<= (var_i1 & 31);
  } else {
    var_i0 = var_p1;
    var_i1 = 1u;
    var_i2 = 14u;
    var_i3 = var_l9;
    var_i2 -= var_i3;
    var_i1 <<= (var_i2 & 31);
    var_i0 += var_i1;
    var_i1 = 15u;
    var_i2 = var_l9;
    var_i1 -= var_i2;
    var_i0 >>= (var_i1 & 31);
  }
  var_p1 = var_i0;
  var_i0 = 11u;
  var_i1 = 32u;
  var_i2 = var_p0;
  var_i2 = i32_load16_u(var_i2, 10u);
  var_i2 = I32_CLZ(var_i2);
  var_i1 -= var_i2;
  var_l4 = var_i1;
  var_i2 = var_l4;
  var_i3 = 11u;
  var_i2 = (u32)((s32)var_i2 > (s32)var_i3);
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_l4 = var_i0;
  var_i1 = 3u;
  var_i0 = (u32)((s32)var_i0 <= (s32)var_i1);
  if (var_i0) {
    var_i0 = var_p1;
    var_i1 = 1u;
    var_i0 >>= (var_i1 & 31);
    var_i1 = var_p1;
    var_i2 = 2u;
    var_i1 >>= (var_i2 & 31);
    var_i0 += var_i1;
  } else {
    var_i0 = var_p1;
    var_i1 = var_l4;
    var_i2 = 3u;
    var_i1 -= var_i2;
    var_i0 >>= (var_i1 & 31);
    var_p1 = var_i0;
    var_i1 = 1u;
    var_i2 = var_p1;
    var_i0 = var_i2 ? var_i0 : var_i1;
  }
  var_p1 = var_i0;
  var_i1 = 1u;
  var_i0 += var_i1;
  var_i1 = 1u;
  var_i0 >>= (var_i1 & 31);
  var_i1 = var_p1;
  var_i2 = var_l6;
  var_i3 = 0u;
  var_i2 = (u32)((s32)var_i2 < (s32)var_i3);
  var_i3 = var_p0;
  var_i3 = i32_load(var_i3, 16u);
  var_i4 = 0u;
  var_i3 = (u32)((s32)var_i3 < (s32)var_i4);
  var_i2 = var_i2 == var_i3;
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_p1 = var_i0;
  var_i1 = var_l7;
  var_i0 = var_i0 >= var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_l5;
    i32_store16(var_i0, 0u + 14, var_i1);
    var_i0 = var_p0;
    var_i1 = var_p2;
    i32_store(var_i0, 0u + 16, var_i1);
  } else {
    var_i0 = var_p0;
    var_i1 = 4160749569u;
    var_i2 = 134217727u;
    var_i3 = var_p0;
    var_i3 = i32_load(var_i3, 16u);
    var_i4 = 0u;
    var_i5 = var_p1;
    var_i4 -= var_i5;
    var_i5 = var_p1;
    var_i6 = var_l6;
    var_i7 = 0u;
    var_i6 = (u32)((s32)var_i6 < (s32)var_i7);
    var_i4 = var_i6 ? var_i4 : var_i5;
    var_i3 += var_i4;
    var_p1 = var_i3;
    var_i4 = var_p1;
    var_i5 = 134217727u;
    var_i4 = (u32)((s32)var_i4 > (s32)var_i5);
    var_i2 = var_i4 ? var_i2 : var_i3;
    var_p1 = var_i2;
    var_i3 = var_p1;
    var_i4 = 4160749569u;
    var_i3 = (u32)((s32)var_i3 < (s32)var_i4);
    var_i1 = var_i3 ? var_i1 : var_i2;
    i32_store(var_i0, 0u + 16, var_i1);
  }
  var_i0 = var_p0;
  var_i0 = i32_load16_u(var_i0, 30u);
  var_p1 = var_i0;
  var_i1 = 2047u;
  var_i0 = var_i0 < var_i1;
  if (var_i0) {
    var_i0 = var_p0;
    var_i1 = var_p1;
    var_i2 = 1u;
    var_i1 += var_i2;
    i32_store16(var_i0, 0u + 30, var_i1);
  }
  var_i0 = var_p0;
  var_i0 = i32_load(var_i0, 20u);
  var_p1 = var_i0;
  var_i0 = 30720u;
  var_i1 = 1024u;
  var_i2 = 1477u;
  var_i3 = 11u;
  var_i4 = 32u;
  var_i5 = var_p0;
  var_i5 = i32_load16_u(var_i5, 30u);
  var_p2 = var_i5;
  var_i5 = I32_CLZ(var_i5);
  var_i4 -= var_i5;
  var_l4 = var_i4;
  var_i5 = var_l4;
  var_i6 = 11u;
  var_i5 = (u32)((s32)var_i5 > (s32)var_i6);
  var_i3 = var_i5 ? var_i3 : var_i4;
  var_l4 = var_i3;
  var_i4 = 3u;
  var_i3 -= var_i4;
  var_i2 = (u32)((s32)var_i2 >> (var_i3 & 31));
  var_i3 = var_l4;
  var_i4 = 3u;
  var_i3 = (u32)((s32)var_i3 <= (s32)var_i4);
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_l5 = var_i1;
  var_i2 = 2u;
  var_i1 <<= (var_i2 & 31);
  var_i2 = var_l5;
  var_i3 = var_p2;
  var_i4 = 64u;
  var_i3 = var_i3 < var_i4;
  var_i4 = var_p0;
  var_i4 = i32_load16_s(var_i4, 28u);
  var_i4 = (u32)(s32)(s16)(u16)(var_i4);
  var_p2 = var_i4;
  var_i5 = var_l8;
  var_i4 -= var_i5;
  var_l5 = var_i4;
  var_i5 = 4096u;
  var_i4 = (u32)((s32)var_i4 > (s32)var_i5);
  var_i3 &= var_i4;
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_l6 = var_i1;
  var_i2 = 1u;
  var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
  var_i2 = 0u;
  var_i3 = var_l6;
  var_i2 -= var_i3;
  var_i3 = var_l5;
  var_i4 = 0u;
  var_i3 = (u32)((s32)var_i3 < (s32)var_i4);
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_i2 = var_p2;
  var_i1 += var_i2;
  var_l5 = var_i1;
  var_i2 = var_l5;
  var_i3 = 30720u;
  var_i2 = (u32)((s32)var_i2 > (s32)var_i3);
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_l5 = var_i0;
  var_i1 = 0u;
  var_i2 = var_l5;
  var_i3 = 0u;
  var_i2 = (u32)((s32)var_i2 >= (s32)var_i3);
  var_i0 = var_i2 ? var_i0 : var_i1;
  var_l5 = var_i0;
  var_i1 = var_p2;
  var_i0 -= var_i1;
  var_p2 = var_i0;
  var_i1 = 0u;
  var_i0 = (u32)((s32)var_i0 >= (s32)var_i1);
  if (var_i0) {
    var_i0 = var_p1;
    var_j0 = (u64)(s64)(s32)(var_i0);
    var_i1 = var_p2;
    var_i2 = 10u;
    var_i1 >>= (var_i2 & 31);
    var_p1 = var_i1;
    var_i2 = 16u;
    var_i1 = var_i1 > var_i2;
    if (var_i1) {
      var_i1 = 0u;
    } else {
      var_i1 = var_p2;
      var_i2 = 4u;
      var_i1 >>= (var_i2 & 31);
      var_i2 = 63u;
      var_i1 &= var_i2;
      var_i2 = 1u;
      var_i1 <<= (var_i2 & 31);
      var_i2 = CORE_ADDRESS(242);
      var_i1 += var_i2;
      var_l6 = var_i1;
      var_i1 = i32_load16_u(var_i1, 0u);
      var_l7 = var_i1;
      var_i2 = var_l7;
      var_i3 = var_l6;
      var_i3 = i32_load16_u(var_i3, 2u);
      var_i2 -= var_i3;
      var_i3 = var_p2;
      var_i4 = 15u;
      var_i3 &= var_i4;
      var_i2 *= var_i3;
      var_i3 = 4u;
      var_i2 >>= (var_i3 & 31);
      var_i1 -= var_i2;
      var_i2 = var_p1;
      var_i1 >>= (var_i2 & 31);
    }
    var_j1 = (u64)(var_i1);
    var_j0 *= var_j1;
    var_j1 = 16ull;
    var_j0 >>= (var_j1 & 63);
    var_i0 = (u32)(var_j0);
    goto var_B7;
  }
  var_j0 = 67108864ull;
  var_i1 = var_p1;
  var_j1 = (u64)(s64)(s32)(var_i1);
  var_i2 = 1024u;
  var_i3 = 0u;
  var_i4 = var_p2;
  var_i3 -= var_i4;
  var_p1 = var_i3;
  var_i4 = 1023u;
  var_i3 &= var_i4;
  var_i2 -= var_i3;
  var_p2 = var_i2;
  var_i3 = 10u;
  var_i2 >>= (var_i3 & 31);
  var_l6 = var_i2;
  var_i3 = 16u;
  var_i2 = var_i2 > var_i3;
  if (var_i2) {
    var_i2 = 0u;
  } else {
    var_i2 = var_p2;
    var_i3 = 4u;
    var_i2 >>= (var_i3 & 31);
    var_i3 = 63u;
    var_i2 &= var_i3;
    var_i3 = 1u;
    var_i2 <<= (var_i3 & 31);
    var_i3 = CORE_ADDRESS(242);
    var_i2 += var_i3;
    var_l7 = var_i2;
    var_i2 = i32_load16_u(var_i2, 0u);
    var_l9 = var_i2;
    var_i3 = var_l9;
    var_i4 = var_l7;
    var_i4 = i32_load16_u(var_i4, 2u);
    var_i3 -= var_i4;
    var_i4 = var_p2;
    var_i5 = 15u;
    var_i4 &= var_i5;
    var_i3 *= var_i4;
    var_i4 = 4u;
    var_i3 >>= (var_i4 & 31);
    var_i2 -= var_i3;
    var_i3 = var_l6;
    var_i2 >>= (var_i3 & 31);
  }
  var_j2 = (u64)(var_i2);
  var_j1 *= var_j2;
  var_j2 = 15ull;
  var_j1 >>= (var_j2 & 63);
  var_i2 = var_p1;
  var_i3 = 10u;
  var_i2 = (u32)((s32)var_i2 >> (var_i3 & 31));
  var_j2 = (u64)(s64)(s32)(var_i2);
  var_j1 <<= (var_j2 & 63);
  var_l3 = var_j1;
  var_j2 = var_l3;
  var_j3 = 67108864ull;
  var_i2 = var_j2 >= var_j3;
  var_j0 = var_i2 ? var_j0 : var_j1;
  var_i0 = (u32)(var_j0);
  var_B7:;
  var_p1 = var_i0;
  var_i0 = var_p0;
  var_i1 = var_l5;
  i32_store16(var_i0, 0u + 28, var_i1);
  var_i0 = var_p0;
  var_i1 = var_p1;
  var_i2 = var_l8;
  var_i3 = var_l5;
  var_i2 -= var_i3;
  var_p2 = var_i2;
  var_i3 = 0u;
  var_i2 = (u32)((s32)var_i2 <= (s32)var_i3);
  if (var_i2) {
    var_i2 = 0u;
    var_i3 = var_p2;
    var_i2 -= var_i3;
    var_p2 = var_i2;
    var_i3 = 10u;
    var_i2 >>= (var_i3 & 31);
    var_l5 = var_i2;
    var_i3 = 16u;
    var_i2 = var_i2 > var_i3;
    if (var_i2) {
      var_i2 = 0u;
    } else {
      var_i2 = var_p2;
      var_i3 = 4u;
      var_i2 >>= (var_i3 & 31);
      var_i3 = 63u;
      var_i2 &= var_i3;
      var_i3 = 1u;
      var_i2 <<= (var_i3 & 31);
      var_i3 = CORE_ADDRESS(242);
      var_i2 += var_i3;
      var_l6 = var_i2;
      var_i2 = i32_load16_u(var_i2, 0u);
      var_l7 = var_i2;
      var_i3 = var_l7;
      var_i4 = var_l6;
      var_i4 = i32_load16_u(var_i4, 2u);
      var_i3 -= var_i4;
      var_i4 = var_p2;
      var_i5 = 15u;
      var_i4 &= var_i5;
      var_i3 *= var_i4;
      var_i4 = 4u;
      var_i3 >>= (var_i4 & 31);
      var_i2 -= var_i3;
      var_i3 = var_l5;
      var_i2 >>= (var_i3 & 31);
    }
  } else {
    var_i2 = var_p2;
    var_i3 = 10240u;
    var_i2 = (u32)((s32)var_i2 > (s32)var_i3);
    if (var_i2) {
      var_i2 = 67108864u;
    } else {
      var_i2 = var_p2;
      var_i3 = 16384u;
      var_i2 += var_i3;
      var_p2 = var_i2;
      var_i3 = 10u;
      var_i2 = (u32)((s32)var_i2 >> (var_i3 & 31));
      var_l5 = var_i2;
      var_i2 = 1024u;
      var_i3 = var_p2;
      var_i4 = 1023u;
      var_i3 &= var_i4;
      var_i2 -= var_i3;
      var_p2 = var_i2;
      var_i3 = 10u;
      var_i2 >>= (var_i3 & 31);
      var_l6 = var_i2;
      var_i3 = 16u;
      var_i2 = var_i2 > var_i3;
      if (var_i2) {
        var_i2 = 0u;
      } else {
        var_i2 = var_p2;
        var_i3 = 4u;
        var_i2 >>= (var_i3 & 31);
        var_i3 = 63u;
        var_i2 &= var_i3;
        var_i3 = 1u;
        var_i2 <<= (var_i3 & 31);
        var_i3 = CORE_ADDRESS(242);
        var_i2 += var_i3;
        var_l7 = var_i2;
        var_i2 = i32_load16_u(var_i2, 0u);
        var_l8 = var_i2;
        var_i3 = var_l8;
        var_i4 = var_l7;
        var_i4 = i32_load16_u(var_i4, 2u);
        var_i3 -= var_i4;
        var_i4 = var_p2;
        var_i5 = 15u;
        var_i4 &= var_i5;
        var_i3 *= var_i4;
        var_i4 = 4u;
        var_i3 >>= (var_i4 & 31);
        var_i2 -= var_i3;
        var_i3 = var_l6;
        var_i2 >>= (var_i3 & 31);
      }
      var_p2 = var_i2;
      var_i2 = var_l5;
      var_i3 = 15u;
      var_i2 = (u32)((s32)var_i2 >= (s32)var_i3);
      if (var_i2) {
        var_i2 = var_p2;
        var_i3 = var_l5;
        var_i4 = 15u;
        var_i3 -= var_i4;
        var_i2 <<= (var_i3 & 31);
      } else {
        var_i2 = var_p2;
        var_i3 = 1u;
        var_i4 = 14u;
        var_i5 = var_l5;
        var_i4 -= var_i5;
        var_i3 <<= (var_i4 & 31);
        var_i2 += var_i3;
        var_i3 = 15u;
        var_i4 = var_l5;
        var_i3 -= var_i4;
        var_i2 >>= (var_i3 & 31);
      }
    }
  }
  var_i3 = var_p1;
  var_i2 -= var_i3;
  var_i3 = 10u;
  var_i4 = var_l4;
  var_i5 = var_l4;
  var_i6 = 10u;
  var_i5 = (u32)((s32)var_i5 >= (s32)var_i6);
  var_i3 = var_i5 ? var_i3 : var_i4;
  var_i2 = (u32)((s32)var_i2 >> (var_i3 & 31));
  var_i1 += var_i2;
  i32_store(var_i0, 0u + 20, var_i1);
  var_i0 = var_p0;
  core_f3(var_i0);
  var_Bfunc:;
}

CORE_FUNCTION u32 core_sharpness(void) {
  u32 var_l0 = 0;
  u32 var_i0, var_i1, var_i2;
  var_i0 = w2c_g3;
  var_i0 = i32_load(var_i0, 32u);
  var_l0 = var_i0;
  if (var_i0) {
    var_i0 = var_l0;
  } else {
    var_i0 = CORE_ADDRESS(72);
    var_i0 = i32_load(var_i0, 0u);
    var_i1 = 0u;
    var_i0 = var_i0 != var_i1;
    var_l0 = var_i0;
    if (var_i0) {
      var_i0 = var_l0;
    } else {
      var_i0 = CORE_ADDRESS(77);
      var_i0 = i32_load8_u(var_i0, 0u);
    }
    var_i1 = 1u;
    var_i2 = w2c_g5;
    var_i0 = var_i2 ? var_i0 : var_i1;
    if (var_i0) {
      var_i0 = CORE_ADDRESS(44);
      var_i0 = i32_load(var_i0, 0u);
      var_i1 = 8u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = CORE_ADDRESS(24);
      var_i1 = i32_load(var_i1, 0u);
      var_i0 = I32_DIV_S(var_i0, var_i1);
    } else {
      var_i0 = CORE_ADDRESS(44);
      var_i0 = i32_load(var_i0, 0u);
      var_i1 = 8u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = CORE_ADDRESS(24);
      var_i1 = i32_load(var_i1, 0u);
      var_i0 = I32_DIV_S(var_i0, var_i1);
      var_i1 = 3u;
      var_i0 *= var_i1;
      var_i1 = 4u;
      var_i0 = (u32)((s32)var_i0 >> (var_i1 & 31));
    }
  }
  return var_i0;
}

CORE_FUNCTION void core_f54(u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0, var_l8 = 0, 
      var_l9 = 0, var_l10 = 0, var_l11 = 0;
  u64 var_l12 = 0, var_l13 = 0, var_l14 = 0, var_l15 = 0;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4, var_i5, var_i6, var_i7, 
      var_i8;
  u64 var_j0, var_j1, var_j2, var_j3, var_j4, var_j5, var_j6, var_j7;
  var_L0: 
    var_i0 = var_l11;
    var_i1 = w2c_g3;
    var_i1 = i32_load(var_i1, 28u);
    var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
    if (var_i0) {
      var_i0 = var_l3;
      var_i1 = w2c_g22;
      var_i2 = var_l11;
      var_i3 = 2u;
      var_i2 <<= (var_i3 & 31);
      var_i1 += var_i2;
      var_i1 = i32_load(var_i1, 0u);
      var_l1 = var_i1;
      var_i2 = var_l1;
      var_i3 = var_l3;
      var_i2 = (u32)((s32)var_i2 < (s32)var_i3);
      var_i0 = var_i2 ? var_i0 : var_i1;
      var_l3 = var_i0;
      var_i0 = var_l11;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l11 = var_i0;
      goto var_L0;
    }
  var_i0 = var_l3;
  var_l2 = var_i0;
  var_i0 = w2c_g3;
  var_i0 = i32_load(var_i0, 32u);
  var_l1 = var_i0;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = CORE_ADDRESS(72);
    var_i0 = i32_load(var_i0, 0u);
    var_i1 = 0u;
    var_i0 = var_i0 != var_i1;
    var_l1 = var_i0;
    if (var_i0) {
      var_i0 = var_l1;
    } else {
      var_i0 = CORE_ADDRESS(77);
      var_i0 = i32_load8_u(var_i0, 0u);
    }
    var_i1 = 1u;
    var_i2 = w2c_g5;
    var_i0 = var_i2 ? var_i0 : var_i1;
    if (var_i0) {
      var_i0 = CORE_ADDRESS(44);
      var_i0 = i32_load(var_i0, 0u);
      var_i1 = 8u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = CORE_ADDRESS(24);
      var_i1 = i32_load(var_i1, 0u);
      var_i0 = I32_DIV_S(var_i0, var_i1);
    } else {
      var_i0 = CORE_ADDRESS(44);
      var_i0 = i32_load(var_i0, 0u);
      var_i1 = 8u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = CORE_ADDRESS(24);
      var_i1 = i32_load(var_i1, 0u);
      var_i0 = I32_DIV_S(var_i0, var_i1);
      var_i1 = 3u;
      var_i0 *= var_i1;
      var_i1 = 4u;
      var_i0 = (u32)((s32)var_i0 >> (var_i1 & 31));
    }
    var_l1 = var_i0;
  }
  var_i0 = var_l1;
  var_j0 = (u64)(s64)(s32)(var_i0);
  var_j1 = 1477ull;
  var_j0 *= var_j1;
  var_j1 = 16ull;
  var_j0 >>= (var_j1 & 63);
  var_i0 = (u32)(var_j0);
  var_l7 = var_i0;
  var_i0 = w2c_g5;
  var_i1 = 0u;
  var_i0 = var_i0 != var_i1;
  var_l10 = var_i0;
  var_i0 = var_p0;
  var_i1 = 2u;
  var_i0 <<= (var_i1 & 31);
  var_l9 = var_i0;
  var_i0 = 0u;
  var_l3 = var_i0;
  var_i0 = 0u;
  var_l11 = var_i0;
  var_L5: 
    var_i0 = var_l11;
    var_i1 = w2c_g3;
    var_i1 = i32_load(var_i1, 28u);
    var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
    if (var_i0) {
      var_j0 = 32767ull;
      var_i1 = var_l2;
      var_i2 = var_l11;
      var_i3 = 2u;
      var_i2 <<= (var_i3 & 31);
      var_l6 = var_i2;
      var_i3 = w2c_g22;
      var_i2 += var_i3;
      var_i2 = i32_load(var_i2, 0u);
      var_l4 = var_i2;
      var_i1 -= var_i2;
      var_j1 = (u64)(s64)(s32)(var_i1);
      var_i2 = var_l1;
      var_j2 = (u64)(s64)(s32)(var_i2);
      var_j3 = 1477ull;
      var_j2 *= var_j3;
      var_j3 = 16ull;
      var_j2 >>= (var_j3 & 63);
      var_j1 *= var_j2;
      var_j2 = 16ull;
      var_j1 >>= (var_j2 & 63);
      var_l12 = var_j1;
      var_j2 = var_l12;
      var_j3 = 32767ull;
      var_i2 = var_j2 >= var_j3;
      var_j0 = var_i2 ? var_j0 : var_j1;
      var_i0 = (u32)(var_j0);
      var_l8 = var_i0;
      var_i0 = var_l3;
      var_i1 = var_l4;
      var_i1 = !(var_i1);
      var_i2 = var_l2;
      var_i3 = 0u;
      var_i2 = var_i2 != var_i3;
      var_i1 &= var_i2;
      if (var_i1) {
        var_i1 = 0u;
      } else {
        var_i1 = var_l8;
        var_i2 = 10u;
        var_i1 >>= (var_i2 & 31);
        var_l5 = var_i1;
        var_i2 = 16u;
        var_i1 = var_i1 > var_i2;
        if (var_i1) {
          var_i1 = 0u;
        } else {
          var_i1 = var_l8;
          var_i2 = 4u;
          var_i1 >>= (var_i2 & 31);
          var_i2 = 63u;
          var_i1 &= var_i2;
          var_i2 = 1u;
          var_i1 <<= (var_i2 & 31);
          var_i2 = CORE_ADDRESS(242);
          var_i1 += var_i2;
          var_l4 = var_i1;
          var_i1 = i32_load16_u(var_i1, 0u);
          var_l3 = var_i1;
          var_i2 = var_l3;
          var_i3 = var_l4;
          var_i3 = i32_load16_u(var_i3, 2u);
          var_i2 -= var_i3;
          var_i3 = var_l8;
          var_i4 = 15u;
          var_i3 &= var_i4;
          var_i2 *= var_i3;
          var_i3 = 4u;
          var_i2 >>= (var_i3 & 31);
          var_i1 -= var_i2;
          var_i2 = var_l5;
          var_i1 >>= (var_i2 & 31);
        }
        var_i2 = 8u;
        var_i1 += var_i2;
        var_i2 = 4u;
        var_i1 = (u32)((s32)var_i1 >> (var_i2 & 31));
      }
      var_l5 = var_i1;
      var_i0 += var_i1;
      var_l3 = var_i0;
      var_j0 = var_l15;
      var_i1 = var_l5;
      var_j1 = (u64)(s64)(s32)(var_i1);
      var_j2 = 18446744073709518849ull;
      var_j3 = 32767ull;
      var_i4 = var_l7;
      var_j4 = (u64)(s64)(s32)(var_i4);
      var_l13 = var_j4;
      var_i5 = w2c_g22;
      var_i6 = var_p0;
      var_i7 = 2u;
      var_i6 <<= (var_i7 & 31);
      var_i5 += var_i6;
      var_i5 = i32_load(var_i5, 0u);
      var_i6 = w2c_g22;
      var_i7 = var_l11;
      var_i8 = 2u;
      var_i7 <<= (var_i8 & 31);
      var_i6 += var_i7;
      var_i6 = i32_load(var_i6, 0u);
      var_i5 -= var_i6;
      var_i6 = var_l10;
      if (var_i6) {
        var_i6 = w2c_g25;
        var_i7 = var_l9;
        var_i6 += var_i7;
        var_i6 = i32_load(var_i6, 0u);
        var_i7 = w2c_g25;
        var_i8 = var_l6;
        var_i7 += var_i8;
        var_i7 = i32_load(var_i7, 0u);
        var_i6 -= var_i7;
      } else {
        var_i6 = 0u;
      }
      var_l4 = var_i6;
      var_i5 -= var_i6;
      var_j5 = (u64)(s64)(s32)(var_i5);
      var_j4 *= var_j5;
      var_j5 = 16ull;
      var_j4 = (u64)((s64)var_j4 >> (var_j5 & 63));
      var_l12 = var_j4;
      var_j5 = var_l12;
      var_j6 = 32767ull;
      var_i5 = (u64)((s64)var_j5 > (s64)var_j6);
      var_j3 = var_i5 ? var_j3 : var_j4;
      var_l12 = var_j3;
      var_j4 = var_l12;
      var_j5 = 18446744073709518849ull;
      var_i4 = (u64)((s64)var_j4 < (s64)var_j5);
      var_j2 = var_i4 ? var_j2 : var_j3;
      var_j2 = (u64)(s64)(s32)(u32)(var_j2);
      var_j1 *= var_j2;
      var_j0 += var_j1;
      var_l15 = var_j0;
      var_j0 = var_l14;
      var_i1 = var_l5;
      var_j1 = (u64)(s64)(s32)(var_i1);
      var_j2 = 18446744073709518849ull;
      var_j3 = 32767ull;
      var_i4 = var_l4;
      var_j4 = (u64)(s64)(s32)(var_i4);
      var_j5 = var_l13;
      var_j4 *= var_j5;
      var_j5 = 16ull;
      var_j4 = (u64)((s64)var_j4 >> (var_j5 & 63));
      var_l12 = var_j4;
      var_j5 = var_l12;
      var_j6 = 32767ull;
      var_i5 = (u64)((s64)var_j5 > (s64)var_j6);
      var_j3 = var_i5 ? var_j3 : var_j4;
      var_l12 = var_j3;
      var_j4 = var_l12;
      var_j5 = 18446744073709518849ull;
      var_i4 = (u64)((s64)var_j4 < (s64)var_j5);
      var_j2 = var_i4 ? var_j2 : var_j3;
      var_j2 = (u64)(s64)(s32)(u32)(var_j2);
      var_j1 *= var_j2;
      var_j0 += var_j1;
      var_l14 = var_j0;
      var_i0 = var_l11;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l11 = var_i0;
      goto var_L5;
    }
  var_i0 = var_l1;
  var_i1 = var_l1;
  var_j1 = (u64)(s64)(s32)(var_i1);
  var_i2 = 4294962865u;
  var_i3 = 4431u;
  var_j4 = var_l15;
  var_i5 = var_l3;
  var_j5 = (u64)(s64)(s32)(var_i5);
  var_j4 = I64_DIV_S(var_j4, var_j5);
  var_i4 = (u32)(var_j4);
  var_p0 = var_i4;
  var_i5 = var_p0;
  var_i6 = 4431u;
  var_i5 = (u32)((s32)var_i5 > (s32)var_i6);
  var_i3 = var_i5 ? var_i3 : var_i4;
  var_p0 = var_i3;
  var_i4 = var_p0;
  var_i5 = 4294962865u;
  var_i4 = (u32)((s32)var_i4 < (s32)var_i5);
  var_i2 = var_i4 ? var_i2 : var_i3;
  var_i3 = var_l10;
  var_i2 <<= (var_i3 & 31);
  var_l5 = var_i2;
  var_i3 = 710u;
  var_i2 *= var_i3;
  var_j2 = (u64)(s64)(s32)(var_i2);
  var_j1 *= var_j2;
  var_i2 = 4u;
  var_i3 = 6u;
  var_i4 = 64u;
  var_i5 = w2c_g3;
  var_j5 = i64_load(var_i5, 0u);
  var_j5 = I64_CLZ(var_j5);
  var_i5 = (u32)(var_j5);
  var_i4 -= var_i5;
  var_p0 = var_i4;
  var_i5 = var_p0;
  var_i6 = 6u;
  var_i5 = (u32)((s32)var_i5 > (s32)var_i6);
  var_i3 = var_i5 ? var_i3 : var_i4;
  var_p0 = var_i3;
  var_i4 = var_p0;
  var_i5 = 4u;
  var_i4 = (u32)((s32)var_i4 < (s32)var_i5);
  var_i2 = var_i4 ? var_i2 : var_i3;
  var_l4 = var_i2;
  var_j2 = (u64)(s64)(s32)(var_i2);
  var_j3 = 20ull;
  var_j2 += var_j3;
  var_j1 = (u64)((s64)var_j1 >> (var_j2 & 63));
  var_i1 = (u32)(var_j1);
  var_i0 += var_i1;
  var_l2 = var_i0;
  var_i0 = w2c_g3;
  var_i1 = 1u;
  var_i2 = CORE_ADDRESS(72);
  var_i2 = i32_load(var_i2, 0u);
  var_i3 = 0u;
  var_i2 = var_i2 != var_i3;
  var_p0 = var_i2;
  if (var_i2) {
    var_i2 = var_p0;
  } else {
    var_i2 = CORE_ADDRESS(77);
    var_i2 = i32_load8_u(var_i2, 0u);
  }
  var_i3 = 1u;
  var_i4 = w2c_g5;
  var_i2 = var_i4 ? var_i2 : var_i3;
  if (var_i2) {
    var_i2 = CORE_ADDRESS(44);
    var_i2 = i32_load(var_i2, 0u);
    var_i3 = 8u;
    var_i2 <<= (var_i3 & 31);
    var_i3 = CORE_ADDRESS(24);
    var_i3 = i32_load(var_i3, 0u);
    var_i2 = I32_DIV_S(var_i2, var_i3);
  } else {
    var_i2 = CORE_ADDRESS(44);
    var_i2 = i32_load(var_i2, 0u);
    var_i3 = 8u;
    var_i2 <<= (var_i3 & 31);
    var_i3 = CORE_ADDRESS(24);
    var_i3 = i32_load(var_i3, 0u);
    var_i2 = I32_DIV_S(var_i2, var_i3);
    var_i3 = 3u;
    var_i2 *= var_i3;
    var_i3 = 4u;
    var_i2 = (u32)((s32)var_i2 >> (var_i3 & 31));
  }
  var_i3 = 4u;
  var_i2 = I32_DIV_S(var_i2, var_i3);
  var_p0 = var_i2;
  var_i3 = var_p0;
  var_i4 = 1u;
  var_i3 = (u32)((s32)var_i3 <= (s32)var_i4);
  var_i1 = var_i3 ? var_i1 : var_i2;
  var_l1 = var_i1;
  var_i2 = CORE_ADDRESS(44);
  var_i2 = i32_load(var_i2, 0u);
  var_i3 = 8u;
  var_i2 <<= (var_i3 & 31);
  var_i3 = CORE_ADDRESS(24);
  var_i3 = i32_load(var_i3, 0u);
  var_i2 = I32_DIV_S(var_i2, var_i3);
  var_i3 = 2u;
  var_i2 <<= (var_i3 & 31);
  var_p0 = var_i2;
  var_i3 = var_l2;
  var_i4 = var_p0;
  var_i5 = var_l2;
  var_i4 = (u32)((s32)var_i4 < (s32)var_i5);
  var_i2 = var_i4 ? var_i2 : var_i3;
  var_p0 = var_i2;
  var_i3 = var_p0;
  var_i4 = var_l1;
  var_i3 = (u32)((s32)var_i3 < (s32)var_i4);
  var_i1 = var_i3 ? var_i1 : var_i2;
  i32_store(var_i0, 0u + 32, var_i1);
  var_i0 = var_l10;
  var_i0 = !(var_i0);
  if (var_i0) {
    goto var_Bfunc;
  }
  var_i0 = w2c_g3;
  var_i1 = 4294955008u;
  var_i2 = 12288u;
  var_i3 = w2c_g3;
  var_i3 = i32_load16_s(var_i3, 44u);
  var_i3 = (u32)(s32)(s16)(u16)(var_i3);
  var_i4 = 4294962865u;
  var_i5 = 4431u;
  var_j6 = var_l14;
  var_i7 = var_l3;
  var_j7 = (u64)(s64)(s32)(var_i7);
  var_j6 = I64_DIV_S(var_j6, var_j7);
  var_i6 = (u32)(var_j6);
  var_p0 = var_i6;
  var_i7 = var_p0;
  var_i8 = 4431u;
  var_i7 = (u32)((s32)var_i7 > (s32)var_i8);
  var_i5 = var_i7 ? var_i5 : var_i6;
  var_p0 = var_i5;
  var_i6 = var_p0;
  var_i7 = 4294962865u;
  var_i6 = (u32)((s32)var_i6 < (s32)var_i7);
  var_i4 = var_i6 ? var_i4 : var_i5;
  var_i5 = var_l5;
  var_i4 -= var_i5;
  var_i5 = var_l4;
  var_i4 = (u32)((s32)var_i4 >> (var_i5 & 31));
  var_i3 += var_i4;
  var_p0 = var_i3;
  var_i4 = var_p0;
  var_i5 = 12288u;
  var_i4 = (u32)((s32)var_i4 > (s32)var_i5);
  var_i2 = var_i4 ? var_i2 : var_i3;
  var_p0 = var_i2;
  var_i3 = var_p0;
  var_i4 = 4294955008u;
  var_i3 = (u32)((s32)var_i3 < (s32)var_i4);
  var_i1 = var_i3 ? var_i1 : var_i2;
  i32_store16(var_i0, 0u + 44, var_i1);
  var_Bfunc:;
}

CORE_FUNCTION u32 core_probability(u32 var_p0) {
  u32 var_l1 = 0, var_l2 = 0, var_l3 = 0, var_l4 = 0, var_l5 = 0, var_l6 = 0, var_l7 = 0, var_l8 = 0, 
      var_l9 = 0;
  u64 var_l10 = 0;
  u32 var_i0, var_i1, var_i2, var_i3, var_i4;
  u64 var_j0, var_j1, var_j2, var_j3;
  var_L0: 
    var_i0 = var_l2;
    var_i1 = w2c_g3;
    var_i1 = i32_load(var_i1, 28u);
    var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
    if (var_i0) {
      var_i0 = var_l1;
      var_i1 = w2c_g22;
      var_i2 = var_l2;
      var_i3 = 2u;
      var_i2 <<= (var_i3 & 31);
      var_i1 += var_i2;
      var_i1 = i32_load(var_i1, 0u);
      var_l3 = var_i1;
      var_i2 = var_l1;
      var_i3 = var_l3;
      var_i2 = (u32)((s32)var_i2 > (s32)var_i3);
      var_i0 = var_i2 ? var_i0 : var_i1;
      var_l1 = var_i0;
      var_i0 = var_l2;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l2 = var_i0;
      goto var_L0;
    }
  var_i0 = w2c_g3;
  var_i0 = i32_load(var_i0, 32u);
  var_l2 = var_i0;
  var_i0 = !(var_i0);
  if (var_i0) {
    var_i0 = CORE_ADDRESS(72);
    var_i0 = i32_load(var_i0, 0u);
    var_i1 = 0u;
    var_i0 = var_i0 != var_i1;
    var_l2 = var_i0;
    if (var_i0) {
      var_i0 = var_l2;
    } else {
      var_i0 = CORE_ADDRESS(77);
      var_i0 = i32_load8_u(var_i0, 0u);
    }
    var_i1 = 1u;
    var_i2 = w2c_g5;
    var_i0 = var_i2 ? var_i0 : var_i1;
    if (var_i0) {
      var_i0 = CORE_ADDRESS(44);
      var_i0 = i32_load(var_i0, 0u);
      var_i1 = 8u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = CORE_ADDRESS(24);
      var_i1 = i32_load(var_i1, 0u);
      var_i0 = I32_DIV_S(var_i0, var_i1);
    } else {
      var_i0 = CORE_ADDRESS(44);
      var_i0 = i32_load(var_i0, 0u);
      var_i1 = 8u;
      var_i0 <<= (var_i1 & 31);
      var_i1 = CORE_ADDRESS(24);
      var_i1 = i32_load(var_i1, 0u);
      var_i0 = I32_DIV_S(var_i0, var_i1);
      var_i1 = 3u;
      var_i0 *= var_i1;
      var_i1 = 4u;
      var_i0 = (u32)((s32)var_i0 >> (var_i1 & 31));
    }
    var_l2 = var_i0;
  }
  var_i0 = var_l1;
  var_l3 = var_i0;
  var_i0 = 0u;
  var_l1 = var_i0;
  var_L5: 
    var_i0 = var_l4;
    var_i1 = w2c_g3;
    var_i1 = i32_load(var_i1, 28u);
    var_i0 = (u32)((s32)var_i0 < (s32)var_i1);
    if (var_i0) {
      var_j0 = 32767ull;
      var_i1 = var_l3;
      var_i2 = w2c_g22;
      var_i3 = var_l4;
      var_i4 = 2u;
      var_i3 <<= (var_i4 & 31);
      var_i2 += var_i3;
      var_i2 = i32_load(var_i2, 0u);
      var_l6 = var_i2;
      var_i1 -= var_i2;
      var_j1 = (u64)(s64)(s32)(var_i1);
      var_i2 = var_l2;
      var_j2 = (u64)(s64)(s32)(var_i2);
      var_j3 = 1477ull;
      var_j2 *= var_j3;
      var_j3 = 16ull;
      var_j2 >>= (var_j3 & 63);
      var_j1 *= var_j2;
      var_j2 = 16ull;
      var_j1 >>= (var_j2 & 63);
      var_l10 = var_j1;
      var_j2 = var_l10;
      var_j3 = 32767ull;
      var_i2 = var_j2 >= var_j3;
      var_j0 = var_i2 ? var_j0 : var_j1;
      var_i0 = (u32)(var_j0);
      var_l7 = var_i0;
      var_i0 = var_l6;
      var_i0 = !(var_i0);
      var_i1 = var_l3;
      var_i2 = 0u;
      var_i1 = var_i1 != var_i2;
      var_i0 &= var_i1;
      if (var_i0) {
        var_i0 = 0u;
      } else {
        var_i0 = var_l7;
        var_i1 = 10u;
        var_i0 >>= (var_i1 & 31);
        var_l8 = var_i0;
        var_i1 = 16u;
        var_i0 = var_i0 > var_i1;
        if (var_i0) {
          var_i0 = 0u;
        } else {
          var_i0 = var_l7;
          var_i1 = 4u;
          var_i0 >>= (var_i1 & 31);
          var_i1 = 63u;
          var_i0 &= var_i1;
          var_i1 = 1u;
          var_i0 <<= (var_i1 & 31);
          var_i1 = CORE_ADDRESS(242);
          var_i0 += var_i1;
          var_l9 = var_i0;
          var_i0 = i32_load16_u(var_i0, 0u);
          var_l6 = var_i0;
          var_i1 = var_l6;
          var_i2 = var_l9;
          var_i2 = i32_load16_u(var_i2, 2u);
          var_i1 -= var_i2;
          var_i2 = var_l7;
          var_i3 = 15u;
          var_i2 &= var_i3;
          var_i1 *= var_i2;
          var_i2 = 4u;
          var_i1 >>= (var_i2 & 31);
          var_i0 -= var_i1;
          var_i1 = var_l8;
          var_i0 >>= (var_i1 & 31);
        }
        var_i1 = 8u;
        var_i0 += var_i1;
        var_i1 = 4u;
        var_i0 = (u32)((s32)var_i0 >> (var_i1 & 31));
      }
      var_l6 = var_i0;
      var_i1 = var_l1;
      var_i2 = var_p0;
      var_i3 = var_l4;
      var_i2 = var_i2 == var_i3;
      var_i0 = var_i2 ? var_i0 : var_i1;
      var_l1 = var_i0;
      var_i0 = var_l5;
      var_i1 = var_l6;
      var_i0 += var_i1;
      var_l5 = var_i0;
      var_i0 = var_l4;
      var_i1 = 1u;
      var_i0 += var_i1;
      var_l4 = var_i0;
      goto var_L5;
    }
  var_i0 = var_l5;
  if (var_i0) {
    var_i0 = var_l1;
    var_i1 = 32767u;
    var_i0 *= var_i1;
    var_i1 = var_l5;
    var_i0 = I32_DIV_S(var_i0, var_i1);
  } else {
    var_i0 = 0u;
  }
  return var_i0;
}

/* What instantiating the module does: globals and static data. */
static void core_start(void) {
  w2c_g0 = 0u;
  w2c_g1 = 0u;
  w2c_g2 = 0u;
  w2c_g3 = 0u;
  w2c_g4 = 0u;
  w2c_g5 = 0u;
  w2c_g6 = 0u;
  w2c_g7 = 0u;
  w2c_g8 = 0u;
  w2c_g9 = 0u;
  w2c_g10 = 0u;
  w2c_g11 = 0u;
  w2c_g12 = 0u;
  w2c_g13 = 0u;
  w2c_g14 = 0u;
  w2c_g15 = 0u;
  w2c_g16 = 0u;
  w2c_g17 = 0u;
  w2c_g18 = 0u;
  w2c_g19 = 0u;
  w2c_g20 = 0u;
  w2c_g21 = 0u;
  w2c_g22 = 0u;
  w2c_g23 = 0u;
  w2c_g24 = 0u;
  w2c_g25 = 0u;
  w2c_g26 = 0u;
  w2c_g27 = 0u;
  w2c_g28 = 0u;
  w2c_g29 = 0u;
  w2c_g30 = 0u;
  w2c_g31 = 0u;
  w2c_g32 = 0u;
  w2c_g33 = 0u;
  w2c_g34 = 0u;
  w2c_g35 = 0u;
  w2c_g36 = 0u;
  w2c_g37 = 0u;
  __builtin_memcpy(CORE_AT(CORE_ADDRESS(114)), data_segment_data_w2c_core_d0, 128);
  __builtin_memcpy(CORE_AT(CORE_ADDRESS(242)), data_segment_data_w2c_core_d1, 130);
}

#pragma GCC diagnostic pop
