#include "lines.h"

#include "number.h"

/* The longest number or name that a line may have; a label with a longer name goes by its number. */
#define WORD_BYTES 40

#define NOT_A_NUMBER 1
#define NO_LABEL 2
#define TOO_LONG 3

#define ASKED (-1) /* "?" in place of a label */

static char word[WORD_BYTES]; /* under way */
static uint32_t length;
static uint32_t fields; /* complete: the label is the first, the others are values */
static int label;
static int wrong;       /* what was wrong first, and with which field */
static uint32_t wrong_field;
static uint32_t since_saved;

static void put(const char *text) {
  while (*text) onward_line_put(*text++);
}

static void put_number(uint32_t value) {
  char digits[11];
  char *at = digits + sizeof digits - 1;
  for (*at = 0; value > 9; value /= 10) *--at = (char)('0' + value % 10);
  *--at = (char)('0' + value);
  put(at);
}

/* Q15 with three digits behind the point. */
static void put_share(int share) {
  const uint32_t thousandths = ((uint32_t)share * 1000 + 16384) >> 15;
  onward_line_put((char)('0' + thousandths / 1000));
  onward_line_put('.');
  onward_line_put((char)('0' + thousandths / 100 % 10));
  onward_line_put((char)('0' + thousandths / 10 % 10));
  onward_line_put((char)('0' + thousandths % 10));
}

static int is_same(const char *one, const char *other) {
  while (*one && *one == *other) one++, other++;
  return *one == *other;
}

/* Can a line have it in place of a number, and its answer not be taken for another? */
static int is_plain(const char *name) {
  uint32_t bytes = 0;
  for (; name[bytes]; bytes++)
    if (name[bytes] == ',' || (unsigned char)name[bytes] < ' ') return 0;
  return bytes > 0 && bytes <= WORD_BYTES && name[0] != '#' && name[0] != '?' && name[0] != ' ' && name[bytes - 1] != ' ' && !is_same(name, "error") && !is_same(name, "ready");
}

static void put_label(int number) {
  if (is_plain(onward_labels[number])) {
    put(onward_labels[number]);
    return;
  }
  onward_line_put('#');
  put_number((uint32_t)number);
}

static int put_bytes(void *context, const void *bytes, uint32_t count) {
  static const char digits[] = "0123456789abcdef";
  (void)context;
  for (const uint8_t *at = (const uint8_t *)bytes; count--; at++) {
    onward_line_put(digits[*at >> 4]);
    onward_line_put(digits[*at & 15]);
  }
  return 0;
}

static int is_word(const char *text) {
  uint32_t at = 0;
  while (at < length && text[at] && word[at] == text[at]) at++;
  return at == length && !text[at];
}

static void fail(int what) {
  if (wrong) return;
  wrong = what;
  wrong_field = fields;
}

/* The label that the word names, -2 if there is none. */
static int named(void) {
  if (is_word("?")) return ASKED;
  if (length >= 2 && length <= 4 && word[0] == '#') {
    uint32_t at = 1;
    int number = 0;
    for (; at < length && word[at] >= '0' && word[at] <= '9'; at++) number = number * 10 + (word[at] - '0');
    if (at == length) return number;
  }
  for (int number = 0; number < ONWARD_LABELS; number++)
    if (is_word(onward_labels[number])) return number;
  return -2;
}

static void end_word(void) {
  while (length && (word[length - 1] == ' ' || word[length - 1] == '\t')) length--;
}

static void take_field(void) {
  end_word();
  if (fields == 0) {
    label = named();
    /* the next label is taken into use by its first sample */
    if (label < ASKED || label >= ONWARD_LABELS || label > onward_labels_in_use()) fail(NO_LABEL);
  } else if (fields <= ONWARD_VALUES) {
    uint32_t bits;
    if (number_read(word, length, &bits)) __builtin_memcpy(onward_x() + fields - 1, &bits, sizeof bits);
    else fail(NOT_A_NUMBER);
  }
  fields++;
  length = 0;
}

static void complain(void) {
  put("error,");
  if (wrong == NO_LABEL) {
    put("there is no such label: ");
    for (int number = 0; number < onward_labels_in_use(); number++) {
      if (number) put(" or ");
      put_label(number);
    }
  } else if (fields == 0) {
    put("a line is LABEL or ? and the values, with commas between them; or save, snapshot or ready");
  } else if (wrong == TOO_LONG && wrong_field == 0) {
    put("the label is too long: its number is #0 or more");
  } else if (wrong) {
    put("value ");
    put_number(wrong_field);
    put(" of ");
    put_number(ONWARD_VALUES);
    put(" is no number");
  } else {
    put_number(fields - 1);
    put(fields == 2 ? " value, a sample has " : " values, a sample has ");
    put_number(ONWARD_VALUES);
  }
}

static void answer(void) {
  const int found = onward_predict(onward_x());
  const int probability = onward_probability(found), familiar = onward_familiar(found);
  int layers = 0, saved = 0;
  if (label != ASKED) {
    layers = onward_learn(0, label);
    if (++since_saved >= ONWARD_SAVE_EVERY && onward_line_save() == 0) {
      since_saved = 0;
      saved = 1;
    }
  }
  put_label(found);
  onward_line_put(',');
  put_share(probability);
  onward_line_put(',');
  if (familiar >= 0) put_share(familiar);
  if (label == ASKED) return;
  onward_line_put(',');
  put_number((uint32_t)layers);
  if (saved) put(",saved");
}

static void say_ready(void) {
  put("ready,");
  put_number((uint32_t)onward_labels_in_use());
  onward_line_put(',');
  put_number(ONWARD_VALUES);
}

static void command(void) {
  if (is_word("ready")) {
    say_ready();
  } else if (is_word("snapshot")) {
    put("snapshot,");
    onward_save(put_bytes, 0);
  } else if (onward_line_save() == 0) {
    since_saved = 0;
    put("saved");
  } else {
    put("error,it could not be saved");
  }
}

static void end_line(void) {
  end_word();
  if (fields == 0 && length == 0 && !wrong) return; /* an empty line, or the LF after a CR */
  if (fields) take_field();
  if (fields == 0 && !wrong && (is_word("save") || is_word("snapshot") || is_word("ready"))) command();
  else if (fields != ONWARD_VALUES + 1 || wrong) complain();
  else answer();
  onward_line_put('\n');
  fields = length = 0;
  wrong = 0;
}

void onward_line_refused(int why) { put(why == ONWARD_OTHER_SHAPE ? "refused,other shape\n" : why == ONWARD_OTHER_VERSION ? "refused,other version\n" : "refused,damaged\n"); }

void onward_line_ready(void) {
  say_ready();
  onward_line_put('\n');
}

void onward_line(char byte) {
  if (byte == '\n' || byte == '\r') end_line();
  else if (byte == ',') take_field();
  else if (length == 0 && (byte == ' ' || byte == '\t')) return;
  else if (length < WORD_BYTES) word[length++] = byte;
  else fail(TOO_LONG);
}
