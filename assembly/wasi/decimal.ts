// Decimal text to binary32, in integers. The result is that of Math.fround(Number(text)), bit for bit: first to the nearest binary64, then to the
// nearest binary32, ties to even both times. (Straight to binary32 would differ on texts within 2^-53 of a tie, one in some 10^8 random ones of
// many digits, and then a command and a Node host would not learn the same bytes.)
//
// Digits x 10^scale is exact in a row of 32-bit limbs; a negative scale is a left shift by whole limbs and divisions by 10^9, what they leave
// over being remembered as one bit. A tie of binary64 within the range of binary32 has at most 160 digits, so digits behind the 200th only
// say whether there is more.

const MOST_DIGITS: i32 = 200;
/** 200 digits are 21 limbs, shifted by at most 29 more. */
const LIMBS: usize = memory.data(256, 8);
let size: i32 = 0;

/** NaN: a missing value. */
export const MISSING: u32 = 0x7fc00000;
const INFINITE: u32 = 0x7f800000;

function limb(index: i32): u32 {
  return index < 0 ? 0 : load<u32>(LIMBS + (<usize>index << 2));
}

function multiplyAdd(factor: u32, addend: u32): void {
  let carry = <u64>addend;
  for (let i = 0; i < size; i++) {
    carry += <u64>limb(i) * factor;
    store<u32>(LIMBS + (<usize>i << 2), <u32>carry);
    carry >>= 32;
  }
  if (carry != 0) {
    store<u32>(LIMBS + (<usize>size << 2), <u32>carry);
    size++;
  }
}

/** True if anything is left over. */
function divide(divisor: u32): bool {
  let rest: u64 = 0;
  for (let i = size - 1; i >= 0; i--) {
    rest = (rest << 32) | limb(i);
    store<u32>(LIMBS + (<usize>i << 2), <u32>(rest / divisor));
    rest %= divisor;
  }
  while (size > 0 && limb(size - 1) == 0) size--;
  return rest != 0;
}

function shiftLimbs(by: i32): void {
  for (let i = size - 1; i >= 0; i--) store<u32>(LIMBS + (<usize>(i + by) << 2), limb(i));
  for (let i = 0; i < by; i++) store<u32>(LIMBS + (<usize>i << 2), 0);
  size += by;
}

function powerOfTen(exponent: i32): u32 {
  let power: u32 = 1;
  for (let i = 0; i < exponent; i++) power *= 10;
  return power;
}

/** value >> drop, to the nearest, ties to even; `more` when the value has something behind its last bit. */
function rounded(value: u64, drop: i32, more: bool): u64 {
  const kept = value >> drop;
  const rest = value & (((<u64>1) << drop) - 1);
  const half = (<u64>1) << (drop - 1);
  return rest > half || (rest == half && (more || (kept & 1) != 0)) ? kept + 1 : kept;
}

/** The bits of limbs x 10^scale. */
function toBinary32(scale: i32, more: bool): u32 {
  for (; scale > 0; scale--) multiplyAdd(10, 0);
  let shifted = 0;
  if (scale < 0) {
    // at least 64 bits must stay: 10^-scale has at most 107 / 1024 limbs a digit
    shifted = ((-scale * 107) >> 10) + 3;
    shiftLimbs(shifted);
    for (; scale <= -9; scale += 9) more = divide(1000000000) || more;
    more = divide(powerOfTen(-scale)) || more;
  }
  // the first 64 bits, the first of them 1, and whether there are more
  const top = limb(size - 1);
  const left = <i32>clz(top);
  const next = limb(size - 3);
  let bits = ((<u64>top << 32) | limb(size - 2)) << left;
  if (left != 0) bits |= <u64>(next >> (32 - left));
  more = more || (next << left) != 0;
  for (let i = size - 4; i >= 0 && !more; i--) more = limb(i) != 0;
  let exponent = size * 32 - left - 1 - shifted * 32;

  let wide = rounded(bits, 11, more); // binary64: 53 bits
  if (wide == (<u64>1) << 53) {
    wide >>= 1;
    exponent++;
  }
  if (exponent >= -126) {
    // the 24th bit, always 1, adds the one that the exponent lacks; a carry of the rounding does the same
    const bits32 = (<u32>(exponent + 126) << 23) + <u32>rounded(wide, 29, false);
    return min<u32>(bits32, INFINITE);
  }
  const drop = 29 - 126 - exponent;
  return drop > 53 ? 0 : <u32>rounded(wide, drop, false);
}

/** True if the text from `at` to `end` is this word, given in small letters. */
function isWord(at: usize, end: usize, word: string): bool {
  if (<i32>(end - at) != word.length) return false;
  for (let i = 0; i < word.length; i++) {
    if ((<i32>load<u8>(at + i) | 32) != <i32>load<u16>(changetype<usize>(word) + (<usize>i << 1))) return false;
  }
  return true;
}

// @ts-ignore: decorator
@inline
function isDigit(byte: i32): bool {
  return <u32>(byte - 48) < 10;
}

/**
 * Bits of the number that the text from `at` to `end` is: sign, digits, point, exponent. Nothing, `nan` and `inf` are a missing value;
 * -1 for everything else.
 */
export function parseBinary32(at: usize, end: usize): i64 {
  if (at == end) return MISSING;
  let sign: u32 = 0;
  const first = <i32>load<u8>(at);
  if (first == 43 || first == 45) {
    if (first == 45) sign = 0x80000000;
    at++;
  }
  if (isWord(at, end, "nan") || isWord(at, end, "inf") || isWord(at, end, "infinity")) return MISSING;

  size = 0;
  let digits = 0; // of them, those from the first that is not 0 on, and kept
  let scale = 0;
  let more = false;
  let some = false;
  let point = false;
  let group: u32 = 0; // up to nine digits, before they go into the limbs
  let grouped = 0;
  for (; at < end; at++) {
    const byte = <i32>load<u8>(at);
    if (byte == 46 && !point) {
      point = true;
      continue;
    }
    if (!isDigit(byte)) break;
    some = true;
    const digit = byte - 48;
    if (digits == MOST_DIGITS) {
      more = more || digit != 0;
      if (!point) scale++;
      continue;
    }
    if (point) scale--;
    if (digits == 0 && digit == 0) continue;
    digits++;
    group = group * 10 + digit;
    if (++grouped == 9) {
      multiplyAdd(1000000000, group);
      group = 0;
      grouped = 0;
    }
  }
  if (!some) return -1;
  if (grouped > 0) multiplyAdd(powerOfTen(grouped), group);

  if (at < end) {
    if ((<i32>load<u8>(at) | 32) != 101) return -1; // e
    at++;
    let negative = false;
    if (at < end && (load<u8>(at) == 43 || load<u8>(at) == 45)) negative = load<u8>(at++) == 45;
    if (at == end) return -1;
    let exponent = 0;
    for (; at < end; at++) {
      const byte = <i32>load<u8>(at);
      if (!isDigit(byte)) return -1;
      exponent = min(exponent * 10 + byte - 48, 10000000);
    }
    scale += negative ? -exponent : exponent;
  }
  if (digits == 0) return sign;
  // below 10^(digits + scale), and at least a tenth of that
  if (digits + scale > 40) return sign | INFINITE;
  if (digits + scale < -46) return sign;
  return sign | toBinary32(scale, more);
}
