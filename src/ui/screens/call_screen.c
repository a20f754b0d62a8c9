/*
 * The call: the form, the units and the holes they share, side by side or, on a narrow terminal,
 * above each other. What is typed is kept in a draft as it is typed.
 */
#include "call_form_internal.h"
#include "kutsu/base/localtext.h"
#include "kutsu/base/memory.h"
#include "kutsu/service/casework.h"
#include "panes/hole_pane_internal.h"
#include "screens_internal.h"
#include "time_dialog_internal.h"
#include "widgets/dialog_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WIDE_COLUMNS	110 /* from there on the panes stand beside the form */
#define FORM_SHARE	58  /* per cent of a wide screen */
#define UNITS_SHARE	44  /* per cent of a narrow one, beside the holes */
#define LEAST_PANE_ROWS 6
#define PAGED_ROWS	14 /* below them one pane is shown at a time */
#define LINE_ROWS	10 /* of the form besides the concern, and its frame */

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
	struct call_form call;
	struct hole_pane holes;
	enum pane focus;
	char known_code[CASE_CODE_SIZE]; /* a case that may be meant, or "" */
	struct text known_text;
};

static const struct key_binding keys[] = {
	{ PRESS_FUNCTION + 3, ACTION_UNITS, NULL, N_("units") },
	{ PRESS_FUNCTION + 4, ACTION_HOLES, NULL, N_("holes") },
	{ PRESS_CONTROL + 'S', ACTION_SAVE, NULL, N_("save without a time") },
	{ PRESS_ESC, ACTION_LATER, NULL, N_("later") },
	{ PRESS_FUNCTION + 2, ACTION_FORM, NULL, N_("form") },
	{ PRESS_FUNCTION + 5, ACTION_ATTACH, NULL, N_("earlier case") },
	{ PRESS_FUNCTION + 8, ACTION_DISCARD, NULL, N_("throw away") },
	{ 0 },
};

static const struct key_binding form_pane_keys[] = {
	{ PRESS_TAB, 0, N_("Tab"), N_("next") },
	{ 0 },
};

static const struct key_binding unit_pane_keys[] = {
	{ PRESS_CHARACTER + ' ', 0, N_("Space"), N_("tick") },
	{ 0 },
};

static const struct key_binding hole_pane_keys[] = {
	{ PRESS_ENTER, ACTION_BOOK, NULL, N_("book") },
	{ 0 },
};

static void search(struct call_screen *self, struct ui *ui)
{
	struct arena arena = { 0 };
	struct family_limits limits = call_form_limits(&self->call);
	size_t count;
	const char *const *codes = unit_pane_codes(&self->call.units, &arena, &count);

	hole_pane_search(&self->holes, ui, codes, count, call_form_minutes(&self->call), &limits);
	arena_release(&arena);
}

static bool call_read(struct screen *screen, struct ui *ui, struct error *err)
{
	struct call_screen *self = (struct call_screen *)screen;
	bool ok = call_form_read(&self->call, ui, err);

	search(self, ui);
	return ok;
}

static void call_tick(struct screen *screen, struct ui *ui)
{
	call_form_keep(&((struct call_screen *)screen)->call, ui);
}

/* "aiempi yhteydenotto": an open case that may be meant, so that there are not two. */
static void look_for_known(struct call_screen *self, struct ui *ui)
{
	const struct form *form = &self->call.form;
	const char *year = form_text(form, "birth_year");
	struct caller_signs signs = { .phone = form_text(form, "phone"),
		.child = form_text(form, "child"),
		.caller = form_text(form, "caller"),
		.municipality = form_text(form, "municipality"),
		.birth_year = year ? (int)strtol(year, NULL, 10) : 0 };
	struct arena arena = { 0 };
	struct case_ref c;
	struct error err;
	bool found = false;

	if (!*self->call.case_code
		&& !case_known_look(
			ui->session, &signs, self->known_code, &arena, &c, &found, &err))
		ui_fail(ui, &err);
	text_clear(&self->known_text);
	self->known_code[0] = '\0';
	if (found) {
		const char *municipality = case_shown_municipality(&c);

		snprintf(self->known_code, sizeof(self->known_code), "%s", c.code);
		text_format(&self->known_text, "%s %s %s: %s", c.code, c.child ? c.child : "",
			municipality ? municipality : "", c.concern ? c.concern : "");
	}
	arena_release(&arena);
}

/* The fields by which a family is known again. */
static bool is_sign(const char *name)
{
	static const char *const signs[] = { "phone", "child", "caller", "municipality",
		"birth_year" };

	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		if (strcmp(signs[i], name) == 0)
			return true;
	}
	return false;
}

static struct next keep_mine(struct ui *ui, void *context)
{
	struct call_screen *self = context;

	call_form_keep_mine(&self->call);
	ui_say(ui, "%s", _("yours is kept: it goes over theirs when you save or book"));
	return next_back();
}

static struct next take_theirs(struct ui *ui, void *context)
{
	struct call_screen *self = context;
	struct error err;

	if (call_form_take_theirs(&self->call, ui, &err))
		ui_say(ui, "%s", _("theirs stands in the form now"));
	else
		ui_fail(ui, &err);
	return next_back();
}

/* True, and *next says where to: a colleague has changed what is known of the case. */
static bool has_conflict(struct call_screen *self, struct ui *ui, struct next *next)
{
	struct screen *both;
	struct error err;

	*next = next_stay();
	if (!call_form_compare(&self->call, ui, keep_mine, take_theirs, self, &both, &err))
		return !ui_fail(ui, &err);
	if (both)
		*next = next_push(both);
	return both != NULL;
}

static struct next save(struct call_screen *self, struct ui *ui)
{
	struct arena arena = { 0 };
	struct intake intake;
	struct intake_result result;
	struct error err;
	struct next next;
	bool ok;

	if (has_conflict(self, ui, &next))
		return next;
	ok = call_form_intake(&self->call, &arena, &intake, &err);
	intake.writer = ui->writer;
	ok = ok && intake_take(ui->session, &intake, &result, &err);

	arena_release(&arena);
	if (!ok) {
		ui_fail(ui, &err);
		return next_stay();
	}
	call_form_forget_draft(&self->call);
	if (intake.case_code)
		ui_say(ui, _("the call was added to case %s"), result.case_code);
	else
		ui_say(ui, _("saved as %s; it waits for a time in view 1"), result.case_code);
	return next_back();
}

static void focus_on(struct call_screen *self, enum pane pane)
{
	static const struct key_binding *const keys_of[PANES] = {
		[PANE_FORM] = form_pane_keys,
		[PANE_UNITS] = unit_pane_keys,
		[PANE_HOLES] = hole_pane_keys,
	};

	self->focus = pane;
	self->screen.keys = keys_of[pane];
}

/* All that can be wrong with the form is told before a time is held. */
static bool check_texts(struct call_screen *self, struct ui *ui)
{
	struct arena arena = { 0 };
	struct intake intake;
	struct error err;
	bool ok = call_form_intake(&self->call, &arena, &intake, &err)
		  && intake_check(ui->session, &intake, &err);

	arena_release(&arena);
	return ok || ui_fail(ui, &err);
}

/* Who calls and the concern are all that is needed: better told before the time is held. */
static bool check_needed(struct call_screen *self, struct ui *ui)
{
	struct error err;

	if (!form_text(&self->call.form, "caller") && form_value(&self->call.form, "source") < 0) {
		focus_on(self, PANE_FORM);
		form_focus(&self->call.form, "source");
		error_set(&err, ERROR_INVALID, _("who calls? it is needed before booking"));
		return ui_fail(ui, &err);
	}
	if (!form_text(&self->call.form, "concern")) {
		focus_on(self, PANE_FORM);
		form_focus(&self->call.form, "concern");
		error_set(
			&err, ERROR_INVALID, _("what is the concern? it is needed before booking"));
		return ui_fail(ui, &err);
	}
	return check_texts(self, ui);
}

/* The call, its case and its meeting in one: all of it or nothing. */
static bool take_time(struct ui *ui, const struct booking *booking, void *context,
	int64_t *meeting_id, struct error *err)
{
	struct call_screen *self = context;
	char day[LOCALTEXT_SIZE], clock[LOCALTEXT_SIZE];
	struct arena arena = { 0 };
	struct intake_result result;
	struct intake intake;
	bool ok = call_form_intake(&self->call, &arena, &intake, err);

	if (ok) {
		intake.booking = booking;
		intake.writer = ui->writer;
		ok = intake_take(ui->session, &intake, &result, err);
	}
	arena_release(&arena);
	if (!ok)
		return false;
	*meeting_id = result.meeting_id;
	call_form_forget_draft(&self->call);
	ui_say(ui, _("booked: %s %s, meeting %lld, case %s"), local_weekday_day(booking->day, day),
		local_clock(booking->start, clock), (long long)result.meeting_id, result.case_code);
	return true;
}

static struct next book(struct call_screen *self, struct ui *ui)
{
	struct hole_choice choice;
	struct next next;

	if (!hole_pane_chosen(&self->holes, &choice) || !check_needed(self, ui))
		return next_stay();
	if (has_conflict(self, ui, &next))
		return next;
	next = time_dialog_open(
		ui, &choice, call_form_minutes(&self->call), TIME_TO_BOOK, take_time, self);
	if (next.kind == NEXT_STAY)
		search(self, ui);
	return next;
}

static struct next discard(struct ui *ui, void *context)
{
	struct call_screen *self = context;

	if (!form_draft_discard(&self->call.draft, ui))
		return next_back();
	call_form_forget_draft(&self->call);
	ui_say(ui, "%s", _("the call was thrown away"));
	return (struct next) { .kind = NEXT_BACK, .count = 2 };
}

static struct next leave(struct call_screen *self, struct ui *ui)
{
	call_form_keep(&self->call, ui);
	if (!call_form_is_kept(&self->call) && !self->call.draft.is_lost)
		return next_push(form_draft_leave_new());
	if (self->call.draft.id && !self->call.draft.is_lost)
		ui_say(ui, "%s", _("the call is kept as a draft: continue it in view 1"));
	return next_back();
}

static void set_case(struct call_screen *self, const char *code)
{
	snprintf(self->call.case_code, sizeof(self->call.case_code), "%s", code);
	self->call.case_revision = 0; /* the form did not begin from it */
	self->known_code[0] = '\0';
	self->call.case_is_dirty = true;
}

static struct next attach(struct ui *ui, void *context)
{
	struct call_screen *self = context;

	set_case(self, self->known_code);
	ui_say(ui, _("the call will be added to case %s; F5 again undoes it"),
		self->call.case_code);
	return next_back();
}

/* Adds the call to the case that was offered, when asked twice; or makes it a new call again. */
static struct next ask_attach(struct call_screen *self, struct ui *ui)
{
	if (*self->call.case_code) {
		set_case(self, "");
		ui_say(ui, "%s", _("a new call again, of no earlier case"));
		return next_stay();
	}
	if (!*self->known_code)
		return next_stay();
	return next_push(confirm_new(
		_("Is it this family's case?"), text_get(&self->known_text), attach, self));
}

static void focus_next(struct call_screen *self, int step)
{
	focus_on(self, (enum pane)(((int)self->focus + step + PANES) % PANES));
	if (self->focus == PANE_FORM)
		self->call.form.focus = step > 0 ? 0 : self->call.form.count - 1;
}

static struct next form_pane_key(struct call_screen *self, struct ui *ui, const struct key *key)
{
	int field = self->call.form.focus;

	if (!form_key(&self->call.form, key)) {
		if (key->press == PRESS_TAB || key->press == PRESS_ENTER
			|| key->press == PRESS_DOWN) {
			if (key->press == PRESS_ENTER
				&& self->call.form.focus + 1 < self->call.form.count)
				self->call.form.focus++;
			else
				focus_next(self, 1);
		} else if (key->press == PRESS_BACKTAB) {
			focus_next(self, -1);
		}
	} else if (self->call.form.is_dirty[field]) {
		if (is_sign(self->call.form.fields[field].name))
			look_for_known(self, ui);
		if (strcmp(self->call.form.fields[field].name, "limits") == 0
			|| strcmp(self->call.form.fields[field].name, "minutes") == 0)
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
	else if (self->focus == PANE_HOLES)
		list_key(&self->holes.list, key);
	else if (unit_pane_key(&self->call.units, key, &changed) && changed) {
		self->call.units_are_dirty = true;
		search(self, ui);
	}
	return next_stay();
}

static struct next call_act(struct screen *screen, struct ui *ui, int action, const struct key *key)
{
	struct call_screen *self = (struct call_screen *)screen;

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
		focus_on(self, (enum pane)(action - ACTION_FORM));
		return next_stay();
	case ACTION_BOOK:
		return book(self, ui);
	case ACTION_ATTACH:
		return ask_attach(self, ui);
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
	bool wide = canvas->columns >= WIDE_COLUMNS;
	int left = canvas->columns * (wide ? FORM_SHARE : UNITS_SHARE) / 100;
	int right = canvas->columns - left;
	/* On a narrow screen: the form, its frame, and a row for what is known. */
	int top = wide ? canvas->rows / 2 : form_rows(&self->call.form) + 3;
	struct layout layout;

	if (canvas->rows < PAGED_ROWS) {
		/* Too low for all three: the one with the focus has it all. */
		struct canvas none = canvas_part(canvas, 0, 0, 0, 0);

		layout.form = self->focus == PANE_FORM ? *canvas : none;
		layout.units = self->focus == PANE_UNITS ? *canvas : none;
		layout.holes = self->focus == PANE_HOLES ? *canvas : none;
		return layout;
	}
	if (top > canvas->rows - LEAST_PANE_ROWS)
		top = canvas->rows - LEAST_PANE_ROWS;
	layout.holes = canvas_part(canvas, top, left, canvas->rows - top, right);
	if (wide) {
		layout.form = canvas_part(canvas, 0, 0, canvas->rows, left);
		layout.units = canvas_part(canvas, 0, left, top, right);
	} else {
		layout.form = canvas_part(canvas, 0, 0, top, canvas->columns);
		layout.units = canvas_part(canvas, top, 0, canvas->rows - top, left);
	}
	return layout;
}

static void draw_form(const struct call_screen *self, const struct canvas *canvas)
{
	struct text title = { 0 };
	struct canvas inside, part;

	if (*self->call.case_code)
		text_format(&title, _("Call about case %s"), self->call.case_code);
	else
		text_add(&title, _("New call"));
	if (self->call.draft.saved_at) {
		struct wall_time at = zone_to_wall(self->call.draft.saved_at);
		char clock[LOCALTEXT_SIZE];

		text_add(&title, " ── ");
		text_format(&title, _("kept %s"), local_minute(at.minute, clock));
	}
	inside = canvas_frame(canvas, self->focus == PANE_FORM, text_get(&title));
	part = canvas_part(&inside, 0, 1, inside.rows - 1, inside.columns - 2);
	form_draw(&self->call.form, &part, self->focus == PANE_FORM);
	if (*self->call.limits_trouble)
		canvas_text(&inside, inside.rows - 1, 1, inside.columns - 2, STYLE_TROUBLE,
			self->call.limits_trouble);
	else if (*self->known_code) {
		int taken = canvas_text(&inside, inside.rows - 1, 1, inside.columns - 2,
			STYLE_NOTICE, _("earlier contact (F5 adds to it): "));

		canvas_text(&inside, inside.rows - 1, 1 + taken, inside.columns - 2 - taken,
			STYLE_NOTICE, text_get(&self->known_text));
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
	if (*editor_get(&self->call.units.filter))
		text_format(&title, " / %s", editor_get(&self->call.units.filter));
	inside = canvas_frame(&layout.units, self->focus == PANE_UNITS, text_get(&title));
	unit_pane_draw(&self->call.units, &inside, self->focus == PANE_UNITS);
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

	form_resize(&self->call.form, columns - 4,
		wide		? ui->rows - LINE_ROWS
		: ui->rows > 24 ? 3
				: 2);
	self->call.units.list.rows = self->holes.list.rows = ui->rows / 2;
}

static void call_free(struct screen *screen)
{
	struct call_screen *self = (struct call_screen *)screen;

	call_form_release(&self->call);
	text_release(&self->known_text);
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

	self->screen.ops = &ops;
	self->holes.keeps_findings = true;
	call_form_init(&self->call, draft_id, case_code);
	focus_on(self, PANE_FORM);
	return &self->screen;
}
