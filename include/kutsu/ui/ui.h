/* The terminal user interface. */
#ifndef KUTSU_UI_UI_H
#define KUTSU_UI_UI_H

#include "kutsu/base/clock.h"
#include "kutsu/base/error.h"
#include "kutsu/service/session.h"

struct ui_options {
	const char *database; /* path; borrowed */
	struct identity identity;
	struct clock clock;
	bool utf8; /* what the terminal takes; else ASCII is drawn */
};

/* Runs until the user quits. ERROR_FAILED: there is no terminal; others as of store_open(). */
bool ui_run(const struct ui_options *options, struct error *err) MUST_CHECK;

#endif
