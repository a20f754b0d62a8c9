/* Loki: who looked at, changed, was refused or gave out what; newest first. */
#include "kutsu/base/localtext.h"
#include "kutsu/base/memory.h"
#include "kutsu/base/text.h"
#include "kutsu/domain/case_ref.h"
#include "kutsu/domain/slot.h"
#include "kutsu/service/audit.h"
#include "screens_internal.h"
#include "widgets/dialog_internal.h"
#include "widgets/list_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHOWN_MOST 500
#define TEXT_SIZE  64

struct log_screen {
	struct screen screen;
	struct arena arena;
	struct log_list rows;
	struct list list;
	int64_t chosen; /* number of the row under the cursor */
	bool is_logged; /* the log has this look */
	char login[TEXT_SIZE], case_code[CASE_CODE_SIZE];
	int from_day, until_day;
};

enum { ACTION_FILTER = 1, ACTION_VERIFY, ACTION_SEAL, ACTION_EXPORT };

static bool log_read(struct screen *screen, struct ui *ui, struct error *err)
{
	struct log_screen *self = (struct log_screen *)screen;
	struct audit_query query = { .login = *self->login ? self->login : NULL,
		.case_code = *self->case_code ? self->case_code : NULL,
		.from_day = self->from_day,
		.until_day = self->until_day,
		.limit = SHOWN_MOST,
		.newest_first = true };
	bool ok;

	self->chosen = self->list.count ? self->rows.items[self->list.cursor].id : 0;
	arena_reset(&self->arena);
	ok = audit_list(ui->session, self->is_logged ? LOOK_AGAIN : LOOK_NEW, &query, &self->arena,
		&self->rows, err);
	self->is_logged = self->is_logged || ok;
	list_set_count(&self->list, (int)self->rows.count);
	for (size_t i = 0; i < self->rows.count; i++) {
		if (self->rows.items[i].id == self->chosen)
			self->list.cursor = (int)i;
	}
	return ok;
}

static void draw_row(const struct log_screen *self, const struct canvas *canvas, int row, int index)
{
	const struct log_row *r = &self->rows.items[index];
	enum style style = index == self->list.cursor ? STYLE_CURSOR
			   : r->is_refused	      ? STYLE_TROUBLE
						      : STYLE_NORMAL;
	struct wall_time at = zone_to_wall(r->at);
	char day[LOCALTEXT_SIZE], clock[LOCALTEXT_SIZE];
	struct text text = { 0 };

	canvas_row(canvas, row, 0, canvas->columns, style, "");
	text_format(&text, "%s %s", local_short_day(at.day, day), local_clock(at.minute, clock));
	canvas_text(canvas, row, 1, 19, style, text_get(&text));
	canvas_text(canvas, row, 21, 13, style, r->login);
	canvas_text(canvas, row, 35, 9, style, r->case_code ? r->case_code : "");
	text_clear(&text);
	text_format(&text, "%s%s%s%s", r->is_refused ? _("REFUSED: ") : "",
		use_case_label(r->use_case), r->detail ? "  " : "", r->detail ? r->detail : "");
	canvas_text(canvas, row, 45, canvas->columns - 46, style, text_get(&text));
	text_release(&text);
}

/* What the row under the cursor has no room for. */
static void draw_details(const struct log_screen *self, const struct canvas *canvas)
{
	const struct log_row *r = &self->rows.items[self->list.cursor];
	struct text text = { 0 };
	int role;

	text_format(&text, _("row %lld  account %s"), (long long)r->id, r->account);
	if (r->origin)
		text_format(&text, _("  from %s"), r->origin);
	if (r->role && term_parse(&role_terms, r->role, &role))
		text_format(&text, _("  as %s"), term_label(&role_terms, role));
	if (r->basis)
		text_format(&text, _("  basis %s"), r->basis);
	if (r->recipient)
		text_format(&text, _("  to %s"), r->recipient);
	if (r->reason)
		text_format(&text, _("  why: %s"), r->reason);
	canvas_row(canvas, canvas->rows - 1, 0, canvas->columns, STYLE_QUIET, "");
	canvas_text(canvas, canvas->rows - 1, 1, canvas->columns - 2, STYLE_QUIET, text_get(&text));
	text_release(&text);
}

static void log_draw(const struct screen *screen, const struct ui *ui, const struct canvas *canvas)
{
	const struct log_screen *self = (const struct log_screen *)screen;
	int rows = canvas->rows - 2, top = list_top(&self->list, rows);
	struct text title = { 0 };

	(void)ui;
	text_add(&title, _("The access log, newest first"));
	if (*self->login)
		text_format(&title, "  %s", self->login);
	if (*self->case_code)
		text_format(&title, "  %s", self->case_code);
	if (self->rows.count == SHOWN_MOST)
		text_format(&title, "  %s", _("(the newest 500: f narrows it)"));
	canvas_text(canvas, 0, 1, canvas->columns - 2, STYLE_STRONG, text_get(&title));
	text_release(&title);
	if (self->list.count == 0) {
		canvas_text(canvas, 2, 1, canvas->columns - 2, STYLE_QUIET, _("no such row"));
		return;
	}
	for (int row = 0; row < rows && top + row < self->list.count; row++)
		draw_row(self, canvas, row + 1, top + row);
	draw_details(self, canvas);
}

static const struct field filter_fields[] = {
	{ "login", N_("User"), FIELD_TEXT, 0, 1, NULL, N_("everyone") },
	{ "case", N_("Case"), FIELD_TEXT, 1, 1, NULL, N_("any, or as in 2026-0147") },
	{ "from", N_("From"), FIELD_TEXT, 2, 1, NULL, N_("the first day") },
	{ "until", N_("Until"), FIELD_TEXT, 3, 1, NULL, N_("the last day") },
	{ 0 },
};

static bool submit_filter(struct ui *ui, struct form *form, void *context, struct error *err)
{
	struct log_screen *self = context;
	const char *login = form_text(form, "login"), *code = form_text(form, "case");
	int from, until, today = session_today(ui->session);

	if (!form_day(form, "from", today, DAY_FIRST, &from, err)
		|| !form_day(form, "until", today, DAY_LAST, &until, err))
		return false;
	snprintf(self->login, sizeof(self->login), "%s", login ? login : "");
	snprintf(self->case_code, sizeof(self->case_code), "%s", code ? code : "");
	self->from_day = from;
	self->until_day = until;
	self->is_logged = false; /* another look */
	self->list.cursor = 0;
	return true;
}

static struct next ask_filter(struct log_screen *self)
{
	struct form *form;
	struct screen *dialog = form_dialog_new(&(struct form_dialog) { .title = _("Which rows"),
							.fields = filter_fields,
							.submit = submit_filter,
							.context = self },
		&form);

	form_set_text(form, "login", self->login);
	form_set_text(form, "case", self->case_code);
	return next_push(dialog);
}

static void verify(struct ui *ui)
{
	struct arena arena = { 0 };
	struct audit_report report;
	struct error err;

	if (!audit_verify(ui->session, NULL, &arena, &report, &err)) {
		ui_fail(ui, &err);
	} else if (report.findings.count) {
		error_set(&err, ERROR_DATABASE, _("NOT WHOLE: %s; kutsu audit verify tells all"),
			audit_finding_text(&report.findings.items[0], &arena));
		ui_fail(ui, &err);
	} else {
		ui_say(ui, _("the log is whole: %lld rows"), (long long)report.rows);
	}
	arena_release(&arena);
}

static void show_seal(struct ui *ui)
{
	char text[LOG_SEAL_TEXT_SIZE];
	struct log_seal seal;
	struct error err;

	if (audit_seal(ui->session, &seal, &err))
		ui_say(ui, "%s", log_seal_format(&seal, text));
	else
		ui_fail(ui, &err);
}

static struct next log_act(struct screen *screen, struct ui *ui, int action, const struct key *key)
{
	struct log_screen *self = (struct log_screen *)screen;

	self->list.rows = ui->rows - 2;
	switch (action) {
	case ACTION_FILTER:
		return ask_filter(self);
	case ACTION_EXPORT:
		return next_push(fetch_screen_new(ui, "audit list --json", "audit.json"));
	case ACTION_VERIFY:
		verify(ui);
		self->screen.is_read = false;
		return next_stay();
	case ACTION_SEAL:
		show_seal(ui);
		self->screen.is_read = false;
		return next_stay();
	default:
		list_key(&self->list, key);
		return next_stay();
	}
}

static void log_free(struct screen *screen)
{
	struct log_screen *self = (struct log_screen *)screen;

	arena_release(&self->arena);
	free(self);
}

static const struct key_binding keys[] = {
	{ PRESS_CHARACTER + 'f', ACTION_FILTER, NULL, N_("which rows") },
	{ PRESS_CHARACTER + 'v', ACTION_VERIFY, NULL, N_("verify") },
	{ PRESS_CHARACTER + 's', ACTION_SEAL, NULL, N_("seal") },
	{ PRESS_CHARACTER + 'E', ACTION_EXPORT, NULL, N_("write out") },
	{ 0 },
};

static const struct screen_ops ops = {
	.title = N_("Log"),
	.keys = keys,
	.draw = log_draw,
	.act = log_act,
	.read = log_read,
	.free = log_free,
};

struct screen *log_screen_new(void)
{
	struct log_screen *self = memory_new(sizeof(*self));

	self->screen.ops = &ops;
	self->from_day = DAY_FIRST;
	self->until_day = DAY_LAST;
	return &self->screen;
}
