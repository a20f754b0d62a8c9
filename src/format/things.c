#include "kutsu/format/row.h"

#include "kutsu/base/arena.h"

/* The keys are written down in the manual page, section JSON. */

/* A text that purging left empty is not known. */
static void add_unpurged(struct row *row, const char *key, const char *text)
{
	row_add_text(row, key, text && *text ? text : NULL);
}

void row_of_unit(struct row *row, const struct unit *unit)
{
	row_add_text(row, "code", unit->code);
	row_add_text(row, "name", unit->name);
	row_add_text(row, "sector", term_code(&sector_terms, unit->sector));
	row_add_text(row, "area", unit->area);
	row_add_text(row, "municipality", unit->municipality);
	row_add_boolean(row, "school_based", unit->school_based);
	row_add_boolean(row, "active", unit->active);
}

void row_of_slot(struct row *row, const struct slot *slot)
{
	if (slot->id)
		row_add_integer(row, "id", slot->id);
	else
		row_add_null(row, "id"); /* it is not there yet */
	row_add_text(row, "unit", slot->unit);
	row_add_integer(row, "weekday", slot->weekday);
	row_add_minute(row, "start", slot->start);
	row_add_minute(row, "end", slot->end);
	row_add_text(row, "repeat", term_code(&repeat_terms, slot->repeat));
	row_add_day(row, "from", slot->from_day);
	row_add_day(row, "until", slot->until_day);
	row_add_integer(row, "capacity", slot->capacity);
	row_add_text(row, "person", slot->ready_person);
	row_add_text(row, "deputy", slot->deputy);
	row_add_text(row, "place", slot->place);
}

void row_of_closing(struct row *row, const struct closing *closing)
{
	row_add_text(row, "unit", closing->unit);
	row_add_day(row, "from", closing->from_day);
	row_add_day(row, "until", closing->until_day);
	row_add_text(row, "reason", closing->reason);
	if (closing->end) {
		row_add_minute(row, "start", closing->start);
		row_add_minute(row, "end", closing->end);
	}
}

void row_of_opening(struct row *row, const struct opening *opening)
{
	row_add_text(row, "unit", opening->unit);
	row_add_day(row, "date", opening->day);
	row_add_minute(row, "start", opening->start);
	row_add_minute(row, "end", opening->end);
}

void row_of_school_break(struct row *row, const struct school_break *school_break)
{
	row_add_text(row, "name", school_break->name);
	row_add_day(row, "from", school_break->from_day);
	row_add_day(row, "until", school_break->until_day);
	row_add_text(row, "municipality", school_break->municipality);
}

/* Who said so, when, and what for; `otherwise` where nobody has said anything. */
static void add_answer(
	struct row *row, const struct readiness_answer *answer, const char *otherwise)
{
	bool is_said = answer && answer->state != READINESS_UNCONFIRMED;

	row_add_text(row, "confirmed_by", is_said ? answer->answered_by : NULL);
	row_add_moment(row, "confirmed_at", is_said ? answer->answered_at : 0);
	row_add_text(row, "note", answer && answer->note ? answer->note : otherwise);
}

void row_of_occurrence(struct row *row, const char *unit, const struct occurrence *occurrence)
{
	const struct readiness_answer *answer = occurrence->answer;
	const struct closing *closing = occurrence->closing;

	row_add_text(row, "unit", unit);
	row_add_wall(row, "start", occurrence->day, occurrence->start);
	row_add_wall(row, "end", occurrence->day, occurrence->end);
	row_add_text(row, "state", term_code(&occurrence_terms, occurrence->state));
	row_add_integer(row, "booked", occurrence->booked);
	row_add_integer(row, "capacity", occurrence->capacity);
	row_add_text(row, "readiness", term_code(&readiness_terms, (int)occurrence->readiness));
	add_answer(row, answer, closing ? closing->reason : NULL);
	row_add_text(row, "person", occurrence_person(occurrence));
	row_add_text(row, "place", occurrence_place(occurrence));
}

void row_of_no_occurrence(struct row *row, const char *unit, const struct readiness_answer *answer)
{
	row_add_text(row, "unit", unit);
	row_add_null(row, "start");
	row_add_null(row, "end");
	row_add_text(row, "state", term_code(&occurrence_terms, OCCURRENCE_CLOSED));
	row_add_integer(row, "booked", 0);
	row_add_integer(row, "capacity", 0);
	row_add_text(row, "readiness", term_code(&readiness_terms, READINESS_NONE));
	add_answer(row, answer, NULL);
	row_add_null(row, "person");
	row_add_null(row, "place");
}

void row_of_call(struct row *row, const struct call *call)
{
	row_add_integer(row, "id", call->id);
	row_add_text(row, "case", call->case_code);
	row_add_moment(row, "received", call->received_at);
	row_add_text(row, "from", term_code(&source_terms, call->source));
	row_add_text(row, "caller", call->caller);
	row_add_text(row, "concern", call->concern);
	row_add_text(row, "outcome", term_code(&outcome_terms, call->outcome));
}

static void add_birth_year(struct row *row, int birth_year)
{
	if (birth_year)
		row_add_integer(row, "birth_year", birth_year);
	else
		row_add_null(row, "birth_year");
}

void row_of_case(struct row *row, const struct case_ref *case_ref)
{
	row_add_text(row, "code", case_ref->code);
	row_add_moment(row, "opened", case_ref->opened_at);
	row_add_text(row, "status", term_code(&case_status_terms, case_ref->status));
	row_add_text(row, "child", case_ref->child);
	add_birth_year(row, case_ref->birth_year);
	row_add_text(row, "municipality", case_shown_municipality(case_ref));
	row_add_text(row, "concern", case_ref->concern);
	row_add_list(row, "adults", case_ref->adults, case_ref->adult_count);
	row_add_moment(row, "closed", case_ref->closed_at);
	add_unpurged(row, "closed_reason", case_ref->closed_reason);
	row_add_text(row, "language", case_ref->language);
	row_add_text(row, "interpreter", case_ref->interpreter);
	row_add_boolean(row, "non_disclosure", case_ref->nondisclosure);
	row_add_moment(row, "purged", case_ref->purged_at);
}

void row_of_meeting(struct row *row, const struct meeting *meeting)
{
	row_add_integer(row, "id", meeting->id);
	row_add_text(row, "case", meeting->case_code);
	row_add_text(row, "kind", term_code(&meeting_kind_terms, meeting->kind));
	row_add_wall(row, "start", meeting->day, meeting->start);
	row_add_wall(row, "end", meeting->day, meeting->end);
	row_add_text(row, "place", meeting_shown_place(meeting));
	row_add_text(row, "status", term_code(&meeting_status_terms, meeting->status));
	row_add_list(row, "units", meeting->units, meeting->unit_count);
}

void row_of_action(struct row *row, const struct agreed_action *action)
{
	row_add_integer(row, "id", action->id);
	row_add_integer(row, "meeting", action->meeting_id);
	row_add_text(row, "case", action->case_code);
	add_unpurged(row, "who", action->who);
	add_unpurged(row, "what", action->what);
	row_add_text(row, "where", term_code(&environment_terms, action->environment));
	row_add_day(row, "due", action->due_day);
	row_add_boolean(row, "done", action->done);
}

static void add_known(struct row *row, const char *key, enum known known)
{
	if (known == KNOWN_NOT)
		row_add_null(row, key);
	else
		row_add_boolean(row, key, known == KNOWN_YES);
}

void row_of_record(struct row *row, const struct meeting_record *record)
{
	row_add_list(row, "attended", record->attended, record->attended_count);
	row_add_list(row, "absent", record->absent, record->absent_count);
	row_add_list(row, "adults", record->adults, record->adult_count);
	row_add_text(row, "facilitator", record->facilitator);
	add_known(row, "child_present", record->child_present);
	add_known(row, "child_heard", record->child_heard);
	row_add_text(row, "strengths", record->strengths);
	row_add_text(row, "vulnerabilities", record->vulnerabilities);
	row_add_text(row, "notes", record->notes);
}

void row_of_follow_up(struct row *row, const struct meeting_record *record)
{
	add_known(row, "needed", record->follow_up_needed);
	if (record->follow_up_within_weeks)
		row_add_integer(row, "within_weeks", record->follow_up_within_weeks);
	else
		row_add_null(row, "within_weeks");
	row_add_text(row, "reason", record->follow_up_reason);
}

void row_of_consent(struct row *row, const struct consent *consent)
{
	row_add_text(row, "unit", consent->unit);
	add_unpurged(row, "given_by", consent->given_by);
	row_add_text(row, "how", consent->how);
	row_add_moment(row, "given", consent->given_at);
	row_add_moment(row, "withdrawn", consent->withdrawn_at);
}

void row_of_invitation(struct row *row, const struct invitation *invitation)
{
	bool is_counter = invitation->answer == ANSWER_COUNTER;

	row_add_text(row, "unit", invitation->unit);
	row_add_text(row, "answer", term_code(&answer_terms, (int)invitation->answer));
	row_add_text(row, "reason",
		invitation->reason == DECLINE_UNTOLD
			? NULL
			: term_code(&decline_reason_terms, (int)invitation->reason));
	row_add_text(row, "note", invitation->note);
	if (is_counter)
		row_add_wall(row, "counter", invitation->counter_day, invitation->counter_start);
	else
		row_add_null(row, "counter");
	row_add_boolean(row, "consent", invitation->has_consent);
	row_add_boolean(row, "cancelled", invitation->is_off);
	row_add_integer(row, "sequence", invitation->sequence);
	row_add_moment(row, "sent", invitation->sent_at);
	row_add_moment(row, "answered", invitation->answered_at);
	row_add_text(row, "answered_by", invitation->answered_by);
}

void row_of_message(struct row *row, const struct message *message)
{
	row_add_integer(row, "id", message->id);
	row_add_integer(row, "meeting", message->meeting_id);
	row_add_text(row, "unit", message->unit);
	row_add_text(row, "to", message->to);
	row_add_text(row, "kind", term_code(&message_kind_terms, (int)message->kind));
	row_add_text(row, "state", term_code(&message_state_terms, (int)message->state));
	row_add_integer(row, "attempts", message->attempts);
	row_add_text(row, "error", message->error);
	row_add_integer(row, "sequence", message->sequence);
	row_add_text(row, "message_id", message->message_id);
	row_add_moment(row, "created", message->created_at);
	row_add_moment(row, "sent", message->sent_at);
}

void row_of_user(struct row *row, const struct user *user)
{
	const char **codes = arena_new(row->arena, ROLES * sizeof(*codes));
	size_t count = 0;

	for (int role = 0; role < ROLES; role++) {
		if (user->roles & 1u << role)
			codes[count++] = term_code(&role_terms, role);
	}
	row_add_text(row, "login", user->login);
	row_add_text(row, "title", user->title);
	row_add_list(row, "roles", codes, count);
	row_add_list(row, "units", user->units, user->unit_count);
	row_add_boolean(row, "active", user->active);
	row_add_integer(row, "keys", user->key_count);
}

void row_of_user_key(struct row *row, const struct user_key *key)
{
	row_add_text(row, "fingerprint", key->fingerprint);
	row_add_text(row, "type", key->type);
	row_add_text(row, "comment", key->comment);
	row_add_moment(row, "added", key->added_at);
}

void row_of_log_row(struct row *row, const struct log_row *l)
{
	char hex[DIGEST_HEX_SIZE];

	row_add_integer(row, "id", l->id);
	row_add_utc(row, "at", l->at);
	row_add_boolean(row, "clock_fixed", l->clock_fixed);
	row_add_text(row, "login", l->login);
	row_add_text(row, "account", l->account);
	row_add_text(row, "origin", l->origin);
	row_add_text(row, "role", l->role);
	row_add_text(row, "use_case", l->use_case);
	row_add_text(row, "outcome", l->is_refused ? "refused" : "done");
	row_add_text(row, "case", l->case_code);
	row_add_text(row, "detail", l->detail);
	row_add_text(row, "reason", l->reason);
	row_add_text(row, "basis", l->basis);
	row_add_text(row, "recipient", l->recipient);
	row_add_text(row, "hash", arena_text(row->arena, digest_hex(l->hash, hex)));
}
