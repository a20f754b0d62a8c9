#include "record_form_internal.h"

#include "kutsu/base/memory.h"
#include "kutsu/service/casework.h"
#include "kutsu/service/drafting.h"
#include "kutsu/service/registry.h"
#include "kutsu/service/writer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WEEKS_MOST    52
#define WEEKS_DEFAULT 6

static const char *known_choice(int value)
{
	return value == 0 ? "–" : value == 1 ? _("no") : value == 2 ? _("yes") : NULL;
}

static const struct field fields[] = {
	{ "adults", N_("Adults present"), FIELD_TEXT, 0, 1, NULL,
		N_("mother; teacher; grandmother") },
	{ "facilitator", N_("Facilitator"), FIELD_TEXT, 1, 1, NULL, NULL },
	{ "child_present", N_("Child present"), FIELD_CHOICE, 2, 1, known_choice, NULL },
	{ "child_heard", N_("heard"), FIELD_CHOICE, 2, 1, known_choice, NULL },
	{ "strengths", N_("Strengths"), FIELD_AREA, 3, 1, NULL, N_("what carries the everyday") },
	{ "vulnerabilities", N_("Vulnerabilities"), FIELD_AREA, 4, 1, NULL, NULL },
	{ "notes", N_("Notes"), FIELD_AREA, 5, 1, NULL, NULL },
	{ "follow_up", N_("Follow-up needed"), FIELD_CHOICE, 6, 1, known_choice, NULL },
	{ "weeks", N_("within weeks"), FIELD_TEXT, 6, 1, NULL, NULL },
	{ "reason", N_("or why not"), FIELD_TEXT, 7, 1, NULL, NULL },
	{ 0 },
};

static void fill_form(struct record_form *self, const struct meeting_record *record)
{
	struct form *form = &self->form;

	form_set_text(form, "adults",
		arena_join(&self->arena, record->adults, record->adult_count, "; "));
	form_set_text(form, "facilitator", record->facilitator);
	form_set_value(form, "child_present", (int)record->child_present);
	form_set_value(form, "child_heard", (int)record->child_heard);
	form_set_text(form, "strengths", record->strengths);
	form_set_text(form, "vulnerabilities", record->vulnerabilities);
	form_set_text(form, "notes", record->notes);
	form_set_value(form, "follow_up", (int)record->follow_up_needed);
	form_set_text(form, "weeks",
		record->follow_up_within_weeks
			? arena_printf(&self->arena, "%d", record->follow_up_within_weeks)
			: "");
	form_set_text(form, "reason", record->follow_up_reason);
}

static bool names(const char *const *codes, size_t count, const char *code)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(codes[i], code) == 0)
			return true;
	}
	return false;
}

void record_form_add_action(struct record_form *self, const struct agreed_action *action)
{
	struct agreed_action *added;

	self->actions = arena_append(
		&self->kept, self->actions, &self->action_count, sizeof(*self->actions));
	added = &self->actions[self->action_count - 1];
	*added = *action;
	added->who = arena_text(&self->kept, action->who);
	added->what = arena_text(&self->kept, action->what);
}

static bool read_names(struct record_form *self, struct ui *ui, struct error *err)
{
	for (int i = 0; i < (int)self->meeting.unit_count; i++) {
		struct unit unit;

		if (!registry_unit_get(
			    ui->session, self->meeting.units[i], &self->arena, &unit, err))
			return false;
		self->names[i] = unit.name;
	}
	return true;
}

/*
 * Who came and what was agreed as one text each for the draft: ticks as 1 and 0, an action a line,
 * its parts with U+001F between.
 */
static void write_draft(const struct record_form *self, struct text *came, struct text *actions)
{
	for (int i = 0; i < (int)self->meeting.unit_count; i++)
		text_add(came, self->came[i] ? "1" : "0");
	for (size_t i = 0; i < self->action_count; i++) {
		const struct agreed_action *a = &self->actions[i];

		text_format(actions, "%s\x1f%s\x1f%d\x1f%d\x1f%d\n", a->who, a->what,
			(int)a->environment, a->due_day, (int)a->done);
	}
}

static void read_draft_actions(struct record_form *self, char *text)
{
	self->action_count = 0;
	for (char *line = text; *line;) {
		char *end = strchr(line, '\n'), *parts[5] = { line };
		int count = 1;

		if (!end)
			return;
		*end = '\0';
		for (char *c = line; *c; c++) {
			if (*c == '\x1f' && count < 5) {
				*c = '\0';
				parts[count++] = c + 1;
			}
		}
		if (count == 5 && atoi(parts[2]) >= 0 && atoi(parts[2]) < ENVIRONMENTS)
			record_form_add_action(
				self, &(struct agreed_action) { .who = parts[0],
					      .what = parts[1],
					      .environment = (enum environment)atoi(parts[2]),
					      .due_day = atoi(parts[3]),
					      .done = atoi(parts[4]) != 0 });
		line = end + 1;
	}
}

/* A draft of this meeting's record, should there be one that nobody is writing. */
static bool find_draft(struct record_form *self, struct ui *ui, struct error *err)
{
	struct arena arena = { 0 };
	struct draft_list list;
	bool ok = draft_list(ui->session, &arena, &list, err);

	for (size_t i = 0; ok && i < list.count && !self->draft.id; i++) {
		if (list.items[i].meeting_id == self->id && !writer_is_alive(list.items[i].writer))
			self->draft.id = list.items[i].id;
	}
	arena_release(&arena);
	return ok;
}

static bool read_draft(struct record_form *self, struct ui *ui, struct error *err)
{
	struct draft_field_list list;
	struct arena arena = { 0 };
	bool ok;

	if (!self->draft.id && !find_draft(self, ui, err))
		return false;
	if (!self->draft.id)
		return true;
	ok = form_draft_take(&self->draft, ui, &self->form, &arena, &list, err);
	for (size_t i = 0; ok && i < list.count; i++) {
		const char *value = list.items[i].value;

		if (strcmp(list.items[i].name, "came") == 0) {
			for (int u = 0; u < (int)self->meeting.unit_count && value[u]; u++)
				self->came[u] = value[u] == '1';
		} else if (strcmp(list.items[i].name, "actions") == 0) {
			read_draft_actions(self, arena_text(&arena, value));
		} else if (strcmp(list.items[i].name, "revision") == 0) {
			self->revision = atoi(value);
		}
	}
	arena_release(&arena);
	return ok;
}

bool record_form_is_kept(const struct record_form *self)
{
	return !self->is_changed && form_is_clean(&self->form);
}

void record_form_keep(struct record_form *self, struct ui *ui)
{
	struct text came = { 0 }, actions = { 0 };
	struct draft_field more[DRAFT_MOST_MORE];
	char meeting[24], revision[16];
	size_t count = 0;

	if (record_form_is_kept(self))
		return;
	write_draft(self, &came, &actions);
	snprintf(meeting, sizeof(meeting), "%lld", (long long)self->id);
	snprintf(revision, sizeof(revision), "%d", self->revision);
	more[count++] = (struct draft_field) { "meeting", meeting };
	more[count++] = (struct draft_field) { "came", text_get(&came) };
	more[count++] = (struct draft_field) { "actions", text_get(&actions) };
	more[count++] = (struct draft_field) { "revision", revision };
	if (form_draft_keep(&self->draft, ui, &self->form, more, count))
		self->is_changed = false;
	text_release(&came);
	text_release(&actions);
}

/* A meeting without a record: everyone invited is taken to have come. */
bool record_form_read(struct record_form *self, struct ui *ui, struct error *err)
{
	const struct meeting_record *record;
	struct meeting_view view;

	if (self->is_filled)
		return session_ask(ui->session, USE_MEETING_RECORD, err);
	if (!meeting_look(ui->session, LOOK_NEW, self->id, &self->arena, &view, err))
		return false;
	self->is_filled = true;
	self->meeting = view.meeting;
	record = &view.record;
	self->revision = view.has_record ? record->revision : RECORD_NEW;
	self->names =
		arena_new(&self->arena, (self->meeting.unit_count + 1) * sizeof(*self->names));
	self->came = arena_new(&self->arena, self->meeting.unit_count + 1);
	for (int i = 0; i < (int)self->meeting.unit_count; i++)
		self->came[i] =
			!view.has_record
			|| names(record->attended, record->attended_count, self->meeting.units[i]);
	if (view.has_record)
		fill_form(self, record);
	for (size_t i = 0; i < record->action_count; i++)
		record_form_add_action(self, &record->actions[i]);
	return read_names(self, ui, err) && read_draft(self, ui, err);
}

/* Yes with its weeks, or no with its reason: a record without the word on it leaves people waiting.
 */
static bool check_follow_up(
	const struct record_form *self, struct meeting_record *record, struct error *err)
{
	if (!self->is_filled)
		return error_set(err, ERROR_FAILED,
			_("the meeting could not be read; go back and try again"));
	if (record->follow_up_needed == KNOWN_NOT)
		return error_set(err, ERROR_INVALID,
			_("is a follow-up needed? choose yes, or no with the reason"));
	if (record->follow_up_needed == KNOWN_NO)
		return true;
	record->follow_up_within_weeks = WEEKS_DEFAULT;
	return form_number(
		&self->form, "weeks", 1, WEEKS_MOST, &record->follow_up_within_weeks, err);
}

/* What is typed as a record: texts are borrowed from the form, lists are in the arena. */
static void make_record(
	struct record_form *self, struct arena *arena, struct meeting_record *record)
{
	const struct form *form = &self->form;
	int present = form_value(form, "child_present"), heard = form_value(form, "child_heard");
	int follow_up = form_value(form, "follow_up");
	const char **attended =
		arena_new(arena, (self->meeting.unit_count + 1) * sizeof(*attended));
	const char **absent = arena_new(arena, (self->meeting.unit_count + 1) * sizeof(*absent));

	*record = (struct meeting_record) {
		.revision = self->revision,
		.attended = attended,
		.absent = absent,
		.facilitator = form_text(form, "facilitator"),
		.child_present = present < 0 ? KNOWN_NOT : (enum known)present,
		.child_heard = heard < 0 ? KNOWN_NOT : (enum known)heard,
		.strengths = form_text(form, "strengths"),
		.vulnerabilities = form_text(form, "vulnerabilities"),
		.notes = form_text(form, "notes"),
		.actions = self->actions,
		.action_count = self->action_count,
		.follow_up_needed = follow_up < 0 ? KNOWN_NOT : (enum known)follow_up,
		.follow_up_reason = form_text(form, "reason"),
	};
	record->adults = form_parts(form, "adults", arena, &record->adult_count);
	for (int i = 0; i < (int)self->meeting.unit_count; i++) {
		if (self->came[i])
			attended[record->attended_count++] = self->meeting.units[i];
		else
			absent[record->absent_count++] = self->meeting.units[i];
	}
}

bool record_form_save(struct record_form *self, struct ui *ui, struct error *err)
{
	struct arena arena = { 0 };
	struct meeting_record record;
	bool ok;

	make_record(self, &arena, &record);
	ok = check_follow_up(self, &record, err)
	     && meeting_record_make(ui->session, self->id, &record, err);
	arena_release(&arena);
	return ok;
}

static const char *known_label(enum known known)
{
	return known == KNOWN_YES ? _("yes") : known == KNOWN_NO ? _("no") : NULL;
}

static const char *actions_text(struct arena *arena, const struct meeting_record *record)
{
	const char **texts = arena_new(arena, (record->action_count + 1) * sizeof(*texts));

	for (size_t i = 0; i < record->action_count; i++)
		texts[i] = arena_printf(
			arena, "%s: %s", record->actions[i].who, record->actions[i].what);
	return record->action_count ? arena_join(arena, texts, record->action_count, "; ") : NULL;
}

static const char *list_text(struct arena *arena, const char *const *texts, size_t count)
{
	return count ? arena_join(arena, texts, count, ", ") : NULL;
}

static struct screen *conflict_screen(struct arena *arena, const struct meeting_record *theirs,
	const struct meeting_record *mine, conflict_choice *keep_mine, conflict_choice *take_theirs,
	void *context)
{
	const struct conflict_row rows[] = {
		{ _("Came"), list_text(arena, theirs->attended, theirs->attended_count),
			list_text(arena, mine->attended, mine->attended_count) },
		{ _("Adults"), list_text(arena, theirs->adults, theirs->adult_count),
			list_text(arena, mine->adults, mine->adult_count) },
		{ _("Facilitator"), theirs->facilitator, mine->facilitator },
		{ _("Child present"), known_label(theirs->child_present),
			known_label(mine->child_present) },
		{ _("Child heard"), known_label(theirs->child_heard),
			known_label(mine->child_heard) },
		{ _("Strengths"), theirs->strengths, mine->strengths },
		{ _("Vulnerabilities"), theirs->vulnerabilities, mine->vulnerabilities },
		{ _("Notes"), theirs->notes, mine->notes },
		{ _("Agreed"), actions_text(arena, theirs), actions_text(arena, mine) },
		{ _("Follow-up meeting"), known_label(theirs->follow_up_needed),
			known_label(mine->follow_up_needed) },
	};

	return conflict_new(&(struct conflict) { .title = _("Two records of one meeting"),
		.note = changed_text(arena, theirs->recorded_by, theirs->recorded_at),
		.rows = rows,
		.row_count = sizeof(rows) / sizeof(rows[0]),
		.keep_mine = keep_mine,
		.take_theirs = take_theirs,
		.context = context });
}

bool record_form_compare(struct record_form *self, struct ui *ui, conflict_choice *keep_mine,
	conflict_choice *take_theirs, void *context, struct screen **screen, struct error *err)
{
	struct arena arena = { 0 };
	struct meeting_record mine;
	struct meeting_view now;
	bool ok = meeting_look(ui->session, LOOK_AGAIN, self->id, &arena, &now, err);

	*screen = NULL;
	if (ok && now.has_record && now.record.revision != self->revision) {
		make_record(self, &arena, &mine);
		self->their_revision = now.record.revision;
		*screen = conflict_screen(
			&arena, &now.record, &mine, keep_mine, take_theirs, context);
	}
	arena_release(&arena);
	return ok;
}

void record_form_keep_mine(struct record_form *self)
{
	self->revision = self->their_revision;
	self->is_changed = true;
}

bool record_form_forget(struct record_form *self, struct ui *ui)
{
	form_mark_clean(&self->form);
	self->is_changed = false;
	return form_draft_discard(&self->draft, ui);
}

void record_form_init(struct record_form *self, int64_t meeting_id, int64_t draft_id)
{
	self->id = meeting_id;
	self->draft.id = draft_id;
	form_init(&self->form, fields);
}

void record_form_release(struct record_form *self)
{
	form_release(&self->form);
	arena_release(&self->arena);
	arena_release(&self->kept);
}
