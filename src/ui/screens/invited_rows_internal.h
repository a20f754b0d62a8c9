/* Who is invited to a meeting, a row each: what they were told and answered, and what that means.
 */
#ifndef KUTSU_UI_SCREENS_INVITED_ROWS_INTERNAL_H
#define KUTSU_UI_SCREENS_INVITED_ROWS_INTERNAL_H

#include "kutsu/domain/invitation.h"
#include "screen_internal.h"

/* A unit, or the family (invitation NULL). */
struct invited {
	const struct invitation *invitation;
	const struct message *message; /* the newest to it, or NULL */
	enum style style;
	const char *who, *text, *detail;
};

struct invited_rows {
	struct arena *arena; /* of the rows and their texts */
	int64_t meeting_id;
	const struct message_list *messages; /* the meeting's */
	struct invited *items;
	size_t count;
	int who_width;
	int unsent;  /* drafts, and what waits for consent without having been let leave */
	int untold;  /* to a family without an address */
	int waiting; /* for consent */
	int failed;
	bool was_told; /* something has left */
};

/* Arena, meeting and messages are given. */
bool invited_rows_add(struct invited_rows *rows, struct ui *ui,
	const struct invitation_list *invitations, struct error *err);

#endif
