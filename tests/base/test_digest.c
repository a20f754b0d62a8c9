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

Test(digest, blake2b_with_a_key_is_another_with_each)
{
	char hex[DIGEST_HEX_SIZE];
	unsigned char keys[2][DIGEST_SIZE] = { { 1 }, { 2 } }, plain[DIGEST_SIZE],
		      keyed[2][DIGEST_SIZE], again[DIGEST_SIZE];

	digest_blake2b("abc", 3, plain);
	for (int i = 0; i < 2; i++)
		digest_blake2b_keyed(keys[i], "abc", 3, keyed[i]);
	digest_blake2b_keyed(keys[0], "abc", 3, again);
	cr_expect_eq(memcmp(keyed[0], again, DIGEST_SIZE), 0);
	cr_expect_neq(memcmp(keyed[0], keyed[1], DIGEST_SIZE), 0);
	cr_expect_neq(memcmp(keyed[0], plain, DIGEST_SIZE), 0);
	/* Python: hashlib.blake2b(b"abc", digest_size=32, key=b"\1" + bytes(31)) */
	cr_expect_str_eq(digest_hex(keyed[0], hex),
		"aff23cb7b99a4cfd7ae685ea03c9464f972ffa27916912e9e42cead9162f8091");
}
