#include "kutsu/format/invitation_text.h"

#include "kutsu/base/arena.h"
#include "kutsu/base/localtext.h"
#include "kutsu/base/message.h"
#include "kutsu/base/zone.h"

static const char *reason_text(const struct invitation *invitation, struct arena *arena)
{
	bool has_reason = invitation->reason != DECLINE_UNTOLD;

	return arena_printf(arena, "%s%s%s%s%s", term_label(&answer_terms, (int)invitation->answer),
		has_reason || invitation->note ? ": " : "",
		has_reason ? term_label(&decline_reason_terms, (int)invitation->reason) : "",
		has_reason && invitation->note ? "; " : "",
		invitation->note ? invitation->note : "");
}

static const char *waiting_text(const struct invitation *invitation, int today, struct arena *arena)
{
	int days = today - zone_to_wall(invitation->sent_at).day;

	if (days <= 0)
		return _("no answer yet");
	return arena_printf(
		arena, P_("no answer for %d day", "no answer for %d days", (long)days), days);
}

const char *invitation_text(const struct invitation *invitation, int today, struct arena *arena)
{
	char day[LOCALTEXT_SIZE], clock[LOCALTEXT_SIZE];

	if (invitation->is_off)
		return invitation->has_consent ? _("its part is cancelled")
					       : _("consent withdrawn; its part is cancelled");
	if (invitation->answer == ANSWER_COUNTER)
		return arena_printf(arena, _("offers %s %s"),
			local_short_day(invitation->counter_day, day),
			local_clock(invitation->counter_start, clock));
	if (invitation->answer != ANSWER_NONE)
		return reason_text(invitation, arena);
	if (!invitation->has_consent)
		return _("waits for consent");
	return invitation->sent_at ? waiting_text(invitation, today, arena) : _("not sent yet");
}

bool invitation_needs_somebody(const struct invitation *invitation)
{
	if (invitation->is_off)
		return false;
	return invitation->answer == ANSWER_DECLINED || invitation->answer == ANSWER_COUNTER
	       || (invitation->answer == ANSWER_NONE
		       && (!invitation->has_consent || !invitation->sent_at));
}
