#ifndef KUTSU_CLI_GIVEN_INTERNAL_H
#define KUTSU_CLI_GIVEN_INTERNAL_H

#include "command_internal.h"

struct given_option {
	const char *name, *text;
};

struct given {
	struct given_option *options;
	size_t option_count;
	const char **words;
	size_t word_count;
	const char *output; /* -o FILE, or NULL */
	bool json, help;
};

/* Reads argv (argv[0] is passed over) by the verb's options. ERROR_INVALID names what is wrong. */
bool given_parse(const struct verb *verb, int argc, char **argv, struct arena *arena,
	struct given *given, struct error *err) MUST_CHECK;

#endif
