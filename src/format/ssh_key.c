#include "kutsu/format/ssh_key.h"

#include "kutsu/base/arena.h"
#include "kutsu/base/digest.h"
#include "kutsu/base/message.h"
#include "kutsu/domain/field.h"

#include <stdint.h>
#include <string.h>

#define BLANKS	       " \t"
#define UNCOMPRESSED   4 /* a point's first byte: both coordinates follow (RFC 5656, 3.1) */
#define ED25519_BYTES  32
#define POINT_BYTES(n) (1 + 2 * (((n) + 7) / 8))

/* What a key is made of behind its type (PROTOCOL.u2f of OpenSSH has the security keys'). */
static const struct kind {
	const char *type;
	const char *curve;    /* ECDSA's own name of it, or NULL */
	size_t size;	      /* of the point or the key, in bytes; 0: RSA's two numbers */
	bool has_application; /* a security key's, "ssh:" */
} kinds[] = {
	{ "ssh-ed25519", NULL, ED25519_BYTES, false },
	{ "ecdsa-sha2-nistp256", "nistp256", POINT_BYTES(256), false },
	{ "ecdsa-sha2-nistp384", "nistp384", POINT_BYTES(384), false },
	{ "ecdsa-sha2-nistp521", "nistp521", POINT_BYTES(521), false },
	{ "ssh-rsa", NULL, 0, false },
	{ "sk-ssh-ed25519@openssh.com", NULL, ED25519_BYTES, true },
	{ "sk-ecdsa-sha2-nistp256@openssh.com", "nistp256", POINT_BYTES(256), true },
};

/* ---- The key itself. ---- */

struct bytes {
	const unsigned char *at;
	size_t left;
};

/* A string of RFC 4251, 5: its length in four bytes, then itself. */
static bool take_string(struct bytes *bytes, struct bytes *string)
{
	const unsigned char *at = bytes->at;
	uint32_t length;

	if (bytes->left < 4)
		return false;
	length = (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
	if (length > bytes->left - 4)
		return false;
	*string = (struct bytes) { at + 4, length };
	bytes->at += 4 + length;
	bytes->left -= 4 + length;
	return true;
}

static bool take_text(struct bytes *bytes, const char *wanted)
{
	struct bytes string;

	return take_string(bytes, &string) && string.left == strlen(wanted)
	       && memcmp(string.at, wanted, string.left) == 0;
}

static bool take_point(struct bytes *bytes, const struct kind *kind)
{
	struct bytes point;

	if (kind->curve && !take_text(bytes, kind->curve))
		return false;
	return take_string(bytes, &point) && point.left == kind->size
	       && (!kind->curve || *point.at == UNCOMPRESSED);
}

/* Above zero, with no byte that could be left out: a key has one text only. */
static bool take_number(struct bytes *bytes, struct bytes *number)
{
	if (!take_string(bytes, number) || number->left == 0 || number->at[0] > 0x7F)
		return false;
	return number->at[0] != 0 || (number->left > 1 && number->at[1] > 0x7F);
}

static bool take_application(struct bytes *bytes)
{
	struct bytes application;

	return take_string(bytes, &application) && !memchr(application.at, '\0', application.left);
}

/* Whether the bytes are a key of this kind and nothing else; *modulus is RSA's. */
static bool is_key(struct bytes bytes, const struct kind *kind, struct bytes *modulus)
{
	struct bytes exponent;

	if (!take_text(&bytes, kind->type))
		return false;
	if (kind->size == 0)
		return take_number(&bytes, &exponent) && take_number(&bytes, modulus)
		       && exponent.left < modulus->left && bytes.left == 0;
	return take_point(&bytes, kind) && (!kind->has_application || take_application(&bytes))
	       && bytes.left == 0;
}

static size_t bit_length(struct bytes number)
{
	size_t bits = 8 * number.left;

	for (unsigned mask = 0x80; mask && !(number.at[0] & mask); mask >>= 1)
		bits--;
	return bits;
}

static bool check_rsa(struct bytes modulus, struct error *err)
{
	size_t bits = bit_length(modulus);

	if (bits < SSH_KEY_RSA_LEAST || bits > SSH_KEY_RSA_MOST)
		return error_set(err, ERROR_INVALID,
			_("an RSA key of %zu bits won't do, %d to %d are needed; make one with "
			  "ssh-keygen -t ed25519"),
			bits, SSH_KEY_RSA_LEAST, SSH_KEY_RSA_MOST);
	return true;
}

static const char *fingerprint_of(struct bytes bytes, struct arena *arena)
{
	unsigned char digest[DIGEST_SIZE];
	char text[DIGEST_TEXT_SIZE];

	digest_sha256(bytes.at, bytes.left, digest);
	return arena_printf(arena, "SHA256:%s", digest_base64(digest, text));
}

static bool check_key(
	const struct kind *kind, struct arena *arena, struct ssh_key *key, struct error *err)
{
	size_t length = strlen(key->key), size;
	unsigned char *decoded = arena_new(arena, length);
	struct bytes bytes, modulus;

	if (!base64_decode(key->key, length, decoded, length, &size)
		|| !is_key((struct bytes) { decoded, size }, kind, &modulus))
		return error_set(err, ERROR_INVALID,
			_("what stands behind %s is no such key, or not all of it; copy the whole "
			  "line of the .pub file"),
			kind->type);
	bytes = (struct bytes) { decoded, size };
	key->fingerprint = fingerprint_of(bytes, arena);
	return kind->size > 0 || check_rsa(modulus, err);
}

/* ---- The line around it. ---- */

static const char *skip_blanks(const char *text)
{
	return text + strspn(text, BLANKS);
}

/* The kind whose name the text begins with as a whole word, or NULL. */
static const struct kind *kind_at(const char *text)
{
	size_t length = strcspn(text, BLANKS);

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (length == strlen(kinds[i].type) && memcmp(text, kinds[i].type, length) == 0)
			return &kinds[i];
	}
	return NULL;
}

/* A kind's name further on in the line: something else stands first, as options do. */
static const struct kind *kind_behind(const char *line)
{
	const struct kind *kind = NULL;

	while (*line && !kind) {
		line = skip_blanks(line + strcspn(line, BLANKS));
		kind = kind_at(line);
	}
	return kind;
}

static bool refuse_kind(const char *line, struct error *err)
{
	const struct kind *behind = kind_behind(line);

	if (behind)
		return error_set(err, ERROR_INVALID,
			_("something stands before %s; options are not taken: begin the line with "
			  "the type"),
			behind->type);
	return error_set(err, ERROR_INVALID,
		_("that is no public key of a kind that is taken; make one with ssh-keygen -t "
		  "ed25519 and give the line of the .pub file"));
}

/* Files of OpenSSH and OpenSSL have the one, PuTTY's the other. */
static bool is_private(const char *text)
{
	return strstr(text, "PRIVATE KEY-----") || strstr(text, "PuTTY-User-Key-File-");
}

static bool refuse_private(struct error *err)
{
	return error_set(err, ERROR_INVALID,
		_("that is a private key, which nobody else may have; give the public one, the "
		  "line of the .pub file"));
}

/* The text without blanks at its end, or NULL where nothing is left. */
static const char *read_comment(const char *text, struct arena *arena)
{
	char *comment = arena_text(arena, skip_blanks(text));
	size_t length = strlen(comment);

	while (length && strchr(BLANKS, comment[length - 1]))
		comment[--length] = '\0';
	return length ? comment : NULL;
}

static bool read_line(const char *line, struct arena *arena, struct ssh_key *key, struct error *err)
{
	const struct kind *kind = kind_at(line);
	size_t length;

	if (!kind)
		return refuse_kind(line, err);
	line = skip_blanks(line + strlen(kind->type));
	length = strcspn(line, BLANKS);
	key->type = kind->type;
	key->key = arena_printf(arena, "%.*s", (int)length, line);
	key->comment = read_comment(line + length, arena);
	return check_key(kind, arena, key, err)
	       && field_check(_("the key's comment"), key->comment, FIELD_SHORT, err);
}

/* Ends the next line of the text with a NUL, its CR too, and moves *text behind it. */
static char *next_line(char **text)
{
	char *line = *text, *end = line + strcspn(line, "\n");

	*text = *end ? end + 1 : end;
	*end = '\0';
	if (end > line && end[-1] == '\r')
		end[-1] = '\0';
	return line;
}

bool ssh_key_read(const char *text, size_t length, struct arena *arena, struct ssh_key *key,
	struct error *err)
{
	const char *found = NULL;
	char *rest;

	*key = (struct ssh_key) { 0 };
	if (length > SSH_KEY_LARGEST)
		return error_set(err, ERROR_INVALID,
			_("the key is larger than %d kilobytes; give the line of the .pub file"),
			SSH_KEY_LARGEST / 1024);
	if (memchr(text, '\0', length))
		return refuse_kind("", err);
	rest = memcpy(arena_new(arena, length + 1), text, length);
	if (is_private(rest))
		return refuse_private(err);
	while (*rest) {
		const char *line = skip_blanks(next_line(&rest));

		if (*line == '\0' || *line == '#')
			continue;
		if (found)
			return error_set(err, ERROR_INVALID,
				_("there is more than one key in it; give one at a time"));
		found = line;
	}
	if (!found)
		return error_set(err, ERROR_INVALID,
			_("there is no key in it; give the line of the .pub file"));
	if (read_line(found, arena, key, err))
		return true;
	*key = (struct ssh_key) { 0 };
	return false;
}
