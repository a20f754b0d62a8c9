/* What time it is: the system's clock, or one fixed for tests and demonstrations. */
#ifndef KUTSU_BASE_CLOCK_H
#define KUTSU_BASE_CLOCK_H

#include "kutsu/base/zone.h"

struct clock {
	bool is_fixed;
	int64_t fixed_at; /* seconds since the epoch, UTC */
};

int64_t clock_now(const struct clock *clock);
struct wall_time clock_wall(const struct clock *clock);

/* Milliseconds of a clock that nobody sets: for how long something takes. */
int64_t clock_steady_ms(void);

#endif
