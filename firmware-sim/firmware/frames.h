/* Frames over the byte link: SLIP around  type u8 | sequence u16 | body | CRC-32, all little-endian.
   A frame whose CRC does not hold is counted and forgotten: nothing is ever learned from it. */
#ifndef FRAMES_H
#define FRAMES_H

#include <stdint.h>

enum frame_type {
  /* to the board */
  FRAME_LABEL = 'L',  /* label u8: of the window with this sequence number */
  FRAME_SAMPLE = 'X', /* label u8 (255: none), then ONWARD_INPUTS binary32; only without a window */
  FRAME_COMMISSION = 'C', /* a detector learns anew what is normal */
  FRAME_SAVE = 'S',
  FRAME_ASK = '?',
  /* from the board */
  FRAME_BOOT = 'B',    /* sequence u32 of the restored snapshot (0: fresh) */
  FRAME_PREDICTED = 'P', /* label u8, then cost u32 of extract + predict, in counts */
  FRAME_LEARNED = 'T', /* layers updated u8, then cost u32 of learn */
  FRAME_OBSERVED = 'O', /* alarm u8, then cost u32, then score i32 Q16 */
  FRAME_SAVED = 'F',   /* sequence u32 of the snapshot */
  FRAME_STATUS = 'H',  /* FNV-1a u32 of the learned bytes, damaged frames u32, late labels u32, stack bytes used u32 */
  FRAME_TRAP = '!'     /* code u8 */
};

struct frame {
  uint8_t type;
  uint16_t sequence;
  uint8_t first; /* first byte of the body: the label */
};

/* Takes the bytes that have arrived. Gives 1 when a whole, undamaged frame is there. The numbers of a FRAME_SAMPLE go
   straight to onward_x(), so a frame needs no buffer; until the CRC has held they are only scratch. */
int frame_receive(struct frame *frame);
uint32_t frames_damaged(void);

void frame_send(uint8_t type, uint16_t sequence, const void *body, uint32_t count);

#endif
