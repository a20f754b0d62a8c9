#include "kutsu/base/digest.h"

#include <sodium.h>
#include <string.h>

void digest_blake2b(const void *bytes, size_t size, unsigned char digest[DIGEST_SIZE])
{
	crypto_generichash(digest, DIGEST_SIZE, bytes, size, NULL, 0);
}

void digest_blake2b_keyed(const unsigned char key[DIGEST_SIZE], const void *bytes, size_t size,
	unsigned char digest[DIGEST_SIZE])
{
	crypto_generichash(digest, DIGEST_SIZE, bytes, size, key, DIGEST_SIZE);
}

void digest_sha256(const void *bytes, size_t size, unsigned char digest[DIGEST_SIZE])
{
	crypto_hash_sha256(digest, bytes, size);
}

const char *digest_hex(const unsigned char digest[DIGEST_SIZE], char hex[DIGEST_HEX_SIZE])
{
	return sodium_bin2hex(hex, DIGEST_HEX_SIZE, digest, DIGEST_SIZE);
}

bool digest_parse_hex(const char *hex, unsigned char digest[DIGEST_SIZE])
{
	size_t size, length = strlen(hex);

	return length == DIGEST_HEX_SIZE - 1
	       && sodium_hex2bin(digest, DIGEST_SIZE, hex, length, NULL, &size, NULL) == 0
	       && size == DIGEST_SIZE;
}

const char *digest_base64(const unsigned char digest[DIGEST_SIZE], char text[DIGEST_TEXT_SIZE])
{
	return sodium_bin2base64(text, DIGEST_TEXT_SIZE, digest, DIGEST_SIZE,
		sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
}

bool base64_decode(const char *text, size_t length, unsigned char *bytes, size_t room, size_t *size)
{
	const char *end;

	return sodium_base642bin(
		       bytes, room, text, length, NULL, size, &end, sodium_base64_VARIANT_ORIGINAL)
		       == 0
	       && end == text + length;
}
