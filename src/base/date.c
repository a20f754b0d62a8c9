#include "kutsu/base/date.h"

#include "kutsu/base/utf8.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define FIRST_YEAR 1900
#define LAST_YEAR  2199
#define WORD_SIZE  32

/* Years are counted from March, so that the leap day is the last of its year. */
int day_from_civil(int year, int month, int mday)
{
	int y = year - (month <= 2);
	int era = (y >= 0 ? y : y - 399) / 400;
	int year_of_era = y - era * 400;
	int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + mday - 1;
	int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

	return era * 146097 + day_of_era - 719468;
}

struct civil_date day_to_civil(int day)
{
	int z = day + 719468;
	int era = (z >= 0 ? z : z - 146096) / 146097;
	int doe = z - era * 146097;
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int mp = (5 * doy + 2) / 153;
	int month = mp < 10 ? mp + 3 : mp - 9;

	return (struct civil_date) {
		.year = yoe + era * 400 + (month <= 2),
		.month = month,
		.mday = doy - (153 * mp + 2) / 5 + 1,
	};
}

int day_weekday(int day)
{
	return ((day + 3) % 7 + 7) % 7 + 1;
}

int iso_weeks_in_year(int year)
{
	return day_iso_week(day_from_civil(year, 12, 28)).week;
}

struct iso_week day_iso_week(int day)
{
	int thursday = day - day_weekday(day) + 4;
	int year = day_to_civil(thursday).year;

	return (struct iso_week) { year, (thursday - day_from_civil(year, 1, 1)) / 7 + 1 };
}

int day_from_iso_week(struct iso_week week)
{
	int january4 = day_from_civil(week.year, 1, 4);

	return january4 - day_weekday(january4) + 1 + (week.week - 1) * 7;
}

int days_in_month(int year, int month)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return lengths[month - 1] + (month == 2 && leap);
}

int day_months_before(int day, int months)
{
	struct civil_date date = day_to_civil(day);
	int month = date.year * 12 + date.month - 1 - months;
	int last = days_in_month(month / 12, month % 12 + 1);

	return day_from_civil(month / 12, month % 12 + 1, date.mday < last ? date.mday : last);
}

bool civil_date_is_valid(int year, int month, int mday)
{
	return year >= FIRST_YEAR && year <= LAST_YEAR && month >= 1 && month <= 12 && mday >= 1
	       && mday <= days_in_month(year, month);
}

struct month day_month(int day)
{
	struct civil_date date = day_to_civil(day);

	return (struct month) { date.year, date.month };
}

int month_first_day(struct month month)
{
	return day_from_civil(month.year, month.month, 1);
}

struct month month_add(struct month month, int months)
{
	int count = month.year * 12 + month.month - 1 + months;

	return (struct month) { count / 12, count % 12 + 1 };
}

/* Around a date or time, where a paste may bring a line feed along. */
static const char *skip_space(const char *text)
{
	return text + strspn(text, " \t\r\n");
}

/* Within one. */
static const char *skip_blanks(const char *text)
{
	return text + strspn(text, " \t");
}

/* One to `most` digits; moves *text behind them. Returns how many there were. */
static int read_number(const char **text, int most, int *value)
{
	int digits = 0;

	*value = 0;
	while (digits < most && isdigit((unsigned char)**text)) {
		*value = *value * 10 + (*(*text)++ - '0');
		digits++;
	}
	return digits;
}

static bool read_char(const char **text, char wanted)
{
	if (**text != wanted)
		return false;
	(*text)++;
	return true;
}

static bool set_day(int year, int month, int mday, int *day)
{
	if (!civil_date_is_valid(year, month, mday))
		return false;
	*day = day_from_civil(year, month, mday);
	return true;
}

static bool read_iso_day(const char **text, int *day)
{
	int year, month, mday;

	return read_number(text, 4, &year) == 4 && read_char(text, '-')
	       && read_number(text, 2, &month) == 2 && read_char(text, '-')
	       && read_number(text, 2, &mday) == 2 && set_day(year, month, mday, day);
}

/* The 29th of February may be eight years away: 1900 and 2100 have none. */
static bool nearest_day(int month, int mday, int today, int *day)
{
	int year = day_to_civil(today).year;
	bool found = false;

	for (int y = year - 8; y <= year + 8; y++) {
		int candidate;

		if (!set_day(y, month, mday, &candidate))
			continue;
		if (!found || abs(candidate - today) < abs(*day - today))
			*day = candidate;
		found = true;
	}
	return found;
}

static bool read_finnish_day(const char **text, int today, int *day)
{
	int year, month, mday, digits;

	if (!read_number(text, 2, &mday) || !read_char(text, '.'))
		return false;
	*text = skip_blanks(*text);
	if (!read_number(text, 2, &month))
		return false;
	if (!read_char(text, '.'))
		return nearest_day(month, mday, today, day);
	*text = skip_blanks(*text);
	digits = read_number(text, 4, &year);
	if (digits == 0)
		return nearest_day(month, mday, today, day);
	if (digits == 2)
		year += 2000;
	return (digits == 2 || digits == 4) && set_day(year, month, mday, day);
}

static bool read_compact_day(const char **text, int *day)
{
	int value;

	if (read_number(text, 8, &value) != 8)
		return false;
	return set_day(value % 10000, value / 10000 % 100, value / 1000000, day);
}

bool day_parse(const char *text, int today, int *day)
{
	size_t digits;
	int found;
	bool ok;

	text = skip_space(text);
	digits = strspn(text, "0123456789");
	if (digits == 4 && text[4] == '-')
		ok = read_iso_day(&text, &found);
	else if (digits == 8)
		ok = read_compact_day(&text, &found);
	else
		ok = read_finnish_day(&text, today, &found);
	if (!ok || *skip_space(text) != '\0')
		return false;
	*day = found;
	return true;
}

static bool read_minute(const char **text, int *minute)
{
	int hour, minutes = 0;
	int digits = read_number(text, 4, &hour);

	if (digits == 0)
		return false;
	if (digits >= 3) {
		minutes = hour % 100;
		hour /= 100;
	} else if (**text == '.' || **text == ':') {
		(*text)++;
		if (read_number(text, 2, &minutes) != 2)
			return false;
	}
	if (minutes > 59 || hour > 24 || (hour == 24 && minutes > 0))
		return false;
	*minute = hour * 60 + minutes;
	return true;
}

bool minute_parse(const char *text, int *minute)
{
	int found;

	text = skip_space(text);
	if (!read_minute(&text, &found) || *skip_space(text) != '\0')
		return false;
	*minute = found;
	return true;
}

/* Moves *text behind a word for "week", if it begins with one. */
static void skip_week_word(const char **text)
{
	static const char *const words[] = { "viikko", "vko", "vk", "v.", "v", "week" };
	size_t length = strcspn(*text, "0123456789 \t");

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (length == strlen(words[i]) && strncasecmp(*text, words[i], length) == 0) {
			*text = skip_blanks(*text + length);
			return;
		}
	}
}

bool iso_week_parse(const char *text, int today, struct iso_week *week)
{
	struct iso_week found = day_iso_week(today);

	text = skip_space(text);
	if (strspn(text, "0123456789") == 4) {
		if (!read_number(&text, 4, &found.year) || !read_char(&text, '-')
			|| !(read_char(&text, 'W') || read_char(&text, 'w')))
			return false;
	} else {
		skip_week_word(&text);
	}
	if (!read_number(&text, 2, &found.week) || *skip_space(text) != '\0')
		return false;
	if (found.year < FIRST_YEAR || found.year > LAST_YEAR || found.week < 1
		|| found.week > iso_weeks_in_year(found.year))
		return false;
	*week = found;
	return true;
}

/* Words of all three languages: a Swedish-speaking coordinator may type in Finnish. */
int weekday_from_word(const char *word)
{
	static const char *const words[][10] = {
		{ "ma", "maanantai", "må", "mån", "måndag", "mon", "monday" },
		{ "ti", "tiistai", "tis", "tisdag", "tue", "tuesday" },
		{ "ke", "keskiviikko", "on", "ons", "onsdag", "wed", "wednesday" },
		{ "to", "torstai", "tors", "torsdag", "thu", "thursday" },
		{ "pe", "perjantai", "fr", "fre", "fredag", "fri", "friday" },
		{ "la", "lauantai", "lö", "lör", "lördag", "sat", "saturday" },
		{ "su", "sunnuntai", "sö", "sön", "söndag", "sun", "sunday" },
	};
	char plain[WORD_SIZE];
	size_t length;

	utf8_fold(word, plain, sizeof(plain));
	length = strlen(plain);
	if (length && plain[length - 1] == '.') /* "ma." */
		plain[length - 1] = '\0';
	for (int weekday = 1; weekday <= 7; weekday++) {
		for (const char *const *name = words[weekday - 1]; *name; name++) {
			if (strcmp(*name, plain) == 0)
				return weekday;
		}
	}
	return 0;
}

bool month_parse(const char *text, struct month *month)
{
	struct month found;

	text = skip_space(text);
	if (read_number(&text, 4, &found.year) != 4 || !read_char(&text, '-')
		|| read_number(&text, 2, &found.month) != 2 || *skip_space(text) != '\0')
		return false;
	if (!civil_date_is_valid(found.year, found.month, 1))
		return false;
	*month = found;
	return true;
}

bool moment_parse(const char *text, int *day, int *minute)
{
	int found_day, found_minute, seconds;

	text = skip_space(text);
	if (!read_iso_day(&text, &found_day) || !(read_char(&text, 'T') || read_char(&text, ' ')))
		return false;
	if (strspn(text, "0123456789") > 2 || !read_minute(&text, &found_minute))
		return false;
	if (read_char(&text, ':') && (read_number(&text, 2, &seconds) != 2 || seconds > 59))
		return false;
	if (*skip_space(text) != '\0' || found_minute == MINUTES_IN_DAY)
		return false;
	*day = found_day;
	*minute = found_minute;
	return true;
}

const char *day_format_iso(int day, char to[DAY_TEXT_SIZE])
{
	struct civil_date date = day_to_civil(day);

	snprintf(to, DAY_TEXT_SIZE, "%04d-%02d-%02d", date.year % 10000, date.month % 100,
		date.mday % 100);
	return to;
}

const char *month_format_iso(struct month month, char to[DAY_TEXT_SIZE])
{
	snprintf(to, DAY_TEXT_SIZE, "%04d-%02d", month.year % 10000, month.month % 100);
	return to;
}

const char *minute_format_iso(int minute, char to[MINUTE_TEXT_SIZE])
{
	snprintf(to, MINUTE_TEXT_SIZE, "%02d:%02d", minute / 60 % 100, minute % 60);
	return to;
}
