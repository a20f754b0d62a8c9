/* The earliest meeting each demo call gets: alone in an empty calendar, and booked in order. */
#ifndef KUTSU_TESTS_DEMO_EXPECTED_H
#define KUTSU_TESTS_DEMO_EXPECTED_H

#include <stddef.h>

static const struct demo_expected {
	const char *call;
	const char *alone; /* a start, or NULL: no hole shared */
	const char *in_order;
} demo_expected[] = {
	{ "Y01", "2026-11-04T13:00", "2026-11-04T13:00" },
	{ "Y02", NULL, NULL },
	{ "Y03", "2026-11-09T13:00", "2026-11-09T13:00" },
	{ "Y04", "2026-11-12T14:00", "2026-11-12T14:00" },
	{ "Y05", "2026-11-11T12:30", "2026-11-11T12:30" },
	{ "Y06", "2026-11-11T13:00", "2026-11-11T13:00" },
	{ "Y07", "2026-11-16T14:30", "2026-11-16T14:30" },
	{ "Y08", "2026-11-18T14:00", "2026-11-18T14:00" },
	{ "Y10", "2026-11-18T14:00", "2026-11-25T14:00" },
	{ "Y11", NULL, NULL },
	{ "Y12", "2026-11-25T12:00", "2026-11-25T12:00" },
	{ "Y13", "2026-11-25T13:30", "2026-12-02T13:30" },
	{ "Y14", "2026-11-26T13:30", "2026-11-26T13:30" },
	{ "Y15", "2026-11-25T13:00", "2026-11-25T13:00" },
	{ "Y17", "2026-11-30T13:30", "2026-11-30T13:30" },
	{ "Y19", "2027-01-13T14:00", "2027-01-13T14:00" },
	{ "Y20", "2027-01-13T13:00", "2027-01-13T13:00" },
};

#endif
