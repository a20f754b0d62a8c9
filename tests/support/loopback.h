/* TCP on 127.0.0.1. */
#ifndef KUTSU_TESTS_LOOPBACK_H
#define KUTSU_TESTS_LOOPBACK_H

#include <stdbool.h>

/*
 * A free port that nobody else is given until the file that is returned is closed; a server that
 * sets SO_REUSEADDR can listen there meanwhile.
 */
int loopback_reserve(int *port);

/* A connection's file, or -1 where nobody listens. */
int loopback_connect(int port);

/* Reads until the text has come: false when the other end closes before, or at the limit. */
bool loopback_says(int file, const char *text, int limit_ms);

#endif
