/*
 * Days and times on the wall clock.
 *
 * A day is an int: days since 1970-01-01 in the proleptic Gregorian calendar, whatever the zone.
 * A minute is minutes since local midnight, 0 to 1440. Weekdays and weeks are ISO 8601's: Monday
 * is 1, week 1 holds the year's first Thursday.
 */
#ifndef KUTSU_BASE_DATE_H
#define KUTSU_BASE_DATE_H

#include <stdbool.h>

#define MINUTES_IN_DAY 1440

struct civil_date {
	int year, month, mday;
};

struct iso_week {
	int year, week;
};

struct month {
	int year, month; /* 1 to 12 */
};

int day_from_civil(int year, int month, int mday);
struct civil_date day_to_civil(int day);
int day_weekday(int day);
struct iso_week day_iso_week(int day);
int day_from_iso_week(struct iso_week week); /* its Monday */
int iso_weeks_in_year(int year);	     /* 52 or 53 */
int days_in_month(int year, int month);
int day_months_before(int day, int months); /* the same of the month, or the month's last */
bool civil_date_is_valid(int year, int month, int mday); /* of the years 1900 to 2199 */

struct month day_month(int day);
int month_first_day(struct month month);
struct month month_add(struct month month, int months); /* so many later; negative: earlier */

/*
 * Reads "2026-11-24", "24.11.2026", "24.11.26", "24.11." or "24112026". A date without a year is
 * the one nearest to `today`. Years are 1900 to 2199. White space around it is ignored.
 */
bool day_parse(const char *text, int today, int *day);

/* Reads "13", "13.00", "13:00" or "1300" into minutes; 24:00 is the end of the day. */
bool minute_parse(const char *text, int *minute);

/* Reads "2026-W48" or, in the year of `today`, "48", "vk 48", "viikko 48", "v. 48", "week 48". */
bool iso_week_parse(const char *text, int today, struct iso_week *week);

/* The weekday of a name or short form in Finnish, Swedish or English: "ma", "Måndag", "mon."; 0:
 * none. */
int weekday_from_word(const char *word);

/* Reads "2026-11". Years are 1900 to 2199. */
bool month_parse(const char *text, struct month *month);

/* Reads "2026-11-24T13:00"; a space may stand for the T, and seconds are let be. */
bool moment_parse(const char *text, int *day, int *minute);

#define DAY_TEXT_SIZE	 16
#define MINUTE_TEXT_SIZE 8

/* ISO 8601, for machines: "2026-11-24", "2026-11", "13:00". They return `to`. */
const char *day_format_iso(int day, char to[DAY_TEXT_SIZE]);
const char *month_format_iso(struct month month, char to[DAY_TEXT_SIZE]);
const char *minute_format_iso(int minute, char to[MINUTE_TEXT_SIZE]);

#endif
