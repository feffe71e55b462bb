#include "frames.h"

#include "crc.h"
#include "state.h"

#define SLIP_END 0xc0
#define SLIP_ESCAPE 0xdb
#define SLIP_ESCAPED_END 0xdc
#define SLIP_ESCAPED_ESCAPE 0xdd

#define HEAD 3 /* type, sequence */
#define SAMPLE_HEAD 4 /* and label */
#define SAMPLE_BYTES (SAMPLE_HEAD + 4 * ONWARD_VALUES + 4)

static struct {
  uint32_t length; /* bytes since the last SLIP_END */
  uint32_t crc;
  uint8_t bytes[HEAD + 4 + PIECE_BYTES];
  uint8_t escaped, broken;
} incoming = {.crc = CRC32_START};
static uint32_t damaged;

uint32_t frames_damaged(void) { return damaged; }

static int is_sample(uint8_t type) { return type == FRAME_SAMPLE || type == FRAME_EXAMPLE; }

static void take(uint8_t byte) {
  const uint32_t at = incoming.length++;
  incoming.crc = crc32_step(incoming.crc, byte);
  if (at >= SAMPLE_HEAD && is_sample(incoming.bytes[0])) {
    if (!ONWARD_AXES && at < SAMPLE_BYTES - 4) ((uint8_t *)onward_x())[at - SAMPLE_HEAD] = byte;
  } else if (at < sizeof incoming.bytes) {
    incoming.bytes[at] = byte;
  }
}

/* The end of a frame: 1 if it is one, whole and undamaged. */
static int finish(struct frame *frame) {
  const uint32_t length = incoming.length;
  int whole = !incoming.broken && incoming.crc == CRC32_RESIDUE && length >= 7;
  const uint8_t type = incoming.bytes[0];
  if (is_sample(type)) whole = whole && !ONWARD_AXES && length == SAMPLE_BYTES;
  else if (type == FRAME_LABEL) whole = whole && length == HEAD + 1 + 4;
  else if (type == FRAME_READ || type == FRAME_SLEEP) whole = whole && length == HEAD + 4 + 4;
#ifdef ONWARD_REGRESSOR
  else if (type == FRAME_TARGET) whole = whole && length == HEAD + 4 + 4;
#endif
  else if (type == FRAME_WRITE) whole = whole && length >= HEAD + 4 + 4 && length <= sizeof incoming.bytes + 4;
  frame->type = type;
  frame->sequence = (uint16_t)(incoming.bytes[1] | incoming.bytes[2] << 8);
  frame->body = incoming.bytes + HEAD;
  frame->count = length - HEAD - 4;
  incoming.length = 0;
  incoming.crc = CRC32_START;
  incoming.escaped = incoming.broken = 0;
  if (!whole && length) damaged++;
  return whole;
}

int frame_receive(struct frame *frame) {
  int byte;
  while ((byte = board_receive()) >= 0) {
    if (byte == SLIP_END) {
      if (finish(frame)) return 1;
    } else if (incoming.escaped) {
      incoming.escaped = 0;
      if (byte == SLIP_ESCAPED_END) take(SLIP_END);
      else if (byte == SLIP_ESCAPED_ESCAPE) take(SLIP_ESCAPE);
      else incoming.broken = 1;
    } else if (byte == SLIP_ESCAPE) {
      incoming.escaped = 1;
    } else {
      take((uint8_t)byte);
    }
  }
  return 0;
}

static uint32_t send(uint32_t crc, const void *bytes, uint32_t count) {
  const uint8_t *at = bytes;
  for (; count--; at++) {
    if (*at == SLIP_END) board_transmit(SLIP_ESCAPE), board_transmit(SLIP_ESCAPED_END);
    else if (*at == SLIP_ESCAPE) board_transmit(SLIP_ESCAPE), board_transmit(SLIP_ESCAPED_ESCAPE);
    else board_transmit(*at);
    crc = crc32_step(crc, *at);
  }
  return crc;
}

void frame_send(uint8_t type, uint16_t sequence, const void *body, uint32_t count) {
  const uint8_t head[3] = {type, (uint8_t)sequence, (uint8_t)(sequence >> 8)};
  board_transmit(SLIP_END);
  uint32_t crc = send(CRC32_START, head, sizeof head);
  crc = ~send(crc, body, count);
  send(0, &crc, sizeof crc);
  board_transmit(SLIP_END);
}
