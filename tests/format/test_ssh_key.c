/* Public keys: those that ssh-keygen makes, those made here byte by byte, and what is refused. */
#include "kutsu/format/ssh_key.h"

#include "kutsu/base/arena.h"
#include "kutsu/base/message.h"
#include "kutsu/base/text.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct arena arena;
static struct ssh_key key;
static struct error err;

static void set_up(void)
{
	message_set_language(LANGUAGE_EN);
}

static void tear_down(void)
{
	arena_release(&arena);
}

TestSuite(ssh_key, .init = set_up, .fini = tear_down);

static bool read_text(const char *text)
{
	return ssh_key_read(text, strlen(text), &arena, &key, &err);
}

static void expect_nothing(void)
{
	cr_expect_null(key.type);
	cr_expect_null(key.key);
	cr_expect_null(key.fingerprint);
	cr_expect_null(key.comment);
}

static void expect_refused(const char *line, const char *text)
{
	cr_expect_not(read_text(line), "%s", line);
	cr_expect_eq(err.code, ERROR_INVALID);
	cr_expect_str_eq(err.text, text, "%s: %s", line, err.text);
	expect_nothing();
}

/* ---- Keys made here. ---- */

/* A string of a key: its length in four bytes, then itself. */
static void add_string(struct text *blob, const char *bytes, size_t length)
{
	const char head[] = { (char)(length >> 24), (char)(length >> 16), (char)(length >> 8),
		(char)length };

	text_add_bytes(blob, head, sizeof(head));
	text_add_bytes(blob, bytes, length);
}

static void add_text(struct text *blob, const char *text)
{
	add_string(blob, text, strlen(text));
}

/* A string of `length` bytes that begins with these two. */
static void add_filled(struct text *blob, int first, int second, size_t length)
{
	char bytes[4096];

	cr_assert_leq(length, sizeof(bytes));
	memset(bytes, 0x5A, sizeof(bytes));
	bytes[0] = (char)first;
	bytes[1] = (char)second;
	add_string(blob, bytes, length);
}

static void add_base64(struct text *line, const char *bytes, size_t length)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t at = 0; at < length; at += 3) {
		unsigned long group = 0;
		char four[5] = "====";

		for (size_t i = 0; i < 3; i++)
			group = group << 8 | (at + i < length ? (unsigned char)bytes[at + i] : 0);
		for (size_t i = 0; i < 4 && at + i <= length; i++)
			four[i] = digits[group >> (18 - 6 * i) & 0x3F];
		text_add(line, four);
	}
}

/* "TYPE BASE64 aino", in the arena; the blob is emptied. */
static const char *line_of(const char *type, struct text *blob)
{
	struct text line = { 0 };
	const char *copy;

	text_format(&line, "%s ", type);
	add_base64(&line, text_get(blob), blob->length);
	text_add(&line, " aino");
	copy = arena_text(&arena, text_get(&line));
	text_release(&line);
	text_release(blob);
	return copy;
}

#define ED25519	   "ssh-ed25519"
#define ECDSA	   "ecdsa-sha2-nistp256"
#define RSA	   "ssh-rsa"
#define SK_ED25519 "sk-ssh-ed25519@openssh.com"
#define SK_ECDSA   "sk-ecdsa-sha2-nistp256@openssh.com"

static const char *ed25519_line(size_t length)
{
	struct text blob = { 0 };

	add_text(&blob, ED25519);
	add_filled(&blob, 1, 2, length);
	return line_of(ED25519, &blob);
}

/* `first` tells how a point is written: 4 is both coordinates. */
static const char *ecdsa_line(const char *curve, int first, size_t length)
{
	struct text blob = { 0 };

	add_text(&blob, ECDSA);
	add_text(&blob, curve);
	add_filled(&blob, first, 2, length);
	return line_of(ECDSA, &blob);
}

/* The two numbers of RSA, and more bytes behind them. */
static const char *numbers_line(
	const struct text *exponent, int first, int second, size_t length, size_t more)
{
	struct text blob = { 0 };

	add_text(&blob, RSA);
	add_string(&blob, text_get(exponent), exponent->length);
	add_filled(&blob, first, second, length);
	text_add_bytes(&blob, "\0\0\0\0", more);
	return line_of(RSA, &blob);
}

/* A modulus of `length` bytes beginning with these two; the exponent is 65537. */
static const char *rsa_line(int first, int second, size_t length)
{
	char bytes[] = "\1\0\1";

	return numbers_line(&(struct text) { bytes, 3, 0 }, first, second, length, 0);
}

/* The base point of NIST P-256 (SP 800-186), since ssh-keygen takes points of the curve alone. */
static const char base_point[] = "\x04"
				 "\x6b\x17\xd1\xf2\xe1\x2c\x42\x47\xf8\xbc\xe6\xe5\x63\xa4\x40\xf2"
				 "\x77\x03\x7d\x81\x2d\xeb\x33\xa0\xf4\xa1\x39\x45\xd8\x98\xc2\x96"
				 "\x4f\xe3\x42\xe2\xfe\x1a\x7f\x9b\x8e\xe7\xeb\x4a\x7c\x0f\x9e\x16"
				 "\x2b\xce\x33\x57\x6b\x31\x5e\xce\xcb\xb6\x40\x68\x37\xbf\x51\xf5";

static const char *security_key_line(const char *type, const char *application, size_t length)
{
	struct text blob = { 0 };

	add_text(&blob, type);
	if (strcmp(type, SK_ECDSA) == 0) {
		add_text(&blob, "nistp256");
		add_string(&blob, base_point, sizeof(base_point) - 1);
	} else {
		add_filled(&blob, 1, 2, 32);
	}
	add_string(&blob, application, length);
	return line_of(type, &blob);
}

Test(ssh_key, a_line_is_taken_apart)
{
	const char *line = ed25519_line(32);

	cr_assert(read_text(line), "%s", err.text);
	cr_expect_str_eq(key.type, ED25519);
	cr_expect_str_eq(arena_printf(&arena, "%s %s aino", key.type, key.key), line);
	cr_expect_str_eq(key.comment, "aino");
}

Test(ssh_key, a_comment_may_be_missing_or_of_several_words)
{
	const char *line = ed25519_line(32);
	int bare = (int)(strlen(line) - strlen(" aino"));

	cr_assert(read_text(arena_printf(&arena, "%.*s", bare, line)));
	cr_expect_null(key.comment);
	cr_assert(read_text(arena_printf(&arena, " \t%.*s \t", bare, line)));
	cr_expect_null(key.comment);
	cr_assert(read_text(arena_printf(&arena, "%.*s\t Aino  työkone ", bare, line)));
	cr_expect_str_eq(key.comment, "Aino  työkone");
}

Test(ssh_key, a_comment_is_a_text_like_any_other)
{
	static const char refusal[] =
		"the key's comment: it holds characters that are no text; write it again";

	expect_refused(arena_printf(&arena, "%s\033[31m", ed25519_line(32)), refusal);
	expect_refused(arena_printf(&arena, "%s\xff", ed25519_line(32)), refusal);
	expect_refused(arena_printf(&arena, "%s\r x", ed25519_line(32)), refusal);
	expect_refused(arena_printf(&arena, "%s%0300d", ed25519_line(32), 0),
		"the key's comment: it is too long; shorten it");
}

/* ---- What ssh-keygen says. ---- */

static char folder[] = "/tmp/kutsu-keys-XXXXXX";

static void open_folder(void)
{
	set_up();
	cr_assert_not_null(mkdtemp(folder));
}

static void remove_folder(void)
{
	char line[100];

	tear_down();
	snprintf(line, sizeof(line), "rm -r %s", folder);
	cr_expect_eq(system(line), 0);
}

TestSuite(ssh_key_made, .init = open_folder, .fini = remove_folder);

/* The whole output of a shell line in the folder. */
static const char *run(const char *line, int *status)
{
	const char *whole = arena_printf(&arena, "cd %s && %s", folder, line);
	FILE *output = popen(whole, "r");
	struct text said = { 0 };
	const char *copy;
	char part[4096];
	size_t got;

	cr_assert_not_null(output);
	while ((got = fread(part, 1, sizeof(part), output)) > 0)
		text_add_bytes(&said, part, got);
	*status = pclose(output);
	copy = arena_text(&arena, text_get(&said));
	text_release(&said);
	return copy;
}

/* Ours is as in "256 SHA256:... aino@kone (ED25519)", ssh-keygen's line of the file "key.pub". */
static void expect_their_fingerprint(void)
{
	int status;
	const char *said = run("ssh-keygen -lf key.pub 2>&1", &status);
	const char *found = strchr(said, ' ');

	cr_assert_eq(status, 0, "%s", said);
	cr_assert_not_null(found);
	cr_expect_eq(strncmp(found + 1, key.fingerprint, strlen(key.fingerprint)), 0, "%s: %s",
		key.fingerprint, said);
	cr_expect_eq(found[1 + strlen(key.fingerprint)], ' ');
}

static void expect_made_is_read(const char *options, const char *type)
{
	int status;
	const char *said =
		run(arena_printf(&arena,
			    "rm -f key key.pub; ssh-keygen -q -N '' -C 'aino@kone' -f key %s 2>&1",
			    options),
			&status);

	cr_assert_eq(status, 0, "%s: %s", options, said);
	cr_assert(read_text(run("cat key.pub", &status)), "%s: %s", options, err.text);
	cr_expect_str_eq(key.type, type);
	cr_expect_str_eq(key.comment, "aino@kone");
	expect_their_fingerprint();
	cr_expect_not(read_text(run("cat key", &status)));
	cr_expect_str_eq(err.text, "that is a private key, which nobody else may have; give the "
				   "public one, the line of the .pub file");
}

Test(ssh_key_made, keys_are_read_with_their_fingerprint_and_private_ones_refused)
{
	expect_made_is_read("-t ed25519", ED25519);
	expect_made_is_read("-t ecdsa -b 256", ECDSA);
	expect_made_is_read("-t ecdsa -b 384", "ecdsa-sha2-nistp384");
	expect_made_is_read("-t ecdsa -b 521", "ecdsa-sha2-nistp521");
	expect_made_is_read("-t rsa -b 2048", RSA);
	expect_made_is_read("-t rsa -b 3072 -m PEM", RSA);
}

static void expect_both_read(const char *line)
{
	const char *path = arena_printf(&arena, "%s/key.pub", folder);
	FILE *file = fopen(path, "w");

	cr_assert_not_null(file);
	fprintf(file, "%s\n", line);
	fclose(file);
	cr_assert(read_text(line), "%s: %s", line, err.text);
	expect_their_fingerprint();
}

Test(ssh_key_made, security_keys_are_read_with_their_fingerprint)
{
	expect_both_read(security_key_line(SK_ED25519, "ssh:", 4));
	cr_expect_str_eq(key.type, SK_ED25519);
	expect_both_read(security_key_line(SK_ECDSA, "ssh:kutsu", 9));
	cr_expect_str_eq(key.type, SK_ECDSA);
}

Test(ssh_key_made, the_longest_rsa_key_is_read_with_its_fingerprint)
{
	expect_both_read(rsa_line(0, 0xFF, SSH_KEY_RSA_MOST / 8 + 1));
}

/* ---- What is refused. ---- */

static void expect_broken(const char *line, const char *type)
{
	expect_refused(line, arena_printf(&arena,
				     "what stands behind %s is no such key, or not all of it; copy "
				     "the whole line of the .pub file",
				     type));
}

static void expect_cuts_broken(const char *line, const char *type)
{
	for (size_t length = strlen(type); length < strlen(line) - strlen(" aino"); length++)
		expect_broken(arena_printf(&arena, "%.*s", (int)length, line), type);
}

Test(ssh_key, a_key_that_is_cut_anywhere_is_refused)
{
	expect_cuts_broken(ed25519_line(32), ED25519);
	expect_cuts_broken(ecdsa_line("nistp256", 4, 65), ECDSA);
	expect_cuts_broken(security_key_line(SK_ECDSA, "ssh:", 4), SK_ECDSA);
	expect_cuts_broken(rsa_line(0, 0x80, 257), RSA);
}

Test(ssh_key, a_key_of_another_size_is_refused)
{
	expect_broken(ed25519_line(31), ED25519);
	expect_broken(ed25519_line(33), ED25519);
	expect_broken(ecdsa_line("nistp256", 4, 64), ECDSA);
	expect_broken(ecdsa_line("nistp256", 4, 97), ECDSA);
}

Test(ssh_key, a_key_whose_inner_type_or_curve_is_another_is_refused)
{
	const char *line = ed25519_line(32);

	cr_assert(read_text(ecdsa_line("nistp256", 4, 65)));
	expect_broken(ecdsa_line("nistp384", 4, 65), ECDSA);
	expect_broken(ecdsa_line("nistp25", 4, 65), ECDSA);
	expect_broken(ecdsa_line("nistp2566", 4, 65), ECDSA);
	expect_broken(arena_printf(&arena, RSA "%s", line + strlen(ED25519)), RSA);
	expect_broken(arena_printf(&arena, SK_ED25519 "%s", line + strlen(ED25519)), SK_ED25519);
}

Test(ssh_key, a_point_written_in_another_way_is_refused)
{
	expect_broken(ecdsa_line("nistp256", 2, 65), ECDSA);
	expect_broken(ecdsa_line("nistp256", 2, 33), ECDSA);
}

Test(ssh_key, a_key_with_something_behind_it_is_refused)
{
	struct text blob = { 0 };
	char three[] = "\3";

	add_text(&blob, ED25519);
	add_filled(&blob, 1, 2, 32);
	text_add_bytes(&blob, "", 1);
	expect_broken(line_of(ED25519, &blob), ED25519);
	expect_broken(numbers_line(&(struct text) { three, 1, 0 }, 0, 0x80, 257, 4), RSA);
}

Test(ssh_key, a_length_past_the_end_is_refused)
{
	struct text blob = { 0 };

	add_text(&blob, ED25519);
	text_add_bytes(&blob, "\xff\xff\xff\xff", 4);
	expect_broken(line_of(ED25519, &blob), ED25519);
	text_add_bytes(&blob, "\x7f\xff\xff\xff", 4);
	expect_broken(line_of(ED25519, &blob), ED25519);
}

Test(ssh_key, an_application_with_a_nul_in_it_is_refused)
{
	cr_assert(read_text(security_key_line(SK_ED25519, "ssh:", 4)));
	expect_broken(security_key_line(SK_ED25519, "ssh:\0x", 6), SK_ED25519);
}

Test(ssh_key, an_rsa_key_too_short_or_too_long_is_refused)
{
	static const char refusal[] = "an RSA key of %d bits won't do, 2048 to 16384 are needed; "
				      "make one with ssh-keygen -t ed25519";

	cr_assert(read_text(rsa_line(0, 0x80, 257)), "%s", err.text);
	expect_refused(rsa_line(0x7F, 0, 256), arena_printf(&arena, refusal, 2047));
	expect_refused(rsa_line(0, 0x80, 129), arena_printf(&arena, refusal, 1024));
	expect_refused(rsa_line(1, 0, 2049), arena_printf(&arena, refusal, 16385));
}

Test(ssh_key, a_number_that_is_negative_or_has_a_byte_too_many_is_refused)
{
	expect_broken(rsa_line(0x80, 0, 256), RSA);
	expect_broken(rsa_line(0, 0x7F, 257), RSA);
	expect_broken(rsa_line(0, 0, 0), RSA);
	expect_broken(rsa_line(0, 0, 1), RSA);
}

Test(ssh_key, an_exponent_as_long_as_the_modulus_is_refused)
{
	char bytes[256];

	memset(bytes, 0x5A, sizeof(bytes));
	cr_assert(read_text(numbers_line(&(struct text) { bytes, 255, 0 }, 0, 0x80, 257, 0)), "%s",
		err.text);
	expect_broken(numbers_line(&(struct text) { bytes, 256, 0 }, 0x40, 0, 256, 0), RSA);
}

Test(ssh_key, base64_has_one_form_only)
{
	const char *line = security_key_line(SK_ED25519, "ssh:", 4);
	const char *behind = strstr(line, " aino");
	int length = (int)(behind - line);

	cr_assert_eq(behind[-1], '=', "%s", line);
	expect_broken(arena_printf(&arena, "%.*s aino", length - 1, line), SK_ED25519);
	expect_broken(arena_printf(&arena, "%.*s= aino", length, line), SK_ED25519);
	expect_broken(arena_printf(&arena, "%.*s\rx", length, line), SK_ED25519);
}

Test(ssh_key, options_before_the_type_are_refused)
{
	static const char *const options[] = { "restrict", "command=\"kutsu today\"",
		"from=\"10.0.0.0/8\",no-pty", "cert-authority", "host.example" };

	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++)
		expect_refused(arena_printf(&arena, "%s %s", options[i], ed25519_line(32)),
			"something stands before ssh-ed25519; options are not taken: begin the "
			"line with the type");
}

Test(ssh_key, other_kinds_are_refused)
{
	static const char *const lines[] = { "ssh-dss AAAA aino",
		"ssh-ed25519-cert-v01@openssh.com AAAA aino", "ssh-ed448 AAAA", "SSH-RSA AAAA",
		"ssh-rs AAAA", "hello", "---- BEGIN SSH2 PUBLIC KEY ----",
		"-----BEGIN PUBLIC KEY-----" };

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		expect_refused(lines[i],
			"that is no public key of a kind that is taken; make one with ssh-keygen "
			"-t ed25519 and give the line of the .pub file");
}

Test(ssh_key, private_keys_are_told_apart)
{
	static const char *const lines[] = { "-----BEGIN OPENSSH PRIVATE KEY-----",
		"-----BEGIN RSA PRIVATE KEY-----", "-----BEGIN EC PRIVATE KEY-----",
		"-----BEGIN ENCRYPTED PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----",
		"PuTTY-User-Key-File-2: ssh-rsa", "PuTTY-User-Key-File-3: ssh-ed25519" };

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		expect_refused(lines[i], "that is a private key, which nobody else may have; give "
					 "the public one, the line of the .pub file");
}

/* ---- Files. ---- */

Test(ssh_key, blank_lines_comments_and_windows_line_ends_are_let_be)
{
	const char *line = ed25519_line(32);

	cr_assert(read_text(arena_printf(
			  &arena, "# avain\r\n\r\n \t\n  # toinen\n\t%s\r\n\r\n", line)),
		"%s", err.text);
	cr_expect_str_eq(key.comment, "aino");
	cr_assert(read_text(arena_printf(&arena, "%s\r\n", line)));
	cr_expect_str_eq(key.comment, "aino");
	cr_assert(read_text(arena_printf(&arena, "%.*s\r\n", (int)strlen(line) - 5, line)));
	cr_expect_null(key.comment);
}

Test(ssh_key, a_file_without_a_key_is_refused)
{
	static const char refusal[] = "there is no key in it; give the line of the .pub file";
	static const char *const files[] = { "", "\n\r\n", "# ssh-ed25519 AAAA\n" };

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		cr_expect_not(read_text(files[i]));
		cr_expect_str_eq(err.text, refusal);
	}
}

Test(ssh_key, a_file_with_two_keys_is_refused)
{
	const char *line = ed25519_line(32);

	cr_expect_not(read_text(arena_printf(&arena, "%s\n%s\n", line, line)));
	cr_expect_str_eq(err.text, "there is more than one key in it; give one at a time");
	expect_nothing();
	cr_expect_not(read_text(arena_printf(&arena, "%s\nhello\n", line)));
}

Test(ssh_key, a_private_key_in_a_file_is_found_behind_other_lines)
{
	cr_expect_not(read_text(arena_printf(
		&arena, "%s\n-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n", ed25519_line(32))));
	cr_expect_str_eq(err.text, "that is a private key, which nobody else may have; give the "
				   "public one, the line of the .pub file");
}

Test(ssh_key, a_nul_byte_is_refused)
{
	static const char utf16[] = "s\0s\0h\0-\0r\0s\0a\0 \0";
	char *file = arena_printf(&arena, "%s\n\n", ed25519_line(32));
	size_t length = strlen(file);

	cr_expect_not(ssh_key_read(utf16, sizeof(utf16), &arena, &key, &err));
	cr_expect(ssh_key_read(file, length, &arena, &key, &err));
	file[length - 1] = '\0';
	cr_expect_not(ssh_key_read(file, length, &arena, &key, &err));
}

Test(ssh_key, what_is_larger_than_16_kilobytes_is_refused)
{
	const char *line = ed25519_line(32);
	int room = SSH_KEY_LARGEST - (int)strlen(line) - 1;

	cr_expect(read_text(arena_printf(&arena, "%*s\n%s", room, "", line)), "%s", err.text);
	cr_expect_not(read_text(arena_printf(&arena, "%*s\n%s", room + 1, "", line)));
	cr_expect_str_eq(
		err.text, "the key is larger than 16 kilobytes; give the line of the .pub file");
}
