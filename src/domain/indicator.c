#include "kutsu/domain/indicator.h"

#include "kutsu/base/message.h"
#include "kutsu/domain/suppression.h"

#include <assert.h>
#include <strings.h>

#define UP   DIRECTION_UP
#define DOWN DIRECTION_DOWN
#define NONE DIRECTION_NONE

static const struct {
	const char *code, *label;
} conditions[CONDITIONS] = {
	[CONDITION_HEADLINE] = { "headline", N_("The three figures") },
	[CONDITION_COMMON_AGENDA] = { "common_agenda", N_("Common agenda") },
	[CONDITION_SHARED_MEASUREMENT] = { "shared_measurement", N_("Shared measurement") },
	[CONDITION_REINFORCING_ACTIVITIES] = { "reinforcing_activities",
		N_("Mutually reinforcing activities") },
	[CONDITION_CONTINUOUS_COMMUNICATION] = { "continuous_communication",
		N_("Continuous communication") },
	[CONDITION_BACKBONE_SUPPORT] = { "backbone_support", N_("Backbone support") },
};

struct spec {
	const char *code, *label, *definition; /* source texts */
	enum condition condition;
	enum indicator_kind kind;
	enum direction direction;
	bool is_of_units;
};

static const struct spec specs[INDICATORS] = {
	[INDICATOR_ACCESSIBILITY] = { "accessibility", N_("accessibility of services"),
		N_("Of the families whose first call came in the month and who needed a meeting: "
		   "how many met, or will meet, within 14 days of the call."),
		CONDITION_HEADLINE, INDICATOR_SHARE, UP, false },
	[INDICATOR_SATISFACTION] = { "satisfaction", N_("client satisfaction"),
		N_("The mean of the statements, 1 to 5, in the feedback that guardians and young "
		   "people gave in the month."),
		CONDITION_HEADLINE, INDICATOR_MEAN, UP, false },
	[INDICATOR_CHILD_PARTICIPATION] = { "child_participation", N_("children's participation"),
		N_("Of the month's recorded meetings whose record tells of it: in how many the "
		   "child was there or was heard."),
		CONDITION_HEADLINE, INDICATOR_SHARE, UP, false },

	[INDICATOR_CALLS] = { "calls", N_("calls"), N_("Calls that came in the month."),
		CONDITION_COMMON_AGENDA, INDICATOR_COUNT, NONE, false },
	[INDICATOR_NEEDING_MEETING] = { "needing_meeting", N_("calls that needed a meeting"),
		N_("Calls of the month that led to a case, or added to one."),
		CONDITION_COMMON_AGENDA, INDICATOR_COUNT, NONE, false },
	[INDICATOR_REPEAT_CALLS] = { "repeat_calls", N_("calls again within 90 days"),
		N_("Of the month's calls that needed a meeting: how many came within 90 days of an "
		   "earlier call of the same case."),
		CONDITION_COMMON_AGENDA, INDICATOR_SHARE, DOWN, false },
	[INDICATOR_HANDOFFS] = { "handoffs", N_("hand-offs per case"),
		N_("Of the cases with a call in the month: how many workers have taken their calls "
		   "until the month's end, less one; the mean. One contact is none."),
		CONDITION_COMMON_AGENDA, INDICATOR_MEAN, DOWN, false },

	[INDICATOR_DELAY_MEDIAN] = { "delay_median", N_("days to the first meeting, median"),
		N_("From the day the phone rang to the first meeting that was not cancelled, of "
		   "the families whose first call came in the month: half of them waited no "
		   "longer."),
		CONDITION_SHARED_MEASUREMENT, INDICATOR_DAYS, DOWN, false },
	[INDICATOR_DELAY_P90] = { "delay_p90", N_("days to the first meeting, nine of ten"),
		N_("The same days: nine of ten families waited no longer."),
		CONDITION_SHARED_MEASUREMENT, INDICATOR_DAYS, DOWN, false },
	[INDICATOR_WITHIN_7] = { "within_7", N_("met within 7 days"),
		N_("Of the families whose first call came in the month and who have a meeting: how "
		   "many meet within 7 days."),
		CONDITION_SHARED_MEASUREMENT, INDICATOR_SHARE, UP, false },
	[INDICATOR_WITHIN_14] = { "within_14", N_("met within 14 days"),
		N_("The same, within 14 days."), CONDITION_SHARED_MEASUREMENT, INDICATOR_SHARE, UP,
		false },
	[INDICATOR_NPS] = { "nps", N_("net promoter score (NPS)"),
		N_("\"Would you recommend this?\", 0 to 10, of the month's feedback: the per cent "
		   "of 9 and 10 less that of 0 to 6; from -100 to 100."),
		CONDITION_SHARED_MEASUREMENT, INDICATOR_SCORE, UP, false },
	[INDICATOR_FAMILY_ANSWERS] = { "family_answers", N_("families that gave feedback"),
		N_("Of the month's meetings held: of how many a guardian or the young person gave "
		   "feedback."),
		CONDITION_SHARED_MEASUREMENT, INDICATOR_SHARE, UP, false },
	[INDICATOR_CHILD_ANSWERS] = { "child_answers", N_("children of 7 to 12 who gave feedback"),
		N_("Of the month's meetings held about a child who turns 7 to 12 in that year: of "
		   "how many the child gave feedback."),
		CONDITION_SHARED_MEASUREMENT, INDICATOR_SHARE, UP, false },
	[INDICATOR_CHILD_SMILES] = { "child_smiles", N_("smiles in the children's feedback"),
		N_("Of the faces that children chose in the month's feedback, \"don't know\" left "
		   "out: how many smile."),
		CONDITION_SHARED_MEASUREMENT, INDICATOR_SHARE, UP, false },
	[INDICATOR_WORKER_OPINION] = { "worker_opinion", N_("workers' opinion of the meetings"),
		N_("The mean of the statements, 1 to 5, in the feedback that workers gave in the "
		   "month."),
		CONDITION_SHARED_MEASUREMENT, INDICATOR_MEAN, UP, false },

	[INDICATOR_NO_SHARED_HOLE] = { "no_shared_hole", N_("calls without a shared hole"),
		N_("Of the month's calls that needed a meeting: for how many a search of the units "
		   "they asked for found no shared hole, and no meeting of all those units was "
		   "booked."),
		CONDITION_REINFORCING_ACTIVITIES, INDICATOR_SHARE, DOWN, false },
	[INDICATOR_SECTORS] = { "sectors", N_("sectors per meeting"),
		N_("How many sectors came to a recorded meeting of the month; the mean."),
		CONDITION_REINFORCING_ACTIVITIES, INDICATOR_MEAN, UP, false },
	[INDICATOR_HOME_ACTIONS] = { "home_actions", N_("meetings with an action at home"),
		N_("Of the month's recorded meetings: in how many an action at home was agreed."),
		CONDITION_REINFORCING_ACTIVITIES, INDICATOR_SHARE, UP, false },
	[INDICATOR_SCHOOL_ACTIONS] = { "school_actions", N_("meetings with an action at school"),
		N_("Of the month's recorded meetings: in how many an action in school or early "
		   "education was agreed."),
		CONDITION_REINFORCING_ACTIVITIES, INDICATOR_SHARE, UP, false },
	[INDICATOR_LEISURE_ACTIONS] = { "leisure_actions", N_("meetings with an action in leisure"),
		N_("Of the month's recorded meetings: in how many an action in leisure time was "
		   "agreed."),
		CONDITION_REINFORCING_ACTIVITIES, INDICATOR_SHARE, UP, false },
	[INDICATOR_ACTIONS_IN_TIME] = { "actions_in_time", N_("actions done in time"),
		N_("Of the agreed actions whose day was in the month and is over: how many were "
		   "done by then."),
		CONDITION_REINFORCING_ACTIVITIES, INDICATOR_SHARE, UP, false },
	[INDICATOR_FOLLOW_UPS_HELD] = { "follow_ups_held", N_("follow-ups held"),
		N_("Of the follow-up meetings whose day was in the month and is over, and that "
		   "were not cancelled: how many are recorded."),
		CONDITION_REINFORCING_ACTIVITIES, INDICATOR_SHARE, UP, false },

	[INDICATOR_INVITATIONS_ANSWERED] = { "invitations_answered", N_("invitations answered"),
		N_("Of the invitations that left for the month's meetings: how many the units "
		   "answered."),
		CONDITION_CONTINUOUS_COMMUNICATION, INDICATOR_SHARE, UP, true },
	[INDICATOR_WORKER_ANSWERS] = { "worker_answers", N_("workers who gave feedback"),
		N_("Of the units at the month's meetings held: how many had a worker who gave "
		   "feedback of the meeting."),
		CONDITION_CONTINUOUS_COMMUNICATION, INDICATOR_SHARE, UP, true },
	[INDICATOR_UNIT_ANSWERS] = { "unit_answers", N_("units that gave monthly feedback"),
		N_("Of the units there are: how many gave feedback of the month."),
		CONDITION_CONTINUOUS_COMMUNICATION, INDICATOR_SHARE, UP, true },
	[INDICATOR_UNIT_OPINION] = { "unit_opinion", N_("units' opinion of how it works"),
		N_("The mean of the statements, 1 to 5, in the units' feedback of the month."),
		CONDITION_CONTINUOUS_COMMUNICATION, INDICATOR_MEAN, UP, false },

	[INDICATOR_HOLES_PROMISED] = { "holes_promised", N_("holes promised"),
		N_("Holes in the units' calendars in the month, whatever closed them."),
		CONDITION_BACKBONE_SUPPORT, INDICATOR_COUNT, UP, true },
	[INDICATOR_HOLES_CONFIRMED] = { "holes_confirmed", N_("holes confirmed"),
		N_("Of the holes that nothing closed: how many the unit or its deputy confirmed."),
		CONDITION_BACKBONE_SUPPORT, INDICATOR_SHARE, UP, true },
	[INDICATOR_HOLES_USED] = { "holes_used", N_("holes used"),
		N_("Of the holes that nothing closed: in how many a meeting stands."),
		CONDITION_BACKBONE_SUPPORT, INDICATOR_SHARE, NONE, false },
};

const char *condition_code(enum condition condition)
{
	return conditions[condition].code;
}

const char *condition_label(enum condition condition)
{
	return _(conditions[condition].label);
}

const char *indicator_code(enum indicator indicator)
{
	return specs[indicator].code;
}

const char *indicator_label(enum indicator indicator)
{
	return _(specs[indicator].label);
}

const char *indicator_definition(enum indicator indicator)
{
	return _(specs[indicator].definition);
}

enum condition indicator_condition(enum indicator indicator)
{
	return specs[indicator].condition;
}

enum indicator_kind indicator_kind(enum indicator indicator)
{
	return specs[indicator].kind;
}

const char *indicator_kind_code(enum indicator_kind kind)
{
	static const char *const codes[] = { "count", "days", "share", "mean", "score" };

	return codes[kind];
}

enum direction indicator_direction(enum indicator indicator)
{
	return specs[indicator].direction;
}

bool indicator_is_of_people(enum indicator indicator)
{
	return !specs[indicator].is_of_units;
}

bool indicator_parse(const char *code, enum indicator *indicator)
{
	for (int i = 0; i < INDICATORS; i++) {
		if (strcasecmp(specs[i].code, code) == 0) {
			*indicator = (enum indicator)i;
			return true;
		}
	}
	return false;
}

/* ---- What was counted. ---- */

bool measure_is_told(const struct measure *measure)
{
	return measure->value >= 0;
}

static int64_t divide(int64_t a, int64_t b)
{
	return (2 * a + (a < 0 ? -b : b)) / (2 * b);
}

int64_t measure_hundredths(enum indicator_kind kind, const struct measure *measure)
{
	assert(measure_is_told(measure));
	switch (kind) {
	case INDICATOR_SHARE:
		return divide((int64_t)measure->value * 10000, measure->n);
	case INDICATOR_MEAN:
		return divide((int64_t)measure->value * 100, measure->n);
	case INDICATOR_SCORE:
		return divide(((int64_t)measure->value - measure->less) * 10000, measure->n);
	default:
		return (int64_t)measure->value * 100;
	}
}

int measure_compare(enum indicator_kind kind, const struct measure *a, const struct measure *b)
{
	bool has_n = kind != INDICATOR_COUNT && kind != INDICATOR_DAYS;
	int64_t left = (int64_t)(a->value - a->less) * (has_n ? b->n : 1);
	int64_t right = (int64_t)(b->value - b->less) * (has_n ? a->n : 1);

	return left < right ? -1 : left > right;
}

static void hide(struct measure *measure)
{
	measure->value = MEASURE_HIDDEN;
	measure->less = 0;
}

/*
 * Whether the parts of n follow from the score that is shown, a whole number: then a small one is
 * known. A part is safe where two ways to come to the score differ in it.
 */
static bool score_tells(const struct measure *measure)
{
	int64_t shown = measure_hundredths(INDICATOR_SCORE, measure);
	int n = measure->n, ways = 0;
	bool differ[3] = { false, false, false };

	shown = divide(shown, 100);
	for (int plus = 0; plus <= n; plus++) {
		for (int minus = 0; plus + minus <= n; minus++) {
			struct measure other = { .value = plus, .less = minus, .n = n };

			if (divide(measure_hundredths(INDICATOR_SCORE, &other), 100) != shown)
				continue;
			ways++;
			differ[0] = differ[0] || plus != measure->value;
			differ[1] = differ[1] || minus != measure->less;
			differ[2] = differ[2] || plus + minus != measure->value + measure->less;
		}
	}
	return ways > 0
	       && ((cell_is_small(measure->value) && !differ[0])
		       || (cell_is_small(measure->less) && !differ[1])
		       || (cell_is_small(n - measure->value - measure->less) && !differ[2]));
}

static bool tells_of_few(enum indicator_kind kind, const struct measure *measure)
{
	switch (kind) {
	case INDICATOR_COUNT:
		return cell_is_small(measure->value);
	case INDICATOR_SHARE:
		return cell_is_small(measure->value) || cell_is_small(measure->n - measure->value);
	case INDICATOR_SCORE:
		return score_tells(measure);
	default:
		return false;
	}
}

void measure_suppress(enum indicator indicator, struct measure *measure)
{
	enum indicator_kind kind = indicator_kind(indicator);

	if (!indicator_is_of_people(indicator) || !measure_is_told(measure))
		return;
	if (cell_is_small(measure->n) || cell_is_small(measure->people)) {
		hide(measure);
		measure->n = measure->people = MEASURE_HIDDEN;
	} else if (tells_of_few(kind, measure)) {
		hide(measure);
	}
}
