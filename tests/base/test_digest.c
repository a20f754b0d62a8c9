/* Hashes against published values. */
#include "kutsu/base/digest.h"

#include <criterion/criterion.h>
#include <string.h>

Test(digest, blake2b_of_abc_is_as_published)
{
	/* The 32-byte variant: b2sum -l 256 of "abc". */
	unsigned char digest[DIGEST_SIZE];
	char hex[DIGEST_HEX_SIZE];

	digest_blake2b("abc", 3, digest);
	cr_expect_str_eq(digest_hex(digest, hex),
		"bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

Test(digest, sha256_of_abc_is_as_in_rfc_6234)
{
	unsigned char digest[DIGEST_SIZE];
	char hex[DIGEST_HEX_SIZE];

	digest_sha256("abc", 3, digest);
	cr_expect_str_eq(digest_hex(digest, hex),
		"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

Test(digest, hex_is_read_back_and_nothing_else_is)
{
	unsigned char digest[DIGEST_SIZE], back[DIGEST_SIZE];
	char hex[DIGEST_HEX_SIZE];

	digest_sha256("", 0, digest);
	digest_hex(digest, hex);
	cr_expect(digest_parse_hex(hex, back));
	cr_expect_eq(memcmp(digest, back, DIGEST_SIZE), 0);
	hex[DIGEST_HEX_SIZE - 2] = '\0';
	cr_expect_not(digest_parse_hex(hex, back), "too short");
	cr_expect_not(digest_parse_hex("", back));
	hex[DIGEST_HEX_SIZE - 2] = 'g';
	cr_expect_not(digest_parse_hex(hex, back), "no hex digit");
}

Test(digest, base64_takes_what_rfc_4648_has_and_nothing_else)
{
	unsigned char bytes[6];
	size_t size;

	cr_expect(base64_decode("Zm9vYmE=", 8, bytes, sizeof(bytes), &size));
	cr_expect_eq(size, 5u);
	cr_expect_eq(memcmp(bytes, "fooba", 5), 0);
	cr_expect_not(base64_decode("Zm9vYmE", 7, bytes, sizeof(bytes), &size), "no padding");
	cr_expect_not(base64_decode("Zm9v YmE=", 9, bytes, sizeof(bytes), &size), "a blank");
	cr_expect_not(base64_decode("Zm9vYmFyZm9v", 12, bytes, sizeof(bytes), &size), "too long");
}
