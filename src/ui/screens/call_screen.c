/*
 * The call: the form, the units and the holes they share, side by side or, on a narrow terminal,
 * above each other. What is typed is kept in a draft as it is typed.
 */
#include "kutsu/base/date.h"
#include "kutsu/base/localtext.h"
#include "kutsu/base/memory.h"
#include "kutsu/service/booking.h"
#include "kutsu/service/drafting.h"
#include "kutsu/service/intake.h"
#include "kutsu/store/case_store.h"
#include "kutsu/store/slot_store.h"
#include "panes/hole_pane_internal.h"
#include "panes/unit_pane_internal.h"
#include "screens_internal.h"
#include "widgets/dialog_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WIDE_COLUMNS   110 /* from there on the panes stand beside the form */
#define FORM_SHARE     58  /* per cent of a wide screen */
#define LINE_ROWS      10  /* of the form besides the concern, and its frame */
#define LETTERS_TO_ASK 2
#define SHORT_TEXT     128
#define KEYS_TO_KEEP   16 /* a fast typist never pauses: then this often */

enum pane { PANE_FORM, PANE_UNITS, PANE_HOLES, PANES };

enum {
	ACTION_SAVE = 1,
	ACTION_LATER,
	ACTION_DISCARD,
	ACTION_FORM,
	ACTION_UNITS,
	ACTION_HOLES,
	ACTION_ATTACH,
	ACTION_BOOK,
};

struct call_screen {
	struct screen screen;
	struct form form;
	struct unit_pane units;
	struct hole_pane holes;
	enum pane focus;
	int64_t draft_id;   /* 0 while nothing was typed */
	bool draft_is_old;  /* fields are to be read from the draft first */
	bool draft_is_lost; /* a colleague has it now */
	bool units_are_dirty;
	int unkept_keys; /* pressed since the draft was last kept */
	int64_t saved_at;
	char case_code[CASE_CODE_SIZE];	 /* the case it adds to, or "" */
	char known_code[CASE_CODE_SIZE]; /* a case that may be meant, or "" */
	char known_text[SHORT_TEXT];
	int64_t hold_id; /* while a time is being booked */
	struct hole_choice choice;
	char limits_trouble[STATUS_SIZE];
};

static const char *source_choice(int value)
{
	return value < SOURCES ? term_label(&source_terms, value) : NULL;
}

static const struct field fields[] = {
	{ "source", N_("Caller"), FIELD_CHOICE, 0, 2, source_choice, NULL },
	{ "caller", "", FIELD_TEXT, 0, 3, NULL, N_("who, by role") },
	{ "phone", N_("Phone"), FIELD_TEXT, 1, 3, NULL, NULL },
	{ "language", N_("language"), FIELD_TEXT, 1, 1, NULL, "fi" },
	{ "interpreter", N_("interpreter"), FIELD_TEXT, 1, 1, NULL, NULL },
	{ "child", N_("Child"), FIELD_TEXT, 2, 3, NULL, N_("initials") },
	{ "birth_year", N_("born"), FIELD_TEXT, 2, 1, NULL, NULL },
	{ "municipality", "", FIELD_TEXT, 2, 3, NULL, N_("municipality") },
	{ "nondisclosure", N_("non-disclosure"), FIELD_TICK, 2, 0, NULL, NULL },
	{ "concern", N_("Concern"), FIELD_AREA, 3, 1, NULL,
		N_("in the caller's words, facts only") },
	{ "adults", N_("Everyday adults"), FIELD_TEXT, 4, 1, NULL,
		N_("mother; teacher; grandmother") },
	{ "consent_by", N_("Consent"), FIELD_TEXT, 5, 2, NULL, N_("who gives it") },
	{ "consent_how", N_("how"), FIELD_TEXT, 5, 2, NULL, N_("by phone, in writing") },
	{ "limits", N_("Does not suit"), FIELD_TEXT, 6, 3, NULL, N_("Mon, Fri; after 15:00") },
	{ "minutes", N_("minutes"), FIELD_TEXT, 6, 1, NULL, NULL },
	{ 0 },
};

static const struct key_binding keys[] = {
	{ PRESS_CONTROL + 'S', ACTION_SAVE, NULL, N_("save without a time") },
	{ PRESS_TAB, 0, N_("Tab"), N_("next") },
	{ PRESS_FUNCTION + 3, ACTION_UNITS, NULL, N_("units") },
	{ PRESS_FUNCTION + 4, ACTION_HOLES, NULL, N_("holes") },
	{ PRESS_ESC, ACTION_LATER, NULL, N_("later") },
	{ PRESS_FUNCTION + 2, ACTION_FORM, NULL, N_("form") },
	{ PRESS_FUNCTION + 5, ACTION_ATTACH, NULL, N_("add to the earlier case") },
	{ PRESS_FUNCTION + 8, ACTION_DISCARD, NULL, N_("throw away") },
	{ 0 },
};

/* The limits as far as they are understood; what is not is told under the form. */
static struct family_limits read_limits(struct call_screen *self)
{
	const char *text = form_text(&self->form, "limits");
	struct family_limits limits;
	struct error err;

	self->limits_trouble[0] = '\0';
	if (!family_limits_parse(text ? text : "", &limits, &err))
		snprintf(self->limits_trouble, sizeof(self->limits_trouble), "%s", err.text);
	return limits;
}

static int read_minutes(const struct call_screen *self)
{
	const char *text = form_text(&self->form, "minutes");
	int minutes = text ? atoi(text) : 0;

	return minutes >= 1 && minutes <= MEETING_MINUTES_LONGEST ? minutes
								  : MEETING_MINUTES_DEFAULT;
}

static void search(struct call_screen *self, struct ui *ui)
{
	struct arena arena = { 0 };
	struct family_limits limits = read_limits(self);
	size_t count;
	const char *const *codes = unit_pane_codes(&self->units, &arena, &count);

	hole_pane_search(&self->holes, ui, codes, count, read_minutes(self), &limits);
	arena_release(&arena);
}

static bool load_draft(struct call_screen *self, struct ui *ui, struct error *err)
{
	struct draft_field_list list;
	struct arena arena = { 0 };
	bool ok = draft_take_over(ui->session, self->draft_id, ui->writer, err)
		  && store_draft_fields(ui->session->store, self->draft_id, &arena, &list, err);

	for (size_t i = 0; ok && i < list.count; i++) {
		int field = form_find(&self->form, list.items[i].name);

		if (field >= 0)
			form_set_as_text(&self->form, field, list.items[i].value);
		else if (strcmp(list.items[i].name, "units") == 0)
			unit_pane_set_as_text(&self->units, list.items[i].value);
		else if (strcmp(list.items[i].name, "case") == 0)
			snprintf(self->case_code, sizeof(self->case_code), "%s",
				list.items[i].value);
	}
	arena_release(&arena);
	return ok;
}

/* An open case's own data stands in the form from the start. */
static bool load_case(struct call_screen *self, struct ui *ui, struct error *err)
{
	struct arena arena = { 0 };
	struct case_ref c;
	bool ok = store_case_get(ui->session->store, self->case_code, &arena, &c, err);

	if (ok) {
		struct text limits = { 0 };

		family_limits_format(&c.limits, &limits);
		form_set_text(&self->form, "child", c.child);
		if (c.birth_year)
			form_set_text(&self->form, "birth_year",
				arena_printf(&arena, "%d", c.birth_year));
		form_set_text(&self->form, "municipality", case_shown_municipality(&c));
		form_set_value(&self->form, "nondisclosure", c.nondisclosure);
		form_set_text(&self->form, "language", c.language);
		form_set_text(&self->form, "interpreter", c.interpreter);
		form_set_text(&self->form, "limits", text_get(&limits));
		text_release(&limits);
	}
	arena_release(&arena);
	return ok;
}

static bool call_read(struct screen *screen, struct ui *ui, struct error *err)
{
	struct call_screen *self = (struct call_screen *)screen;
	bool ok = unit_pane_read(&self->units, ui, err);

	if (ok && self->draft_is_old) {
		self->draft_is_old = false;
		ok = load_draft(self, ui, err);
	} else if (ok && *self->case_code && self->draft_id == 0 && form_is_blank(&self->form)) {
		ok = load_case(self, ui, err);
	}
	search(self, ui);
	return ok;
}

/* Gathers what has changed since it was last kept. */
static size_t changed_fields(struct call_screen *self, struct arena *arena,
	struct draft_field changed[FORM_MOST_FIELDS + 2])
{
	struct text text = { 0 };
	size_t count = 0;

	for (int i = 0; i < self->form.count; i++) {
		if (!self->form.is_dirty[i])
			continue;
		form_get_as_text(&self->form, i, &text);
		changed[count++] =
			(struct draft_field) { fields[i].name, arena_text(arena, text_get(&text)) };
	}
	if (self->units_are_dirty) {
		unit_pane_get_as_text(&self->units, &text);
		changed[count++] =
			(struct draft_field) { "units", arena_text(arena, text_get(&text)) };
	}
	if (count && *self->case_code)
		changed[count++] = (struct draft_field) { "case", self->case_code };
	text_release(&text);
	return count;
}

static void keep(struct call_screen *self, struct ui *ui)
{
	struct draft_field changed[FORM_MOST_FIELDS + 2];
	struct arena arena = { 0 };
	size_t count = self->draft_is_lost ? 0 : changed_fields(self, &arena, changed);
	struct error err;

	self->unkept_keys = 0;
	if (count) {
		bool ok = (self->draft_id
				  || draft_begin(ui->session, ui->writer, &self->draft_id, &err))
			  && draft_keep(
				  ui->session, self->draft_id, ui->writer, changed, count, &err);

		if (ok) {
			self->saved_at = session_now(ui->session);
			form_mark_clean(&self->form);
			self->units_are_dirty = false;
		} else {
			self->draft_is_lost = err.code == ERROR_CONFLICT;
			ui_fail(ui, &err);
		}
	}
	arena_release(&arena);
}

static void call_tick(struct screen *screen, struct ui *ui)
{
	keep((struct call_screen *)screen, ui);
}

/* "aiempi yhteydenotto": an open case with these words, so that there are not two. */
static void look_for_known(struct call_screen *self, struct ui *ui)
{
	const char *child = form_text(&self->form, "child"),
		   *caller = form_text(&self->form, "caller");
	const char *phone = form_text(&self->form, "phone");
	const char *asked = child ? child : phone ? phone : caller;
	struct case_filter filter = { .open_only = true, .search = asked, .limit = 1 };
	struct arena arena = { 0 };
	struct case_list list;
	struct error err;

	self->known_code[0] = '\0';
	if (!*self->case_code && asked && strlen(asked) >= LETTERS_TO_ASK
		&& store_case_list(ui->session->store, &filter, &arena, &list, &err)
		&& list.count) {
		const struct case_ref *c = &list.items[0];
		const char *municipality = case_shown_municipality(c);

		snprintf(self->known_code, sizeof(self->known_code), "%s", c->code);
		snprintf(self->known_text, sizeof(self->known_text), "%s %.20s %.20s: %.60s",
			c->code, c->child ? c->child : "", municipality ? municipality : "",
			c->concern ? c->concern : "");
	}
	arena_release(&arena);
}

/* Parts of "äiti; luokanopettaja", in the arena. */
static const char **split_adults(const char *text, struct arena *arena, size_t *count)
{
	char *copy = arena_text(arena, text ? text : "");
	const char **adults = NULL;

	*count = 0;
	for (char *part = strtok(copy, ";"); part; part = strtok(NULL, ";")) {
		size_t length;

		part += strspn(part, " ");
		length = strlen(part);
		while (length && part[length - 1] == ' ')
			part[--length] = '\0';
		if (!length)
			continue;
		adults = arena_append(arena, adults, count, sizeof(*adults));
		adults[*count - 1] = part;
	}
	return adults;
}

static bool read_birth_year(const struct call_screen *self, int *year, struct error *err)
{
	const char *text = form_text(&self->form, "birth_year");
	char *end;

	*year = 0;
	if (!text)
		return true;
	*year = (int)strtol(text, &end, 10);
	if (*end || *year <= 0)
		return error_set(err, ERROR_INVALID,
			_("birth year \"%.20s\" won't do; write as in 2016"), text);
	return true;
}

/* The form as an intake; its texts are borrowed from the form and the arena. */
static bool read_intake(
	struct call_screen *self, struct arena *arena, struct intake *intake, struct error *err)
{
	const struct form *form = &self->form;
	int source = form_value(form, "source");

	*intake = (struct intake) {
		.source = source < 0 ? SOURCE_OTHER : (enum call_source)source,
		.outcome = OUTCOME_MEETING,
		.caller = form_text(form, "caller"),
		.concern = form_text(form, "concern"),
		.phone = form_text(form, "phone"),
		.case_code = *self->case_code ? self->case_code : NULL,
		.child = form_text(form, "child"),
		.municipality = form_text(form, "municipality"),
		.language = form_text(form, "language"),
		.interpreter = form_text(form, "interpreter"),
		.nondisclosure = form_value(form, "nondisclosure") != 0,
		.consent_by = form_text(form, "consent_by"),
		.consent_how = form_text(form, "consent_how"),
		.limits = read_limits(self),
		.draft_id = self->draft_id,
	};
	intake->adults = split_adults(form_text(form, "adults"), arena, &intake->adult_count);
	intake->units = unit_pane_codes(&self->units, arena, &intake->unit_count);
	if (*self->limits_trouble)
		return error_set(err, ERROR_INVALID, "%s", self->limits_trouble);
	if (!intake->caller && source >= 0)
		intake->caller = source_choice(source);
	return read_birth_year(self, &intake->birth_year, err);
}

static struct next save(struct call_screen *self, struct ui *ui)
{
	struct arena arena = { 0 };
	struct intake intake;
	struct intake_result result;
	struct error err;
	bool ok = read_intake(self, &arena, &intake, &err)
		  && intake_take(ui->session, &intake, &result, &err);

	arena_release(&arena);
	if (!ok) {
		ui_fail(ui, &err);
		return next_stay();
	}
	self->draft_id = 0;
	form_mark_clean(&self->form);
	self->units_are_dirty = false;
	ui_say(ui, _("saved as %s; it waits for a time in view 1"), result.case_code);
	return next_back();
}

static const struct field booking_fields[] = {
	{ "start", N_("Begins at"), FIELD_TEXT, 0, 1, NULL, NULL },
	{ "minutes", N_("minutes"), FIELD_TEXT, 0, 1, NULL, NULL },
	{ "place", N_("Place"), FIELD_TEXT, 1, 1, NULL, N_("where, or Teams") },
	{ 0 },
};

static bool submit_booking(struct ui *ui, struct form *form, void *context, struct error *err)
{
	struct call_screen *self = context;
	struct booking booking = { .units = self->choice.units,
		.unit_count = self->choice.unit_count,
		.day = self->choice.day,
		.place = form_text(form, "place"),
		.hold_id = self->hold_id };
	const char *start = form_text(form, "start"), *minutes = form_text(form, "minutes");
	struct arena arena = { 0 };
	struct intake_result result;
	struct intake intake;
	char day[LOCALTEXT_SIZE], clock[LOCALTEXT_SIZE];
	bool ok;

	if (!start || !minute_parse(start, &booking.start))
		return error_set(err, ERROR_INVALID, _("when does it begin? write as in 13:00"));
	booking.minutes = minutes ? atoi(minutes) : 0;
	ok = read_intake(self, &arena, &intake, err);
	if (ok) {
		intake.booking = &booking;
		ok = intake_take(ui->session, &intake, &result, err);
	}
	arena_release(&arena);
	if (!ok)
		return false;
	self->draft_id = 0;
	self->hold_id = 0;
	form_mark_clean(&self->form);
	self->units_are_dirty = false;
	ui_say(ui, _("booked: %s %s, meeting %lld, case %s"), local_weekday_day(booking.day, day),
		local_clock(booking.start, clock), (long long)result.meeting_id, result.case_code);
	return true;
}

static void leave_booking(struct ui *ui, void *context)
{
	struct call_screen *self = context;
	struct error err;

	if (self->hold_id && !booking_release(ui->session, self->hold_id, &err))
		ui_fail(ui, &err);
	self->hold_id = 0;
}

/* The place of the first unit's hole on that weekday, to begin with. */
static const char *likely_place(struct call_screen *self, struct ui *ui, struct arena *arena)
{
	struct slot_list slots;
	struct error err;

	if (!store_slot_list(ui->session->store, 0, arena, &slots, &err))
		return NULL;
	for (size_t i = 0; i < slots.count; i++) {
		if (strcmp(slots.items[i].unit, self->choice.units[0]) == 0
			&& slots.items[i].weekday == day_weekday(self->choice.day))
			return slots.items[i].place;
	}
	return NULL;
}

static struct screen *booking_dialog(struct call_screen *self, struct ui *ui)
{
	char day[LOCALTEXT_SIZE], span[LOCALTEXT_SIZE], start[LOCALTEXT_SIZE];
	struct arena arena = { 0 };
	struct text note = { 0 };
	struct form_dialog dialog = { .title = _("Book the meeting"),
		.fields = booking_fields,
		.submit = submit_booking,
		.leave = leave_booking,
		.context = self,
		.goes_back = 2 };
	struct screen *screen;
	struct form *form;

	text_format(&note, _("%s %s is free. Held for you; nobody else gets it."),
		local_weekday_day(self->choice.day, day),
		local_clock_span(self->choice.start, self->choice.end, span));
	text_add(&note, "\n");
	for (size_t i = 0; i < self->choice.unit_count; i++)
		text_format(&note, "%s%s", i ? ", " : "", self->choice.units[i]);
	dialog.note = text_get(&note);
	screen = form_dialog_new(&dialog, &form);
	form_set_text(form, "start", local_minute(self->choice.start, start));
	form_set_text(form, "minutes", arena_printf(&arena, "%d", read_minutes(self)));
	form_set_text(form, "place", likely_place(self, ui, &arena));
	text_release(&note);
	arena_release(&arena);
	return screen;
}

/* Who calls and the concern are all that is needed: better told before the time is held. */
static bool check_needed(struct call_screen *self, struct ui *ui)
{
	struct error err;

	if (!form_text(&self->form, "caller") && form_value(&self->form, "source") < 0) {
		self->focus = PANE_FORM;
		form_focus(&self->form, "source");
		error_set(&err, ERROR_INVALID, _("who calls? it is needed before booking"));
		return ui_fail(ui, &err);
	}
	if (!form_text(&self->form, "concern")) {
		self->focus = PANE_FORM;
		form_focus(&self->form, "concern");
		error_set(
			&err, ERROR_INVALID, _("what is the concern? it is needed before booking"));
		return ui_fail(ui, &err);
	}
	return true;
}

static struct next book(struct call_screen *self, struct ui *ui)
{
	struct booking booking;
	struct error err;

	if (!hole_pane_chosen(&self->holes, &self->choice) || !check_needed(self, ui))
		return next_stay();
	booking = (struct booking) { .units = self->choice.units,
		.unit_count = self->choice.unit_count,
		.day = self->choice.day,
		.start = self->choice.start,
		.minutes = read_minutes(self) };
	if (!booking_hold(ui->session, &booking, &self->hold_id, &err)) {
		search(self, ui);
		ui_fail(ui, &err);
		return next_stay();
	}
	return next_push(booking_dialog(self, ui));
}

static struct next discard(struct ui *ui, void *context)
{
	struct call_screen *self = context;
	struct error err;

	if (self->draft_id && !draft_discard(ui->session, self->draft_id, &err)) {
		ui_fail(ui, &err);
		return next_back();
	}
	self->draft_id = 0;
	form_mark_clean(&self->form);
	self->units_are_dirty = false;
	ui_say(ui, "%s", _("the call was thrown away"));
	return (struct next) { .kind = NEXT_BACK, .count = 2 };
}

static struct next leave(struct call_screen *self, struct ui *ui)
{
	keep(self, ui);
	if (self->draft_id && !self->draft_is_lost)
		ui_say(ui, "%s", _("the call is kept as a draft: continue it in view 1"));
	return next_back();
}

static void attach(struct call_screen *self, struct ui *ui)
{
	if (!*self->known_code)
		return;
	snprintf(self->case_code, sizeof(self->case_code), "%s", self->known_code);
	self->known_code[0] = '\0';
	self->form.is_dirty[form_find(&self->form, "caller")] = true;
	ui_say(ui, _("the call will be added to case %s"), self->case_code);
}

static void focus_next(struct call_screen *self, int step)
{
	self->focus = (enum pane)(((int)self->focus + step + PANES) % PANES);
	if (self->focus == PANE_FORM)
		self->form.focus = step > 0 ? 0 : self->form.count - 1;
}

static struct next form_pane_key(struct call_screen *self, struct ui *ui, const struct key *key)
{
	int field = self->form.focus;

	if (!form_key(&self->form, key)) {
		if (key->press == PRESS_TAB || key->press == PRESS_ENTER
			|| key->press == PRESS_DOWN) {
			if (key->press == PRESS_ENTER && self->form.focus + 1 < self->form.count)
				self->form.focus++;
			else
				focus_next(self, 1);
		} else if (key->press == PRESS_BACKTAB) {
			focus_next(self, -1);
		}
	} else if (self->form.is_dirty[field]) {
		look_for_known(self, ui);
		if (strcmp(fields[field].name, "limits") == 0
			|| strcmp(fields[field].name, "minutes") == 0)
			search(self, ui);
	}
	return next_stay();
}

static struct next pane_key(struct call_screen *self, struct ui *ui, const struct key *key)
{
	bool changed;

	if (self->focus == PANE_FORM)
		return form_pane_key(self, ui, key);
	if (key->press == PRESS_TAB)
		focus_next(self, 1);
	else if (key->press == PRESS_BACKTAB)
		focus_next(self, -1);
	else if (self->focus == PANE_HOLES && key->press == PRESS_ENTER)
		return book(self, ui);
	else if (self->focus == PANE_HOLES)
		list_key(&self->holes.list, key);
	else if (unit_pane_key(&self->units, key, &changed) && changed) {
		self->units_are_dirty = true;
		search(self, ui);
	}
	return next_stay();
}

static struct next call_act(struct screen *screen, struct ui *ui, int action, const struct key *key)
{
	struct call_screen *self = (struct call_screen *)screen;

	if (++self->unkept_keys >= KEYS_TO_KEEP)
		keep(self, ui);
	switch (action) {
	case ACTION_SAVE:
		return save(self, ui);
	case ACTION_LATER:
		return leave(self, ui);
	case ACTION_DISCARD:
		return next_push(confirm_new(_("Throw the call away?"),
			_("What was typed is removed for good."), discard, self));
	case ACTION_FORM:
	case ACTION_UNITS:
	case ACTION_HOLES:
		self->focus = (enum pane)(action - ACTION_FORM);
		return next_stay();
	case ACTION_ATTACH:
		attach(self, ui);
		return next_stay();
	default:
		return pane_key(self, ui, key);
	}
}

/* Where the three panes lie on a screen of this size. */
struct layout {
	struct canvas form, units, holes;
};

static struct layout lay_out(const struct call_screen *self, const struct canvas *canvas)
{
	struct layout layout;
	int form_height = form_rows(&self->form) + 3; /* the frame, and a row for what is known */

	if (canvas->columns >= WIDE_COLUMNS) {
		int left = canvas->columns * FORM_SHARE / 100;
		int half = canvas->rows / 2;

		layout.form = canvas_part(canvas, 0, 0, canvas->rows, left);
		layout.units = canvas_part(canvas, 0, left, half, canvas->columns - left);
		layout.holes = canvas_part(
			canvas, half, left, canvas->rows - half, canvas->columns - left);
		return layout;
	}
	if (form_height > canvas->rows - 6)
		form_height = canvas->rows - 6;
	layout.form = canvas_part(canvas, 0, 0, form_height, canvas->columns);
	layout.units = canvas_part(
		canvas, form_height, 0, canvas->rows - form_height, canvas->columns / 2);
	layout.holes = canvas_part(canvas, form_height, canvas->columns / 2,
		canvas->rows - form_height, canvas->columns - canvas->columns / 2);
	return layout;
}

static void draw_form(const struct call_screen *self, const struct canvas *canvas)
{
	struct text title = { 0 };
	struct canvas inside, part;

	if (*self->case_code)
		text_format(&title, _("Call about case %s"), self->case_code);
	else
		text_add(&title, _("New call"));
	if (self->saved_at) {
		struct wall_time at = zone_to_wall(self->saved_at);
		char clock[LOCALTEXT_SIZE];

		text_add(&title, " ── ");
		text_format(&title, _("kept %s"), local_minute(at.minute, clock));
	}
	inside = canvas_frame(canvas, self->focus == PANE_FORM, text_get(&title));
	part = canvas_part(&inside, 0, 1, inside.rows - 1, inside.columns - 2);
	form_draw(&self->form, &part, self->focus == PANE_FORM);
	if (*self->limits_trouble)
		canvas_text(&inside, inside.rows - 1, 1, inside.columns - 2, STYLE_TROUBLE,
			self->limits_trouble);
	else if (*self->known_code) {
		int taken = canvas_text(&inside, inside.rows - 1, 1, inside.columns - 2,
			STYLE_NOTICE, _("earlier contact (F5 adds to it): "));

		canvas_text(&inside, inside.rows - 1, 1 + taken, inside.columns - 2 - taken,
			STYLE_NOTICE, self->known_text);
	}
	text_release(&title);
}

static void call_draw(const struct screen *screen, const struct ui *ui, const struct canvas *canvas)
{
	const struct call_screen *self = (const struct call_screen *)screen;
	struct layout layout = lay_out(self, canvas);
	struct text title = { 0 };
	struct canvas inside;

	(void)ui;
	draw_form(self, &layout.form);
	text_add(&title, _("Units to invite"));
	if (*editor_get(&self->units.filter))
		text_format(&title, " / %s", editor_get(&self->units.filter));
	inside = canvas_frame(&layout.units, self->focus == PANE_UNITS, text_get(&title));
	unit_pane_draw(&self->units, &inside, self->focus == PANE_UNITS);
	hole_pane_title(&self->holes, &title);
	inside = canvas_frame(&layout.holes, self->focus == PANE_HOLES, text_get(&title));
	hole_pane_draw(&self->holes, &inside, self->focus == PANE_HOLES);
	text_release(&title);
}

static void call_resize(struct screen *screen, const struct ui *ui)
{
	struct call_screen *self = (struct call_screen *)screen;
	bool wide = ui->columns >= WIDE_COLUMNS;
	int columns = wide ? ui->columns * FORM_SHARE / 100 : ui->columns;

	form_resize(&self->form, columns - 4, wide ? ui->rows - LINE_ROWS : ui->rows > 24 ? 3 : 2);
	self->units.list.rows = self->holes.list.rows = ui->rows / 2;
}

static void call_free(struct screen *screen)
{
	struct call_screen *self = (struct call_screen *)screen;

	form_release(&self->form);
	unit_pane_release(&self->units);
	hole_pane_release(&self->holes);
	free(self);
}

static const struct screen_ops ops = {
	.title = N_("Call"),
	.keys = keys,
	.takes_text = true,
	.draw = call_draw,
	.act = call_act,
	.read = call_read,
	.resize = call_resize,
	.tick = call_tick,
	.free = call_free,
};

struct screen *call_screen_new(int64_t draft_id, const char *case_code)
{
	struct call_screen *self = memory_new(sizeof(*self));
	char minutes[16];

	self->screen.ops = &ops;
	self->draft_id = draft_id;
	self->draft_is_old = draft_id != 0;
	if (case_code)
		snprintf(self->case_code, sizeof(self->case_code), "%s", case_code);
	form_init(&self->form, fields);
	snprintf(minutes, sizeof(minutes), "%d", MEETING_MINUTES_DEFAULT);
	form_set_text(&self->form, "minutes", minutes);
	return &self->screen;
}
