/* Slots in flash, two or more, each a 16-byte slot header and a snapshot. They are written in turn, never the newest, the header last and when the
   rest has been read back: so at every instant one complete snapshot stands, and what was acknowledged is there. */
#ifndef ONWARD_STORE_H
#define ONWARD_STORE_H

#include <stdint.h>

/* Puts the newest snapshot that `load` takes into the learner: onward_load, or onward_load_compatible after an update of the program. Gives its sequence number, or 0
   if there is none. One that is whole but of another learner is refused, and the newest such stays where it is as long as there is another slot to write. An earlier program's are found
   wherever they begin, as long as it is within FLASH_STORE_BYTES. */
uint32_t store_restore(int (*load)(int (*read)(void *context, uint32_t offset, void *bytes, uint32_t count), void *context));

/* The answer of `load` to the newest snapshot that was refused (ONWARD_OTHER_SHAPE, ...), 0 where none was. */
int store_refusal(void);

/* Saves the learner. Gives the sequence number of the new snapshot, or 0 where no slot gives back what was written, or none is left beside the newest, which stays. */
uint32_t store_save(void);

/* Sequence number of the newest snapshot, and up to `count` of its bytes: gives how many there are. */
uint32_t store_sequence(void);
uint32_t store_read(uint32_t offset, uint8_t *bytes, uint32_t count);

/* A piece of a snapshot that comes from outside, in whole units of flash but for the last. Pieces of one transfer are taken in order, into
   the slot that a save would overwrite; the learner and the newest snapshot stay as they are until the last piece is there and the checksum of all has
   held. Gives the offset that is wanted next: its length once the learner has taken it over and flash keeps it, 0 for a transfer
   that must begin anew: another has begun, a save has come in between, or it was no snapshot of this learner. */
uint32_t store_stage(uint16_t transfer, uint32_t offset, const uint8_t *bytes, uint32_t count);

#endif
