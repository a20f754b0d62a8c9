#include "goal_internal.h"

#include "kutsu/base/message.h"

#include <string.h>

bool parse_goal(const char *word, int64_t *goal, struct error *err)
{
	bool is_negative = *word == '-';
	const char *at = is_negative ? word + 1 : word;
	size_t whole = strspn(at, "0123456789"), rest = 0;
	int64_t value = 0;

	for (size_t i = 0; i < whole; i++)
		value = value * 10 + at[i] - '0';
	if (at[whole] == '.' || at[whole] == ',')
		rest = strspn(at + whole + 1, "0123456789");
	if (whole == 0 || whole > 4 || rest > 2 || at[whole + (rest ? rest + 1 : 0)] != '\0')
		return error_set(err, ERROR_INVALID,
			_("\"%.40s\" is no goal; write a number, or none"), word);
	value *= 100;
	for (size_t i = 0, weight = 10; i < rest; i++, weight /= 10)
		value += (int64_t)weight * (at[whole + 1 + i] - '0');
	*goal = is_negative ? -value : value;
	return true;
}
