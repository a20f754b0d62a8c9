/*
 * A thing as named values: what JSON and CSV write of it, under the same keys in the same order.
 * The keys are a contract: they keep their names and meaning.
 */
#ifndef KUTSU_FORMAT_ROW_H
#define KUTSU_FORMAT_ROW_H

#include "kutsu/domain/access_log.h"
#include "kutsu/domain/calendar.h"
#include "kutsu/domain/case_ref.h"
#include "kutsu/domain/invitation.h"
#include "kutsu/domain/meeting.h"
#include "kutsu/domain/unit.h"
#include "kutsu/domain/user.h"

struct arena;
struct text;

enum value_kind {
	VALUE_NULL,
	VALUE_TEXT,
	VALUE_DAY,    /* these three are texts too: ISO 8601 */
	VALUE_MINUTE, /* of a day */
	VALUE_WALL,   /* a day and a minute */
	VALUE_INTEGER,
	VALUE_REAL,
	VALUE_BOOLEAN,
	VALUE_LIST
};

struct value {
	const char *key;
	enum value_kind kind;
	const char *text;
	int day, minute; /* of a day, a minute, a wall time */
	int64_t integer; /* also the boolean */
	double real;
	const char *const *list;
	size_t count;
};

/* A list in one text, by "; ". */
void value_join_list(const struct value *value, struct text *joined);

#define ROW_MOST_VALUES 24

struct row {
	struct arena *arena; /* the caller's: holds texts made for the row */
	struct value values[ROW_MOST_VALUES];
	size_t count;
};

void row_init(struct row *row, struct arena *arena);
void row_add_text(struct row *row, const char *key, const char *text); /* NULL: null */
void row_add_integer(struct row *row, const char *key, int64_t integer);
/* So many minutes in hours, with two decimals at most. */
void row_add_hours(struct row *row, const char *key, int64_t minutes);
/* 250 is 2.5 */
void row_add_hundredths(struct row *row, const char *key, int64_t hundredths);
void row_add_boolean(struct row *row, const char *key, bool boolean);
void row_add_null(struct row *row, const char *key);
void row_add_list(struct row *row, const char *key, const char *const *list, size_t count);
void row_add_day(struct row *row, const char *key, int day);	   /* DAY_FIRST, DAY_LAST: null */
void row_add_minute(struct row *row, const char *key, int minute); /* "13:00" */
void row_add_wall(struct row *row, const char *key, int day, int minute); /* with offset */
void row_add_moment(struct row *row, const char *key, int64_t moment);	  /* 0: null */
void row_add_utc(struct row *row, const char *key, int64_t moment);	  /* "...T11:00:07Z" */

/* Each adds to an initialised row; masks what a non-disclosure order hides. A text that was purged
 * is null. */
void row_of_unit(struct row *row, const struct unit *unit);
void row_of_slot(struct row *row, const struct slot *slot);
void row_of_closing(struct row *row, const struct closing *closing);
void row_of_opening(struct row *row, const struct opening *opening);
void row_of_school_break(struct row *row, const struct school_break *school_break);
void row_of_occurrence(struct row *row, const char *unit, const struct occurrence *occurrence);
/* The same keys, of a unit that has no hole in a week; `answer` is what it said of it, or NULL. */
void row_of_no_occurrence(struct row *row, const char *unit, const struct readiness_answer *answer);
void row_of_call(struct row *row, const struct call *call);
void row_of_case(struct row *row, const struct case_ref *case_ref);
void row_of_meeting(struct row *row, const struct meeting *meeting);
/* All but its actions and what follows. */
void row_of_record(struct row *row, const struct meeting_record *record);
void row_of_follow_up(struct row *row, const struct meeting_record *record);
void row_of_action(struct row *row, const struct agreed_action *action);
void row_of_consent(struct row *row, const struct consent *consent);
void row_of_invitation(struct row *row, const struct invitation *invitation);
void row_of_message(struct row *row, const struct message *message);
void row_of_user(struct row *row, const struct user *user);
void row_of_user_key(struct row *row, const struct user_key *key);
void row_of_log_row(struct row *row, const struct log_row *log_row); /* its moment in UTC */

#endif
