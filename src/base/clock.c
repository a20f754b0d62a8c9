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
