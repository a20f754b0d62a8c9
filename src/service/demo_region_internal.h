/* The fictitious region of the demonstration, as tables. All of it is invented. */
#ifndef KUTSU_SERVICE_DEMO_REGION_INTERNAL_H
#define KUTSU_SERVICE_DEMO_REGION_INTERNAL_H

#include "kutsu/base/date.h"
#include "kutsu/domain/case_ref.h"
#include "kutsu/domain/meeting.h"
#include "kutsu/domain/terms.h"
#include "kutsu/service/session.h"

#include <stddef.h>

struct arena;

#define DEMO_CALL_MOST_UNITS  4
#define DEMO_CALL_MOST_ADULTS 3

struct demo_municipality {
	const char *name, *area;
	int population;
};

struct demo_unit {
	const char *code, *name;
	enum sector sector;
	const char *area, *municipality;
};

struct demo_slot {
	const char *unit;
	int weekday;
	const char *start, *end; /* "12:00" */
	enum repeat repeat;
	const char *from;			   /* ISO day, or NULL */
	const char *place, *ready_person, *deputy; /* or NULL */
};

struct demo_closing {
	const char *unit, *from, *until, *reason;
};

/* What a unit said of a week's holes. */
struct demo_answer {
	const char *unit;
	const char *week;     /* one of its days */
	const char *answered; /* "2026-11-20T10:00" */
	enum readiness state;
	const char *note; /* or NULL; "{2026-11-25}" becomes that day as the region is shifted */
	bool is_coordinators;
};

struct demo_break {
	const char *name, *from, *until;
};

struct demo_call {
	const char *name;     /* "Y01" */
	const char *received; /* "2026-11-02T08:45" */
	enum call_source source;
	const char *caller, *concern;
	const char *municipality; /* or NULL */
	int birth_year;		  /* 0: none kept */
	const char *adults[DEMO_CALL_MOST_ADULTS];
	enum call_outcome outcome;
	const char *units[DEMO_CALL_MOST_UNITS]; /* needed */
	const char *consent_by, *consent_how;	 /* NULL: none */
	const char *language, *interpreter;	 /* or NULL */
	bool nondisclosure;
	const char *adds_to; /* the call whose case it adds to ("Y06"), or NULL */
};

struct demo_action {
	const char *who, *what;
	enum environment environment;
	const char *due; /* ISO day, or NULL */
};

#define DEMO_RECORD_MOST_ACTIONS 3

struct demo_record {
	const char *call; /* whose first meeting it records */
	const char *place;
	const char *adults[DEMO_CALL_MOST_ADULTS];
	enum known child_present, child_heard;
	const char *strengths, *vulnerabilities, *notes;
	struct demo_action actions[DEMO_RECORD_MOST_ACTIONS];
	const char *follow_up; /* its start, "2026-12-02T13:00" */
	const char *follow_up_place;
};

struct demo_account {
	const char *login, *title;
	enum role role;
	const char *unit; /* the contact's, or NULL */
};

extern const struct demo_municipality demo_municipalities[];
extern const struct demo_unit demo_units[];
extern const struct demo_slot demo_slots[];
extern const struct demo_closing demo_closings[];
extern const struct demo_answer demo_answers[];
extern const struct demo_break demo_breaks[];
extern const struct demo_call demo_calls[];
extern const struct demo_record demo_records[];
extern const struct demo_account demo_accounts[]; /* contacts are made from the units */
extern const size_t demo_municipality_count, demo_unit_count, demo_slot_count, demo_closing_count,
	demo_answer_count, demo_break_count, demo_call_count, demo_record_count, demo_account_count;

/* Those who are invited to a meeting are told; the units answer, as those invited to this call's
 * first meeting do. */
bool demo_tell(struct session *session, int64_t meeting_id, struct error *err) MUST_CHECK;
bool demo_answer(struct session *session, int64_t meeting_id, const char *call,
	struct error *err) MUST_CHECK;

/* What is said of the first meeting of a call, by number, one respondent's each. */
extern const size_t demo_feedback_count;
const char *demo_feedback_call(size_t i);
bool demo_feedback_give(struct session *session, size_t i, int64_t meeting_id, struct arena *arena,
	struct error *err) MUST_CHECK;
/* The units' of a month. */
bool demo_feedback_of_month(struct session *session, struct month month, struct arena *arena,
	struct error *err) MUST_CHECK;

/* The leadership groups' seats, one of them empty, and the goals. */
bool demo_learning_seats(struct session *session, struct error *err) MUST_CHECK;
/* Observations, each at its time; *grouped is its number where it is of the phenomenon, or 0. */
size_t demo_observation_count(void);
const char *demo_observation_at(size_t i);
bool demo_observe(
	struct session *session, size_t i, int64_t *grouped, struct error *err) MUST_CHECK;
/* The phenomenon of these, and what is tried. */
bool demo_initiate(struct session *session, const int64_t *ids, size_t count, int from_day,
	int until_day, struct error *err) MUST_CHECK;
bool demo_decide(struct session *session, int from_day, struct error *err) MUST_CHECK;

/* The code of a unit in one of the region's copies: "PNE-KES", "PNE-KES-2"... */
const char *demo_unit_code(struct arena *arena, const char *code, int copy);

#endif
