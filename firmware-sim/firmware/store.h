/* Two slots in flash, each a 16-byte slot header and a snapshot. The older one is overwritten, its header last, so at
   every instant one complete snapshot stands. */
#ifndef STORE_H
#define STORE_H

#include <stdint.h>

/* Puts the newest good snapshot into the learner. Gives its sequence number, or 0 if there is none. */
uint32_t store_restore(void);

/* Saves the learner. Gives the sequence number of the new snapshot. */
uint32_t store_save(void);

#endif
