/* New installations, empty or with the fictitious region. */
#ifndef KUTSU_SERVICE_REGION_H
#define KUTSU_SERVICE_REGION_H

#include "kutsu/base/clock.h"
#include "kutsu/base/error.h"
#include "kutsu/service/session.h"

/* A new, empty database at `path`; who asks becomes admin and coordinator. ERROR_FAILED: the path
 * is taken. */
bool region_init(const char *path, const char *name, const struct identity *identity,
	struct clock clock, struct error *err) MUST_CHECK;

struct demo_options {
	unsigned long seed;
	int years; /* of generated past before the region's own calls */
	int scale; /* how many such regions, traffic included; at least 1 */
};

/*
 * A new database with the demo region as it stands at the clock's time; who asks becomes
 * a coordinator and administrator in it. Where the clock is not fixed everything is shifted by
 * whole weeks, so that the region's week 47 of 2026 is the present one. Options, seed and clock
 * given, the content is always the same.
 */
bool region_demo(const char *path, const struct demo_options *options,
	const struct identity *identity, struct clock clock, struct error *err) MUST_CHECK;

#endif
