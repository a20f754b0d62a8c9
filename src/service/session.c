#include "kutsu/service/session.h"

#include "kutsu/base/message.h"
#include "kutsu/store/case_store.h"
#include "kutsu/store/log_store.h"
#include "kutsu/store/setting_store.h"
#include "kutsu/store/unit_store.h"
#include "kutsu/store/user_store.h"
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

bool session_begin(struct session *session, struct store *store, struct clock clock,
	const char *login, struct error *err)
{
	struct user user;

	*session = (struct session) { .store = store, .clock = clock };
	if (!read_settings(session, err)
		|| !store_user_get(store, login, &session->arena, &user, err))
		return false;
	if (!user.id)
		return error_set(err, ERROR_DENIED,
			_("%.40s is no user of this database; ask its administrator"), login);
	session->user_id = user.id;
	session->login = user.login;
	return true;
}

void session_end(struct session *session)
{
	arena_release(&session->arena);
	*session = (struct session) { 0 };
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

bool use_begin(struct session *session, struct change *change, struct error *err)
{
	return change_begin(change, session->store, err);
}

bool use_log(struct session *session, struct change *change, const char *use_case, int64_t case_id,
	const char *detail, struct error *err)
{
	return store_log_add(change,
		&(struct log_row) { .at = session_now(session),
			.clock_fixed = session->clock.is_fixed,
			.user_id = session->user_id,
			.login = session->login,
			.account = session->login,
			.use_case = use_case,
			.case_id = case_id,
			.detail = detail },
		err);
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
