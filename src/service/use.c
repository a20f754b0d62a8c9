#include "kutsu/base/message.h"
#include "kutsu/domain/field.h"
#include "kutsu/domain/personal_id.h"
#include "kutsu/store/case_store.h"
#include "kutsu/store/meeting_store.h"
#include "service_internal.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BASIS_OWN_TASK "own_task"

static struct log_row row_of(const struct session *session, enum use_case use_case)
{
	return (struct log_row) {
		.at = session_now(session),
		.clock_fixed = session->clock.is_fixed,
		.user_id = session->user.id,
		.login = session->identity.login,
		.account = session->identity.account,
		.origin = session->identity.origin,
		.use_case = use_case_code(use_case),
	};
}

/* The user as the database has it now: a role may have been taken away meanwhile. */
static bool read_user(struct session *session, struct error *err)
{
	arena_reset(&session->rights);
	session->user = (struct user) { 0 };
	if (!store_user_get(
		    session->store, session->identity.login, &session->rights, &session->user, err))
		return false;
	if (!session->user.active)
		session->user.roles = 0;
	return true;
}

/*
 * The log is never cleared: of what was typed for a code only that stays which may be one, and no
 * personal identity code or other text.
 */
static void keep_subject(struct use *use, const char *subject)
{
	static const char codes[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789._-";

	use->subject[0] = '\0';
	if (subject && strlen(subject) < SUBJECT_SIZE && strspn(subject, codes) == strlen(subject)
		&& !text_contains_personal_id(subject))
		strcpy(use->subject, subject);
}

/* Whether what the attempt names is the number of a meeting. */
static bool names_meeting(const struct use *use)
{
	switch (use->use_case) {
	case USE_MEETING_LOOK:
	case USE_MEETING_MOVE:
	case USE_MEETING_CANCEL:
	case USE_MEETING_RECORD:
		return true;
	case USE_CASE_EXPORT:
		return !strchr(use->subject, '-'); /* else a case's code */
	default:
		return false;
	}
}

/* The case that a refused attempt was about, as far as it names one. */
static int64_t case_of(const struct use *use, struct arena *arena)
{
	const struct session *session = use->session;
	const char *subject = use->subject;
	struct case_ref case_ref = { 0 };
	struct meeting meeting = { 0 };
	struct error err;
	int64_t case_id = 0;

	if (!*subject)
		return 0;
	if (use->use_case == USE_ACTION_DONE || use->use_case == USE_ACTION_UNDONE)
		return store_action_case(session->store, atoll(subject), &case_id, &err) ? case_id
											 : 0;
	if (names_meeting(use)) {
		if (!store_meeting_get(session->store, atoll(subject), arena, &meeting, &err)
			|| !meeting.case_code)
			return 0;
		subject = meeting.case_code;
	}
	return store_case_get(session->store, subject, arena, &case_ref, &err) ? case_ref.id : 0;
}

/* In a transaction of its own: the one it was refused in is taken back. */
static void log_refusal(const struct use *use)
{
	struct log_row row = row_of(use->session, use->use_case);
	struct arena arena = { 0 };
	struct change change;
	struct error err;

	if (!change_begin(&change, use->session->store, &err))
		return;
	row.is_refused = true;
	row.role = use->scope == SCOPE_NONE ? NULL : term_code(&role_terms, (int)use->role);
	row.case_id = use->hidden_case_id ? use->hidden_case_id : case_of(use, &arena);
	row.detail = *use->subject ? use->subject : NULL;
	/* Refused it is in any case; that it could not be told changes nothing for who asked. */
	if (!change_end(&change, store_log_add(&change, &row, &err), &err))
		error_set(&err, ERROR_DATABASE, "%s", "");
	arena_release(&arena);
}

static bool set_denied(const struct session *session, enum use_case use_case, struct error *err)
{
	return error_set(err, ERROR_DENIED,
		_("%.40s may not do this (%s); ask the administrator for the role it takes"),
		session->identity.login, use_case_code(use_case));
}

/* Sets use->scope. False, with *err, where there is none. */
static bool find_scope(struct use *use, struct error *err)
{
	struct session *session = use->session;

	if (!read_user(session, err))
		return false;
	use->scope = session->user.active
			     ? right_scope(session->user.roles, use->use_case, &use->role)
			     : SCOPE_NONE;
	return use->scope != SCOPE_NONE || set_denied(session, use->use_case, err);
}

bool use_begin(struct use *use, struct session *session, enum use_case use_case,
	const char *subject, struct error *err)
{
	*use = (struct use) { .session = session, .use_case = use_case };
	keep_subject(use, subject);
	if (!change_begin(&use->change, session->store, err))
		return false;
	if (find_scope(use, err))
		return true;
	if (!change_end(&use->change, false, err) && err->code == ERROR_DENIED)
		log_refusal(use);
	return false;
}

bool use_begin_number(struct use *use, struct session *session, enum use_case use_case,
	int64_t number, struct error *err)
{
	char subject[24];

	snprintf(subject, sizeof(subject), "%lld", (long long)number);
	return use_begin(use, session, use_case, subject, err);
}

static bool log_row(struct use *use, enum use_case use_case, struct log_row *row, struct error *err)
{
	row->role = term_code(&role_terms, (int)use->role);
	use->is_logged = use->is_logged || use_case == use->use_case;
	return store_log_add(&use->change, row, err);
}

/* A row of the log is one line wherever it is shown: a second one could pass for another row. */
static bool check_one_line(const char *text, struct error *err)
{
	return !text || !strchr(text, '\n')
	       || error_set(err, ERROR_INVALID, _("a line feed can't stand there; write one line"));
}

bool disclosure_check(const struct disclosure *disclosure, struct error *err)
{
	return check_one_line(disclosure->basis, err) && check_one_line(disclosure->recipient, err)
	       && check_one_line(disclosure->reason, err)
	       && field_check(_("basis"), disclosure->basis, FIELD_SHORT, err)
	       && field_check(_("recipient"), disclosure->recipient, FIELD_SHORT, err)
	       && field_check(_("reason"), disclosure->reason, FIELD_SHORT, err);
}

bool use_log_disclosure(struct use *use, int64_t case_id, const char *detail,
	const struct disclosure *disclosure, struct error *err)
{
	struct log_row row = row_of(use->session, use->use_case);

	row.case_id = case_id;
	row.detail = detail;
	row.basis = disclosure->basis ? disclosure->basis : BASIS_OWN_TASK;
	row.recipient = disclosure->recipient;
	row.reason = disclosure->reason;
	return log_row(use, use->use_case, &row, err);
}

bool use_log(struct use *use, int64_t case_id, const char *detail, struct error *err)
{
	struct log_row row = row_of(use->session, use->use_case);

	row.case_id = case_id;
	row.detail = detail;
	return log_row(use, use->use_case, &row, err);
}

bool use_log_number(
	struct use *use, enum use_case use_case, int64_t case_id, int64_t number, struct error *err)
{
	struct log_row row = row_of(use->session, use_case);
	char detail[24];

	snprintf(detail, sizeof(detail), "%lld", (long long)number);
	row.case_id = case_id;
	row.detail = detail;
	return log_row(use, use_case, &row, err);
}

bool log_in_passing(struct session *session, struct change *change, enum use_case use_case,
	const char *detail, struct error *err)
{
	struct log_row row = row_of(session, use_case);

	row.detail = detail;
	return store_log_add(change, &row, err);
}

bool use_log_alone(
	struct session *session, enum use_case use_case, const char *detail, struct error *err)
{
	struct change change;

	return change_begin(&change, session->store, err)
	       && change_end(&change, log_in_passing(session, &change, use_case, detail, err), err);
}

bool use_log_part(struct use *use, enum use_case use_case, const char *detail, struct error *err)
{
	struct log_row row = row_of(use->session, use_case);

	row.detail = detail;
	return log_row(use, use_case, &row, err);
}

void use_needs_no_log(struct use *use)
{
	use->is_logged = true;
}

bool use_end(struct use *use, bool ok, struct error *err)
{
	assert(!ok || use->is_logged || !use_case_is_logged(use->use_case));
	if (change_end(&use->change, ok, err))
		return true;
	if (use->is_hidden || (!ok && err->code == ERROR_DENIED))
		log_refusal(use);
	return false;
}

bool use_check(
	struct session *session, enum use_case use_case, enum scope *scope, struct error *err)
{
	struct use use = { .session = session, .use_case = use_case };

	if (!find_scope(&use, err)) {
		if (err->code == ERROR_DENIED)
			log_refusal(&use);
		return false;
	}
	if (scope)
		*scope = use.scope;
	return true;
}

bool is_own_unit(const struct session *session, int64_t unit_id)
{
	for (size_t i = 0; i < session->user.unit_count; i++) {
		if (session->user.unit_ids[i] == unit_id)
			return true;
	}
	return false;
}

bool use_unit(struct use *use, int64_t unit_id, const char *code, struct error *err)
{
	if (use->scope == SCOPE_ALL || is_own_unit(use->session, unit_id))
		return true;
	if (!code)
		return error_set(
			err, ERROR_DENIED, _("it is another unit's; you keep your own only"));
	keep_subject(use, code);
	return error_set(
		err, ERROR_DENIED, _("unit %.40s is another's; you keep your own only"), code);
}

void use_hide(struct use *use, int64_t case_id)
{
	use->is_hidden = true;
	use->hidden_case_id = case_id;
}

void log_refused_entry(struct session *session, const char *what)
{
	struct use use = { .session = session, .use_case = USE_ENTER };
	struct error ignored;

	if (!read_user(session, &ignored))
		return;
	keep_subject(&use, what);
	log_refusal(&use);
}

void log_refused(struct session *session, enum use_case use_case, const char *what)
{
	struct use use = { .session = session, .use_case = use_case };

	keep_subject(&use, what);
	log_refusal(&use);
}
