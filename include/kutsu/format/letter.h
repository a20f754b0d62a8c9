/*
 * What an invitation says and how it leaves: plain text for people, iTIP for calendars (RFC 5546),
 * an e-mail with both (RFC 6047). It tells the purpose, the number, time and place, who calls
 * together and where to ask, and nothing of the family: no name, no concern, no other invited one,
 * and no place under a non-disclosure order.
 */
#ifndef KUTSU_FORMAT_LETTER_H
#define KUTSU_FORMAT_LETTER_H

#include "kutsu/base/message.h"
#include "kutsu/domain/invitation.h"
#include "kutsu/domain/meeting.h"

struct arena;

struct letter {
	enum message_kind kind;
	const struct meeting *meeting;
	int sequence;
	bool is_new_time; /* its receiver was told of another; and not of the family's first */
	int64_t stamp;	  /* when it was made (UTC): Date and DTSTAMP */
	enum language language;
	const char *zone;	/* of the calendar's times */
	const char *from;	/* address: ORGANIZER, to whom answers go */
	const char *to;		/* address, or NULL: it is read out or printed */
	const char *message_id; /* "uuid@host", or NULL: it does not leave as an e-mail */
	const char *region;	/* this and the phone: or NULL */
	const char *phone;	/* the coordinator's */
	int alarm_minutes;	/* before the meeting; 0: none */
	bool is_demo;
};

/* In the letter's language, in the arena; the process's language is as it was afterwards. */
const char *letter_subject(const struct letter *letter, struct arena *arena);
const char *letter_body(const struct letter *letter, struct arena *arena);

/*
 * The iTIP object of a request, a reminder or a cancellation to a unit, or NULL: the family's
 * letter has none. `to` is its only ATTENDEE. *calendar lies in the arena, with CRLF.
 * ERROR_FAILED: libical does not know the zone.
 */
bool letter_calendar(const struct letter *letter, struct arena *arena, const char **calendar,
	struct error *err) MUST_CHECK;

/* The whole e-mail, with `to` and message_id given, in the arena, with CRLF; the same letter makes
 * the same bytes. Errors as above. */
bool letter_mail(const struct letter *letter, struct arena *arena, const char **mail,
	struct error *err) MUST_CHECK;

#endif
