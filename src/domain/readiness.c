#include "kutsu/domain/readiness.h"

#include "kutsu/base/date.h"

#include <stdlib.h>

static int compare(const void *sought, const void *item)
{
	const struct readiness_answer *a = sought, *b = item;

	if (a->day != b->day)
		return a->day < b->day ? -1 : 1;
	return a->start - b->start;
}

const struct readiness_answer *readiness_find(
	const struct readiness_answer *answers, size_t count, int day, int start)
{
	struct readiness_answer sought = { .day = day, .start = start };

	return count ? bsearch(&sought, answers, count, sizeof(*answers), compare) : NULL;
}

bool confirm_deadline_parse(const char *text, struct confirm_deadline *deadline)
{
	struct confirm_deadline parsed;

	if (text[0] < '1' || text[0] > '7' || text[1] != ' '
		|| !minute_parse(text + 2, &parsed.minute))
		return false;
	parsed.weekday = text[0] - '0';
	*deadline = parsed;
	return true;
}

int confirm_deadline_day(const struct confirm_deadline *deadline, int day)
{
	return day - day_weekday(day) + deadline->weekday;
}

bool confirm_deadline_is_past(
	const struct confirm_deadline *deadline, int day, int now_day, int now_minute)
{
	int last = confirm_deadline_day(deadline, day);

	return now_day > last || (now_day == last && now_minute >= deadline->minute);
}
