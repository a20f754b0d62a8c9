/*
 * A public key that an administrator is given. A first byte below the number of kinds makes a line
 * of that kind with the other bytes as its key: base64 is seldom hit upon. Any other input is a
 * file's text.
 */
#include "fuzz.h"

#include "kutsu/base/arena.h"
#include "kutsu/base/text.h"
#include "kutsu/base/utf8.h"
#include "kutsu/format/ssh_key.h"

static const char *const types[] = { "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384",
	"ecdsa-sha2-nistp521", "ssh-rsa", "sk-ssh-ed25519@openssh.com",
	"sk-ecdsa-sha2-nistp256@openssh.com" };

#define TYPES		 (sizeof(types) / sizeof(types[0]))
#define FINGERPRINT_SIZE 50 /* "SHA256:" and 43 characters */

static void add_base64(struct text *line, const uint8_t *bytes, size_t size)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t at = 0; at < size; at += 3) {
		unsigned long group = 0;
		char four[5] = "====";

		for (size_t i = 0; i < 3; i++)
			group = group << 8 | (at + i < size ? bytes[at + i] : 0);
		for (size_t i = 0; i < 4 && at + i <= size; i++)
			four[i] = digits[group >> (18 - 6 * i) & 0x3F];
		text_add(line, four);
	}
}

static void check_error(const struct ssh_key *key, const struct error *err)
{
	assert(err->code == ERROR_INVALID);
	assert(utf8_is_valid(err->text) && !utf8_has_control(err->text));
	assert(!key->type && !key->key && !key->fingerprint && !key->comment);
}

/* What was taken is taken again, the same, from the line that would be written of it. */
static void check_key(const struct ssh_key *key, struct arena *arena)
{
	char *line = arena_printf(
		arena, "%s %s %s", key->type, key->key, key->comment ? key->comment : "");
	struct ssh_key again;
	struct error err;

	assert(strlen(key->fingerprint) == FINGERPRINT_SIZE);
	assert(strlen(line) == strcspn(line, "\r\n"));
	assert(ssh_key_read(line, strlen(line), arena, &again, &err));
	assert(strcmp(key->type, again.type) == 0 && strcmp(key->key, again.key) == 0);
	assert(strcmp(key->fingerprint, again.fingerprint) == 0);
	assert(!key->comment == !again.comment);
	assert(!key->comment || strcmp(key->comment, again.comment) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena arena = { 0 };
	struct text made = { 0 };
	struct ssh_key key;
	struct error err;
	char *text;

	if (size && bytes[0] < TYPES) {
		text_format(&made, "%s ", types[bytes[0]]);
		add_base64(&made, bytes + 1, size - 1);
		bytes = (const uint8_t *)text_get(&made);
		size = made.length;
	}
	text = malloc(size ? size : 1); /* with no NUL behind it */
	assert(text);
	if (size)
		memcpy(text, bytes, size);
	if (ssh_key_read(text, size, &arena, &key, &err))
		check_key(&key, &arena);
	else
		check_error(&key, &err);
	free(text);
	text_release(&made);
	arena_release(&arena);
	return 0;
}
