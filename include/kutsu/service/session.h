/*
 * Who does what is done, and when. Every use case takes the session, asks whether its user may
 * (domain/right.h), reads or changes and logs in one transaction: after a failure the database is
 * as it was. Besides what it names itself, each can give
 *
 * ERROR_DENIED  the user's roles do not allow it; the attempt is logged
 */
#ifndef KUTSU_SERVICE_SESSION_H
#define KUTSU_SERVICE_SESSION_H

#include "kutsu/base/arena.h"
#include "kutsu/base/clock.h"
#include "kutsu/domain/right.h"
#include "kutsu/store/store.h"
#include "kutsu/store/user_store.h"

/* Who asks, as the process and the way in tell it. */
struct identity {
	const char *login;   /* as whom */
	const char *account; /* the operating system's account whose process it is */
	const char *origin;  /* the address of the ssh client; NULL: at the host */
};

struct session {
	struct store *store; /* borrowed */
	struct clock clock;
	struct identity identity;
	struct user user;   /* as it was when last asked for a right */
	const char *login;  /* the user's */
	const char *region; /* or NULL */
	const char *zone;
	bool is_demo; /* everything in the database is invented */
	const char
		*uid_seed; /* makes the same UIDs each time (demonstrations); NULL: random ones */
	unsigned uid_count;
	struct arena arena;  /* holds the identity, region and zone */
	struct arena rights; /* holds the user */
};

/*
 * Begins for the user of that login, sets the process's zone to the installation's. Release with
 * session_end() also after a failure.
 *
 * ERROR_DENIED  the login is not among the database's users, or has retired: logged
 */
bool session_begin(struct session *session, struct store *store, struct clock clock,
	const struct identity *identity, struct error *err) MUST_CHECK;
void session_end(struct session *session);

/*
 * Whether the user may, as far as is known now: for what menus and keys show. The use case itself
 * asks anew. USE_NONE is everyone's.
 */
bool session_may(const struct session *session, enum use_case use_case);
/*
 * Asks anew, for what is shown still and read no more: ERROR_DENIED, logged, where the user may not
 * have it any longer.
 */
bool session_ask(struct session *session, enum use_case use_case, struct error *err) MUST_CHECK;
/* Whether figures of fewer than five people are for the user: whoever works with the cases could
 * count them anyway. */
bool session_sees_small_figures(const struct session *session);
/* Whether the unit's holes are for the user to see: a contact's are the own units'. */
bool session_sees_holes(const struct session *session, int64_t unit_id);

/*
 * What is told with data that leaves (act 703/2023: a client may ask to whom and on which basis).
 * Each text may be NULL; the basis then is "own_task": the user's own duty.
 */
struct disclosure {
	const char *basis, *recipient, *reason;
};

/* A thing that is looked at: opened, which the log tells, or shown still and read again. */
enum look { LOOK_NEW, LOOK_AGAIN };

int64_t session_now(const struct session *session);
struct wall_time session_wall(const struct session *session);
int session_today(const struct session *session);

#endif
