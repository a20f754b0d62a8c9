#include "kutsu/service/feedback.h"
#include "kutsu/domain/suppression.h"

#include "kutsu/base/digest.h"
#include "kutsu/base/message.h"
#include "kutsu/base/text.h"
#include "kutsu/domain/field.h"
#include "kutsu/domain/slot.h"
#include "kutsu/store/case_store.h"
#include "kutsu/store/figure_store.h"
#include "kutsu/store/meeting_store.h"
#include "kutsu/store/setting_store.h"
#include "service_internal.h"

#include <stdio.h>
#include <string.h>

bool feedback_forms(struct session *session, struct arena *arena, struct feedback_form_list *list,
	struct error *err)
{
	return use_check(session, USE_FEEDBACK_FORMS, NULL, err)
	       && store_feedback_form_list(
		       session->store, session_today(session), arena, list, err);
}

static bool get_form(struct session *session, const char *code, struct arena *arena,
	struct feedback_form *form, struct error *err)
{
	struct feedback_form_list list;

	if (!store_feedback_form_list(session->store, session_today(session), arena, &list, err))
		return false;
	for (size_t i = 0; code && i < list.count; i++) {
		if (strcmp(list.items[i].code, code) == 0) {
			*form = list.items[i];
			return true;
		}
	}
	return error_set(err, ERROR_NOT_FOUND,
		_("there is no feedback form %.40s; see \"kutsu feedback forms\""),
		code ? code : "");
}

bool feedback_form_get(struct session *session, const char *code, struct arena *arena,
	struct feedback_form *form, struct error *err)
{
	return use_check(session, USE_FEEDBACK_FORMS, NULL, err)
	       && get_form(session, code, arena, form, err);
}

bool feedback_form_add(struct session *session, struct feedback_form *form, struct error *err)
{
	struct use use;
	bool ok;

	if (form->valid_from == DAY_LAST)
		form->valid_from = session_today(session);
	if (!feedback_form_check(form, err))
		return false;
	if (form->valid_from < session_today(session))
		return error_set(err, ERROR_INVALID,
			_("valid_from: that day is over; what was asked then was asked"));
	if (!use_begin(&use, session, USE_FEEDBACK_FORM_ADD, form->code, err))
		return false;
	ok = store_feedback_form_add(&use.change, form, err) && use_log(&use, 0, form->code, err);
	return use_end(&use, ok, err);
}

/* ---- One respondent's feedback. ---- */

/* A family's is of the family, a worker's and a unit's of a unit. */
static bool check_who(
	const struct feedback *feedback, const struct feedback_form *form, struct error *err)
{
	bool is_of_unit = feedback->respondent == RESPONDENT_WORKER
			  || feedback->respondent == RESPONDENT_UNIT;

	if (!(form->respondents & 1u << feedback->respondent))
		return error_set(err, ERROR_INVALID, _("form %s is not asked of: %s"), form->code,
			term_label(&respondent_terms, (int)feedback->respondent));
	if (feedback->number < 1 || feedback->number > FEEDBACK_NUMBERS)
		return error_set(err, ERROR_INVALID, _("number: %d won't do; give 1 to %d"),
			feedback->number, FEEDBACK_NUMBERS);
	if (is_of_unit != (feedback->unit != NULL))
		return error_set(err, ERROR_INVALID,
			is_of_unit ? _("unit: it is missing; give it")
				   : _("unit: a family's feedback is of no unit; leave it out"));
	if (feedback->respondent == RESPONDENT_UNIT)
		return (!feedback->meeting_id && feedback->month.year)
		       || error_set(err, ERROR_INVALID,
			       _("a unit gives feedback of a month; give the month alone"));
	return (feedback->meeting_id && !feedback->month.year)
	       || error_set(err, ERROR_INVALID,
		       _("this form is about a meeting; give the meeting alone"));
}

static bool check_month(struct session *session, const struct feedback *feedback, struct error *err)
{
	return month_first_day(feedback->month) <= session_today(session)
	       || error_set(err, ERROR_INVALID,
		       _("the month has not begun; its feedback comes when it is there"));
}

static bool check_meeting(struct session *session, const struct feedback *feedback,
	struct arena *arena, int64_t *case_id, struct error *err)
{
	struct wall_time now = session_wall(session);
	struct case_ref case_ref;
	struct meeting meeting;

	if (!store_meeting_get(session->store, feedback->meeting_id, arena, &meeting, err))
		return false;
	if (meeting.status == MEETING_HOLD
		|| (feedback->unit && !meeting_has_unit(&meeting, feedback->unit)))
		return error_set(err, ERROR_NOT_FOUND, _("%.40s was not invited to meeting %lld"),
			feedback->unit ? feedback->unit : "", (long long)meeting.id);
	if (meeting.status == MEETING_CANCELLED)
		return error_set(err, ERROR_CONFLICT,
			_("the meeting was cancelled; there is nothing to say of it"));
	if (meeting.day > now.day || (meeting.day == now.day && meeting.start > now.minute))
		return error_set(err, ERROR_CONFLICT,
			_("the meeting has not begun yet; ask when it has been held"));
	if (!store_case_get(session->store, meeting.case_code, arena, &case_ref, err))
		return false;
	*case_id = case_ref.id;
	return true;
}

/* The unit's id, or 0 for the family's; a contact's is an own one. */
static bool get_unit(struct use *use, struct feedback *feedback, struct arena *arena,
	int64_t *unit_id, struct error *err)
{
	struct unit unit;

	*unit_id = 0;
	if (!feedback->unit)
		return use->scope == SCOPE_ALL
		       || error_set(err, ERROR_DENIED,
			       _("a family's feedback is entered by a coordinator"));
	if (!store_unit_get(use->session->store, feedback->unit, arena, &unit, err)
		|| !use_unit(use, unit.id, unit.code, err))
		return false;
	feedback->unit = unit.code;
	*unit_id = unit.id;
	return true;
}

static bool add(struct use *use, struct feedback *feedback, struct arena *arena, int64_t *id,
	struct error *err)
{
	struct session *session = use->session;
	int64_t unit_id, case_id = 0;
	struct feedback_form form;
	char detail[SUBJECT_SIZE], month[DAY_TEXT_SIZE];

	if (!get_form(session, feedback->form, arena, &form, err)
		|| !check_who(feedback, &form, err)
		|| !get_unit(use, feedback, arena, &unit_id, err)
		|| !feedback_check(&form, feedback->answers, err))
		return false;
	if (feedback->meeting_id ? !check_meeting(session, feedback, arena, &case_id, err)
				 : !check_month(session, feedback, err))
		return false;
	if (!store_feedback_add(&use->change, feedback, &form, unit_id, session_today(session),
		    session->user.id, id, err))
		return false;
	if (feedback->meeting_id)
		return use_log_number(use, USE_FEEDBACK_ADD, case_id, feedback->meeting_id, err);
	snprintf(detail, sizeof(detail), "%s %s", feedback->unit,
		month_format_iso(feedback->month, month));
	return use_log(use, 0, detail, err);
}

bool feedback_add(
	struct session *session, const struct feedback *feedback, int64_t *id, struct error *err)
{
	struct feedback given = *feedback;
	struct arena arena = { 0 };
	struct use use;
	bool ok;

	*id = 0;
	if (!use_begin(&use, session, USE_FEEDBACK_ADD, feedback->unit, err))
		return false;
	ok = use_end(&use, add(&use, &given, &arena, id, err), err);
	arena_release(&arena);
	if (!ok)
		*id = 0;
	return ok;
}

/* ---- Who has answered. ---- */

bool feedback_list(struct session *session, int from_day, int until_day, struct arena *arena,
	struct feedback_given_list *list, struct error *err)
{
	return use_check(session, USE_FEEDBACK_LIST, NULL, err)
	       && store_feedback_given(session->store, from_day, until_day, arena, list, err);
}

bool feedback_round_look(struct session *session, struct month month, struct arena *arena,
	struct feedback_round *round, int *due_day, struct error *err)
{
	enum scope scope;
	size_t kept = 0;
	int day;

	if (!use_check(session, USE_FEEDBACK_ROUND, &scope, err)
		|| !store_setting_number(session->store, SETTING_FEEDBACK_DAY, &day, err)
		|| !store_feedback_round(session->store, month_first_day(month), arena, round, err))
		return false;
	for (size_t i = 0; i < round->count; i++) {
		if (scope == SCOPE_ALL || is_own_unit(session, round->items[i].unit_id))
			round->items[kept++] = round->items[i];
	}
	round->count = kept;
	*due_day = feedback_due_day(month, day);
	return true;
}

bool feedback_missing_look(struct session *session, struct arena *arena,
	struct feedback_missing *missing, struct error *err)
{
	struct month now = day_month(session_today(session));
	size_t kept = 0;
	int64_t begin;

	*missing = (struct feedback_missing) { .month = month_add(now, -1) };
	if (!store_figures_begin(session->store, &begin, err)
		|| !feedback_round_look(
			session, missing->month, arena, &missing->units, &missing->due_day, err))
		return false;
	for (size_t i = 0; i < missing->units.count; i++) {
		if (missing->units.items[i].day == DAY_LAST)
			missing->units.items[kept++] = missing->units.items[i];
	}
	missing->units.count = begin && begin < zone_to_moment(month_first_day(now), 0) ? kept : 0;
	return true;
}

/* ---- What was said in all. ---- */

static void hide_few(struct feedback_sum_list *sums)
{
	for (size_t i = 0; i < sums->count; i++) {
		struct feedback_sum *sum = &sums->items[i];

		if (sum->count < FEEDBACK_LEAST)
			sum->sum = sum->promoters = sum->detractors = -1;
	}
}

/* As in the month's report, which could be worked out from here otherwise. */
static void hide_small_rate(struct feedback_rate *rate)
{
	if (cell_is_small(rate->asked) || cell_is_small(rate->answered)
		|| cell_is_small(rate->asked - rate->answered))
		rate->asked = rate->answered = CELL_HIDDEN;
}

static void hide_small_counts(struct feedback_view *view)
{
	hide_small_rate(&view->rates.family);
	hide_small_rate(&view->rates.child);
	for (size_t i = 0; i < view->sums.count; i++) {
		struct feedback_sum *sum = &view->sums.items[i];

		sum->count = cell_is_small(sum->count) ? CELL_HIDDEN : sum->count;
		sum->unknown = cell_is_small(sum->unknown) ? CELL_HIDDEN : sum->unknown;
	}
}

/* Of what a person has not picked, who may not pick sees nothing. */
static void hide_unpicked(struct feedback_text_list *texts)
{
	size_t kept = 0;

	for (size_t i = 0; i < texts->count; i++) {
		if (!texts->items[i].picked)
			continue;
		texts->items[kept] = texts->items[i];
		texts->items[kept++].text = texts->items[i].picked;
	}
	texts->count = kept;
}

static bool read_view(struct session *session, struct month month, struct arena *arena,
	struct feedback_view *view, struct error *err)
{
	int from = month_first_day(month), until = month_first_day(month_add(month, 1)) - 1;
	int today = session_today(session);
	struct feedback_round round;

	if (!store_feedback_rates(
		    session->store, from, until < today ? until : today, &view->rates, err)
		|| !store_feedback_sums(session->store, from, until, arena, &view->sums, err)
		|| !store_feedback_texts(session->store, from, until, arena, &view->texts, err)
		|| !store_feedback_round(session->store, from, arena, &round, err))
		return false;
	view->rates.unit.asked = (int)round.count;
	for (size_t i = 0; i < round.count; i++)
		view->rates.unit.answered += round.items[i].day != DAY_LAST;
	hide_few(&view->sums);
	if (!session_sees_small_figures(session))
		hide_small_counts(view);
	if (!session_may(session, USE_FEEDBACK_PICK))
		hide_unpicked(&view->texts);
	return true;
}

bool feedback_look(struct session *session, enum look look, struct month month, struct arena *arena,
	struct feedback_view *view, struct error *err)
{
	char detail[DAY_TEXT_SIZE];
	struct use use;
	bool ok;

	*view = (struct feedback_view) { 0 };
	if (look == LOOK_AGAIN)
		return use_check(session, USE_FEEDBACK_LOOK, NULL, err)
		       && read_view(session, month, arena, view, err);
	month_format_iso(month, detail);
	if (!use_begin(&use, session, USE_FEEDBACK_LOOK, detail, err))
		return false;
	ok = read_view(session, month, arena, view, err) && use_log(&use, 0, detail, err);
	ok = use_end(&use, ok, err);
	if (!ok)
		*view = (struct feedback_view) { 0 };
	return ok;
}

const char *feedback_text_id(const struct feedback_text *text, char to[FEEDBACK_TEXT_ID_SIZE])
{
	unsigned char digest[DIGEST_SIZE];
	char hex[DIGEST_HEX_SIZE], name[64];

	snprintf(name, sizeof(name), "%lld %d", (long long)text->feedback_id, text->position);
	digest_blake2b(name, strlen(name), digest);
	snprintf(to, FEEDBACK_TEXT_ID_SIZE, "%.8s", digest_hex(digest, hex));
	return to;
}

static bool pick(struct use *use, struct month month, const char *text_id, const char *picked,
	struct arena *arena, struct error *err)
{
	int from = month_first_day(month), until = month_first_day(month_add(month, 1)) - 1;
	struct feedback_text_list list;

	if (!store_feedback_texts(use->session->store, from, until, arena, &list, err))
		return false;
	for (size_t i = 0; i < list.count; i++) {
		char id[FEEDBACK_TEXT_ID_SIZE];

		if (strcmp(feedback_text_id(&list.items[i], id), text_id) != 0)
			continue;
		if (!picked)
			picked = list.items[i].text;
		return store_feedback_pick(
			&use->change, &list.items[i], *picked ? picked : NULL, err);
	}
	return error_set(err, ERROR_NOT_FOUND,
		_("no text of that month has the number %.20s; see \"kutsu feedback show\""),
		text_id);
}

bool feedback_pick(struct session *session, struct month month, const char *text_id,
	const char *picked, struct error *err)
{
	struct arena arena = { 0 };
	struct use use;
	bool ok;

	if (!field_check(_("text"), picked, FIELD_LONG, err)
		|| !use_begin(&use, session, USE_FEEDBACK_PICK, text_id, err))
		return false;
	ok = pick(&use, month, text_id, picked, &arena, err) && use_log(&use, 0, text_id, err);
	arena_release(&arena);
	return use_end(&use, ok, err);
}
