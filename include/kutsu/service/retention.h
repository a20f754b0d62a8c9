/*
 * The end of retention: the memo of a case goes to the official client record, and a closed case
 * loses its names, numbers and free text when the installation's time has passed. The official
 * records have retention times of their own (act 703/2023).
 */
#ifndef KUTSU_SERVICE_RETENTION_H
#define KUTSU_SERVICE_RETENTION_H

#include "kutsu/format/memo.h"
#include "kutsu/service/session.h"
#include "kutsu/store/purge_store.h"

/*
 * All that a memo of the case says, in the arena; logged as a disclosure. `sector` is an enum
 * sector, whose extract it is to be, or MEMO_ALL_SECTORS. ERROR_NOT_FOUND
 */
bool case_memo(struct session *session, const char *code, int sector,
	const struct disclosure *disclosure, struct arena *arena, struct memo *memo,
	struct error *err) MUST_CHECK;

/*
 * The same of one meeting: nothing of the calls, nor why the case was closed, and of the consents
 * those alone of the units invited to it. ERROR_NOT_FOUND: no such meeting, or it is only held
 */
bool meeting_memo(struct session *session, int64_t meeting_id, int sector,
	const struct disclosure *disclosure, struct arena *arena, struct memo *memo,
	struct error *err) MUST_CHECK;

struct purge_report {
	int months;			/* the retention */
	int before_day;			/* what was closed before this day is purged */
	struct expired_case_list cases; /* in the arena */
	int calls, drafts;		/* that belonged to no case */
	bool is_complete;		/* nothing of it is left in the files */
};

/* Purges, or, in a dry run, only tells what it would. Both are logged. */
bool retention_purge(struct session *session, bool dry_run, struct arena *arena,
	struct purge_report *report, struct error *err) MUST_CHECK;

#endif
