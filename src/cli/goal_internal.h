/* A goal as it is given: "80", "4,2", "-10.5". */
#ifndef KUTSU_CLI_GOAL_INTERNAL_H
#define KUTSU_CLI_GOAL_INTERNAL_H

#include "kutsu/base/error.h"

#include <stdint.h>

/* Into hundredths. ERROR_INVALID */
bool parse_goal(const char *word, int64_t *goal, struct error *err) MUST_CHECK;

#endif
