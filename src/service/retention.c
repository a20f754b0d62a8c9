#include "kutsu/service/retention.h"

#include "kutsu/base/date.h"
#include "kutsu/domain/setting.h"
#include "kutsu/store/case_store.h"
#include "kutsu/store/meeting_store.h"
#include "kutsu/store/setting_store.h"
#include "service_internal.h"

#include <string.h>

#define BATCH 500 /* cases in one change: nobody waits long for it */

static bool read_meetings(
	struct session *session, struct arena *arena, struct memo *memo, struct error *err)
{
	struct meeting_list list;

	if (!store_meeting_of_case(session->store, memo->case_ref.id, arena, &list, err))
		return false;
	memo->meetings = arena_new(arena, (list.count + 1) * sizeof(*memo->meetings));
	memo->meeting_count = list.count;
	for (size_t i = 0; i < list.count; i++) {
		struct memo_meeting *meeting = &memo->meetings[i];

		meeting->meeting = list.items[i];
		if (!store_record_get(session->store, list.items[i].id, arena, &meeting->record,
			    &meeting->has_record, err))
			return false;
	}
	return true;
}

static bool read_memo(struct session *session, const char *code, struct arena *arena,
	struct memo *memo, struct error *err)
{
	struct store *store = session->store;

	return store_case_get(store, code, arena, &memo->case_ref, err)
	       && store_call_list(store, memo->case_ref.id, arena, &memo->calls, err)
	       && store_consent_list(store, memo->case_ref.id, arena, &memo->consents, err)
	       && store_unit_list(store, UNITS_ALL, arena, &memo->units, err)
	       && read_meetings(session, arena, memo, err);
}

static const char *extract_name(int sector)
{
	return sector == MEMO_ALL_SECTORS ? "all" : term_code(&sector_terms, sector);
}

bool case_memo(struct session *session, const char *code, int sector,
	const struct disclosure *disclosure, struct arena *arena, struct memo *memo,
	struct error *err)
{
	struct use use;
	bool ok;

	*memo = (struct memo) { 0 };
	if (!disclosure_check(disclosure, err)
		|| !use_begin(&use, session, USE_CASE_EXPORT, code, err))
		return false;
	ok = read_memo(session, code, arena, memo, err)
	     && use_log_disclosure(&use, memo->case_ref.id, extract_name(sector), disclosure, err);
	ok = use_end(&use, ok, err);
	if (!ok)
		*memo = (struct memo) { 0 };
	return ok;
}

/* False where the case has no such meeting. */
static bool keep_meeting(struct memo *memo, int64_t meeting_id)
{
	for (size_t i = 0; i < memo->meeting_count; i++) {
		if (memo->meetings[i].meeting.id != meeting_id)
			continue;
		memo->meetings = &memo->meetings[i];
		memo->meeting_count = 1;
		memo->meeting_id = meeting_id;
		return true;
	}
	return false;
}

static void keep_what_is_of_the_meeting(struct memo *memo)
{
	size_t kept = 0;

	memo->calls.count = 0;
	memo->case_ref.concern = memo->case_ref.closed_reason = NULL;
	for (size_t i = 0; i < memo->consents.count; i++) {
		if (meeting_has_unit(&memo->meetings[0].meeting, memo->consents.items[i].unit))
			memo->consents.items[kept++] = memo->consents.items[i];
	}
	memo->consents.count = kept;
}

static bool read_meeting_memo(struct session *session, int64_t meeting_id, struct arena *arena,
	struct memo *memo, struct error *err)
{
	struct meeting meeting;

	if (!store_meeting_get(session->store, meeting_id, arena, &meeting, err))
		return false;
	if (!meeting.case_code)
		return store_meeting_missing(meeting_id, err);
	if (!read_memo(session, meeting.case_code, arena, memo, err))
		return false;
	if (!keep_meeting(memo, meeting_id))
		return store_meeting_missing(meeting_id, err);
	keep_what_is_of_the_meeting(memo);
	return true;
}

bool meeting_memo(struct session *session, int64_t meeting_id, int sector,
	const struct disclosure *disclosure, struct arena *arena, struct memo *memo,
	struct error *err)
{
	struct use use;
	bool ok;

	*memo = (struct memo) { 0 };
	if (!disclosure_check(disclosure, err)
		|| !use_begin_number(&use, session, USE_CASE_EXPORT, meeting_id, err))
		return false;
	ok = read_meeting_memo(session, meeting_id, arena, memo, err)
	     && use_log_disclosure(&use, memo->case_ref.id,
		     /* By its first word what purges a case knows that it is not the whole. */
		     arena_printf(arena, "meeting %lld, %s", (long long)meeting_id,
			     extract_name(sector)),
		     disclosure, err);
	ok = use_end(&use, ok, err);
	if (!ok)
		*memo = (struct memo) { 0 };
	return ok;
}

/* Calls and drafts without a case, within the change. */
static bool purge_rest(
	struct use *use, int64_t before, struct purge_report *report, struct error *err)
{
	return store_purge_calls(&use->change, before, &report->calls, err)
	       && store_purge_drafts(&use->change, before, &report->drafts, err);
}

static bool log_cases(
	struct use *use, const struct expired_case *cases, size_t count, struct error *err)
{
	for (size_t i = 0; i < count; i++) {
		if (!use_log(use, cases[i].id, NULL, err))
			return false;
	}
	return true;
}

static bool purge_batch(struct session *session, const struct expired_case *cases, size_t count,
	struct arena *arena, struct error *err)
{
	int64_t *ids = arena_new(arena, (count + 1) * sizeof(*ids));
	struct use use;
	bool ok;

	for (size_t i = 0; i < count; i++)
		ids[i] = cases[i].id;
	if (!use_begin(&use, session, USE_PURGE, NULL, err))
		return false;
	ok = store_purge_cases(&use.change, ids, count, session_now(session), err)
	     && log_cases(&use, cases, count, err);
	return use_end(&use, ok, err);
}

/* In changes of their own, so that others get their turn; what is done stays done. */
static bool purge(struct session *session, int64_t before, struct arena *arena,
	struct purge_report *report, struct error *err)
{
	const struct expired_case_list *cases = &report->cases;
	struct use use;
	bool ok = true;

	for (size_t at = 0; ok && at < cases->count; at += BATCH)
		ok = purge_batch(session, &cases->items[at],
			cases->count - at < BATCH ? cases->count - at : BATCH, arena, err);
	if (!ok || !use_begin(&use, session, USE_PURGE, NULL, err))
		return false;
	ok = purge_rest(&use, before, report, err)
	     && use_log(&use, 0,
		     arena_printf(arena, "%zu cases, %d calls, %d drafts", cases->count,
			     report->calls, report->drafts),
		     err);
	return use_end(&use, ok, err) && store_forget(session->store, &report->is_complete, err);
}

/* What is counted is done and taken back. */
static bool count_rest(
	struct session *session, int64_t before, struct purge_report *report, struct error *err)
{
	struct error taken_back = { 0 };
	struct use use;
	bool ok;

	if (!use_begin(&use, session, USE_PURGE, NULL, err))
		return false;
	ok = purge_rest(&use, before, report, err);
	if (!use_end(&use, false, ok ? &taken_back : err) && !ok)
		return false;
	if (!use_begin(&use, session, USE_PURGE, NULL, err))
		return false;
	return use_end(&use, use_log(&use, 0, "dry run", err), err);
}

bool retention_purge(struct session *session, bool dry_run, struct arena *arena,
	struct purge_report *report, struct error *err)
{
	int64_t before;
	bool ok;

	*report = (struct purge_report) { .is_complete = true };
	if (!use_check(session, USE_PURGE, NULL, err)
		|| !store_setting_number(
			session->store, SETTING_RETENTION_MONTHS, &report->months, err))
		return false;
	report->before_day = day_months_before(session_today(session), report->months);
	before = zone_to_moment(report->before_day, 0);
	ok = store_purge_list(session->store, before, 0, arena, &report->cases, err)
	     && (dry_run ? count_rest(session, before, report, err)
			 : purge(session, before, arena, report, err));
	if (!ok)
		*report = (struct purge_report) { 0 };
	return ok;
}
