/* The firmware finds on an RP2040 beside the chip: SPI0 on GPIO 16 to 19 with a LIS2DH12 accelerometer, ADC channel 0 on GPIO 26, the store at the end of flash. */
#include "board.h"
#include "rp2040.h"
#include "state.h"

#define RESETS_RESET 0x4000c000
#define RESETS_DONE 0x4000c008
#define SPI0 0x4003c000
#define ADC 0x4004c000
#define GPIO_OUT_SET 0xd0000014
#define GPIO_OUT_CLEAR 0xd0000018
#define GPIO_ENABLE_SET 0xd0000024

/* ---- sensors: one axis is the ADC, more are the accelerometer ---- */

#define CHIP_SELECT 17
#define TRAP_SENSOR 100     /* not there, or another one */
#define SENSOR_WHO_AM_I 0x0f /* reads 0x33 */
#define SENSOR_CTRL_REG1 0x20
#define SENSOR_CTRL_REG4 0x23
#define SENSOR_CTRL_REG5 0x24
#define SENSOR_OUT_X_L 0x28
#define SENSOR_FIFO_CTRL 0x2e
#define SENSOR_FIFO_SRC 0x2f
#define SENSOR_READ 0x80
#define SENSOR_INCREMENT 0x40

/* One transfer, chip select low throughout: a first byte (SENSOR_ bits), then `count` bytes out or in; 8 fit the FIFO. */
static void spi_transfer(uint8_t first, uint8_t *bytes, uint32_t count) {
  REGISTER(GPIO_OUT_CLEAR) = 1 << CHIP_SELECT;
  REGISTER(SPI0 + 0x08) = first;
  for (uint32_t i = 0; i < count; i++) REGISTER(SPI0 + 0x08) = bytes[i];
  for (uint32_t i = 0; i <= count; i++) {
    while (!(REGISTER(SPI0 + 0x0c) & 1 << 2)) {}
    const uint8_t byte = (uint8_t)REGISTER(SPI0 + 0x08);
    if (i) bytes[i - 1] = byte;
  }
  REGISTER(GPIO_OUT_SET) = 1 << CHIP_SELECT;
}

static uint8_t sensor_get(uint8_t at) {
  uint8_t value = 0;
  spi_transfer(SENSOR_READ | at, &value, 1);
  return value;
}

static void sensor_put(uint8_t at, uint8_t value) { spi_transfer(at, &value, 1); }

static void accelerometer(void) {
  REGISTER(GPIO_CTRL(16)) = 1;
  REGISTER(GPIO_CTRL(18)) = 1;
  REGISTER(GPIO_CTRL(19)) = 1;
  REGISTER(GPIO_OUT_SET) = 1 << CHIP_SELECT;
  REGISTER(GPIO_ENABLE_SET) = 1 << CHIP_SELECT;
  REGISTER(GPIO_CTRL(CHIP_SELECT)) = 5;
  REGISTER(SPI0 + 0x10) = 16;     /* 125 MHz / 16 = 7.8 MHz; the sensor takes 10 */
  REGISTER(SPI0 + 0x00) = 0xc7;   /* 8 bits, mode 3 */
  REGISTER(SPI0 + 0x04) = 1 << 1; /* on */
  if (sensor_get(SENSOR_WHO_AM_I) != 0x33) onward_trap(TRAP_SENSOR);
  sensor_put(SENSOR_CTRL_REG4, 0xa8);  /* +-8 g, 12 bits: 4 mg a step; no half-updated values */
  sensor_put(SENSOR_CTRL_REG5, 0x40);  /* 32 readings of FIFO: an erase of flash (45 ms) loses none */
  sensor_put(SENSOR_FIFO_CTRL, 0x80);  /* stream */
  sensor_put(SENSOR_CTRL_REG1, 0x47);  /* 50 Hz, three axes */
}

static int accelerometer_read(int16_t *reading) {
  if (sensor_get(SENSOR_FIFO_SRC) & 0x20) return 0; /* empty */
  uint8_t bytes[6];
  spi_transfer(SENSOR_READ | SENSOR_INCREMENT | SENSOR_OUT_X_L, bytes, sizeof bytes);
  for (int axis = 0; axis < 3; axis++) reading[axis] = (int16_t)((int16_t)(bytes[2 * axis] | bytes[2 * axis + 1] << 8) >> 4);
  return 1;
}

static void adc(void) {
  REGISTER(ADC) = 1;
  while (!(REGISTER(ADC) & 1 << 8)) {}
}

static int adc_read(int16_t *reading) {
  static uint32_t read_at;
  if (read_at == rp2040_ticks()) return 0; /* one reading a tick */
  read_at = rp2040_ticks();
  REGISTER(ADC) = 1 | 1 << 2;
  while (!(REGISTER(ADC) & 1 << 8)) {}
  *reading = (int16_t)REGISTER(ADC + 0x04);
  return 1;
}

int board_sense(int16_t *reading) { return ONWARD_AXES == 3 ? accelerometer_read(reading) : adc_read(reading); }

/* ---- flash ---- */

#define STORE_OFFSET (RP2040_FLASH_BYTES - FLASH_STORE_BYTES)

void board_flash_erase(uint32_t offset) { rp2040_flash_write(STORE_OFFSET + offset, 0); }
void board_flash_program(uint32_t offset, const uint8_t *unit) { rp2040_flash_write(STORE_OFFSET + offset, unit); }
void board_flash_read(uint32_t offset, void *bytes, uint32_t count) {
  __builtin_memcpy(bytes, (const uint8_t *)RP2040_FLASH_BASE + STORE_OFFSET + offset, count);
}

void board_init(void) {
  rp2040_start();
  const uint32_t used = 1 << 0 | 1 << 16; /* ADC, SPI0 */
  REGISTER(RESETS_RESET + CLEAR) = used;
  while ((REGISTER(RESETS_DONE) & used) != used) {}
  if (ONWARD_AXES == 3) accelerometer();
  else if (ONWARD_AXES) adc();
}
