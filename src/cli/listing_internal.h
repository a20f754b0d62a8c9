/* A list of things: rows of a table for people, or one JSON array. */
#ifndef KUTSU_CLI_LISTING_INTERNAL_H
#define KUTSU_CLI_LISTING_INTERNAL_H

#include "command_internal.h"
#include "kutsu/format/json_writer.h"
#include "table_internal.h"

struct listing {
	struct cli *cli;
	struct json_writer json;
	bool is_open;	    /* its first bytes are written */
	struct table table; /* add to it with table_add() */
};

void listing_begin(struct listing *listing, struct cli *cli, size_t columns);
/* One row of the JSON array. */
void listing_row(struct listing *listing, const struct row *row);
void listing_end(struct listing *listing);

#endif
