/* A run of the program, as drafts and holds know it: they are its own until it has ended. */
#ifndef KUTSU_SERVICE_WRITER_H
#define KUTSU_SERVICE_WRITER_H

#include <stdbool.h>

#define WRITER_SIZE 64

/* Names this run: "host:pid:start". */
void writer_name(char name[WRITER_SIZE]);

/* Whether the run of that name, on this host, is still alive. */
bool writer_is_alive(const char *writer);

#endif
