/*
 * Who does what is done, and when. Every use case takes the session, checks, changes and logs in
 * one transaction: after a failure the database is as it was.
 */
#ifndef KUTSU_SERVICE_SESSION_H
#define KUTSU_SERVICE_SESSION_H

#include "kutsu/base/arena.h"
#include "kutsu/base/clock.h"
#include "kutsu/store/store.h"

struct session {
	struct store *store; /* borrowed */
	struct clock clock;
	int64_t user_id;
	const char *login;
	const char *region; /* or NULL */
	const char *zone;
	bool is_demo; /* everything in the database is invented */
	const char
		*uid_seed; /* makes the same UIDs each time (demonstrations); NULL: random ones */
	unsigned uid_count;
	struct arena arena; /* the session's own: holds login, region and zone */
};

/*
 * Begins for the user of that login, sets the process's zone to the installation's. Release with
 * session_end() also after a failure.
 *
 * ERROR_DENIED  the login is not among the database's users
 */
bool session_begin(struct session *session, struct store *store, struct clock clock,
	const char *login, struct error *err) MUST_CHECK;
void session_end(struct session *session);

int64_t session_now(const struct session *session);
struct wall_time session_wall(const struct session *session);
int session_today(const struct session *session);

#endif
