#include "kutsu/service/session.h"

#include "kutsu/base/message.h"
#include "kutsu/store/case_store.h"
#include "kutsu/store/setting_store.h"
#include "kutsu/store/unit_store.h"
#include "service_internal.h"

#include <strings.h>

static bool read_settings(struct session *session, struct error *err)
{
	const char *demo;

	if (!store_setting_get(session->store, "zone", &session->arena, &session->zone, err)
		|| !store_setting_get(
			session->store, "region", &session->arena, &session->region, err)
		|| !store_setting_get(session->store, "demo", &session->arena, &demo, err))
		return false;
	session->is_demo = demo != NULL;
	if (!session->zone || !zone_set(session->zone))
		return error_set(err, ERROR_DATABASE,
			_("the installation's time zone is not known here; install tzdata"));
	return true;
}

static void keep_identity(struct session *session, const struct identity *identity)
{
	session->identity = (struct identity) {
		.login = arena_text(&session->arena, identity->login),
		.account = arena_text(&session->arena, identity->account),
		.origin = arena_text(&session->arena, identity->origin),
	};
	session->login = session->identity.login;
}

bool session_begin_unasked(struct session *session, struct store *store, struct clock clock,
	const struct identity *identity, struct error *err)
{
	*session = (struct session) { .store = store, .clock = clock };
	keep_identity(session, identity);
	return read_settings(session, err);
}

bool session_begin(struct session *session, struct store *store, struct clock clock,
	const struct identity *identity, struct error *err)
{
	if (!session_begin_unasked(session, store, clock, identity, err))
		return false;
	if (use_check(session, USE_ENTER, NULL, err))
		return true;
	if (err->code == ERROR_DENIED)
		error_set(err, ERROR_DENIED,
			session->user.id && !session->user.active
				? _("%.40s has retired from this database; ask its administrator")
				: _("%.40s is no user of this database; ask its administrator"),
			session->login);
	return false;
}

void session_end(struct session *session)
{
	arena_release(&session->arena);
	arena_release(&session->rights);
	*session = (struct session) { 0 };
}

bool session_may(const struct session *session, enum use_case use_case)
{
	enum role by;

	return use_case == USE_NONE
	       || right_scope(session->user.roles, use_case, &by) != SCOPE_NONE;
}

bool session_sees_small_figures(const struct session *session)
{
	enum role by;

	return right_scope(session->user.roles, USE_CASE_LIST, &by) == SCOPE_ALL;
}

bool session_ask(struct session *session, enum use_case use_case, struct error *err)
{
	return use_check(session, use_case, NULL, err);
}

bool session_sees_holes(const struct session *session, int64_t unit_id)
{
	enum role by;
	enum scope scope = right_scope(session->user.roles, USE_SLOT_LIST, &by);

	return scope == SCOPE_ALL || (scope == SCOPE_OWN && is_own_unit(session, unit_id));
}

int64_t session_now(const struct session *session)
{
	return clock_now(&session->clock);
}

struct wall_time session_wall(const struct session *session)
{
	return clock_wall(&session->clock);
}

int session_today(const struct session *session)
{
	return session_wall(session).day;
}

bool get_open_case(struct session *session, const char *code, struct arena *arena,
	struct case_ref *case_ref, struct error *err)
{
	if (!store_case_get(session->store, code, arena, case_ref, err))
		return false;
	return case_ref->status == CASE_OPEN
	       || error_set(err, ERROR_CONFLICT, _("case %s is closed; open a new one"), code);
}

static bool is_listed(const struct unit_list *units, int64_t id)
{
	for (size_t i = 0; i < units->count; i++) {
		if (units->items[i].id == id)
			return true;
	}
	return false;
}

bool get_units(struct session *session, const char *const *codes, size_t count,
	enum unit_choice choice, struct arena *arena, struct unit_list *units, struct error *err)
{
	*units = (struct unit_list) { 0 };
	for (size_t i = 0; i < count; i++) {
		struct unit unit;

		if (!store_unit_get(session->store, codes[i], arena, &unit, err))
			return false;
		if (!unit.active && choice == UNITS_ACTIVE)
			return error_set(err, ERROR_NOT_FOUND,
				_("unit %s is retired; see \"kutsu unit list\""), unit.code);
		if (is_listed(units, unit.id))
			continue;
		units->items = arena_append(arena, units->items, &units->count, sizeof(unit));
		units->items[units->count - 1] = unit;
	}
	return true;
}
