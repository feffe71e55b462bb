/* The detector as a class of MicroPython: `import @NAME@`, then `@NAME@.Detector()`, any number of them. Each lies in MicroPython's heap with all that it learns; nothing else is allocated but answers.
   One thread at a time calls their methods: all of them, not each. */
#include <string.h>

#include "src/detector.h"

#include "python.h"

struct detector {
  mp_obj_base_t base;
  struct onward_one one;
};

static struct detector *detector_of(mp_obj_t object) {
  struct detector *const self = MP_OBJ_TO_PTR(object);
  onward_use(&self->one);
  return self;
}

static mp_obj_t make(const mp_obj_type_t *type, size_t count, size_t named, const mp_obj_t *arguments) {
  mp_arg_check_num(count, named, 0, 0, false);
  (void)arguments;
  struct detector *const self = mp_obj_malloc(struct detector, type);
  memset(&self->one, 0, sizeof self->one);
  onward_use(&self->one);
  onward_init();
  return MP_OBJ_FROM_PTR(self);
}

/* 1 is where alarms begin. */
static mp_float_t in_thresholds(mp_float_t score) { return score / (mp_float_t)65536 / ((mp_float_t)ONWARD_THRESHOLD / (mp_float_t)16777216); }

static int greatest(void) {
  const int32_t *const parts = onward_parts();
  int channel = 0;
  for (int each = 1; each < ONWARD_VALUES; each++) if (parts[each] > parts[channel]) channel = each;
  return channel;
}

/* The name of the view that gave a channel its part, by the numbers of onward_views. */
static mp_obj_t view_of(int channel) {
  static const char *const names[] = {"level", "level", "change", "rhythm", "spread", "trend", "rhythm", "level", "spread", "stuck", "missing", "stuck", "joint"};
  const char *const name = names[ONWARD_COMMISSIONED ? 12 : onward_views()[channel]];
  return mp_obj_new_str(name, strlen(name));
}

/* observe(x): whether it is an alarm, the score, the channel that has most of it, and the view that gave that one its part. x is scored by what was learned before it, then learned. */
static mp_obj_t observe(mp_obj_t object, mp_obj_t x) {
  struct detector *const self = detector_of(object);
  read_numbers(onward_x(), x, "x", ONWARD_VALUES);
  onward_use(&self->one);
  const int alarm = onward_observe(onward_x()), channel = greatest();
  mp_obj_t answer[] = {mp_obj_new_bool(alarm), mp_obj_new_float(in_thresholds((mp_float_t)onward_score())), MP_OBJ_NEW_SMALL_INT(channel), view_of(channel)};
  return mp_obj_new_tuple(MP_ARRAY_SIZE(answer), answer);
}
static MP_DEFINE_CONST_FUN_OBJ_2(observe_object, observe);

/* recent(): the greatest score lately; a 96th of it fades with each sample. */
static mp_obj_t recent(mp_obj_t object) {
  detector_of(object);
  return mp_obj_new_float(in_thresholds((mp_float_t)onward_recent()));
}
static MP_DEFINE_CONST_FUN_OBJ_1(recent_object, recent);

/* channels(): the part of each channel in the last score, in the same units. */
static mp_obj_t channels(mp_obj_t object) {
  detector_of(object);
  const int32_t *const parts = onward_parts();
  mp_obj_t answer[ONWARD_VALUES];
  mp_float_t all = 0; /* commissioned: the parts are of the score's square, here the same shares of the score */
  for (int each = 0; each < ONWARD_VALUES; each++) all += (mp_float_t)(parts[each] < 0 ? -parts[each] : parts[each]);
  const mp_float_t share = !ONWARD_COMMISSIONED ? 1 : all > 0 ? (mp_float_t)onward_score() / all : 0;
  for (int each = 0; each < ONWARD_VALUES; each++) answer[each] = mp_obj_new_float(in_thresholds((mp_float_t)parts[each] * share));
  return mp_obj_new_tuple(ONWARD_VALUES, answer);
}
static MP_DEFINE_CONST_FUN_OBJ_1(channels_object, channels);

/* commission(): forgets what is normal; it is learned anew from what comes. */
static mp_obj_t commission(mp_obj_t object) {
  detector_of(object);
  onward_commission();
  return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_1(commission_object, commission);

/* save(): the snapshot, as bytes. */
static mp_obj_t save(mp_obj_t object) {
  detector_of(object);
  return saved();
}
static MP_DEFINE_CONST_FUN_OBJ_1(save_object, save);

/* load(data): goes on from a snapshot. A refused one changes nothing. */
static mp_obj_t load(mp_obj_t object, mp_obj_t data) {
  detector_of(object);
  load_from(onward_load, "detector", data);
  return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(load_object, load);

static const mp_rom_map_elem_t methods_table[] = {
  {MP_ROM_QSTR(MP_QSTR_observe), MP_ROM_PTR(&observe_object)},
  {MP_ROM_QSTR(MP_QSTR_recent), MP_ROM_PTR(&recent_object)},
  {MP_ROM_QSTR(MP_QSTR_channels), MP_ROM_PTR(&channels_object)},
  {MP_ROM_QSTR(MP_QSTR_commission), MP_ROM_PTR(&commission_object)},
  {MP_ROM_QSTR(MP_QSTR_save), MP_ROM_PTR(&save_object)},
  {MP_ROM_QSTR(MP_QSTR_load), MP_ROM_PTR(&load_object)},
};
static MP_DEFINE_CONST_DICT(methods, methods_table);

static MP_DEFINE_CONST_OBJ_TYPE(detector_type, MP_QSTR_Detector, MP_TYPE_FLAG_NONE, make_new, make, locals_dict, &methods);

static const mp_rom_map_elem_t names_table[] = {
  {MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR_@NAME@)},
  {MP_ROM_QSTR(MP_QSTR_Detector), MP_ROM_PTR(&detector_type)},
  {MP_ROM_QSTR(MP_QSTR_VALUES), MP_ROM_INT(ONWARD_VALUES)},
};
static MP_DEFINE_CONST_DICT(names, names_table);

const mp_obj_module_t onward_module = {.base = {&mp_type_module}, .globals = (mp_obj_dict_t *)&names};
MP_REGISTER_MODULE(MP_QSTR_@NAME@, onward_module);
