/* What a memo says, in which order; how it looks is its form's to tell. */
#include "kutsu/base/arena.h"
#include "kutsu/base/localtext.h"
#include "kutsu/base/message.h"
#include "kutsu/base/text.h"
#include "kutsu/base/zone.h"
#include "kutsu/domain/slot.h"
#include "memo_internal.h"

#define MOST_PARTS 6

static void put_line(struct memo_writer *to, const char *text)
{
	to->form->line(to, text);
}

/* Nothing where there is no text. */
static void put_field(struct memo_writer *to, const char *label, const char *text)
{
	if (!text_is_blank(text))
		to->form->field(to, label, text);
}

static void put_section(struct memo_writer *to, const char *text, size_t count)
{
	to->in_thing = false;
	to->form->section(to, text);
	if (count == 0)
		put_line(to, _("none"));
}

static void put_thing(struct memo_writer *to, const char *text)
{
	to->in_thing = true;
	to->form->thing(to, text);
}

static const char *day_of(struct memo_writer *to, int64_t moment)
{
	char day[LOCALTEXT_SIZE];

	return arena_text(&to->arena, local_weekday_day(zone_to_wall(moment).day, day));
}

static const char *moment_of(struct memo_writer *to, int64_t moment)
{
	char clock[LOCALTEXT_SIZE];

	return arena_printf(&to->arena, "%s %s", day_of(to, moment),
		local_clock(zone_to_wall(moment).minute, clock));
}

/* "PNE-KES Perheneuvola" for each, with "; " between. */
static const char *units_of(struct memo_writer *to, const char *const *codes, size_t count)
{
	const char **names = arena_new(&to->arena, (count + 1) * sizeof(*names));

	for (size_t i = 0; i < count; i++) {
		const struct unit *unit = memo_find_unit(to->memo, codes[i]);

		names[i] = unit && unit->name
				   ? arena_printf(&to->arena, "%s %s", codes[i], unit->name)
				   : codes[i];
	}
	return arena_join(&to->arena, names, count, "; ");
}

static const char *child_of(struct memo_writer *to, const struct case_ref *c)
{
	if (c->birth_year == 0)
		return c->child;
	return arena_printf(&to->arena, "%s%s%s %d", c->child ? c->child : "", c->child ? ", " : "",
		_("born"), c->birth_year);
}

static const char *language_of(struct memo_writer *to, const struct case_ref *c)
{
	if (!c->interpreter)
		return c->language;
	return arena_printf(&to->arena, "%s%s%s %s", c->language ? c->language : "",
		c->language ? ", " : "", _("interpreter:"), c->interpreter);
}

static const char *closed_of(struct memo_writer *to, const struct case_ref *c)
{
	const char *moment = moment_of(to, c->closed_at);

	if (text_is_blank(c->closed_reason))
		return moment;
	return arena_printf(&to->arena, "%s: %s", moment, c->closed_reason);
}

static void put_case(struct memo_writer *to, const struct case_ref *c)
{
	put_field(to, _("Opened"), moment_of(to, c->opened_at));
	if (c->status == CASE_CLOSED)
		put_field(to, _("Closed"), closed_of(to, c));
	put_field(to, _("Child"), child_of(to, c));
	if (c->nondisclosure)
		put_line(to, _("NON-DISCLOSURE ORDER: place and municipality are not told"));
	put_field(to, _("Municipality"), c->municipality);
	put_field(to, _("Language"), language_of(to, c));
	put_field(
		to, _("Everyday adults"), arena_join(&to->arena, c->adults, c->adult_count, "; "));
	if (c->purged_at)
		put_line(to, arena_printf(&to->arena,
				     _("Names, numbers and texts were removed on %s: the time of "
				       "retention had passed."),
				     day_of(to, c->purged_at)));
}

static const char *title_of(struct memo_writer *to)
{
	const struct memo *memo = to->memo;

	if (memo->meeting_id == 0)
		return arena_printf(&to->arena, _("Memo of case %s"), memo->case_ref.code);
	return arena_printf(&to->arena, _("Memo of meeting %lld of case %s"),
		(long long)memo->meeting_id, memo->case_ref.code);
}

static void put_head(struct memo_writer *to, const struct memo_extract *extract)
{
	to->form->begin(to, title_of(to));
	if (extract->sector != MEMO_ALL_SECTORS)
		put_field(to, _("Extract for"), term_label(&sector_terms, extract->sector));
	if (extract->lacks_consent)
		put_line(to,
			_("No unit of this sector has a consent in force: neither the concern nor "
			  "what was said and agreed is told."));
	put_case(to, &to->memo->case_ref);
}

static void put_calls(struct memo_writer *to, const struct call_list *calls)
{
	put_section(to, _("Calls"), calls->count);
	for (size_t i = 0; i < calls->count; i++) {
		const struct call *call = &calls->items[i];

		put_thing(to, moment_of(to, call->received_at));
		put_field(to, _("Caller"),
			arena_printf(&to->arena, "%s%s%s",
				term_label(&source_terms, (int)call->source),
				text_is_blank(call->caller) ? "" : ", ",
				call->caller ? call->caller : ""));
		put_field(to, _("Phone"), call->phone);
		put_field(to, _("Concern"), call->concern);
	}
}

static void put_consents(struct memo_writer *to, const struct consent_list *consents)
{
	put_section(to, _("Consents"), consents->count);
	for (size_t i = 0; i < consents->count; i++) {
		const struct consent *consent = &consents->items[i];

		put_thing(to, units_of(to, &consent->unit, 1));
		put_field(to, _("Given by"), consent->given_by);
		put_field(to, _("How"), consent->how);
		put_field(to, _("Given"), day_of(to, consent->given_at));
		put_field(to, _("Withdrawn"),
			consent->withdrawn_at ? day_of(to, consent->withdrawn_at) : NULL);
		if (!consent->withdrawn_at)
			put_line(to, _("In force"));
	}
}

/* Who – what – where – by when – done. */
static const char *action_of(struct memo_writer *to, const struct agreed_action *action)
{
	const char *parts[MOST_PARTS];
	char day[LOCALTEXT_SIZE];
	size_t count = 0;

	if (!text_is_blank(action->who))
		parts[count++] = action->who;
	if (!text_is_blank(action->what))
		parts[count++] = action->what;
	parts[count++] = term_label(&environment_terms, (int)action->environment);
	if (action->due_day != DAY_LAST)
		parts[count++] = arena_printf(
			&to->arena, _("by %s"), local_weekday_day(action->due_day, day));
	if (action->done)
		parts[count++] = _("done");
	return arena_join(&to->arena, parts, count, " – ");
}

static const char *follow_up_of(struct memo_writer *to, const struct meeting_record *record)
{
	int weeks = record->follow_up_within_weeks;

	if (record->follow_up_needed == KNOWN_NOT)
		return NULL;
	if (record->follow_up_needed == KNOWN_NO)
		return text_is_blank(record->follow_up_reason)
			       ? _("not needed")
			       : arena_printf(
				       &to->arena, _("not needed: %s"), record->follow_up_reason);
	if (weeks == 0)
		return _("needed");
	return arena_printf(&to->arena,
		P_("needed within %d week", "needed within %d weeks", (long)weeks), weeks);
}

static const char *known_of(enum known known)
{
	return known == KNOWN_NOT ? NULL : known == KNOWN_YES ? _("yes") : _("no");
}

static void put_record(struct memo_writer *to, const struct meeting_record *record)
{
	put_field(to, _("Came"), units_of(to, record->attended, record->attended_count));
	put_field(to, _("Did not come"), units_of(to, record->absent, record->absent_count));
	put_field(to, _("Adults present"),
		arena_join(&to->arena, record->adults, record->adult_count, "; "));
	put_field(to, _("Facilitator"), record->facilitator);
	put_field(to, _("Child present"), known_of(record->child_present));
	put_field(to, _("Child heard"), known_of(record->child_heard));
	put_field(to, _("Strengths"), record->strengths);
	put_field(to, _("Vulnerabilities"), record->vulnerabilities);
	put_field(to, _("Notes"), record->notes);
	for (size_t i = 0; i < record->action_count; i++)
		put_field(to, _("Agreed"), action_of(to, &record->actions[i]));
	put_field(to, _("Follow-up"), follow_up_of(to, record));
}

static void put_meeting(struct memo_writer *to, const struct memo_meeting *memo_meeting)
{
	const struct meeting *meeting = &memo_meeting->meeting;
	char day[LOCALTEXT_SIZE], span[LOCALTEXT_SIZE];

	put_thing(to,
		arena_printf(&to->arena, "%s %s: %s (%lld)", local_weekday_day(meeting->day, day),
			local_clock_span(meeting->start, meeting->end, span),
			term_label(&meeting_kind_terms, (int)meeting->kind),
			(long long)meeting->id));
	put_field(to, _("Status"), term_label(&meeting_status_terms, (int)meeting->status));
	put_field(to, _("Cancelled because"), meeting->cancelled_reason);
	put_field(to, _("Place"), meeting->place);
	put_field(to, _("Invited"), units_of(to, meeting->units, meeting->unit_count));
	put_record(to, &memo_meeting->record);
	if (to->memo->meeting_id && !memo_meeting->has_record
		&& meeting->status != MEETING_CANCELLED)
		put_line(to, _("Nothing is recorded of it."));
}

void memo_walk(FILE *file, const struct memo *memo, int sector, const struct memo_form *form)
{
	struct memo_writer to = { .file = file, .form = form };
	struct memo_extract extract = memo_extract_of(memo, sector, &to.arena);

	to.memo = &extract.memo;
	put_head(&to, &extract);
	if (!extract.lacks_consent && !memo->meeting_id)
		put_calls(&to, &extract.memo.calls);
	put_consents(&to, &extract.memo.consents);
	put_section(&to, _("Meetings"), extract.memo.meeting_count);
	for (size_t i = 0; i < extract.memo.meeting_count; i++)
		put_meeting(&to, &extract.memo.meetings[i]);
	form->end(&to, _("This is coordination data. The official record is that of the client "
			 "information system."));
	arena_release(&to.arena);
}
