/* The processes of this machine, by their command lines. */
#ifndef KUTSU_TESTS_PROCESS_H
#define KUTSU_TESTS_PROCESS_H

#include <stdbool.h>
#include <sys/types.h>

/* One that has this in its command line, its words with a blank between; 0 for none. */
pid_t process_find(const char *part);
/* True once there is none. */
bool process_wait_gone(const char *part, int limit_ms);
/* Whether the variable was in its environment when it began. */
bool process_had_variable(pid_t pid, const char *name);

#endif
