/* Hashes and their texts. digest.c is the only file that includes <sodium.h>. */
#ifndef KUTSU_BASE_DIGEST_H
#define KUTSU_BASE_DIGEST_H

#include <stdbool.h>
#include <stddef.h>

#define DIGEST_SIZE	 32
#define DIGEST_HEX_SIZE	 (2 * DIGEST_SIZE + 1)
#define DIGEST_TEXT_SIZE 44 /* base64 without padding, and its NUL */

/* BLAKE2b with 32 bytes and no key (RFC 7693). */
void digest_blake2b(const void *bytes, size_t size, unsigned char digest[DIGEST_SIZE]);
/* The same with a key. */
void digest_blake2b_keyed(const unsigned char key[DIGEST_SIZE], const void *bytes, size_t size,
	unsigned char digest[DIGEST_SIZE]);
/* SHA-256 (RFC 6234). */
void digest_sha256(const void *bytes, size_t size, unsigned char digest[DIGEST_SIZE]);

const char *digest_hex(const unsigned char digest[DIGEST_SIZE], char hex[DIGEST_HEX_SIZE]);
/* False where the text is not exactly a digest's. */
bool digest_parse_hex(const char *hex, unsigned char digest[DIGEST_SIZE]);
/* Base64 without padding, as ssh-keygen -l writes it (RFC 4648, 4). */
const char *digest_base64(const unsigned char digest[DIGEST_SIZE], char text[DIGEST_TEXT_SIZE]);

/* Decodes base64 with its padding (RFC 4648, 4) into at most `room` bytes. False: it is none, or
 * too long. */
bool base64_decode(
	const char *text, size_t length, unsigned char *bytes, size_t room, size_t *size);

#endif
