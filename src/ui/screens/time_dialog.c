#include "time_dialog_internal.h"

#include "kutsu/base/date.h"
#include "kutsu/base/localtext.h"
#include "kutsu/base/memory.h"
#include "kutsu/service/registry.h"
#include "screens_internal.h"
#include "widgets/dialog_internal.h"

#include <stdlib.h>

/* Lives as long as the dialog. */
struct time_dialog {
	struct arena arena;
	struct session *session;
	struct booking booking;
	int end; /* of the hole */
	enum time_purpose purpose;
	time_take *take;
	void *context;
	int64_t meeting_id; /* that was booked */
};

static const struct field booking_fields[] = {
	{ "start", N_("Begins at"), FIELD_TEXT, 0, 1, NULL, NULL },
	{ "minutes", N_("minutes"), FIELD_TEXT, 0, 1, NULL, NULL },
	{ "place", N_("Place"), FIELD_TEXT, 1, 1, NULL, N_("where, or Teams") },
	{ 0 },
};

static const struct field moving_fields[] = {
	{ "start", N_("Begins at"), FIELD_TEXT, 0, 1, NULL, NULL },
	{ 0 },
};

static bool submit(struct ui *ui, struct form *form, void *context, struct error *err)
{
	struct time_dialog *self = context;
	struct booking booking = self->booking;
	const char *start = form_text(form, "start");

	if (!start || !minute_parse(start, &booking.start))
		return error_set(err, ERROR_INVALID, _("when does it begin? write as in 13:00"));
	if (self->purpose == TIME_TO_BOOK) {
		if (!form_number(
			    form, "minutes", 1, MEETING_MINUTES_LONGEST, &booking.minutes, err))
			return false;
		booking.place = form_text(form, "place");
	}
	if (!self->take(ui, &booking, self->context, &self->meeting_id, err))
		return false;
	self->booking.hold_id = 0;
	return true;
}

static struct screen *then_invite(struct ui *ui, void *context)
{
	const struct time_dialog *self = context;

	return invitations_screen_of_any(ui, self->meeting_id);
}

/* However the dialog ends, a time that was not taken is free again. */
static void free_dialog(void *context)
{
	struct time_dialog *self = context;
	struct error ignored;
	bool released = !self->booking.hold_id
			|| booking_release(self->session, self->booking.hold_id,
				self->booking.writer, &ignored);

	(void)released; /* else it runs out by itself */
	arena_release(&self->arena);
	free(self);
}

/* The place of the first unit's hole then, to begin with. */
static const char *likely_place(struct time_dialog *self, struct ui *ui)
{
	const struct booking *booking = &self->booking;
	struct slot_list slots;
	struct error err;

	if (!registry_slot_list(ui->session, booking->units[0], &self->arena, &slots, &err))
		return NULL;
	for (size_t i = 0; i < slots.count; i++) {
		const struct slot *slot = &slots.items[i];

		if (slot_falls_on(slot, booking->day) && slot->start <= booking->start
			&& booking->start < slot->end)
			return slot->place;
	}
	return NULL;
}

static void write_note(const struct time_dialog *self, struct text *note)
{
	const struct booking *booking = &self->booking;
	char day[LOCALTEXT_SIZE], span[LOCALTEXT_SIZE];

	text_format(note, _("%s %s is free. Held for you; nobody else gets it."),
		local_weekday_day(booking->day, day),
		local_clock_span(booking->start, self->end, span));
	text_add(note, "\n");
	for (size_t i = 0; i < booking->unit_count; i++)
		text_format(note, "%s%s", i ? ", " : "", booking->units[i]);
}

static struct screen *make_screen(struct time_dialog *self, struct ui *ui)
{
	bool moves = self->purpose == TIME_TO_MOVE;
	struct form_dialog dialog = { .title =
					      moves ? _("Move the meeting") : _("Book the meeting"),
		.fields = moves ? moving_fields : booking_fields,
		.submit = submit,
		.free_context = free_dialog,
		.context = self,
		.goes_back = 2,
		.then = then_invite };
	char start[LOCALTEXT_SIZE];
	struct text note = { 0 };
	struct screen *screen;
	struct form *form;

	write_note(self, &note);
	dialog.note = text_get(&note);
	screen = form_dialog_new(&dialog, &form);
	text_release(&note);
	form_set_text(form, "start", local_minute(self->booking.start, start));
	if (!moves) {
		form_set_text(
			form, "minutes", arena_printf(&self->arena, "%d", self->booking.minutes));
		form_set_text(form, "place", likely_place(self, ui));
	}
	return screen;
}

static struct time_dialog *make_dialog(const struct hole_choice *choice, int minutes)
{
	struct time_dialog *self = memory_new(sizeof(*self));
	const char **units = arena_new(&self->arena, (choice->unit_count + 1) * sizeof(*units));

	for (size_t i = 0; i < choice->unit_count; i++)
		units[i] = arena_text(&self->arena, choice->units[i]);
	self->booking = (struct booking) { .units = units,
		.unit_count = choice->unit_count,
		.day = choice->day,
		.start = choice->start,
		.minutes = minutes };
	self->end = choice->end;
	return self;
}

struct next time_dialog_open(struct ui *ui, const struct hole_choice *choice, int minutes,
	enum time_purpose purpose, time_take *take, void *context)
{
	struct time_dialog *self = make_dialog(choice, minutes);
	struct error err;

	self->session = ui->session;
	self->purpose = purpose;
	self->booking.writer = ui->writer;
	self->take = take;
	self->context = context;
	if (purpose == TIME_TO_BOOK
		&& !booking_hold(ui->session, &self->booking, &self->booking.hold_id, &err)) {
		ui_fail(ui, &err);
		free_dialog(self);
		return next_stay();
	}
	return next_push(make_screen(self, ui));
}
