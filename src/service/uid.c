#include "service_internal.h"

#include <stdio.h>
#include <uuid/uuid.h>

_Static_assert(UID_SIZE >= UUID_STR_LEN, "a UUID fits");

void make_uid(struct session *session, char uid[UID_SIZE])
{
	char name[96];
	uuid_t uuid;

	if (session->uid_seed) {
		int length = snprintf(
			name, sizeof(name), "%.60s-%u", session->uid_seed, session->uid_count++);

		uuid_generate_sha1(uuid, *uuid_get_template("dns"), name, (size_t)length);
	} else {
		uuid_generate(uuid);
	}
	uuid_unparse_lower(uuid, uid);
}
