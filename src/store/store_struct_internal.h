#ifndef KUTSU_STORE_STORE_STRUCT_INTERNAL_H
#define KUTSU_STORE_STORE_STRUCT_INTERNAL_H

#include "store_internal.h"

struct store {
	sqlite3 *db;
	sqlite3_stmt *statements[FAMILIES][FAMILY_MOST_QUERIES];
	char *made_path; /* of a database made and not yet published, or NULL */
	char *publish_path;
	int64_t waits_until; /* monotonic milliseconds: when a lock has been waited for long enough
			      */
	unsigned jitter;
};

#endif
