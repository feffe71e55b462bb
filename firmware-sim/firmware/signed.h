/* A snapshot that its sender has signed, believed only if the signature is the key owner's: `sign(learner.save(), 'snapshot', key)` of onward/fleet makes one (FORMAT.md, "A signed message").
   The signature is Ed25519's, and a library checks it: crypto_ed25519_check of Monocypher fits as it is, another one's in three lines.

     struct onward_message snapshot;
     if (onward_believe(received, size, "snapshot", key, crypto_ed25519_check, &snapshot) == 0) onward_load_compatible(onward_message_read, &snapshot); */
#ifndef ONWARD_SIGNED_H
#define ONWARD_SIGNED_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A signed message, where it lies. */
struct onward_message {
  const uint8_t *bytes;
  uint32_t size;
};

/* Gives 0 if the signature of the message is that of the key's owner. */
typedef int (*onward_signature_check)(const uint8_t signature[64], const uint8_t key[32], const uint8_t *message, size_t size);

#define ONWARD_UNSIGNED (-5)
#define ONWARD_FORGED (-6)

/* The message of an envelope of `size` bytes: 0, ONWARD_UNSIGNED or ONWARD_FORGED, and then there is none. `purpose` has at most 64 characters: a signature for another one does not hold. The bytes in front of the
   message are written to while it is checked, and then as they were, so they must not lie in flash. */
static inline int onward_believe(uint8_t *envelope, uint32_t size, const char *purpose, const uint8_t key[32], onward_signature_check check, struct onward_message *message) {
  enum { FRONT = 72 }; /* "ONWS", u32 1, the signature */
  static const char magic[8] = {'O', 'N', 'W', 'S', 1, 0, 0, 0};
  static const char first[7] = {'o', 'n', 'w', 'a', 'r', 'd', ' '};
  uint8_t front[FRONT];
  size_t named = 0; /* "onward ", the purpose, a byte 0 */
  int wrong;
  message->bytes = 0;
  message->size = 0;
  if (size <= FRONT) return ONWARD_UNSIGNED;
  for (int i = 0; i < 8; i++) if (envelope[i] != (uint8_t)magic[i]) return ONWARD_UNSIGNED;
  while (purpose[named] != 0) named++;
  named += sizeof first + 1;
  if (named > FRONT) return ONWARD_FORGED;
  for (int i = 0; i < FRONT; i++) front[i] = envelope[i];
  for (size_t i = 0; i < named; i++) envelope[FRONT - named + i] = (uint8_t)(i < sizeof first ? first[i] : purpose[i - sizeof first]);
  wrong = check(front + 8, key, envelope + FRONT - named, (size_t)(size - FRONT) + named);
  for (int i = 0; i < FRONT; i++) envelope[i] = front[i];
  if (wrong != 0) return ONWARD_FORGED;
  message->bytes = envelope + FRONT;
  message->size = size - FRONT;
  return 0;
}

/* `read` of onward_load and onward_load_compatible, its context a struct onward_message. */
static inline int onward_message_read(void *context, uint32_t offset, void *bytes, uint32_t count) {
  const struct onward_message *message = (const struct onward_message *)context;
  if (offset > message->size || count > message->size - offset) return 1;
  for (uint32_t i = 0; i < count; i++) ((uint8_t *)bytes)[i] = message->bytes[offset + i];
  return 0;
}

#ifdef __cplusplus
}
#endif

#endif
