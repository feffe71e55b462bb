/* Snapshots of an earlier program: included by learner.c. What does not change meaning is carried over region by region (FORMAT.md, the arena), the rest is refused:

     names of labels, seed, rate, margin    this program's; labels keep their numbers
     more labels, or room for more          new ones are as if never learned
     less room                              as long as the labels in use fit
     8 bits, here 16                        weights are the same numbers, so that answers are the same
     16 bits, here 8; any other shape       ONWARD_OTHER_SHAPE
     another format or arithmetic           ONWARD_OTHER_VERSION */
#define WORDS_AT 8u
#define ARITHMETIC_AT 104u
#define STATE_BYTES_AT 108u
#define NOTE_AT 116u
#define NAMES_AT 120u
#define WORD_INPUTS 0u
#define WORD_LABELS 1u
#define WORD_LAYERS 2u
#define WORD_BITS 3u
#define WORD_SEED 5u
#define WORD_RATE 6u
#define WORD_MARGIN 8u
#define MOST_LABELS 256u
#define FEW_INPUTS 8u    /* up to which a first layer has 16 bits in any case */
#define MANY_INPUTS 256u /* from which weights of 8 bits are Q7, not Q6 */

struct earlier {
  int (*read)(void *context, uint32_t offset, void *bytes, uint32_t count);
  void *context;
  u32 room, labels, narrow; /* labels that there was room for, and in use; 1: it has 8 bits, this program 16 */
  u32 state, bytes;         /* where its state begins, and its length */
  u32 total;                /* bytes of the whole snapshot */
  /* The walk: the place in this state and in that one. */
  u32 to, from;
  int moves, failed; /* 0: only measured */
};

static u32 own_word(u32 word) { return i32_load(core_config() + 4 * word, 0u); }

static void carry(struct earlier *earlier, u32 bytes) {
  if (earlier->moves && !earlier->failed) earlier->failed = earlier->read(earlier->context, earlier->state + earlier->from, CORE_AT(earlier->to), bytes);
}

static u32 next16(u32 bytes) { return (bytes + 15) & ~15u; }

/* Everything up to this address is the same there. */
static void carry_until(struct earlier *earlier, u32 end) {
  carry(earlier, end - earlier->to);
  earlier->from += end - earlier->to;
  earlier->to = end;
}

/* A region with a row for each label that there is room for: of the new ones nothing is known. */
static void carry_labels(struct earlier *earlier, u32 row) {
  carry(earlier, (earlier->room < ONWARD_LABELS ? earlier->room : ONWARD_LABELS) * row);
  earlier->from += next16(earlier->room * row);
  earlier->to += next16(ONWARD_LABELS * row);
}

/* `count` weights of 8 bits as 16, by so many bits to the left. */
static void widen_weights(struct earlier *earlier, u32 count, u32 by) {
  u8 piece[16];
  for (u32 at = 0; at < count && earlier->moves && !earlier->failed; at += (u32)sizeof piece) {
    const u32 some = count - at < sizeof piece ? count - at : (u32)sizeof piece;
    earlier->failed = earlier->read(earlier->context, earlier->state + earlier->from + at, piece, some);
    for (u32 i = 0; i < some; i++) i32_store16(earlier->to + 2 * (at + i), 0u, (u32)(s32)(s8)piece[i] << by);
  }
  earlier->from += next16(count);
  earlier->to += next16(2 * count);
}

/* Biases have the weights' fraction and 8 bits more; they saturate at 2^30. */
static void widen_biases(struct earlier *earlier, u32 count, u32 by) {
  const s32 most = (s32)1 << 30, fits = most >> by;
  u32 end = earlier->to + 4 * count, at = earlier->to;
  carry_until(earlier, earlier->to + next16(4 * count));
  for (; at < end && earlier->moves; at += 4) {
    const s32 bias = (s32)i32_load(at, 0u);
    i32_store(at, 0u, bias > fits ? (u32)most : bias < -fits ? 0u - (u32)most : (u32)bias << by);
  }
}

static void carry_layer(struct earlier *earlier, u32 layer, int widens) {
  const u32 units = i32_load(layer, 8u), lanes = i32_load(layer, 12u), biases = i32_load(layer, 20u), by = i32_load(layer, 0u) < MANY_INPUTS ? 6 : 5;
  carry_until(earlier, i32_load(layer, 16u));
  if (widens) {
    widen_weights(earlier, ((units + 3) & ~3u) * i32_load(layer, 4u), by);
    widen_biases(earlier, lanes, by);
  }
  carry_until(earlier, biases + next16(4 * lanes));
  carry_labels(earlier, 2 * lanes);
}

static void carry_state(struct earlier *earlier, int moves) {
  const u32 start = core_arena();
  earlier->moves = moves;
  earlier->to = start;
  earlier->from = 0;
  carry_until(earlier, w2c_frequencies);
  carry_labels(earlier, 2);
  if (w2c_usualCounts) {
    const u32 lanes = (own_word(WORD_INPUTS) + 7) & ~7u;
    carry_labels(earlier, 1);
    carry_labels(earlier, lanes);
    carry_labels(earlier, lanes);
    carry_labels(earlier, 4);
  }
  for (u32 l = 0; l < own_word(WORD_LAYERS); l++) {
#ifdef CORE_LOCAL_FIELDS
    const int was_wide = 0;
#else
    const int was_wide = l == 0 && own_word(WORD_INPUTS) <= FEW_INPUTS;
#endif
    carry_layer(earlier, w2c_layers + 64 * l, earlier->narrow && !was_wide);
  }
#if ONWARD_MEMORY
  const u32 prototypes = own_word(15) >> 8 & 0xff;
  carry_until(earlier, w2c_labelMemories);
  carry_labels(earlier, 16);
  carry_until(earlier, w2c_prototypeCounts);
  carry_labels(earlier, 2 * prototypes);
  carry_labels(earlier, prototypes * w2c_rowBytes);
  carry_labels(earlier, prototypes * w2c_rowBytes);
#endif
  carry_until(earlier, start + ONWARD_STATE_BYTES);
}

/* Lengths, as the head says them. Those of a torn one lead nowhere. */
static int measure_earlier(struct earlier *earlier) {
  u32 head[2], note, at = NAMES_AT + 2;
  u16 count;
  int failed = earlier->read(earlier->context, 0, head, sizeof head);
  if (!failed && CORE_CONSTANT_BYTE(onward_header) != (head[0] & 0xff)) return ONWARD_DAMAGED;
  if (!failed && (head[1] >> 16 != NAMES_AT || (head[1] & 0xffff) - 2 > 1)) return ONWARD_OTHER_VERSION;
  if (!failed) failed = earlier->read(earlier->context, STATE_BYTES_AT, &earlier->bytes, 4);
  if (!failed) failed = earlier->read(earlier->context, NOTE_AT, &note, 4);
  if (!failed) failed = earlier->read(earlier->context, NAMES_AT, &count, 2);
  if (failed) return failed;
  earlier->labels = count;
  for (u32 name = 0; name < earlier->labels; name++) {
    failed = earlier->read(earlier->context, at, &count, 2);
    if (failed) return failed;
    at += 2 + (u32)count;
    if (at > 0xffff) return ONWARD_DAMAGED;
  }
  if (note > 0xffff || earlier->bytes > 0xffffff) return ONWARD_DAMAGED;
  earlier->state = (at + 7) & ~7u;
  earlier->total = earlier->state + earlier->bytes + note + 4;
  return 0;
}

static int check_earlier(struct earlier *earlier) {
  u32 crc = CRC32_START;
  u8 piece[32];
  for (u32 at = 0; at < earlier->total; at += (u32)sizeof piece) {
    const u32 count = earlier->total - at < sizeof piece ? earlier->total - at : (u32)sizeof piece;
    const int failed = earlier->read(earlier->context, at, piece, count);
    if (failed) return failed;
    crc = crc32_bytes(crc, piece, count);
  }
  return crc == CRC32_RESIDUE ? 0 : ONWARD_DAMAGED;
}

/* Its configuration beside this one. */
static int compare_earlier(struct earlier *earlier) {
  for (u32 at = WORDS_AT; at <= ARITHMETIC_AT; at += 4) {
    const u32 word = (at - WORDS_AT) / 4;
    u32 found, own;
    const int failed = earlier->read(earlier->context, at, &found, 4);
    if (failed) return failed;
    CORE_COPY_CONSTANT(&own, onward_header + at, 4);
    if (at == ARITHMETIC_AT) {
      if (found != own) return ONWARD_OTHER_VERSION;
    } else if (word == WORD_LABELS) {
      earlier->room = found;
    } else if (word == WORD_BITS && found == 8 && own == 16) {
      earlier->narrow = 1;
    } else if (found != own && word != WORD_SEED && word != WORD_RATE && word != WORD_MARGIN) {
      return ONWARD_OTHER_SHAPE;
    }
  }
  return earlier->labels <= ONWARD_LABELS && earlier->labels <= earlier->room && earlier->room <= MOST_LABELS ? 0 : ONWARD_OTHER_SHAPE;
}

int onward_load_compatible(int (*read)(void *context, uint32_t offset, void *bytes, uint32_t count), void *context) {
  struct earlier earlier = {read, context, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
  u32 used;
  int failed = measure_earlier(&earlier);
  if (!failed) failed = check_earlier(&earlier);
  if (!failed) failed = compare_earlier(&earlier);
  if (failed) return failed;
  carry_state(&earlier, 0);
  if (earlier.from != earlier.bytes) return ONWARD_OTHER_SHAPE;
  failed = read(context, earlier.state + LABELS_IN_USE, &used, sizeof used);
  if (failed) return failed;
  if (used != earlier.labels) return ONWARD_DAMAGED;
  create(); /* what the snapshot has nothing of is as if fresh */
  carry_state(&earlier, 1);
  CORE_COPY_CONSTANT(CORE_AT(core_arena() + RATE), onward_config + WORD_RATE, 4);
  while (labels_in_use() < ONWARD_LABELS - ONWARD_SPARE_LABELS) core_addLabel();
  return earlier.failed;
}
