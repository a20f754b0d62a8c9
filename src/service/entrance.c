#include "kutsu/service/entrance.h"

#include "kutsu/base/arena.h"
#include "kutsu/base/message.h"
#include "kutsu/base/text.h"
#include "kutsu/base/utf8.h"
#include "kutsu/store/user_store.h"
#include "service_internal.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool entrance_check_owner(const char *database, struct error *err)
{
	struct stat file;

	if (stat(database, &file) != 0)
		return error_set(err, ERROR_DATABASE, _("%s can't be opened (%s)"), database,
			strerror(errno));
	return file.st_uid == geteuid()
	       || error_set(err, ERROR_DENIED,
		       _("%s is another account's; only its owner may act as others"), database);
}

void entrance_log_refusal(
	const char *database, struct clock clock, const struct identity *identity, const char *what)
{
	struct session session = { 0 };
	struct store *store;
	struct error ignored;

	if (!store_open(database, &store, &ignored))
		return;
	if (session_begin_unasked(&session, store, clock, identity, &ignored))
		log_refused_entry(&session, what);
	session_end(&session);
	store_close(store);
}

/* For the shell by which sshd runs the command: 'in quotes' unless it is plain. */
static void add_word(struct text *text, const char *word)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789/._-";

	if (strspn(word, plain) == strlen(word)) {
		text_add(text, word);
		return;
	}
	text_add(text, "'");
	for (; *word; word++) {
		if (*word == '\'')
			text_add(text, "'\\''");
		else
			text_add_bytes(text, word, 1);
	}
	text_add(text, "'");
}

static void make_command(const struct entrance_keys *keys, const char *login, struct text *command)
{
	text_clear(command);
	add_word(command, keys->program);
	if (keys->names_database) {
		text_add(command, " --db ");
		add_word(command, keys->database);
	}
	text_add(command, " shell --as ");
	add_word(command, login);
}

/* In the line the command stands in double quotes, its own with a backslash before them. */
static void write_line(const struct user_key *key, const struct text *command, FILE *file)
{
	fputs("command=\"", file);
	for (const char *c = text_get(command); *c; c++) {
		if (*c == '"')
			fputc('\\', file);
		fputc(*c, file);
	}
	fprintf(file, "\",restrict,pty %s %s %s\n", key->type, key->key, key->login);
}

static bool write_all(const struct entrance_keys *keys, struct store *store, struct arena *arena,
	FILE *file, struct error *err)
{
	struct text command = { 0 };
	struct user_key_list list;

	if (!store_user_key_list(store, 0, arena, &list, err))
		return false;
	for (size_t i = 0; i < list.count; i++) {
		const struct user_key *key = &list.items[i];

		if (keys->fingerprint && strcmp(keys->fingerprint, key->fingerprint) != 0)
			continue;
		make_command(keys, key->login, &command);
		write_line(key, &command, file);
	}
	text_release(&command);
	return true;
}

bool entrance_write_keys(const struct entrance_keys *keys, FILE *file, struct error *err)
{
	struct arena arena = { 0 };
	struct store *store;
	bool ok;

	if (utf8_has_control(keys->program) || strchr(keys->program, '\n')
		|| utf8_has_control(keys->database) || strchr(keys->database, '\n'))
		return error_set(err, ERROR_INVALID,
			_("a path with control characters can't stand in authorized_keys"));
	if (!entrance_check_owner(keys->database, err) || !store_open(keys->database, &store, err))
		return false;
	ok = write_all(keys, store, &arena, file, err);
	arena_release(&arena);
	store_close(store);
	return ok;
}
