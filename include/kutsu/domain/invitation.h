/*
 * Invitations to a meeting and the messages that carry them: what was told to whom, what was
 * answered to what, and when a message is tried again. RFC 5546 (iTIP) is the source of what a
 * sequence and an answer mean.
 */
#ifndef KUTSU_DOMAIN_INVITATION_H
#define KUTSU_DOMAIN_INVITATION_H

#include "kutsu/base/error.h"
#include "kutsu/domain/terms.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct invitation {
	int64_t meeting_id, unit_id;
	const char *unit;    /* its code */
	const char *email;   /* the unit's, or NULL */
	int day, start, end; /* its meeting's */
	int sequence;	     /* of the newest message to it; never below the meeting's own */
	bool is_off;	     /* its part was cancelled: nobody waits for its answer */
	bool has_consent;    /* in force for the unit */
	enum answer answer;
	enum decline_reason reason;
	const char *note; /* or NULL */
	int counter_day, counter_start;
	int64_t answered_at;	 /* 0: not answered */
	const char *answered_by; /* login; NULL: by e-mail */
	int64_t sent_at;	 /* when the request of this sequence left; 0: it did not */
	int64_t reminded_at;	 /* 0: never, since then */
	bool was_sent;		 /* a request of any sequence has left, or may have */
	bool was_told;		 /* so has one of this sequence */
	int told_day, told_start, told_end; /* the time it told of last, where was_sent */
};

struct invitation_list {
	struct invitation *items;
	size_t count;
};

/* Whether its answer is waited for: it was sent, and is not answered. */
bool invitation_is_waited_for(const struct invitation *invitation);

struct message {
	int64_t id, meeting_id;
	int64_t unit_id;     /* 0: to the family */
	const char *unit;    /* its code, or NULL */
	const char *to;	     /* address as it left or would leave; NULL: none is known */
	int day, start, end; /* its meeting's */
	enum message_kind kind;
	int sequence;
	enum message_state state;
	/* The time it tells of, as it left; a cancellation's is what its receiver was told before.
	 * To be added with 0: the meeting's. */
	int told_day, told_start, told_end;
	bool is_new_time;	/* its receiver was told of another */
	bool may_have_left;	/* it was being sent when a sender or the line broke, or is now */
	bool is_approved;	/* goes as soon as consent comes */
	const char *message_id; /* this and the content: NULL until it is first sent */
	const char *content;
	int attempts;
	int64_t next_attempt_at;
	const char *error;  /* the server's words, or NULL */
	const char *sender; /* the run of the program that is sending it now, or NULL */
	int64_t created_at;
	int64_t sent_at; /* 0: not yet */
};

struct message_list {
	struct message *items;
	size_t count;
};

/*
 * Seconds until a message is tried again after so many attempts that failed for a time, or 0 where
 * it is given up: after some five days (RFC 5321, 4.5.4.1).
 */
int64_t message_retry_after(int attempts);

/* An e-mail address as an envelope may have it: one @, ASCII, nothing that ends a header. */
bool email_is_valid(const char *address);
/* Whether two are the same mailbox: without regard to the case of letters. */
bool email_is_same(const char *a, const char *b);

/* What a unit's calendar sent. */
struct reply {
	const char *uid;
	const char *attendee; /* address, without "mailto:" */
	const char *from;     /* of the e-mail it came in; NULL: it came alone */
	int sequence;
	int64_t stamp; /* DTSTAMP */
	enum answer answer;
	const char *note; /* or NULL */
	int counter_day, counter_start;
};

/* Why a reply is not taken. */
enum reply_fault {
	REPLY_FITS,
	REPLY_FORGED,  /* the e-mail is not from who it says answers */
	REPLY_OLD,     /* it answers a time that is no more, or is older than the answer kept */
	REPLY_TOO_NEW, /* it answers what was never sent */
	REPLY_OFF,     /* the unit is not invited any more */
	REPLY_REPEATED /* the same answer again: nothing changes */
};

/*
 * Whether the reply answers this invitation; the attendee is the one it was sent to (RFC 5546,
 * 2.1.5: a sequence first, then the stamp).
 */
enum reply_fault reply_check(const struct reply *reply, const struct invitation *invitation);

#endif
