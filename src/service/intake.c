#include "kutsu/service/intake.h"

#include "inviting_internal.h"
#include "kutsu/base/date.h"
#include "kutsu/base/message.h"
#include "kutsu/domain/field.h"
#include "kutsu/domain/invitation.h"
#include "kutsu/store/case_store.h"
#include "kutsu/store/draft_store.h"
#include "service_internal.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define OLDEST_BIRTH_YEAR 1990

/* ISO 639-1: two letters. */
static bool check_language(const char *name, const char *code, struct error *err)
{
	if (!code
		|| (strlen(code) == 2 && islower((unsigned char)code[0])
			&& islower((unsigned char)code[1])))
		return true;
	return error_set(err, ERROR_INVALID,
		_("%s: \"%.10s\" is no language code; write two small letters as in fi, sv, ar"),
		name, code);
}

static bool check_email(const char *email, struct error *err)
{
	if (!field_check(_("e-mail"), email, FIELD_SHORT, err))
		return false;
	return !email || email_is_valid(email)
	       || error_set(err, ERROR_INVALID,
		       _("e-mail: \"%.60s\" is no address; write one as in name@example.fi"),
		       email);
}

static bool check_birth_year(struct session *session, int year, struct error *err)
{
	int now = day_to_civil(session_today(session)).year;

	if (year != 0 && (year < OLDEST_BIRTH_YEAR || year > now + 1))
		return error_set(err, ERROR_INVALID, _("birth year %d won't do; give %d to %d"),
			year, OLDEST_BIRTH_YEAR, now + 1);
	return true;
}

static bool check_adults(const struct intake *intake, struct error *err)
{
	for (size_t i = 0; i < intake->adult_count; i++) {
		if (!field_check_given(_("everyday adults"), intake->adults[i], FIELD_SHORT, err))
			return false;
	}
	return true;
}

bool intake_check(struct session *session, const struct intake *intake, struct error *err)
{
	if (intake->outcome == OUTCOME_MEETING
		&& (!field_check_given(_("caller"), intake->caller, FIELD_SHORT, err)
			|| !field_check_given(_("concern"), intake->concern, FIELD_LONG, err)))
		return false;
	/* Text that will not be kept is checked all the same: a code typed there is told. */
	return field_check(_("caller"), intake->caller, FIELD_SHORT, err)
	       && field_check(_("concern"), intake->concern, FIELD_LONG, err)
	       && field_check(_("phone"), intake->phone, FIELD_SHORT, err)
	       && check_email(intake->email, err)
	       && field_check(_("child"), intake->child, FIELD_SHORT, err)
	       && field_check(_("municipality"), intake->municipality, FIELD_SHORT, err)
	       && field_check(_("consent"), intake->consent_by, FIELD_SHORT, err)
	       && field_check(_("consent"), intake->consent_how, FIELD_SHORT, err)
	       && check_language(_("language"), intake->language, err)
	       && check_language(_("interpreter"), intake->interpreter, err)
	       && check_birth_year(session, intake->birth_year, err) && check_adults(intake, err);
}

/* What is known already stays; what the call adds is filled in. */
static void merge(struct case_ref *known, const struct intake *intake)
{
	struct family_limits none = family_limits_none();

	known->child = intake->child ? intake->child : known->child;
	known->birth_year = intake->birth_year ? intake->birth_year : known->birth_year;
	known->municipality = intake->municipality ? intake->municipality : known->municipality;
	known->language = intake->language ? intake->language : known->language;
	known->interpreter = intake->interpreter ? intake->interpreter : known->interpreter;
	known->email = intake->email ? intake->email : known->email;
	known->nondisclosure = known->nondisclosure || intake->nondisclosure;
	if (memcmp(&intake->limits, &none, sizeof(none)) != 0)
		known->limits = intake->limits;
}

static bool is_same_text(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

static bool is_same(const struct case_ref *a, const struct case_ref *b)
{
	return is_same_text(a->child, b->child) && a->birth_year == b->birth_year
	       && is_same_text(a->municipality, b->municipality)
	       && is_same_text(a->language, b->language)
	       && is_same_text(a->interpreter, b->interpreter) && is_same_text(a->email, b->email)
	       && a->nondisclosure == b->nondisclosure
	       && memcmp(&a->limits, &b->limits, sizeof(a->limits)) == 0;
}

/* What a colleague changed meanwhile is not written over unseen. */
static bool add_to_case(struct session *session, struct change *change, const struct intake *intake,
	struct arena *arena, struct case_ref *case_ref, struct error *err)
{
	struct case_ref known;

	if (!get_open_case(session, intake->case_code, arena, case_ref, err))
		return false;
	known = *case_ref;
	merge(case_ref, intake);
	if (is_same(case_ref, &known))
		return true;
	if (intake->case_revision && intake->case_revision != known.revision)
		return error_set(err, ERROR_CONFLICT,
			_("%.40s changed what is known of case %s first; look at it and decide"),
			known.changed_by ? known.changed_by : "?", known.code);
	return store_case_update(change, case_ref, session->user.id, session_now(session), err);
}

static bool open_case(struct session *session, struct change *change, const struct intake *intake,
	struct arena *arena, struct case_ref *case_ref, struct error *err)
{
	if (intake->case_code)
		return add_to_case(session, change, intake, arena, case_ref, err);
	*case_ref = (struct case_ref) { .opened_at = session_now(session),
		.limits = family_limits_none() };
	merge(case_ref, intake);
	return store_case_add(
		change, day_to_civil(session_today(session)).year, case_ref, arena, err);
}

static bool add_words(struct change *change, const struct intake *intake,
	const struct case_ref *case_ref, struct error *err)
{
	/* A case is found by the number alone, too: "0147" of "2026-0147". */
	const char *const texts[] = { case_ref->code, strchr(case_ref->code, '-') + 1,
		case_ref->child, intake->caller, intake->concern, intake->phone,
		case_ref->nondisclosure ? NULL : intake->municipality };

	/* The order may have come after the municipality was told. */
	if (case_ref->nondisclosure
		&& !store_case_remove_words(change, case_ref->id, case_ref->municipality, err))
		return false;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		if (texts[i] && !store_case_add_words(change, case_ref->id, texts[i], err))
			return false;
	}
	return store_case_add_signs(change, case_ref->id,
		&(struct caller_signs) {
			.phone = intake->phone, .child = intake->child, .caller = intake->caller },
		err);
}

static bool give_consent(struct use *use, const struct intake *intake, int64_t case_id,
	int64_t unit_id, struct error *err)
{
	return store_consent_give(&use->change, case_id, unit_id, intake->consent_by,
		       intake->consent_how, session_now(use->session), err)
	       && inviting_consent_given(use, case_id, unit_id, err);
}

static bool add_units(struct use *use, const struct intake *intake, const struct case_ref *case_ref,
	const struct unit_list *units, struct arena *arena, struct error *err)
{
	struct session *session = use->session;
	struct change *change = &use->change;
	struct consent_list consents;

	if (!store_consent_list(session->store, case_ref->id, arena, &consents, err))
		return false;
	for (size_t i = 0; i < units->count; i++) {
		const struct unit *unit = &units->items[i];

		if (!store_case_add_needed_unit(change, case_ref->id, unit->id, err))
			return false;
		if (intake->consent_by && !consent_is_in_force(&consents, unit->code)
			&& !give_consent(use, intake, case_ref->id, unit->id, err))
			return false;
	}
	return true;
}

static bool add_adults(
	struct change *change, const struct intake *intake, int64_t case_id, struct error *err)
{
	for (size_t i = 0; i < intake->adult_count; i++) {
		if (!store_case_add_adult(change, case_id, intake->adults[i], err))
			return false;
	}
	return true;
}

/* A family waits from the moment the phone rang, not from when the form was finished. */
static bool read_received(
	struct session *session, const struct intake *intake, int64_t *at, struct error *err)
{
	*at = 0;
	if (intake->draft_id && !store_draft_started(session->store, intake->draft_id, at, err))
		return false;
	if (!*at)
		*at = session_now(session);
	return true;
}

static bool add_call(struct use *use, const struct intake *intake, const struct case_ref *case_ref,
	struct intake_result *result, struct error *err)
{
	struct session *session = use->session;
	struct call call = { .source = intake->source, .outcome = intake->outcome };
	int64_t case_id = case_ref ? case_ref->id : 0;

	if (!read_received(session, intake, &call.received_at, err))
		return false;
	if (intake->outcome != OUTCOME_NOTIFICATION) {
		call.caller = intake->caller;
		call.phone = intake->phone;
		call.concern = intake->concern;
	}
	if (!store_call_add(&use->change, &call, case_id, session->user.id, err))
		return false;
	result->call_id = call.id;
	return use_log(use, case_id, NULL, err);
}

static bool add_call_units(
	struct change *change, int64_t call_id, const struct unit_list *units, struct error *err)
{
	for (size_t i = 0; i < units->count; i++) {
		if (!store_call_add_unit(change, call_id, units->items[i].id, err))
			return false;
	}
	return true;
}

static bool take_for_meeting(struct use *use, const struct intake *intake, struct arena *arena,
	struct intake_result *result, struct error *err)
{
	struct session *session = use->session;
	struct change *change = &use->change;
	struct case_ref case_ref;
	struct unit_list units;

	if (!open_case(session, change, intake, arena, &case_ref, err)
		|| !add_adults(change, intake, case_ref.id, err)
		|| !add_words(change, intake, &case_ref, err)
		|| !get_units(session, intake->units, intake->unit_count, UNITS_ACTIVE, arena,
			&units, err)
		|| !add_units(use, intake, &case_ref, &units, arena, err)
		|| !add_call(use, intake, &case_ref, result, err)
		|| !add_call_units(change, result->call_id, &units, err))
		return false;
	snprintf(result->case_code, sizeof(result->case_code), "%s", case_ref.code);
	return !intake->booking || book(use, intake->booking, &case_ref, &result->meeting_id, err);
}

/* A draft that a colleague has taken over, or finished, is not made a second case of. */
static bool finish_draft(struct change *change, const struct intake *intake, struct error *err)
{
	bool removed;

	if (!store_draft_remove(change, intake->draft_id, intake->writer, &removed, err))
		return false;
	return removed
	       || error_set(err, ERROR_CONFLICT,
		       _("a colleague has taken the draft over or finished it"));
}

bool intake_take(struct session *session, const struct intake *intake, struct intake_result *result,
	struct error *err)
{
	struct arena arena = { 0 };
	struct use use;
	bool ok;

	*result = (struct intake_result) { 0 };
	if (!intake_check(session, intake, err)
		|| !use_begin(&use, session, USE_CALL_TAKE, intake->case_code, err))
		return false;
	if (intake->outcome == OUTCOME_MEETING)
		ok = take_for_meeting(&use, intake, &arena, result, err);
	else
		ok = add_call(&use, intake, NULL, result, err);
	if (ok && intake->draft_id)
		ok = finish_draft(&use.change, intake, err);
	arena_release(&arena);
	ok = use_end(&use, ok, err);
	if (!ok)
		*result = (struct intake_result) { 0 };
	return ok;
}
