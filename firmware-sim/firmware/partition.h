/* A partition at the end of a simulated board's flash, of PARTITION_BYTES: what the SDKs of other chips write to in pieces of any length. */
#ifndef PARTITION_H
#define PARTITION_H

#include <stddef.h>
#include <stdint.h>

/* 0: done; -1: not within the partition, or it is to be erased by whole sectors. */
int partition_erase(size_t offset, size_t count);
int partition_write(size_t offset, const void *bytes, size_t count);
int partition_read(size_t offset, void *bytes, size_t count);

#endif
