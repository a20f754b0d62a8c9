#include "kutsu/service/audit.h"

#include "kutsu/base/date.h"
#include "kutsu/base/message.h"
#include "kutsu/domain/field.h"
#include "kutsu/domain/slot.h"
#include "kutsu/store/case_store.h"
#include "service_internal.h"

#define DAYS_IN_YEAR 365

/* The query as the store asks it. */
static bool make_filter(struct session *session, const struct audit_query *query,
	struct log_filter *filter, struct error *err)
{
	struct arena arena = { 0 };
	struct case_ref case_ref = { 0 };
	bool ok = !query->case_code
		  || store_case_get(session->store, query->case_code, &arena, &case_ref, err);

	*filter = (struct log_filter) {
		.login = query->login,
		.from = query->from_day == DAY_FIRST ? INT64_MIN
						     : zone_to_moment(query->from_day, 0),
		.until = query->until_day == DAY_LAST ? INT64_MAX
						      : zone_to_moment(query->until_day + 1, 0) - 1,
		.case_id = case_ref.id,
		.limit = query->limit,
		.newest_first = query->newest_first,
	};
	arena_release(&arena);
	return ok;
}

/* In a transaction of its own, as an export: nobody waits while a slow reader takes the rows. */
static bool log_look(struct session *session, const struct audit_query *query,
	struct log_filter *filter, struct error *err)
{
	struct use use;
	bool ok;

	if ((query->login && !user_login_check(query->login, err))
		|| !use_begin(&use, session, USE_AUDIT_LIST, query->case_code, err))
		return false;
	ok = make_filter(session, query, filter, err)
	     && use_log(&use, filter->case_id, query->login, err);
	return use_end(&use, ok, err);
}

static bool look_again(struct session *session, const struct audit_query *query,
	struct log_filter *filter, struct error *err)
{
	return use_check(session, USE_AUDIT_LIST, NULL, err)
	       && make_filter(session, query, filter, err);
}

bool audit_each(struct session *session, enum look look, const struct audit_query *query,
	log_visitor *visit, void *context, struct error *err)
{
	struct log_filter filter;

	return (look == LOOK_NEW ? log_look(session, query, &filter, err)
				 : look_again(session, query, &filter, err))
	       && store_log_each(session->store, &filter, visit, context, err);
}

struct gathering {
	struct arena *arena;
	struct log_list *list;
};

static bool gather(void *context, const struct log_row *row, struct error *err)
{
	struct gathering *gathering = context;
	struct log_list *list = gathering->list;
	struct arena *arena = gathering->arena;
	struct log_row *kept;

	(void)err;
	list->items = arena_append(arena, list->items, &list->count, sizeof(*list->items));
	kept = &list->items[list->count - 1];
	*kept = *row;
	kept->login = arena_text(arena, row->login);
	kept->account = arena_text(arena, row->account);
	kept->origin = arena_text(arena, row->origin);
	kept->role = arena_text(arena, row->role);
	kept->use_case = arena_text(arena, row->use_case);
	kept->case_code = arena_text(arena, row->case_code);
	kept->detail = arena_text(arena, row->detail);
	kept->reason = arena_text(arena, row->reason);
	kept->basis = arena_text(arena, row->basis);
	kept->recipient = arena_text(arena, row->recipient);
	return true;
}

bool audit_list(struct session *session, enum look look, const struct audit_query *query,
	struct arena *arena, struct log_list *list, struct error *err)
{
	struct gathering gathering = { arena, list };

	*list = (struct log_list) { 0 };
	return audit_each(session, look, query, gather, &gathering, err);
}

bool audit_case(struct session *session, const char *code, const char *reason, struct arena *arena,
	struct log_list *list, struct error *err)
{
	struct gathering gathering = { arena, list };
	struct disclosure disclosure = { .reason = reason, .basis = "client_request" };
	struct log_filter filter = {
		.from = INT64_MIN, .until = INT64_MAX, .with_fixed_clock = !session->clock.is_fixed
	};
	struct case_ref case_ref;
	struct use use;
	bool ok;

	*list = (struct log_list) { 0 };
	if (!disclosure_check(&disclosure, err)
		|| !use_begin(&use, session, USE_AUDIT_CASE, code, err))
		return false;
	if (!reason)
		filter.from =
			zone_to_moment(session_today(session) - AUDIT_CASE_YEARS * DAYS_IN_YEAR, 0);
	ok = store_case_get(session->store, code, arena, &case_ref, err);
	filter.case_id = case_ref.id;
	ok = ok && store_log_each(session->store, &filter, gather, &gathering, err)
	     && use_log_disclosure(&use, case_ref.id, NULL, &disclosure, err);
	ok = use_end(&use, ok, err);
	if (!ok)
		*list = (struct log_list) { 0 };
	return ok;
}

bool audit_verify(struct session *session, const struct log_seal *seal, struct arena *arena,
	struct audit_report *report, struct error *err)
{
	struct use use;
	bool ok;

	*report = (struct audit_report) { 0 };
	if (!use_begin(&use, session, USE_AUDIT_VERIFY, NULL, err))
		return false;
	ok = store_log_verify(session->store, seal, arena, &report->rows, &report->findings, err)
	     && use_log(&use, 0, report->findings.count ? "faults" : "whole", err);
	ok = use_end(&use, ok, err);
	if (!ok)
		*report = (struct audit_report) { 0 };
	return ok;
}

const char *audit_finding_text(const struct log_finding *finding, struct arena *arena)
{
	long long first = finding->first, last = finding->last;

	switch (finding->fault) {
	case LOG_MISSING:
		return first == last ? arena_printf(arena, _("row %lld is missing"), first)
				     : arena_printf(arena, _("rows %lld to %lld are missing"),
					     first, last);
	case LOG_NOT_SEALED:
		return arena_printf(
			arena, _("rows %lld to %lld were added past kutsu"), first, last);
	case LOG_OTHER_SEAL:
		return arena_printf(arena, _("row %lld is not the one that was sealed"), first);
	default:
		return arena_printf(arena,
			_("row %lld was changed, inserted or moved, or the row before it was"),
			first);
	}
}

bool audit_seal(struct session *session, struct log_seal *seal, struct error *err)
{
	struct use use;
	bool ok;

	*seal = (struct log_seal) { 0 };
	if (!use_begin(&use, session, USE_AUDIT_SEAL, NULL, err))
		return false;
	ok = use_log(&use, 0, NULL, err) && store_log_head(session->store, seal, err);
	ok = use_end(&use, ok, err);
	if (!ok)
		*seal = (struct log_seal) { 0 };
	return ok;
}
