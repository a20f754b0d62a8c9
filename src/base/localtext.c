#include "kutsu/base/localtext.h"

#include "kutsu/base/date.h"
#include "kutsu/base/message.h"

#include <stdio.h>

const char *local_weekday(int weekday)
{
	static const char *const names[] = { N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"),
		N_("Sat"), N_("Sun") };

	return _(names[weekday - 1]);
}

const char *local_day(int day, char to[LOCALTEXT_SIZE])
{
	struct civil_date date = day_to_civil(day);

	snprintf(to, LOCALTEXT_SIZE, "%d.%d.%d", date.mday, date.month, date.year);
	return to;
}

const char *local_weekday_day(int day, char to[LOCALTEXT_SIZE])
{
	struct civil_date date = day_to_civil(day);

	snprintf(to, LOCALTEXT_SIZE, "%s %d.%d.%d", local_weekday(day_weekday(day)), date.mday,
		date.month, date.year);
	return to;
}

const char *local_short_day(int day, char to[LOCALTEXT_SIZE])
{
	struct civil_date date = day_to_civil(day);

	snprintf(to, LOCALTEXT_SIZE, "%s %d.%d.", local_weekday(day_weekday(day)), date.mday,
		date.month);
	return to;
}

const char *local_minute(int minute, char to[LOCALTEXT_SIZE])
{
	if (message_language() == LANGUAGE_EN)
		snprintf(to, LOCALTEXT_SIZE, "%02d:%02d", minute / 60, minute % 60);
	else
		snprintf(to, LOCALTEXT_SIZE, "%d.%02d", minute / 60, minute % 60);
	return to;
}

const char *local_span(int start, int end, char to[LOCALTEXT_SIZE])
{
	char a[LOCALTEXT_SIZE], b[LOCALTEXT_SIZE];

	snprintf(to, LOCALTEXT_SIZE, "%.16s–%.16s", local_minute(start, a), local_minute(end, b));
	return to;
}

const char *local_clock(int minute, char to[LOCALTEXT_SIZE])
{
	char a[LOCALTEXT_SIZE];

	/* TRANSLATORS: a time of day, as in "klo 13.00" */
	snprintf(to, LOCALTEXT_SIZE, _("at %s"), local_minute(minute, a));
	return to;
}

const char *local_clock_span(int start, int end, char to[LOCALTEXT_SIZE])
{
	char a[LOCALTEXT_SIZE];

	snprintf(to, LOCALTEXT_SIZE, _("at %s"), local_span(start, end, a));
	return to;
}

const char *local_tenths(int64_t tenths, char to[LOCALTEXT_SIZE])
{
	long long whole = tenths / 10, rest = tenths % 10;

	snprintf(to, LOCALTEXT_SIZE, "%lld%c%lld", whole,
		message_language() == LANGUAGE_EN ? '.' : ',', rest);
	return to;
}

const char *local_hours(int64_t minutes, char to[LOCALTEXT_SIZE])
{
	return local_tenths((minutes + 3) / 6, to); /* of an hour, to the nearest */
}

const char *local_week(int week, char to[LOCALTEXT_SIZE])
{
	/* TRANSLATORS: the ISO week's number, as in "vk 48" */
	snprintf(to, LOCALTEXT_SIZE, _("week %d"), week);
	return to;
}

const char *local_month(struct month month, char to[LOCALTEXT_SIZE])
{
	static const char *const names[] = { N_("January"), N_("February"), N_("March"),
		N_("April"), N_("May"), N_("June"), N_("July"), N_("August"), N_("September"),
		N_("October"), N_("November"), N_("December") };

	snprintf(to, LOCALTEXT_SIZE, "%s %d", _(names[month.month - 1]), month.year);
	return to;
}
