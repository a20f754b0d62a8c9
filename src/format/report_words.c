#include "kutsu/format/report_words.h"

#include "kutsu/base/localtext.h"

#include <stdio.h>
#include <string.h>

/* A score may be negative. */
static int64_t whole_of(int64_t hundredths)
{
	return (hundredths + (hundredths < 0 ? -50 : 50)) / 100;
}

static const char *tenths_of(int64_t hundredths, char to[REPORT_VALUE_SIZE])
{
	char text[LOCALTEXT_SIZE];

	snprintf(to, REPORT_VALUE_SIZE, "%.16s", local_tenths((hundredths + 5) / 10, text));
	return to;
}

static const char *format(enum indicator_kind kind, int64_t hundredths, char to[REPORT_VALUE_SIZE])
{
	long long whole = (long long)whole_of(hundredths);

	switch (kind) {
	case INDICATOR_SHARE:
		snprintf(to, REPORT_VALUE_SIZE, "%lld %%", whole);
		return to;
	case INDICATOR_MEAN:
		return tenths_of(hundredths, to);
	case INDICATOR_SCORE:
		snprintf(to, REPORT_VALUE_SIZE, whole ? "%+lld" : "%lld", whole);
		return to;
	default:
		snprintf(to, REPORT_VALUE_SIZE, "%lld", whole);
		return to;
	}
}

const char *report_value(
	enum indicator_kind kind, const struct measure *measure, char to[REPORT_VALUE_SIZE])
{
	if (measure->value == MEASURE_NONE)
		return strcpy(to, "-");
	if (!measure_is_told(measure))
		return strcpy(to, "..");
	return format(kind, measure_hundredths(kind, measure), to);
}

const char *report_goal(enum indicator_kind kind, int64_t hundredths, char to[REPORT_VALUE_SIZE])
{
	return hundredths == GOAL_NONE ? strcpy(to, "") : format(kind, hundredths, to);
}

const char *report_n(
	enum indicator_kind kind, const struct measure *measure, char to[REPORT_VALUE_SIZE])
{
	if (kind == INDICATOR_COUNT || measure->n <= 0)
		return strcpy(to, "");
	snprintf(to, REPORT_VALUE_SIZE, "n = %d", measure->n);
	return to;
}

/* A report from before tables had definitions has today's. */
const char *report_table_note(const struct monthly_report *report, enum report_table table)
{
	const char *note = report->tables[table][message_language()];

	return note ? note : report_table_definition(table);
}

const char *report_note_hidden(void)
{
	return _(".. is not shown: fewer than 5 (<5), or it would tell of fewer than 5");
}

const char *report_note_trend(void)
{
	return _("Moving: of the last 12 months, as far as they are told, all pairs are compared "
		 "(Mann-Kendall). \"Almost surely\": chance alone would have it in 1 of 20 such "
		 "series at most; \"perhaps\": in 1 of 5.");
}

const char *report_state(const struct monthly_report *report, char to[REPORT_STATE_SIZE])
{
	char day[LOCALTEXT_SIZE];

	if (report->accepted_by)
		snprintf(to, REPORT_STATE_SIZE, _("accepted %s: it stays as it was then"),
			local_day(report->accepted_day, day));
	else
		snprintf(
			to, REPORT_STATE_SIZE, "%s", _("not accepted yet: figures may still come"));
	return to;
}

const char *report_area(const char *area)
{
	return area ? area : _("area not known");
}
