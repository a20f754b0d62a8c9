/* Years of generated past for the demonstration region: calls, meetings and their records. */
#include "demo_region_internal.h"
#include "kutsu/base/date.h"
#include "kutsu/domain/holiday.h"
#include "kutsu/service/booking.h"
#include "kutsu/service/casework.h"
#include "kutsu/service/feedback.h"
#include "kutsu/service/finder.h"
#include "kutsu/service/intake.h"
#include "region_internal.h"

#include <stdlib.h>
#include <string.h>

#define CALLS_A_YEAR	2000
#define WORKDAYS_A_YEAR 250
#define MEETING_SHARE	35 /* per cent of calls that need one */
#define UNITS_MOST	3

/* One history under way. */
struct history {
	struct session *session;
	uint64_t random;
	uint64_t opinions; /* a second stream: what is said changes nothing of what happens */
	int copy, until_day;
	struct arena arena; /* of the call in hand */
};

/* A meeting that waits for its day to come and be recorded. */
struct pending {
	int64_t meeting_id;
	int day, end, unit_count;
	char case_code[CASE_CODE_SIZE];
	char units[UNITS_MOST][UNIT_CODE_LONGEST + 1];
};

struct pending_list {
	struct pending *items;
	size_t count;
	struct arena arena;
};

/* SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every machine. */
static uint64_t next_of(uint64_t *stream)
{
	uint64_t z = *stream += 0x9E3779B97F4A7C15u;

	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return z ^ (z >> 31);
}

static uint64_t next_random(struct history *history)
{
	return next_of(&history->random);
}

static int pick(struct history *history, int count)
{
	return (int)(next_random(history) % (uint64_t)count);
}

static bool chance(struct history *history, int per_cent)
{
	return pick(history, 100) < per_cent;
}

static const struct demo_municipality *pick_municipality(struct history *history)
{
	int total = 0, at;

	for (size_t i = 0; i < demo_municipality_count; i++)
		total += demo_municipalities[i].population;
	at = pick(history, total);
	for (size_t i = 0; i < demo_municipality_count; i++) {
		at -= demo_municipalities[i].population;
		if (at < 0)
			return &demo_municipalities[i];
	}
	return &demo_municipalities[0];
}

/* Whether two units have promised an hour of the same weekday. */
static bool share_an_hour(const char *a, const char *b)
{
	for (size_t i = 0; i < demo_slot_count; i++) {
		for (size_t j = 0; strcmp(demo_slots[i].unit, a) == 0 && j < demo_slot_count; j++) {
			const struct demo_slot *x = &demo_slots[i], *y = &demo_slots[j];
			const char *start = strcmp(x->start, y->start) > 0 ? x->start : y->start;
			const char *end = strcmp(x->end, y->end) < 0 ? x->end : y->end;
			int from = 0, until = 0;

			if (strcmp(y->unit, b) == 0 && x->weekday == y->weekday
				&& minute_parse(start, &from) && minute_parse(end, &until)
				&& until - from >= MEETING_MINUTES_DEFAULT)
				return true;
		}
	}
	return false;
}

/* Two or three different units that serve the area; most of them can meet. */
static int pick_units(struct history *history, const char *area, const char *units[UNITS_MOST])
{
	const char *picked[UNITS_MOST]; /* codes of the region's first copy */
	int wanted = 2 + pick(history, 2), count = 0;

	for (int tries = 0; count < wanted && tries < 400; tries++) {
		const struct demo_unit *unit = &demo_units[pick(history, (int)demo_unit_count)];
		const char *code = demo_unit_code(&history->arena, unit->code, history->copy);
		bool serves = strcmp(unit->area, area) == 0
			      || (strcmp(unit->area, "MK") == 0 && chance(history, 30));

		for (int i = 0; i < count; i++)
			serves = serves && strcmp(units[i], code) != 0
				 && (share_an_hour(picked[i], unit->code) || chance(history, 5));
		if (serves) {
			picked[count] = unit->code;
			units[count++] = code;
		}
	}
	return count;
}

static enum call_outcome pick_outcome(struct history *history)
{
	int at = pick(history, 100);

	if (at < MEETING_SHARE)
		return OUTCOME_MEETING;
	return at < 85 ? OUTCOME_ADVICE : at < 95 ? OUTCOME_DISCUSSION : OUTCOME_NOTIFICATION;
}

static const char *pick_concern(struct history *history)
{
	static const char *const who[] = { "Lapsi", "Nuori", "Koululainen", "Esikoululainen",
		"Perheen kuopus", "Sisarukset" };
	static const char *const what[] = { "on jäänyt pois ryhmästä", "valvoo iltaisin myöhään",
		"jännittää koulumatkoja", "on ollut paljon poissa", "riitelee usein välitunneilla",
		"kaipaa kavereita ja harrastusta", "on ollut alakuloinen" };
	static const char *const since[] = { "muuton jälkeen", "syksyn aikana", "eron jälkeen",
		"kun vanhempi sairastui", "uuden ryhmän alettua", "koko kevään" };
	static const char *const wish[] = { "Toivotaan yhteistä tapaamista.",
		"Opettaja ja vanhempi pyytävät apua.", "Perhe toivoo tukea arkeen.",
		"Sovittiin, että palveluja kutsutaan mukaan." };

	return arena_printf(&history->arena, "%s %s %s. %s", who[pick(history, 6)],
		what[pick(history, 7)], since[pick(history, 6)], wish[pick(history, 4)]);
}

static const char *pick_caller(struct history *history, enum call_source source)
{
	static const char *const callers[SOURCES][2] = {
		[SOURCE_FAMILY] = { "vanhempi (äiti)", "vanhempi (isä)" },
		[SOURCE_YOUNG_PERSON] = { "nuori itse", "nuori itse" },
		[SOURCE_EARLY_EDUCATION] = { "varhaiskasvatus", "varhaiskasvatus (johtaja)" },
		[SOURCE_SCHOOL] = { "koulu (luokanopettaja)", "koulu (rehtori)" },
		[SOURCE_HEALTH] = { "neuvola", "kouluterveydenhoitaja" },
		[SOURCE_SOCIAL] = { "perhesosiaalityö", "perheneuvola" },
		[SOURCE_ADULT_SERVICES] = { "aikuisten mielenterveyspalvelut", "päihdepalvelut" },
		[SOURCE_NGO] = { "järjestö", "seurakunta" },
		[SOURCE_OTHER] = { "isovanhempi", "etsivä nuorisotyö" },
	};

	return callers[source][pick(history, 2)];
}

static const char *pick_child(struct history *history)
{
	static const char letters[] = "AEHIJKLMNOPRSTV";

	return arena_printf(
		&history->arena, "%c. %c.", letters[pick(history, 15)], letters[pick(history, 15)]);
}

static bool book_first(struct history *history, const struct intake *intake, const char *case_code,
	struct pending *pending, struct error *err)
{
	struct hole_query query = { .units = intake->units,
		.unit_count = intake->unit_count,
		.minutes = MEETING_MINUTES_DEFAULT,
		.first_day = session_today(history->session),
		.weeks = 12,
		.notice = NOTICE_DEFAULT,
		.limits = family_limits_none(),
		.limit = 1,
		.searcher = arena_printf(
			&history->arena, "call %llu", (unsigned long long)history->random) };
	struct hole_answer answer;
	bool ok = find_holes(history->session, &query, &history->arena, &answer, err);

	/* The region's own calls find their days as empty as their tables say. */
	if (ok && answer.found.hole_count && answer.found.holes[0].day < history->until_day) {
		struct booking booking = { .case_code = case_code,
			.units = intake->units,
			.unit_count = intake->unit_count,
			.day = answer.found.holes[0].day,
			.start = answer.found.holes[0].start,
			.minutes = MEETING_MINUTES_DEFAULT };

		ok = booking_make(history->session, &booking, &pending->meeting_id, err);
		pending->day = booking.day;
		pending->end = booking.start + booking.minutes;
	}
	hole_answer_release(&answer);
	if (ok && !pending->meeting_id)
		return case_close(history->session, case_code,
			"yhteistä reikää ei löytynyt, yksiköt ottivat yhteyttä erikseen", err);
	return ok;
}

/* Some call again before they have met, and some of those get another coordinator. */
#define AGAIN_SHARE   8 /* per cent of calls that need a meeting */
#define ANOTHER_TAKES 40

static const struct pending *pick_again(struct history *history, const struct pending_list *list)
{
	if (!list->count || next_of(&history->opinions) % 100 >= AGAIN_SHARE)
		return NULL;
	return &list->items[next_of(&history->opinions) % list->count];
}

static bool call_again(struct history *history, struct intake *intake,
	const struct pending *pending, struct error *err)
{
	struct identity identity = history->session->identity;
	const char *units[UNITS_MOST];
	struct intake_result result;
	bool ok;

	for (int i = 0; i < pending->unit_count; i++)
		units[i] = pending->units[i];
	intake->units = units;
	intake->unit_count = (size_t)pending->unit_count;
	intake->case_code = pending->case_code;
	intake->consent_by = intake->consent_how = NULL;
	if (next_of(&history->opinions) % 100 < ANOTHER_TAKES)
		history->session->identity.login = "koord-2";
	ok = intake_take(history->session, intake, &result, err);
	history->session->identity = identity;
	return ok;
}

static bool take_call(struct history *history, const struct pending_list *list,
	struct pending *pending, struct error *err)
{
	static const enum call_source sources[] = { SOURCE_FAMILY, SOURCE_FAMILY, SOURCE_SCHOOL,
		SOURCE_SCHOOL, SOURCE_EARLY_EDUCATION, SOURCE_HEALTH, SOURCE_SOCIAL,
		SOURCE_ADULT_SERVICES, SOURCE_YOUNG_PERSON, SOURCE_NGO, SOURCE_OTHER };
	const struct demo_municipality *municipality = pick_municipality(history);
	int year = day_to_civil(session_today(history->session)).year;
	const char *units[UNITS_MOST];
	struct intake intake = {
		.source = sources[pick(history, (int)(sizeof(sources) / sizeof(sources[0])))],
		.outcome = pick_outcome(history),
		.concern = pick_concern(history),
		.child = pick_child(history),
		.municipality = municipality->name,
		.birth_year = year - pick(history, 18),
		.limits = family_limits_none(),
		.units = units,
		.consent_by = "huoltaja",
		.consent_how = "kirjallinen",
	};
	struct intake_result result;
	const struct pending *again;

	*pending = (struct pending) { 0 };
	intake.caller = pick_caller(history, intake.source);
	intake.unit_count = (size_t)pick_units(history, municipality->area, units);
	again = intake.outcome == OUTCOME_MEETING ? pick_again(history, list) : NULL;
	if (again)
		return call_again(history, &intake, again, err);
	if (!intake_take(history->session, &intake, &result, err))
		return false;
	if (intake.outcome != OUTCOME_MEETING)
		return true;
	strcpy(pending->case_code, result.case_code);
	pending->unit_count = (int)intake.unit_count;
	for (size_t i = 0; i < intake.unit_count; i++)
		strcpy(pending->units[i], units[i]);
	return book_first(history, &intake, result.case_code, pending, err);
}

static bool record(struct history *history, const struct pending *pending, struct error *err)
{
	static const char *const what[] = { "sama iltarytmi joka arki", "kuvallinen viikko-ohjelma",
		"yhteinen käynti perheneuvolassa", "kaverituki välitunneille",
		"harrastuksen kokeilu", "aamusoitto kahden viikon ajan" };
	static const char *const who[] = { "vanhemmat", "luokanopettaja", "kuraattori",
		"perheohjaaja", "terveydenhoitaja", "psykologi" };
	static const char *const adults[] = { "äiti", "isä", "luokanopettaja" };
	struct agreed_action actions[3] = { 0 };
	const char *units[UNITS_MOST];
	struct meeting_record made = {
		.attended = units,
		.attended_count = (size_t)pending->unit_count,
		.adults = adults,
		.adult_count = 1 + (size_t)pick(history, 3),
		.child_present = chance(history, 45) ? KNOWN_YES : KNOWN_NO,
		.child_heard = chance(history, 70) ? KNOWN_YES : KNOWN_NO,
		.strengths = "hyviä hetkiä arjessa, yksi hyvä ystävä",
		.vulnerabilities = "aamut ja siirtymät",
		.actions = actions,
		.action_count = 1 + (size_t)pick(history, 3),
		.follow_up_needed = KNOWN_NO,
		.follow_up_reason = "sovitut toimet riittävät",
	};

	for (int i = 0; i < pending->unit_count; i++)
		units[i] = pending->units[i];
	for (size_t i = 0; i < made.action_count; i++)
		actions[i] = (struct agreed_action) { .who = who[pick(history, 6)],
			.what = what[pick(history, 6)],
			.environment = (enum environment)pick(history, ENVIRONMENTS),
			.due_day = pending->day + 7 + pick(history, 35),
			.done = chance(history, 97) };
	return meeting_record_make(history->session, pending->meeting_id, &made, err)
	       && case_close(
		       history->session, pending->case_code, "sovittu arjen tuki riittää", err);
}

/* One respondent in so many of a hundred answers; 4 and 5 more often than less. */
static bool say(struct history *history, const struct pending *pending, const char *code,
	enum respondent respondent, const char *unit, int per_cent, struct error *err)
{
	struct feedback_answer answers[FEEDBACK_QUESTIONS] = { 0 };
	struct feedback feedback = { .form = code,
		.respondent = respondent,
		.meeting_id = pending->meeting_id,
		.unit = unit,
		.number = 1,
		.answers = answers };
	struct feedback_form form;
	int64_t id;

	if ((int)(next_of(&history->opinions) % 100) >= per_cent)
		return true;
	if (!feedback_form_get(history->session, code, &history->arena, &form, err))
		return false;
	for (size_t i = 0; i < form.question_count; i++) {
		int most = scale_most(form.questions[i].scale);
		int below = (int)(next_of(&history->opinions) % 9 / 2);

		answers[i] = (struct feedback_answer) {
			.is_given = form.questions[i].scale != SCALE_TEXT,
			.is_known = below < most && next_of(&history->opinions) % 20 > 0,
			.value = most - below,
		};
	}
	answers[0].is_known = true;
	answers[0].value = answers[0].value < 1 ? 1 : answers[0].value;
	return feedback_add(history->session, &feedback, &id, err);
}

static bool say_all(struct history *history, const struct pending *pending, struct error *err)
{
	bool ok = say(history, pending, "family", RESPONDENT_GUARDIAN, NULL, 55, err)
		  && say(history, pending, "child", RESPONDENT_CHILD, NULL, 20, err);

	for (int i = 0; ok && i < pending->unit_count; i++)
		ok = say(history, pending, "worker", RESPONDENT_WORKER, pending->units[i], 35, err);
	return ok;
}

static void set_clock(struct history *history, int day, int minute)
{
	history->session->clock =
		(struct clock) { .is_fixed = true, .fixed_at = zone_to_moment(day, minute) };
}

/* Records the meetings that are over by the end of `day`. */
static bool record_due(
	struct history *history, struct pending_list *list, int day, struct error *err)
{
	size_t kept = 0;
	bool ok = true;

	for (size_t i = 0; i < list->count; i++) {
		const struct pending *pending = &list->items[i];

		if (!ok || pending->day > day) {
			list->items[kept++] = *pending;
			continue;
		}
		set_clock(history, pending->day, pending->end);
		ok = record(history, pending, err) && say_all(history, pending, err);
		arena_reset(&history->arena);
	}
	list->count = kept;
	return ok;
}

static bool live_day(struct history *history, struct pending_list *list, int day, struct error *err)
{
	int calls = CALLS_A_YEAR / WORKDAYS_A_YEAR - 3 + pick(history, 7);
	int minute = 8 * 60;

	for (int i = 0; i < calls; i++) {
		struct pending pending;

		minute += 5 + pick(history, 480 / (calls + 1));
		set_clock(history, day, minute);
		if (!take_call(history, list, &pending, err))
			return false;
		if (pending.meeting_id) {
			list->items = arena_append(
				&list->arena, list->items, &list->count, sizeof(pending));
			list->items[list->count - 1] = pending;
		}
		arena_reset(&history->arena);
	}
	return record_due(history, list, day, err);
}

bool demo_add_history(struct session *session, const struct demo_options *options, int until_day,
	struct error *err)
{
	struct history history = {
		.session = session,
		.random = options->seed + 1,
		.opinions = options->seed + 2,
		.until_day = until_day,
	};
	struct pending_list list = { 0 };
	struct clock clock = session->clock;
	int first_day = until_day - options->years * 365;
	bool ok = true;

	for (int day = first_day; ok && day < until_day; day++) {
		for (int copy = 0; ok && copy < options->scale && day_is_working_day(day); copy++) {
			history.copy = copy;
			ok = live_day(&history, &list, day, err);
		}
	}
	arena_release(&list.arena);
	arena_release(&history.arena);
	session->clock = clock;
	return ok;
}
