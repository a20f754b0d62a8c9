#include "promise_text_internal.h"

#include "kutsu/base/localtext.h"
#include "kutsu/base/message.h"

static const char *asked_text(struct arena *arena, const struct unsettled *unsettled)
{
	const char *login = unsettled->asked_by ? unsettled->asked_by : "";

	switch (unsettled->asks) {
	case ASKED_MOVE:
		return arena_printf(arena, _("  to be moved, asks %s"), login);
	case ASKED_CANCEL:
		return arena_printf(arena, _("  to be cancelled, asks %s"), login);
	default:
		return "";
	}
}

const char *unsettled_text(struct arena *arena, const struct unsettled *unsettled)
{
	const struct meeting *meeting = &unsettled->meeting;
	char day[LOCALTEXT_SIZE], span[LOCALTEXT_SIZE];
	const char *number = arena_printf(arena, _("meeting %lld"), (long long)meeting->id);

	return arena_printf(arena, "%s %s  %s  %s%s%s%s", local_short_day(meeting->day, day),
		local_span(meeting->start, meeting->end, span), number, unsettled->unit,
		asked_text(arena, unsettled), unsettled->reason ? "  " : "",
		unsettled->reason ? unsettled->reason : "");
}

static const char *lack_text(struct arena *arena, const struct promise_gap *gap)
{
	char day[LOCALTEXT_SIZE], span[LOCALTEXT_SIZE];

	switch (gap->gap) {
	case GAP_NO_HOLE:
		return _("no hole in the calendar");
	case GAP_UNCONFIRMED:
		return arena_printf(arena, "%s %s %s",
			term_label(&readiness_terms, READINESS_UNCONFIRMED),
			local_short_day(gap->day, day), local_span(gap->start, gap->end, span));
	case GAP_NO_READY_PERSON:
		return _("a hole without a ready person");
	default:
		return _("a hole without a deputy");
	}
}

/* The number stands before whom to ask for: it is needed more, and is short. */
const char *gap_text(struct arena *arena, const struct promise_gap *gap)
{
	const char *phone = gap->unit->phone;

	return arena_printf(arena, "%s  %s%s%s%s%s", gap->unit->code, lack_text(arena, gap),
		phone ? "  " : "", phone ? phone : "", gap->person ? "  " : "",
		gap->person ? gap->person : "");
}

const char *gap_advice(struct arena *arena, const struct promise_gap *gap)
{
	const char *advice = gap->gap == GAP_NO_HOLE ? _("Enter, then a promises one")
						     : _("Enter, then m names one");

	return arena_printf(arena, "%s: %s. %s", gap->unit->code, lack_text(arena, gap), advice);
}
