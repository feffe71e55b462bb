/* The store lies in the board's storage_partition; its sectors and units are those of the flash around it, 4 kB and 16 bytes where devicetree does not say. */
#include <zephyr/devicetree.h>
#include <zephyr/storage/flash_map.h>

#define FLASH_STORE_BYTES FIXED_PARTITION_SIZE(storage_partition)
#define FLASH_CHIP DT_GPARENT(DT_NODELABEL(storage_partition))
#define FLASH_SECTOR DT_PROP_OR(FLASH_CHIP, erase_block_size, 4096)
#define FLASH_UNIT (DT_PROP_OR(FLASH_CHIP, write_block_size, 1) > 16 ? DT_PROP_OR(FLASH_CHIP, write_block_size, 1) : 16)
