/* Shared by the modules of onward for MicroPython: numbers that come from Python, snapshots as its bytes. */
#include <string.h>

#include "py/runtime.h"

#if !MICROPY_PY_BUILTINS_FLOAT
#error "samples are numbers with a point: build MicroPython with MICROPY_FLOAT_IMPL"
#endif

/* The same of all modules of onward in one program. */
__attribute__((weak, noreturn)) void onward_trap(int code) { mp_raise_msg_varg(&mp_type_RuntimeError, MP_ERROR_TEXT("onward trapped with code %d: begin anew from the last save()"), code); }

/* So many numbers of a list, a tuple, an array; a NaN is a missing value. To get them may run Python, which may use another learner or detector. */
static void read_numbers(float *to, mp_obj_t from, const char *name, size_t count) {
  mp_buffer_info_t buffer;
  const bool is_floats = mp_get_buffer(from, &buffer, MP_BUFFER_READ) && buffer.typecode == 'f';
  const mp_obj_t length = mp_obj_len_maybe(from);
  if (length == MP_OBJ_NULL) mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("%s must be a list, tuple or array of %d numbers, got %s"), name, (int)count, mp_obj_get_type_str(from));
  const mp_int_t found = mp_obj_get_int(length);
  if (found != (mp_int_t)count) mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("%s must have %d numbers, got %d"), name, (int)count, (int)found);
  if (is_floats) {
    memcpy(to, buffer.buf, count * sizeof *to);
    return;
  }
  mp_obj_iter_buf_t place;
  const mp_obj_t items = mp_getiter(from, &place);
  for (size_t i = 0; i < count; i++) {
    const mp_obj_t item = mp_iternext(items);
    mp_float_t value;
    if (item == MP_OBJ_STOP_ITERATION) mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("%s must have %d numbers, got %d"), name, (int)count, (int)i);
    if (!mp_obj_get_float_maybe(item, &value)) mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("%s[%d] must be a number, got %s; nan is a missing value"), name, (int)i, mp_obj_get_type_str(item));
    to[i] = (float)value;
  }
}

static int append(void *text, const void *bytes, uint32_t count) {
  vstr_add_strn((vstr_t *)text, (const char *)bytes, count);
  return 0;
}

/* The snapshot of the one in use. */
static mp_obj_t saved(void) {
  vstr_t bytes;
  vstr_init(&bytes, onward_snapshot_bytes(0, 0) + 1); /* MicroPython puts a 0 behind */
  onward_save(append, &bytes);
  return mp_obj_new_bytes_from_vstr(&bytes);
}

static int read_piece(void *from, uint32_t offset, void *bytes, uint32_t count) {
  const mp_buffer_info_t *const buffer = from;
  if (offset > buffer->len || count > buffer->len - offset) return ONWARD_DAMAGED;
  memcpy(bytes, (const uint8_t *)buffer->buf + offset, count);
  return 0;
}

/* The one in use, a `kind`, goes on from bytes; those that it refuses change nothing. */
static void load_from(int (*load)(int (*read)(void *context, uint32_t offset, void *bytes, uint32_t count), void *context), const char *kind, mp_obj_t data) {
  mp_buffer_info_t buffer;
  if (!mp_get_buffer(data, &buffer, MP_BUFFER_READ) || mp_obj_is_str(data)) mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("data must be bytes of save(), got %s"), mp_obj_get_type_str(data));
  const int refused = load(read_piece, &buffer);
  if (refused == ONWARD_OTHER_SHAPE) mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("data: a snapshot of a %s of another shape; export that %s, or begin anew"), kind, kind);
  if (refused == ONWARD_OTHER_VERSION) mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("data: a snapshot of an onward that computes otherwise; teach this %s anew"), kind);
  if (refused) mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("data: %d bytes that are no whole snapshot; give what save() gave"), (int)buffer.len);
}
