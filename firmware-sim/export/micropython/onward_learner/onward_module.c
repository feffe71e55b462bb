/* The learner as a class of MicroPython: `import @NAME@`, then `@NAME@.Learner()`, any number of them. Each lies in MicroPython's heap with all that it learns; nothing else is allocated but answers.
   One thread at a time calls their methods: all of them, not each. */
#include <string.h>

#include "src/learner.h"

#include "python.h"

struct learner {
  mp_obj_base_t base;
  struct onward_one one;
  bool has_sample; /* the last one was whole: `None` can stand for it */
  bool pushed;     /* readings come one by one, and their window is under way ... */
  bool anew;       /* ... or begins with the next */
};

static struct learner *learner_of(mp_obj_t object) {
  struct learner *const self = MP_OBJ_TO_PTR(object);
  onward_use(&self->one);
  return self;
}

static mp_obj_t make(const mp_obj_type_t *type, size_t count, size_t named, const mp_obj_t *arguments) {
  mp_arg_check_num(count, named, 0, 0, false);
  (void)arguments;
  struct learner *const self = mp_obj_malloc(struct learner, type);
  memset(&self->one, 0, sizeof self->one);
  self->has_sample = self->pushed = self->anew = false;
  onward_use(&self->one);
  onward_init();
  return MP_OBJ_FROM_PTR(self);
}

/* Puts x where the core takes it. `None`: the one that is there. */
static void take(struct learner *self, mp_obj_t x) {
  if (x == mp_const_none) {
    if (!self->has_sample) mp_raise_ValueError(MP_ERROR_TEXT("x: no sample, or no full window, that None could stand for; give one"));
    return;
  }
  if (self->pushed) mp_raise_ValueError(MP_ERROR_TEXT("x: this learner takes what push() is given; leave x out, or give whole samples to another Learner()"));
  self->has_sample = false;
  read_numbers(onward_x(), x, "x", ONWARD_VALUES);
  onward_use(&self->one);
  self->has_sample = true;
}

static mp_obj_t name_of(int label) { return mp_obj_new_str(onward_labels[label], strlen(onward_labels[label])); }

__attribute__((noreturn)) static void refuse_label(mp_obj_t label) {
  vstr_t text;
  mp_print_t print;
  vstr_init_print(&text, 64, &print);
  mp_print_str(&print, "label: there is no ");
  mp_obj_print_helper(&print, label, PRINT_REPR);
  for (int number = 0; number < onward_labels_in_use(); number++) mp_printf(&print, "%s %s", number ? "," : "; name one of", onward_labels[number]);
  nlr_raise(mp_obj_new_exception_arg1(&mp_type_ValueError, mp_obj_new_str_from_vstr(&text)));
}

/* A name or a number: of a label in use, or of the next where there is room. */
static int number_of(mp_obj_t label) {
  int number = -1;
  if (mp_obj_is_str(label)) {
    size_t bytes;
    const char *const name = mp_obj_str_get_data(label, &bytes);
    for (int each = 0; each < ONWARD_LABELS; each++)
      if (strlen(onward_labels[each]) == bytes && memcmp(onward_labels[each], name, bytes) == 0) number = each;
  } else if (mp_obj_is_small_int(label)) {
    const mp_int_t value = MP_OBJ_SMALL_INT_VALUE(label);
    if (value >= 0 && value < ONWARD_LABELS) number = (int)value;
  } else if (!mp_obj_is_int(label)) {
    mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("label must be a name or a number, got %s"), mp_obj_get_type_str(label));
  }
  if (number < 0 || number > onward_labels_in_use()) refuse_label(label);
  return number;
}

static mp_obj_t share(int q15) { return q15 < 0 ? mp_const_none : mp_obj_new_float((mp_float_t)q15 / (mp_float_t)32768); }

/* predict(x): the label, how probable it is, and how familiar x is as one of it (None: it cannot be said); both 0 to 1. */
static mp_obj_t predict(size_t count, const mp_obj_t *arguments) {
  struct learner *const self = learner_of(arguments[0]);
  take(self, count > 1 ? arguments[1] : mp_const_none);
  const int label = onward_predict(onward_x());
  mp_obj_t answer[] = {name_of(label), share(onward_probability(label)), share(onward_familiar(label))};
  return mp_obj_new_tuple(MP_ARRAY_SIZE(answer), answer);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(predict_object, 1, 2, predict);

/* learn(x, label): the number of layers that learned from it; 0: it was already answered with confidence. */
static mp_obj_t learn(mp_obj_t object, mp_obj_t x, mp_obj_t label) {
  struct learner *const self = learner_of(object);
  const int number = number_of(label);
  take(self, x);
  const int layers = onward_learn(onward_x(), number);
  if (layers < 0) refuse_label(label); /* x is a program, and loaded a snapshot with fewer */
  return MP_OBJ_NEW_SMALL_INT(layers);
}
static MP_DEFINE_CONST_FUN_OBJ_3(learn_object, learn);

/* adapt(x): the running standardisation sees x, and nothing else does. */
static mp_obj_t adapt(mp_obj_t object, mp_obj_t x) {
  take(learner_of(object), x);
  onward_adapt(onward_x());
  return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(adapt_object, adapt);

#if ONWARD_AXES
/* push(reading, hop): True when a window is full, every `hop` readings; then predict() and learn(None, label) are of that window. */
static mp_obj_t push(size_t count, const mp_obj_t *arguments) {
  struct learner *const self = learner_of(arguments[0]);
  const mp_int_t hop = count > 2 ? mp_obj_get_int(arguments[2]) : ONWARD_SAMPLES;
  if (hop < 1 || hop > ONWARD_SAMPLES) mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("hop must be 1 to %d readings, got %d"), ONWARD_SAMPLES, (int)hop);
  float reading[ONWARD_AXES];
  read_numbers(reading, arguments[1], "reading", ONWARD_AXES);
  onward_use(&self->one);
  self->has_sample = onward_push(reading, self->anew ? ONWARD_SAMPLES : (uint32_t)hop);
  self->pushed = true;
  self->anew = false;
  return mp_obj_new_bool(self->has_sample);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(push_object, 2, 3, push);
#endif

/* add_label(): takes the next label into use before any sample of it, and gives its name. */
static mp_obj_t add_label(mp_obj_t object) {
  learner_of(object);
  const int label = onward_add_label();
  if (label < 0) mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("no room for more than %d labels: export a learner with more of them, or with room (labelCapacity)"), ONWARD_LABELS);
  return name_of(label);
}
static MP_DEFINE_CONST_FUN_OBJ_1(add_label_object, add_label);

/* labels(): their names, of those in use. */
static mp_obj_t labels(mp_obj_t object) {
  learner_of(object);
  mp_obj_t names[ONWARD_LABELS];
  const int count = onward_labels_in_use();
  for (int label = 0; label < count; label++) names[label] = name_of(label);
  return mp_obj_new_tuple((size_t)count, names);
}
static MP_DEFINE_CONST_FUN_OBJ_1(labels_object, labels);

/* stats(): samples learned and layers updated since the first; computations at the end of their range. */
static mp_obj_t stats(mp_obj_t object) {
  learner_of(object);
  struct onward_stats counted;
  onward_stats(&counted);
  mp_obj_t answer[] = {mp_obj_new_int_from_uint(counted.seen), mp_obj_new_int_from_uint(counted.updates), mp_obj_new_int_from_uint(counted.saturations)};
  return mp_obj_new_tuple(MP_ARRAY_SIZE(answer), answer);
}
static MP_DEFINE_CONST_FUN_OBJ_1(stats_object, stats);

#if ONWARD_MEMORY
/* memory(): exemplars stored, drift alarms, and how badly the newest exemplars are answered. */
static mp_obj_t memory(mp_obj_t object) {
  learner_of(object);
  mp_obj_t answer[] = {mp_obj_new_int_from_uint(onward_exemplars()), mp_obj_new_int_from_uint(onward_alarms()), mp_obj_new_int(onward_newest_loss())};
  return mp_obj_new_tuple(MP_ARRAY_SIZE(answer), answer);
}
static MP_DEFINE_CONST_FUN_OBJ_1(memory_object, memory);

/* sleep(steps): that many exemplars are learned again; sleep(steps, from, to): some of these steps, others later. */
static mp_obj_t doze(size_t count, const mp_obj_t *arguments) {
  struct learner *const self = learner_of(arguments[0]);
  const mp_int_t steps = mp_obj_get_int(arguments[1]), from = count > 2 ? mp_obj_get_int(arguments[2]) : 0, to = count > 3 ? mp_obj_get_int(arguments[3]) : steps;
  if (steps < 0 || steps > 0xffff) mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("steps must be 0 to 65535, got %d"), (int)steps);
  if (from < 0 || from > to || to > steps) mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("from and to must be 0 to %d, one after the other, got %d and %d"), (int)steps, (int)from, (int)to);
  self->has_sample = false;
  onward_sleep((uint32_t)steps, (uint32_t)from, (uint32_t)to);
  return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(sleep_object, 2, 4, doze);
#endif

/* save(): the snapshot, as bytes. */
static mp_obj_t save(mp_obj_t object) {
  learner_of(object);
  return saved();
}
static MP_DEFINE_CONST_FUN_OBJ_1(save_object, save);

/* load(data): goes on from a snapshot, one of an earlier program too (onward_load_compatible); readings that were pushed are no part of it. A refused one changes nothing. */
static mp_obj_t load(mp_obj_t object, mp_obj_t data) {
  struct learner *const self = learner_of(object);
  load_from(onward_load_compatible, "learner", data);
  self->has_sample = false;
#if ONWARD_AXES
  /* The readings of a window under way are gone: it is filled up, and the next begins anew. */
  static const float nothing[ONWARD_AXES];
  self->anew = self->pushed;
  while (self->pushed && !onward_push(nothing, ONWARD_SAMPLES)) {
  }
#endif
  return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(load_object, load);

static const mp_rom_map_elem_t methods_table[] = {
  {MP_ROM_QSTR(MP_QSTR_predict), MP_ROM_PTR(&predict_object)},
  {MP_ROM_QSTR(MP_QSTR_learn), MP_ROM_PTR(&learn_object)},
  {MP_ROM_QSTR(MP_QSTR_adapt), MP_ROM_PTR(&adapt_object)},
#if ONWARD_AXES
  {MP_ROM_QSTR(MP_QSTR_push), MP_ROM_PTR(&push_object)},
#endif
  {MP_ROM_QSTR(MP_QSTR_add_label), MP_ROM_PTR(&add_label_object)},
  {MP_ROM_QSTR(MP_QSTR_labels), MP_ROM_PTR(&labels_object)},
  {MP_ROM_QSTR(MP_QSTR_stats), MP_ROM_PTR(&stats_object)},
#if ONWARD_MEMORY
  {MP_ROM_QSTR(MP_QSTR_memory), MP_ROM_PTR(&memory_object)},
  {MP_ROM_QSTR(MP_QSTR_sleep), MP_ROM_PTR(&sleep_object)},
#endif
  {MP_ROM_QSTR(MP_QSTR_save), MP_ROM_PTR(&save_object)},
  {MP_ROM_QSTR(MP_QSTR_load), MP_ROM_PTR(&load_object)},
};
static MP_DEFINE_CONST_DICT(methods, methods_table);

static MP_DEFINE_CONST_OBJ_TYPE(learner_type, MP_QSTR_Learner, MP_TYPE_FLAG_NONE, make_new, make, locals_dict, &methods);

static const mp_rom_map_elem_t names_table[] = {
  {MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR_@NAME@)},
  {MP_ROM_QSTR(MP_QSTR_Learner), MP_ROM_PTR(&learner_type)},
  {MP_ROM_QSTR(MP_QSTR_VALUES), MP_ROM_INT(ONWARD_VALUES)},
};
static MP_DEFINE_CONST_DICT(names, names_table);

const mp_obj_module_t onward_module = {.base = {&mp_type_module}, .globals = (mp_obj_dict_t *)&names};
MP_REGISTER_MODULE(MP_QSTR_@NAME@, onward_module);
