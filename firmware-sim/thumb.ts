// The instructions of a Cortex-M0+ that firmware spends its time in: out of flash, with data in flash and RAM. rp2040js compares an instruction with up to eighty patterns, one after the
// other; here a jump by its first five bits finds it. All else (peripherals, interrupts, what is rare or an error) is left to rp2040js, whose registers, flags and cycles these are.

import type { RP2040 } from 'rp2040js';

const FLASH = 0x10000000;
const RAM = 0x20000000;
const [SP, LR, PC] = [13, 14, 15];

/** Loads and stores by a register, in the order of their three bits. */
const [STR, STRH, STRB, LDRSB, LDR, LDRH, LDRB] = [0, 1, 2, 3, 4, 5, 6];

/** All numbers here have 32 bits and a sign, which a compiler of JavaScript keeps in registers; `>>> 0` where the sign is none. */
export class Thumb {
  /** Lowest stack pointer so far. */
  lowestStack = Infinity;
  readonly #core: RP2040['core'];
  readonly #registers: Int32Array;
  readonly #flash: Uint8Array;
  readonly #flash16: Uint16Array;
  readonly #flash32: Int32Array;
  readonly #ram: Uint8Array;
  readonly #ram16: Uint16Array;
  readonly #ram32: Int32Array;
  #loaded = 0;

  constructor({ core, flash, sram }: RP2040) {
    this.#core = core;
    this.#registers = new Int32Array(core.registers.buffer);
    [this.#flash, this.#flash16, this.#flash32] = [flash, new Uint16Array(flash.buffer), new Int32Array(flash.buffer)];
    [this.#ram, this.#ram16, this.#ram32] = [sram, new Uint16Array(sram.buffer), new Int32Array(sram.buffer)];
  }

  /** True if `#loaded` is what the address has: it is in flash or RAM, and aligned. */
  #load(address: number, bytes: number): boolean {
    if (address & (bytes - 1)) return false;
    let at = (address - RAM) | 0;
    if (at >>> 0 < this.#ram.length) {
      this.#loaded = bytes === 4 ? this.#ram32[at >> 2] : bytes === 2 ? this.#ram16[at >> 1] : this.#ram[at];
      return true;
    }
    at = (address - FLASH) | 0;
    if (at >>> 0 >= this.#flash.length) return false;
    this.#loaded = bytes === 4 ? this.#flash32[at >> 2] : bytes === 2 ? this.#flash16[at >> 1] : this.#flash[at];
    return true;
  }

  /** True if it was written: to RAM. */
  #store(address: number, value: number, bytes: number): boolean {
    const at = (address - RAM) | 0;
    if (at >>> 0 >= this.#ram.length || address & (bytes - 1)) return false;
    if (bytes === 4) this.#ram32[at >> 2] = value;
    else if (bytes === 2) this.#ram16[at >> 1] = value;
    else this.#ram[at] = value;
    return true;
  }

  /** True if so many words lie in RAM. */
  #holds(address: number, words: number): boolean {
    const at = (address - RAM) | 0;
    return at >= 0 && at + 4 * words <= this.#ram.length && (address & 3) === 0;
  }

  /** Executes instructions until they have taken `most` cycles, or the next is left to rp2040js. @returns the cycles that they took */
  run(most: number): number {
    const core = this.#core;
    const r = this.#registers;
    const end = Math.ceil(Math.min(most, 0x3fffffff));
    const code = this.#flash16, codeBytes = this.#flash.length, ram32 = this.#ram32;
    let { N: negative, Z: zero, C: carry, V: overflow } = core;
    let pc = r[PC];
    let next = pc;
    let spent = 1;
    let cycles = 0;

    program: for (; cycles < end; cycles = (cycles + spent) | 0, pc = next) {
      const from = (pc - FLASH) | 0;
      if (from >>> 0 >= codeBytes || from & 1) break;
      const op = code[from >> 1];
      // the fields that most instructions have
      const d = op & 7, m = (op >> 3) & 7, n = (op >> 6) & 7, high = (op >> 8) & 7, five = (op >> 6) & 31, eight = op & 255;
      next = (pc + 2) | 0;
      spent = 1;
      /** Of those that set the flags; the others `continue`. */
      let result: number;

      switch (op >> 11) {
        case 0b00000: // LSLS
          if (five) carry = ((r[m] >>> (32 - five)) & 1) === 1;
          r[d] = result = r[m] << five;
          break;
        case 0b00001: // LSRS
          carry = ((r[m] >>> (five || 32) - 1) & 1) === 1;
          r[d] = result = five ? (r[m] >>> five) | 0 : 0;
          break;
        case 0b00010: // ASRS
          carry = ((r[m] >>> (five || 32) - 1) & 1) === 1;
          r[d] = result = r[m] >> (five || 31);
          break;
        case 0b00011: { // ADDS, SUBS: of three registers, or two and a small number
          const x = r[m], y = op & 0x400 ? n : r[n];
          result = (op & 0x200 ? x - y : x + y) | 0;
          carry = op & 0x200 ? x >>> 0 >= y >>> 0 : result >>> 0 < x >>> 0;
          overflow = ((op & 0x200 ? x ^ y : ~(x ^ y)) & (x ^ result)) < 0;
          r[d] = result;
          break;
        }
        case 0b00100: // MOVS
          r[high] = result = eight;
          break;
        case 0b00101: // CMP
          result = (r[high] - eight) | 0;
          carry = r[high] >>> 0 >= eight;
          overflow = (r[high] & ~result) < 0;
          break;
        case 0b00110: // ADDS
          result = (r[high] + eight) | 0;
          carry = result >>> 0 < eight;
          overflow = (~r[high] & result) < 0;
          r[high] = result;
          break;
        case 0b00111: // SUBS
          result = (r[high] - eight) | 0;
          carry = r[high] >>> 0 >= eight;
          overflow = (r[high] & ~result) < 0;
          r[high] = result;
          break;
        case 0b01000: {
          const x = r[d], y = r[m];
          switch (five) {
            case 0: r[d] = result = x & y; break;
            case 1: r[d] = result = x ^ y; break;
            case 2: case 3: case 4: { // LSLS, LSRS, ASRS
              const by = y & 255;
              if (by === 0 || by > 31) break program;
              carry = ((x >>> (five === 2 ? 32 - by : by - 1)) & 1) === 1;
              r[d] = result = five === 2 ? x << by : five === 3 ? (x >>> by) | 0 : x >> by;
              break;
            }
            case 5: // ADCS
              result = (x + y + (carry ? 1 : 0)) | 0;
              carry = carry ? result >>> 0 <= x >>> 0 : result >>> 0 < x >>> 0;
              overflow = (~(x ^ y) & (x ^ result)) < 0;
              r[d] = result;
              break;
            case 6: // SBCS
              result = (x - y - (carry ? 0 : 1)) | 0;
              carry = carry ? x >>> 0 >= y >>> 0 : x >>> 0 > y >>> 0;
              overflow = ((x ^ y) & (x ^ result)) < 0;
              r[d] = result;
              break;
            case 8: result = x & y; break; // TST
            case 9: // RSBS
              result = (0 - y) | 0;
              carry = y === 0;
              overflow = (y & result) < 0;
              r[d] = result;
              break;
            case 10: // CMP
              result = (x - y) | 0;
              carry = x >>> 0 >= y >>> 0;
              overflow = ((x ^ y) & (x ^ result)) < 0;
              break;
            case 12: r[d] = result = x | y; break;
            case 13: r[d] = result = Math.imul(x, y); break;
            case 14: r[d] = result = x & ~y; break;
            case 15: r[d] = result = ~y; break;
            case 16: case 17: case 18: case 19: // ADD, MOV: of all registers but the last three
            case 24: case 25: case 26: case 27: {
              const into = d | ((op >> 4) & 8), other = (op >> 3) & 15;
              if (into >= SP || other === PC) break program;
              r[into] = r[other] + (five < 24 ? r[into] : 0);
              continue;
            }
            case 20: case 21: case 22: case 23: { // CMP
              const other = (op >> 3) & 15, one = r[d | ((op >> 4) & 8)];
              if ((d | ((op >> 4) & 8)) === PC || other === PC) break program;
              result = (one - r[other]) | 0;
              carry = one >>> 0 >= r[other] >>> 0;
              overflow = ((one ^ r[other]) & (one ^ result)) < 0;
              break;
            }
            case 28: case 29: case 30: case 31: { // BX, BLX
              const other = (op >> 3) & 15, to = r[other];
              if (d !== 0 || other >= LR + (five < 30 ? 1 : 0) || to >>> 28 === 15) break program;
              if (five >= 30) r[LR] = next | 1;
              next = to & ~1;
              spent = 2;
              continue;
            }
            default: break program;
          }
          break;
        }
        case 0b01001: // LDR out of the code
          if (!this.#load(((pc + 4) & ~3) + 4 * eight, 4)) break program;
          r[high] = this.#loaded;
          spent = 2;
          continue;
        case 0b01010: case 0b01011: { // loads and stores by a register
          const address = (r[m] + r[n]) | 0, kind = (op >> 9) & 7;
          if (kind <= STRB) {
            if (!this.#store(address, r[d], kind === STR ? 4 : kind === STRH ? 2 : 1)) break program;
          } else {
            if (!this.#load(address, kind === LDR ? 4 : kind === LDRH || kind > LDRB ? 2 : 1)) break program;
            const value = this.#loaded;
            r[d] = kind === LDRSB ? (value << 24) >> 24 : kind <= LDRB ? value : (value << 16) >> 16;
          }
          spent = 2;
          continue;
        }
        case 0b01100: case 0b01110: case 0b10000: { // STR, STRB, STRH
          const bytes = op >> 11 === 0b01100 ? 4 : op >> 11 === 0b01110 ? 1 : 2;
          if (!this.#store((r[m] + bytes * five) | 0, r[d], bytes)) break program;
          spent = 2;
          continue;
        }
        case 0b01101: case 0b01111: case 0b10001: { // LDR, LDRB, LDRH
          const bytes = op >> 11 === 0b01101 ? 4 : op >> 11 === 0b01111 ? 1 : 2;
          if (!this.#load((r[m] + bytes * five) | 0, bytes)) break program;
          r[d] = this.#loaded;
          spent = 2;
          continue;
        }
        case 0b10010: // STR on the stack
          if (!this.#store((r[SP] + 4 * eight) | 0, r[high], 4)) break program;
          spent = 2;
          continue;
        case 0b10011: // LDR from the stack
          if (!this.#load((r[SP] + 4 * eight) | 0, 4)) break program;
          r[high] = this.#loaded;
          spent = 2;
          continue;
        case 0b10100: // ADR
          r[high] = ((pc + 4) & ~3) + 4 * eight;
          continue;
        case 0b10101: // ADD to the stack pointer
          r[high] = r[SP] + 4 * eight;
          continue;
        case 0b10110: case 0b10111: {
          const kind = (op >> 8) & 15;
          if (kind === 0) { // ADD and SUB of the stack pointer
            r[SP] += (op & 0x80 ? -4 : 4) * (op & 0x7f);
          } else if (kind === 2) { // SXTH, SXTB, UXTH, UXTB
            const value = r[m];
            r[d] = n < 2 ? (n === 0 ? (value << 16) >> 16 : (value << 24) >> 24) : n === 2 ? value & 0xffff : value & 0xff;
            if (n > 3) break program;
          } else if (kind === 4 || kind === 5) { // PUSH
            let words = kind & 1;
            for (let bits = eight; bits; bits &= bits - 1) words++;
            if (!this.#holds(r[SP] - 4 * words, words)) break program;
            let at = (r[SP] -= 4 * words) - RAM >> 2;
            for (let i = 0; i < 8; i++) if (op & (1 << i)) ram32[at++] = r[i];
            if (kind & 1) ram32[at] = r[LR];
            spent = 1 + words - (kind & 1);
          } else if (kind === 12 || kind === 13) { // POP
            let words = kind & 1;
            for (let bits = eight; bits; bits &= bits - 1) words++;
            if (!this.#holds(r[SP], words)) break program;
            let at = r[SP] - RAM >> 2;
            const to = ram32[at + words - 1];
            if (kind & 1 && to >>> 28 === 15) break program;
            for (let i = 0; i < 8; i++) if (op & (1 << i)) r[i] = ram32[at++];
            r[SP] += 4 * words;
            if (kind & 1) next = to & ~1;
            spent = 1 + words + (kind & 1);
          } else break program;
          if (r[SP] >>> 0 < this.lowestStack) this.lowestStack = r[SP] >>> 0;
          continue;
        }
        case 0b11000: case 0b11001: { // STM, LDM
          let words = 0;
          for (let bits = eight; bits; bits &= bits - 1) words++;
          const start = r[high];
          if (!this.#holds(start, words)) break program;
          let at = start - RAM >> 2;
          for (let i = 0; i < 8; i++) {
            if (!(op & (1 << i))) continue;
            if (op & 0x800) r[i] = ram32[at++];
            else ram32[at++] = r[i];
          }
          if (!(op & (1 << high))) r[high] = start + 4 * words;
          spent = 1 + words;
          continue;
        }
        case 0b11010: case 0b11011: { // B on a condition
          let holds: boolean;
          switch ((op >> 9) & 7) {
            case 0: holds = zero; break;
            case 1: holds = carry; break;
            case 2: holds = negative; break;
            case 3: holds = overflow; break;
            case 4: holds = carry && !zero; break;
            case 5: holds = negative === overflow; break;
            case 6: holds = negative === overflow && !zero; break;
            default: break program;
          }
          if (holds === ((op & 0x100) === 0)) {
            next = (pc + 4 + 2 * ((op << 24) >> 24)) | 0;
            spent = 2;
          }
          continue;
        }
        case 0b11100: // B
          next = (pc + 4 + 2 * ((op << 21) >> 21)) | 0;
          spent = 2;
          continue;
        case 0b11110: { // BL
          const second = from + 2 < codeBytes ? code[(from >> 1) + 1] : 0;
          if ((second & 0xd000) !== 0xd000) break program;
          const sign = (op >> 10) & 1;
          const far = ((1 ^ sign ^ (second >> 13)) & 1) << 23 | ((1 ^ sign ^ (second >> 11)) & 1) << 22 | (op & 0x3ff) << 12 | (second & 0x7ff) << 1;
          r[LR] = (pc + 4) | 1;
          next = (pc + 4 + far - sign * 0x1000000) | 0;
          spent = 3;
          continue;
        }
        default: break program;
      }
      negative = result < 0;
      zero = result === 0;
    }
    r[PC] = pc;
    core.N = negative;
    core.Z = zero;
    core.C = carry;
    core.V = overflow;
    core.cycles += cycles;
    return cycles;
  }
}
