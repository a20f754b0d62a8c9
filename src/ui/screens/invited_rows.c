#include "invited_rows_internal.h"

#include "kutsu/base/localtext.h"
#include "kutsu/base/message.h"
#include "kutsu/base/utf8.h"
#include "kutsu/format/invitation_text.h"
#include "kutsu/service/inviting.h"
#include "kutsu/service/registry.h"

static const struct message *newest_to(const struct invited_rows *self, int64_t unit_id)
{
	const struct message *newest = NULL;

	for (size_t i = 0; i < self->messages->count; i++) {
		if (self->messages->items[i].unit_id == unit_id)
			newest = &self->messages->items[i];
	}
	return newest;
}

static const char *when_text(struct arena *arena, int64_t moment)
{
	struct wall_time at = zone_to_wall(moment);
	char day[LOCALTEXT_SIZE], clock[LOCALTEXT_SIZE];

	return arena_printf(
		arena, "%s %s", local_short_day(at.day, day), local_clock(at.minute, clock));
}

/* What became of the newest message, where there is more to say than what the unit answered. */
static const char *message_text(struct arena *arena, const struct message *message)
{
	if (!message)
		return _("nothing to send");
	switch (message->state) {
	case MESSAGE_SENT:
		return arena_printf(arena, "%s %s",
			message->kind == MESSAGE_REMINDER ? _("reminded")
			: message->message_id		  ? _("sent")
							  : _("told"),
			when_text(arena, message->sent_at));
	case MESSAGE_QUEUED:
		if (!message->to)
			return _("waits for an address");
		return message->error ? arena_printf(arena, _("is tried again: %s"), message->error)
				      : term_label(&message_state_terms, (int)message->state);
	case MESSAGE_FAILED:
		return arena_printf(arena, "%s: %s",
			term_label(&message_state_terms, (int)message->state),
			message->error ? message->error : "");
	default:
		return term_label(&message_state_terms, (int)message->state);
	}
}

static enum style style_of(const struct invitation *invitation, const struct message *message)
{
	if (message && message->state == MESSAGE_FAILED)
		return STYLE_TROUBLE;
	if (!invitation)
		return message && message->state == MESSAGE_SENT ? STYLE_GOOD : STYLE_NOTICE;
	if (invitation->is_off)
		return STYLE_QUIET;
	if (invitation->answer == ANSWER_DECLINED || invitation->answer == ANSWER_COUNTER)
		return STYLE_TROUBLE;
	if (invitation->answer != ANSWER_NONE)
		return STYLE_GOOD;
	return invitation_needs_somebody(invitation) ? STYLE_NOTICE : STYLE_NORMAL;
}

static void add_row(struct invited_rows *self, struct invited row)
{
	int width = utf8_width(row.who);

	self->items = arena_append(self->arena, self->items, &self->count, sizeof(*self->items));
	self->items[self->count - 1] = row;
	self->who_width = width > self->who_width ? width : self->who_width;
}

/* What is left when the unit does not come. */
static bool describe_without(struct invited_rows *self, struct ui *ui,
	const struct invitation *invitation, const char **detail, struct error *err)
{
	char day[LOCALTEXT_SIZE], span[LOCALTEXT_SIZE];
	struct without_unit look;

	if (!invitation_look_without(
		    ui->session, self->meeting_id, invitation->unit, self->arena, &look, err))
		return false;
	*detail = arena_printf(self->arena,
		_("What is left: the deputy (%s); the next shared hole, %s; or without it (units "
		  "that stay: %zu)."),
		look.deputy ? look.deputy : _("none is named"),
		look.has_other
			? arena_printf(self->arena, "%s %s", local_short_day(look.other_day, day),
				local_span(look.other_start, look.other_end, span))
			: _("none"),
		look.others);
	return true;
}

/* What the time that the unit offers would mean for the others. */
static bool describe_counter(struct invited_rows *self, struct ui *ui,
	const struct invitation *invitation, const char **detail, struct error *err)
{
	struct counter_look look;
	const char **taken;
	size_t count = 0;

	if (!invitation_look_at_counter(ui->session, self->meeting_id, invitation->counter_day,
		    invitation->counter_start, self->arena, &look, err))
		return false;
	taken = arena_new(self->arena, (look.count + 1) * sizeof(*taken));
	for (size_t i = 0; i < look.count; i++) {
		if (!look.units[i].is_free)
			taken[count++] = look.units[i].unit;
	}
	*detail = look.is_past ? _("The time that it offers is past.")
		  : look.suits_all
			  ? _("The time that it offers suits all of the units: m moves the "
			      "meeting there.")
			  : arena_printf(self->arena,
				  _("At the time that it offers these have no hole, or it is "
				    "taken: %s."),
				  arena_join(self->arena, taken, count, ", "));
	return true;
}

static bool describe(struct invited_rows *self, struct ui *ui, const struct invitation *invitation,
	const char **detail, struct error *err)
{
	*detail = NULL;
	if (invitation->is_off)
		return true;
	if (invitation->answer == ANSWER_DECLINED)
		return describe_without(self, ui, invitation, detail, err);
	if (invitation->answer == ANSWER_COUNTER)
		return describe_counter(self, ui, invitation, detail, err);
	return true;
}

static bool add_unit(struct invited_rows *self, struct ui *ui, const struct invitation *invitation,
	struct error *err)
{
	const struct message *message = newest_to(self, invitation->unit_id);
	bool is_plain =
		invitation->answer != ANSWER_NONE && message && message->state == MESSAGE_SENT;
	struct invited row = { .invitation = invitation,
		.message = message,
		.style = style_of(invitation, message),
		.who = invitation->unit };
	struct unit unit;

	if (!registry_unit_get(ui->session, invitation->unit, self->arena, &unit, err)
		|| !describe(self, ui, invitation, &row.detail, err))
		return false;
	row.text = invitation_text(invitation, session_today(ui->session), self->arena);
	if (!is_plain && message && message->state != MESSAGE_DRAFT
		&& message->state != MESSAGE_WAITING_CONSENT)
		row.text = arena_printf(
			self->arena, "%s; %s", row.text, message_text(self->arena, message));
	row.detail = arena_printf(self->arena, "%s%s%s, %s", row.detail ? row.detail : "",
		row.detail ? " " : "", unit.name, unit.email ? unit.email : _("no address"));
	add_row(self, row);
	return true;
}

static void add_family(struct invited_rows *self)
{
	const struct message *message = newest_to(self, 0);

	if (!message)
		return;
	add_row(self,
		(struct invited) { .message = message,
			.style = style_of(NULL, message),
			.who = _("family"),
			.text = message_text(self->arena, message),
			.detail = message->to
					  ? message->to
					  : _("No e-mail address is known: read the letter out or "
					      "print it (Enter), then t notes that it was "
					      "told.") });
}

static void count(struct invited_rows *self)
{
	for (size_t i = 0; i < self->messages->count; i++) {
		const struct message *message = &self->messages->items[i];
		bool waits = message->state == MESSAGE_DRAFT
			     || message->state == MESSAGE_WAITING_CONSENT;
		bool is_by_hand = message->kind == MESSAGE_FAMILY && !message->to;

		self->failed += message->state == MESSAGE_FAILED;
		self->waiting += message->state == MESSAGE_WAITING_CONSENT;
		self->untold += is_by_hand && waits;
		self->unsent += !is_by_hand && waits && !message->is_approved;
		self->was_told = self->was_told || message->state == MESSAGE_SENT;
	}
}

bool invited_rows_add(struct invited_rows *self, struct ui *ui,
	const struct invitation_list *invitations, struct error *err)
{
	for (size_t i = 0; i < invitations->count; i++) {
		if (!add_unit(self, ui, &invitations->items[i], err))
			return false;
	}
	add_family(self);
	count(self);
	return true;
}
