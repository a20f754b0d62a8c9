#include "kutsu/service/drafting.h"

#include "kutsu/base/message.h"
#include "kutsu/domain/personal_id.h"
#include "service_internal.h"

bool draft_begin(struct session *session, const char *writer, int64_t *id, struct error *err)
{
	struct use use;
	int64_t made;
	bool ok;

	if (!use_begin(&use, session, USE_DRAFT_WRITE, NULL, err))
		return false;
	ok = store_draft_add(
		     &use.change, session->user.id, writer, session_now(session), &made, err)
	     && use_log_number(&use, USE_DRAFT_WRITE, 0, made, err);
	ok = use_end(&use, ok, err);
	if (ok)
		*id = made;
	return ok;
}

bool draft_keep(struct session *session, int64_t id, const char *writer,
	const struct draft_field *fields, size_t count, struct error *err)
{
	struct use use;
	bool ok;

	for (size_t i = 0; i < count; i++) {
		if (text_contains_personal_id(fields[i].value))
			return error_set(err, ERROR_INVALID,
				_("the text seems to hold a personal identity code; take it out"));
	}
	if (!use_begin(&use, session, USE_DRAFT_WRITE, NULL, err))
		return false;
	ok = store_draft_save(&use.change, id, writer, session_now(session), fields, count, err);
	use_needs_no_log(&use);
	return use_end(&use, ok, err);
}

bool draft_take_over(struct session *session, int64_t id, const char *writer, struct error *err)
{
	struct use use;
	bool ok;

	if (!use_begin(&use, session, USE_DRAFT_TAKE_OVER, NULL, err))
		return false;
	ok = store_draft_take(&use.change, id, session->user.id, writer, err)
	     && use_log_number(&use, USE_DRAFT_TAKE_OVER, 0, id, err);
	return use_end(&use, ok, err);
}

bool draft_discard(struct session *session, int64_t id, const char *writer, struct error *err)
{
	struct use use;
	bool removed, ok;

	if (!use_begin(&use, session, USE_DRAFT_DISCARD, NULL, err))
		return false;
	ok = store_draft_remove(&use.change, id, writer, &removed, err);
	if (ok && !removed)
		ok = error_set(err, ERROR_CONFLICT,
			_("a colleague has taken the draft over or finished it"));
	ok = ok && use_log_number(&use, USE_DRAFT_DISCARD, 0, id, err);
	return use_end(&use, ok, err);
}

bool draft_list(
	struct session *session, struct arena *arena, struct draft_list *list, struct error *err)
{
	*list = (struct draft_list) { 0 };
	return use_check(session, USE_DRAFT_WRITE, NULL, err)
	       && store_draft_list(session->store, arena, list, err);
}

bool draft_fields(struct session *session, int64_t id, struct arena *arena,
	struct draft_field_list *list, struct error *err)
{
	*list = (struct draft_field_list) { 0 };
	return use_check(session, USE_DRAFT_WRITE, NULL, err)
	       && store_draft_fields(session->store, id, arena, list, err);
}
