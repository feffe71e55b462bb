/* Frames over the byte link: SLIP around  type u8 | sequence u16 | body | CRC-32, all little-endian.
   A frame whose CRC does not hold is counted and forgotten: nothing is ever learned from it. */
#ifndef FRAMES_H
#define FRAMES_H

#include <stdint.h>

#include "board.h"

enum frame_type {
  /* to the board */
  FRAME_LABEL = 'L',  /* label u8: of the window with this sequence number */
  FRAME_SAMPLE = 'X', /* label u8 (255: none), then ONWARD_INPUTS binary32; only without a window */
  FRAME_EXAMPLE = 'E', /* body of a labelled FRAME_SAMPLE; learned only if this sequence number is how many samples have been
                          learned (low 16 bits): repeated, late or after a power cut, no sample is learned twice or left out */
  FRAME_TARGET = 'V', /* binary32 to a regressor: the number of the sample with this sequence number; NaN stays unknown */
  FRAME_COMMISSION = 'C', /* a detector learns anew what is normal */
  FRAME_SLEEP = 'Z', /* steps u32: exemplars learned again, a step between any two frames; a sample that is learned ends it */
  FRAME_SAVE = 'S',
  FRAME_READ = 'R',    /* offset u32 in the saved snapshot */
  FRAME_WRITE = 'W',   /* offset u32, then PIECE_BYTES of a snapshot to take over (the last piece: what is left); its sequence number
                          names the transfer */
  FRAME_ASK = '?',
  /* from the board */
  FRAME_BOOT = 'B',    /* sequence u32 of the restored snapshot (0: fresh) */
  FRAME_PREDICTED = 'P', /* label u8, then cost u32 of extract + predict, in counts, probability u16 and familiar i16 (-1: cannot be said), both Q15 */
  FRAME_LEARNED = 'T', /* layers updated u8, then cost u32 of learn */
  FRAME_SEEN = 'N',    /* samples learned u32 (low 32 bits): the answer to every FRAME_EXAMPLE */
  FRAME_PIECE = 'D',   /* offset u32, then up to PIECE_BYTES; its sequence number is that of the snapshot (low 16 bits) */
  FRAME_STAGED = 'A',  /* offset u32 that the transfer goes on from: 0 from its beginning, the snapshot's length when it was taken over */
  FRAME_OBSERVED = 'O', /* alarm u8, then cost u32, then score i32 Q16 */
  FRAME_ESTIMATED = 'G', /* cost u32 of a regressor's prediction, then value, low and high, each binary32 */
  FRAME_SLEPT = 'Y',   /* steps u32 that were slept: 0 if they did harm, and the learner is what it was */
  FRAME_SAVED = 'F',   /* sequence u32 of the snapshot; 0: flash did not take it */
  FRAME_STATUS = 'H',  /* FNV-1a u32 of the learned bytes, damaged frames u32, late labels u32, stack bytes used u32 */
  FRAME_TRAP = '!'     /* code u8 */
};

/* Bytes of a snapshot in a frame: whole units of flash, so that nothing has to be held back. */
#define PIECE_BYTES (FLASH_UNIT > 64 ? FLASH_UNIT : 64)

struct frame {
  uint8_t type;
  uint16_t sequence;
  uint8_t *body; /* until the next frame_receive; 4 + PIECE_BYTES of room. Of a sample only its label is here */
  uint32_t count;
};

/* Takes the bytes that have arrived. Gives 1 when a whole, undamaged frame is there. The numbers of a sample go
   straight to onward_x(), so it needs no buffer; until the CRC has held they are only scratch. */
int frame_receive(struct frame *frame);
uint32_t frames_damaged(void);

void frame_send(uint8_t type, uint16_t sequence, const void *body, uint32_t count);

#endif
