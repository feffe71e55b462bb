/* The firmware: sense, predict, report; learn when a label arrives; save now and then; go on where it stopped.
   With ONWARD_DETECTOR (config.h): sense, score, learn, report. With ONWARD_REGRESSOR: predict, report; learn when a number arrives. */
#include "board.h"
#include "config.h"
#include "frames.h"
#include "stack.h"
#include "store.h"
#ifdef ONWARD_DETECTOR
#include "detector.h"
#elif defined(ONWARD_REGRESSOR)
#include "regressor.h"
#if ONWARD_HORIZON > 1
#error "a frame V has the number of the newest sample: this firmware takes a regressor with a horizon of 1; one that looks further needs a program of its own, as onward export writes it"
#endif
#else
#include "learner.h"
#endif

/* Learned samples between two saves. A power cut loses at most these. A detector learns 50 a second: every 100 would wear its
   flash out (100,000 erases) in days. */
#ifndef SAVE_EVERY
#ifdef ONWARD_DETECTOR
#define SAVE_EVERY 100000
#else
#define SAVE_EVERY 100
#endif
#endif

static uint16_t window;       /* sequence number of the sample that was predicted last, counted from boot */
static uint32_t late;         /* labels for a sample that has gone, or that nobody asked for */
static uint32_t since_saved;  /* learned samples that flash does not hold yet */

#define NO_LABEL 255

/* A save that flash did not take is tried again with the next one that is due. */
static void save(void) {
  const uint32_t sequence = store_save();
  since_saved = sequence == 0;
  frame_send(FRAME_SAVED, window, &sequence, sizeof sequence);
}

#if ONWARD_MEMORY
/* The sleep under way: one step a round of the main loop. */
static struct {
  uint32_t step, steps;
  uint32_t sequence; /* of the snapshot that is the learner as it fell asleep */
  int32_t loss;
} asleep;

static void tell_slept(uint32_t steps) { frame_send(FRAME_SLEPT, window, &steps, sizeof steps); }

static void fall_asleep(uint32_t steps) {
  if (onward_exemplars() == 0 || steps == 0) return tell_slept(0);
  if (since_saved || store_sequence() == 0) save();
  if (since_saved) return tell_slept(0); /* there would be no way back */
  asleep.step = 0;
  asleep.steps = steps;
  asleep.sequence = store_sequence();
  asleep.loss = onward_newest_loss();
}

static int is_asleep(void) { return asleep.step != asleep.steps; }

/* Something was learned, or taken over: what is left of the sleep is dropped, what it did stays. */
static void wake(void) { asleep.step = asleep.steps; }

static void sleep_on(void) {
  if (!is_asleep()) return;
  onward_sleep(asleep.steps, asleep.step, asleep.step + 1);
  since_saved++;
  if (++asleep.step != asleep.steps) return;
  /* one that did harm is undone, unless a snapshot of its middle has been saved since */
  const int harmed = onward_newest_loss() > asleep.loss && store_sequence() == asleep.sequence;
  if (harmed) store_restore(onward_load), since_saved = 0;
  tell_slept(harmed ? 0 : asleep.steps);
}
#else
static int is_asleep(void) { return 0; }
static void wake(void) {}
static void sleep_on(void) {}
#endif

/* Answers in place: the bytes go behind the offset that was asked for. */
static void send_piece(const struct frame *frame, uint32_t offset) {
  const uint32_t count = store_read(offset, frame->body + 4, PIECE_BYTES);
  frame_send(FRAME_PIECE, (uint16_t)store_sequence(), frame->body, 4 + count);
}

static void take_piece(const struct frame *frame, uint32_t offset) {
  const uint32_t before = store_sequence();
  const uint32_t staged = store_stage(frame->sequence, offset, frame->body + 4, frame->count - 4);
  if (store_sequence() != before) since_saved = 0, wake();
  frame_send(FRAME_STAGED, frame->sequence, &staged, sizeof staged);
}

static void learned(void) {
  wake();
  if (++since_saved >= SAVE_EVERY) save();
}

#ifdef ONWARD_DETECTOR
/* The sample in onward_x(). */
static void take(int label) {
  (void)label;
  const uint32_t start = board_count();
  const int alarm = onward_observe(onward_x());
  const struct __attribute__((packed)) {
    uint8_t alarm;
    uint32_t cost;
    int32_t score;
  } body = {(uint8_t)alarm, board_since(start), onward_score()};
  frame_send(FRAME_OBSERVED, window, &body, sizeof body);
  learned();
}
#else
static void report(uint8_t type, uint8_t first, uint32_t cost) {
  const uint8_t body[5] = {first, (uint8_t)cost, (uint8_t)(cost >> 8), (uint8_t)(cost >> 16), (uint8_t)(cost >> 24)};
  frame_send(type, window, body, sizeof body);
}
#ifdef ONWARD_REGRESSOR
static int asked; /* the last sample's number has not come */

/* The sample in onward_x(). */
static void take(int label) {
  (void)label;
  const uint32_t start = board_count();
  struct onward_estimate estimate;
  onward_predict(onward_x(), &estimate);
  const uint32_t cost = board_since(start);
  uint8_t body[sizeof cost + sizeof estimate];
  __builtin_memcpy(body, &cost, sizeof cost);
  __builtin_memcpy(body + sizeof cost, &estimate, sizeof estimate);
  frame_send(FRAME_ESTIMATED, window, body, sizeof body);
  asked = 1;
}

static void learn(uint32_t bits) {
  float target;
  __builtin_memcpy(&target, &bits, sizeof target);
  const uint32_t start = board_count();
  const int layers = onward_learn(0, target);
  report(FRAME_LEARNED, (uint8_t)layers, board_since(start));
  asked = 0;
  learned();
}
#else
/* The state begins with how many there were (FORMAT.md). */
static uint32_t samples_learned(void) {
  uint32_t count;
  __builtin_memcpy(&count, onward_state(), sizeof count);
  return count;
}

static void predict(void) {
  const uint32_t start = board_count();
  const int label = onward_predict(onward_x());
  const struct __attribute__((packed)) {
    uint8_t label;
    uint32_t cost;
    uint16_t probability;
    int16_t familiar;
  } body = {(uint8_t)label, board_since(start), (uint16_t)onward_probability(label), (int16_t)onward_familiar(label)};
  frame_send(FRAME_PREDICTED, window, &body, sizeof body);
}

static void learn(int label) {
  const uint32_t start = board_count();
  const int layers = onward_learn(0, label);
  if (layers < 0) return; /* no such label */
  report(FRAME_LEARNED, (uint8_t)layers, board_since(start));
  learned();
}

/* The sample in onward_x(). */
static void take(int label) {
  predict();
  if (label != NO_LABEL) learn(label);
}
#endif
#endif

static void status(void) {
  uint32_t hash = 2166136261u;
  for (uint32_t i = 0; i < ONWARD_STATE_BYTES; i++) hash = (hash ^ onward_state()[i]) * 16777619u;
  const uint32_t body[4] = {hash, frames_damaged(), late, stack_used()};
  frame_send(FRAME_STATUS, window, body, sizeof body);
}

static void obey(const struct frame *frame) {
  uint32_t offset;
  __builtin_memcpy(&offset, frame->body, sizeof offset);
  switch (frame->type) {
#ifdef ONWARD_DETECTOR
    case FRAME_LABEL: late++; break;
    case FRAME_COMMISSION: onward_commission(); break;
#elif defined(ONWARD_REGRESSOR)
    case FRAME_LABEL: late++; break;
    case FRAME_TARGET:
      if (frame->sequence != window || !asked) late++;
      else learn(offset);
      break;
#else
    case FRAME_LABEL:
      /* A sample that came over the link brings its own label: the next one may be overwriting it already. */
      if (!ONWARD_AXES || frame->sequence != window || window == 0) late++;
      else learn(frame->body[0]);
      break;
    case FRAME_EXAMPLE:
      if (frame->sequence == (uint16_t)samples_learned()) {
        window = frame->sequence;
        take(frame->body[0]);
      }
      const uint32_t seen = samples_learned();
      frame_send(FRAME_SEEN, frame->sequence, &seen, sizeof seen);
      break;
#endif
    case FRAME_SAMPLE:
      window = frame->sequence;
      take(frame->body[0]);
      break;
#if ONWARD_MEMORY
    case FRAME_SLEEP: fall_asleep(offset); break;
#endif
    case FRAME_SAVE: save(); break;
    case FRAME_READ: send_piece(frame, offset); break;
    case FRAME_WRITE: take_piece(frame, offset); break;
    case FRAME_ASK: status(); break;
  }
}

#if ONWARD_AXES
/* A whole number as binary32 bits: the sensor gives integers, the learner reads floats, the chip has none. */
static uint32_t float_bits(int32_t value) {
  if (value == 0) return 0;
  const uint32_t sign = value < 0 ? 0x80000000u : 0, size = value < 0 ? (uint32_t)-value : (uint32_t)value;
  const uint32_t lead = (uint32_t)__builtin_clz(size);
  return sign | (158 - lead) << 23 | ((size << lead << 1) >> 9);
}

static void sense(void) {
  static uint32_t row;
  int16_t reading[ONWARD_AXES];
  while (board_sense(reading)) {
    for (uint32_t axis = 0; axis < ONWARD_AXES; axis++) {
      const uint32_t bits = float_bits(reading[axis]);
      __builtin_memcpy(onward_x() + row * ONWARD_AXES + axis, &bits, sizeof bits);
    }
    if (++row == ONWARD_SAMPLES) {
      row = 0;
      window++;
      take(NO_LABEL);
    }
  }
}
#else
static void sense(void) {}
#endif

void onward_trap(int code) {
  const uint8_t body = (uint8_t)code;
  frame_send(FRAME_TRAP, window, &body, 1);
  board_stop(3);
}

int main(void) {
  board_init();
#ifdef PROBE_UNALIGNED /* for the test that a board's simulator faults on an unaligned access */
  (void)*(volatile uint32_t *)((uintptr_t)onward_state() + 2);
#endif
  onward_init();
  const uint32_t sequence = store_restore(onward_load);
  frame_send(FRAME_BOOT, 0, &sequence, sizeof sequence);
  for (;;) {
    struct frame frame;
    if (!is_asleep()) board_wait();
    while (frame_receive(&frame)) obey(&frame);
    sense();
    sleep_on();
  }
}
