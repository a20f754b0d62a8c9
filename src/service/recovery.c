#include "kutsu/service/recovery.h"

#include "kutsu/base/message.h"
#include "kutsu/base/utf8.h"
#include "service_internal.h"

#include <stdio.h>
#include <string.h>

/* A file's name as the log has it: text on one line, whatever the name. */
static const char *name_for_log(struct session *session, const char *path)
{
	char *name = arena_text(&session->arena, path);

	utf8_clean(name);
	return name;
}

bool recovery_backup(struct session *session, const char *path, FILE *stream,
	const struct disclosure *disclosure, struct error *err)
{
	const char *name = name_for_log(session, path);
	struct use use;

	if (!disclosure_check(disclosure, err) || !use_begin(&use, session, USE_BACKUP, name, err))
		return false;
	if (!use_end(&use, use_log_disclosure(&use, 0, name, disclosure, err), err))
		return false;
	return strcmp(path, "-") == 0 ? store_backup_stream(session->store, stream, err)
				      : store_backup(session->store, path, err);
}

/* Before it has its name: what can't be logged is not taken into use. */
static bool log_restore(struct store *store, const char *from, struct clock clock,
	const struct identity *identity, struct error *err)
{
	struct session session;
	bool ok = session_begin_unasked(&session, store, clock, identity, err)
		  && use_log_alone(&session, USE_RESTORE, name_for_log(&session, from), err);

	session_end(&session);
	return ok;
}

bool recovery_restore(const char *from, const char *path, struct clock clock,
	const struct identity *identity, struct error *err)
{
	struct store *store = NULL;
	FILE *file = stdin;
	bool ok = strcmp(from, "-") == 0 || store_backup_open(from, &file, err);

	ok = ok && store_restore_begin(file, path, &store, err)
	     && log_restore(store, from, clock, identity, err) && store_publish(store, err);
	store_close(store);
	if (file && file != stdin)
		fclose(file);
	return ok;
}

/* What is damaged may take no row any more: what was found is told all the same. */
static bool log_check(struct session *session, int64_t problems, struct error *err)
{
	struct error why = { 0 };
	char detail[32];
	struct use use;

	snprintf(detail, sizeof(detail), "%lld problems", (long long)problems);
	if (use_begin(&use, session, USE_CHECK, NULL, &why)
		&& use_end(&use, use_log(&use, 0, detail, &why), &why))
		return true;
	if (problems > 0 && why.code == ERROR_DATABASE)
		return true;
	*err = why;
	return false;
}

/* It is logged after it, in a transaction of its own: nobody is to wait while all is read. */
bool recovery_check_session(struct session *session, check_visitor *visit, void *context,
	int64_t *problems, struct error *err)
{
	return use_check(session, USE_CHECK, NULL, err)
	       && store_check(session->store, visit, context, problems, err)
	       && log_check(session, *problems, err);
}

/* No user can be asked for then: it is told only to whom the file is open anyway. */
static bool check_damaged(const char *path, const struct identity *identity, check_visitor *visit,
	void *context, int64_t *problems)
{
	struct error ignored;

	return strcmp(identity->login, identity->account) == 0
	       && store_check_file(path, visit, context, problems, &ignored) && *problems > 0;
}

bool recovery_check(const char *path, struct clock clock, const struct identity *identity,
	check_visitor *visit, void *context, int64_t *problems, struct error *err)
{
	struct session session = { 0 };
	struct error why = { 0 };
	struct store *store;
	bool came_in, ok;

	*problems = 0;
	came_in = store_open(path, &store, &why)
		  && session_begin(&session, store, clock, identity, &why);
	ok = came_in && recovery_check_session(&session, visit, context, problems, &why);
	session_end(&session);
	store_close(store);
	if (!came_in && why.code == ERROR_DATABASE)
		ok = check_damaged(path, identity, visit, context, problems);
	if (!ok)
		*err = why;
	return ok;
}
