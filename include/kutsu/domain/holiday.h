/*
 * Finnish public holidays of any year, and the two eves on which offices are closed as well.
 *
 * Church holidays: kirkkolaki 4:3 (Easter and what follows it, Midsummer's Saturday, All Saints').
 * Independence Day: laki 388/1937. May Day: laki 272/1944. The eves (24 December, the Friday
 * before Midsummer's Day) are off by collective agreement.
 */
#ifndef KUTSU_DOMAIN_HOLIDAY_H
#define KUTSU_DOMAIN_HOLIDAY_H

#include <stdbool.h>

int easter_sunday(int year); /* its day; Gregorian (Meeus, Butcher) */
bool day_is_holiday(int day);

/* Sets is_holiday[i] where first_day + i is one; leaves the others as they are. */
void holidays_mark(int first_day, int days, bool *is_holiday);

/* Monday to Friday, and no holiday. */
bool day_is_working_day(int day);

/* The nth working day after `day`; `day` itself for n = 0. */
int day_after_working_days(int day, int n);

#endif
