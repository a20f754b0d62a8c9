#include "kutsu/base/clock.h"

#include <time.h>

int64_t clock_now(const struct clock *clock)
{
	return clock->is_fixed ? clock->fixed_at : (int64_t)time(NULL);
}

struct wall_time clock_wall(const struct clock *clock)
{
	return zone_to_wall(clock_now(clock));
}

int64_t clock_steady_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
