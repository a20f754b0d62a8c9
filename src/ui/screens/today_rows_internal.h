/* What Tänään lists: section by section what waits for somebody. */
#ifndef KUTSU_UI_SCREENS_TODAY_ROWS_INTERNAL_H
#define KUTSU_UI_SCREENS_TODAY_ROWS_INTERNAL_H

#include "kutsu/service/feedback.h"
#include "kutsu/service/inviting.h"
#include "kutsu/service/outbox.h"
#include "kutsu/service/promise.h"
#include "kutsu/service/worklist.h"
#include "screen_internal.h"

#define SECTION_MOST 50

/* By section: the same case or meeting may stand in several. */
enum today_row_kind {
	ROW_HEADING,
	ROW_DRAFT,
	ROW_UNSETTLED,
	ROW_ANSWERED, /* a unit does not come, or offers another time */
	ROW_FAILED,   /* a message */
	ROW_UNSENT,   /* a meeting's messages */
	ROW_UNANSWERED,
	ROW_WAITING,
	ROW_MEETING_TODAY,
	ROW_UNRECORDED,
	ROW_FOLLOW_UP,
	ROW_LATE,
	ROW_SILENT,
	ROW_GAP,
	ROW_FEEDBACK /* units that have not given the month's */
};

struct today_row {
	enum today_row_kind kind;
	enum style style;
	const char *text;
	const char *code;	       /* of a case or a unit */
	int64_t id;		       /* of a draft, a meeting, an action or of what lacks */
	int64_t meeting_id;	       /* that it opens; of a draft: whose record it is, or 0 */
	bool is_mine;		       /* a draft that nobody else is writing */
	const struct promise_gap *gap; /* what lacks, or NULL */
};

struct today_rows {
	struct arena *arena; /* of the rows and their texts */
	struct today_row *items;
	size_t count;
};

/* What is read for them. */
struct today_work {
	struct work_today waits;
	struct unsettled_list unsettled;
	struct promise_gap_list gaps;
	struct invitation_list invitations; /* to meetings ahead */
	struct message_list unsent;
	struct feedback_missing feedback;
};

void today_rows_add(struct today_rows *rows, const struct ui *ui, const struct today_work *work);

#endif
