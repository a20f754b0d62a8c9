#include "kutsu/domain/report_table.h"

#include "kutsu/base/message.h"

static const struct {
	const char *code, *title, *definition; /* source texts */
} specs[REPORT_TABLES] = {
	[REPORT_TABLE_SOURCE] = { "by_source", N_("Who called"),
		N_("The month's calls by who was on the phone. Maternity and child health clinics "
		   "and school nurses are health care.") },
	[REPORT_TABLE_OUTCOME] = { "by_outcome", N_("What it led to"),
		N_("The month's calls by what they led to. A meeting: the call led to a case, or "
		   "added to one.") },
	[REPORT_TABLE_SHARED_HOLE] = { "shared_hole", N_("Calls that needed a meeting"),
		N_("With a shared hole: a meeting of all the units that the call asked for was "
		   "booked. Without: none was, and a search of those units within 30 days of the "
		   "call found none. The other calls are still open.") },
	[REPORT_TABLE_AGE] = { "by_age", N_("Calls that needed a meeting, by the child's age"),
		N_("By the age that the child turns in the year of the call.") },
	[REPORT_TABLE_AREA] = { "by_area", N_("Calls that needed a meeting, by area"),
		N_("By the area of the municipality where the child lives. Under nondisclosure it "
		   "is left out.") },
	[REPORT_TABLE_DELAYS] = { "delay_days", N_("Days to the first meeting"),
		N_("From the day the phone rang to the first meeting that was not cancelled, of "
		   "the families whose first call came in the month.") },
	[REPORT_TABLE_UNITS] = { "units", N_("Holes by unit"),
		N_("Promised: the month's holes, whatever closed them. Confirmed, used: of those "
		   "that nothing closed. In the way: searches without a shared hole that would "
		   "have found one without the unit.") },
};

const char *report_table_code(enum report_table table)
{
	return specs[table].code;
}

const char *report_table_title(enum report_table table)
{
	return _(specs[table].title);
}

const char *report_table_definition(enum report_table table)
{
	return _(specs[table].definition);
}
