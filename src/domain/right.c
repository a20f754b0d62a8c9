#include "kutsu/domain/right.h"

#include <assert.h>
#include <stddef.h>

#define ALL  SCOPE_ALL
#define OWN  SCOPE_OWN
#define NONE SCOPE_NONE

struct right {
	const char *code;
	bool is_logged;
	enum scope coordinator, contact, leader, developer_worker, admin, auditor;
};

/* clang-format off: a table to be read by its columns */
static const struct right rights[USE_CASES] = {
	/*                         code                 logged  coord. contact leader dev.w. admin
	   auditor */
	[USE_CALL_TAKE] = { "call_take", true, ALL, NONE, NONE, NONE, NONE, NONE },
	[USE_DRAFT_WRITE] = { "draft_write", true, ALL, NONE, NONE, NONE, NONE, NONE },
	[USE_DRAFT_TAKE_OVER] = { "draft_take_over", true, ALL, NONE, NONE, NONE, NONE, NONE },
	[USE_DRAFT_DISCARD] = { "draft_discard", true, ALL, NONE, NONE, NONE, NONE, NONE },
	[USE_WORK_LOOK] = { "work_look", true, ALL, NONE, NONE, NONE, NONE, NONE },
	[USE_CASE_LIST] = { "case_list", true, ALL, NONE, NONE, NONE, NONE, NONE },
	[USE_CASE_KNOWN] = { "case_known", true, ALL, NONE, NONE, NONE, NONE, NONE },
	[USE_CASE_LOOK] = { "case_look", true, ALL, OWN, NONE, NONE, NONE, NONE },
	[USE_CASE_CLOSE] = { "case_close", true, ALL, NONE, NONE, NONE, NONE, NONE },
	[USE_CASE_EXPORT] = { "case_export", true, ALL, NONE, NONE, NONE, NONE, NONE },
	[USE_CONSENT_GIVE] = { "consent_give", true, ALL, NONE, NONE, NONE, NONE, NONE },
	[USE_CONSENT_WITHDRAW] = { "consent_withdraw", true, ALL, NONE, NONE, NONE, NONE, NONE },

	[USE_HOLE_FIND] = { "hole_find", false, ALL, NONE, NONE, NONE, ALL, NONE },
	[USE_HOLD] = { "hold", true, ALL, NONE, NONE, NONE, NONE, NONE },
	[USE_HOLD_RELEASE] = { "hold_release", true, ALL, NONE, NONE, NONE, NONE, NONE },
	[USE_MEETING_BOOK] = { "meeting_book", true, ALL, NONE, NONE, NONE, NONE, NONE },
	[USE_MEETING_LIST] = { "meeting_list", false, ALL, OWN, NONE, NONE, NONE, NONE },
	[USE_MEETING_LOOK] = { "meeting_look", true, ALL, OWN, NONE, NONE, NONE, NONE },
	[USE_MEETING_MOVE] = { "meeting_move", true, ALL, NONE, NONE, NONE, NONE, NONE },
	[USE_MEETING_CANCEL] = { "meeting_cancel", true, ALL, NONE, NONE, NONE, NONE, NONE },
	[USE_MEETING_RECORD] = { "meeting_record", true, ALL, NONE, NONE, NONE, NONE, NONE },
	[USE_ACTION_LIST] = { "action_list", true, ALL, NONE, NONE, NONE, NONE, NONE },
	[USE_ACTION_DONE] = { "action_done", true, ALL, NONE, NONE, NONE, NONE, NONE },
	[USE_ACTION_UNDONE] = { "action_undone", true, ALL, NONE, NONE, NONE, NONE, NONE },
	[USE_EXPORT] = { "export", true, ALL, NONE, NONE, NONE, NONE, NONE },

	[USE_UNIT_LIST] = { "unit_list", false, ALL, OWN, NONE, NONE, ALL, NONE },
	[USE_UNIT_ADD] = { "unit_add", true, NONE, NONE, NONE, NONE, ALL, NONE },
	[USE_UNIT_EDIT] = { "unit_edit", true, NONE, NONE, NONE, NONE, ALL, NONE },
	[USE_UNIT_RETIRE] = { "unit_retire", true, NONE, NONE, NONE, NONE, ALL, NONE },
	[USE_SLOT_LIST] = { "slot_list", false, ALL, OWN, NONE, NONE, ALL, NONE },
	[USE_SLOT_ADD] = { "slot_add", true, ALL, OWN, NONE, NONE, ALL, NONE },
	[USE_SLOT_END] = { "slot_end", true, ALL, OWN, NONE, NONE, ALL, NONE },
	[USE_SLOT_CLOSE] = { "slot_close", true, ALL, OWN, NONE, NONE, ALL, NONE },
	[USE_SLOT_CLOSE_REMOVE] = { "slot_close_remove", true, ALL, OWN, NONE, NONE, ALL, NONE },
	[USE_SLOT_OPEN] = { "slot_open", true, ALL, OWN, NONE, NONE, ALL, NONE },
	[USE_SLOT_OPEN_REMOVE] = { "slot_open_remove", true, ALL, OWN, NONE, NONE, ALL, NONE },
	[USE_BREAK_ADD] = { "break_add", true, ALL, NONE, NONE, NONE, ALL, NONE },
	[USE_BREAK_REMOVE] = { "break_remove", true, ALL, NONE, NONE, NONE, ALL, NONE },
	[USE_EXPORT_REGISTRY] = { "export_registry", true, ALL, NONE, NONE, NONE, ALL, NONE },

	[USE_FIGURES_LOOK] = { "figures_look", true, ALL, NONE, ALL, ALL, NONE, NONE },

	[USE_USER_LIST] = { "user_list", false, NONE, NONE, NONE, NONE, ALL, ALL },
	[USE_USER_ADD] = { "user_add", true, NONE, NONE, NONE, NONE, ALL, NONE },
	[USE_USER_EDIT] = { "user_edit", true, NONE, NONE, NONE, NONE, ALL, NONE },
	[USE_USER_RETIRE] = { "user_retire", true, NONE, NONE, NONE, NONE, ALL, NONE },
	[USE_USER_KEY_ADD] = { "user_key_add", true, NONE, NONE, NONE, NONE, ALL, NONE },
	[USE_USER_KEY_REMOVE] = { "user_key_remove", true, NONE, NONE, NONE, NONE, ALL, NONE },
	[USE_CONFIG_LIST] = { "config_list", false, NONE, NONE, NONE, NONE, ALL, NONE },
	[USE_CONFIG_SET] = { "config_set", true, NONE, NONE, NONE, NONE, ALL, NONE },
	[USE_BACKUP] = { "backup", true, NONE, NONE, NONE, NONE, ALL, NONE },
	[USE_CHECK] = { "check", true, NONE, NONE, NONE, NONE, ALL, ALL },
	[USE_PURGE] = { "purge", true, NONE, NONE, NONE, NONE, ALL, NONE },

	[USE_AUDIT_LIST] = { "audit_list", true, NONE, NONE, NONE, NONE, NONE, ALL },
	[USE_AUDIT_CASE] = { "audit_case", true, NONE, NONE, NONE, NONE, NONE, ALL },
	[USE_AUDIT_VERIFY] = { "audit_verify", true, NONE, NONE, NONE, NONE, ALL, ALL },
	[USE_AUDIT_SEAL] = { "audit_seal", true, NONE, NONE, NONE, NONE, ALL, ALL },

	[USE_ENTER] = { "enter", false, ALL, ALL, ALL, ALL, ALL, ALL },
	[USE_INIT] = { "init", true, NONE, NONE, NONE, NONE, NONE, NONE },
	[USE_RESTORE] = { "restore", true, NONE, NONE, NONE, NONE, NONE, NONE },
};
/* clang-format on */

const char *use_case_code(enum use_case use_case)
{
	assert(use_case > USE_NONE && use_case < USE_CASES);
	return rights[use_case].code;
}

bool use_case_is_logged(enum use_case use_case)
{
	return rights[use_case].is_logged;
}

enum scope role_scope(enum role role, enum use_case use_case)
{
	const struct right *right = &rights[use_case];

	switch (role) {
	case ROLE_COORDINATOR:
		return right->coordinator;
	case ROLE_CONTACT:
		return right->contact;
	case ROLE_LEADER:
		return right->leader;
	case ROLE_DEVELOPER_WORKER:
		return right->developer_worker;
	case ROLE_ADMIN:
		return right->admin;
	case ROLE_AUDITOR:
		return right->auditor;
	default:
		return SCOPE_NONE;
	}
}

enum scope right_scope(unsigned roles, enum use_case use_case, enum role *by)
{
	enum scope widest = SCOPE_NONE;

	for (int role = 0; role < ROLES; role++) {
		enum scope scope;

		if (!(roles & 1u << role))
			continue;
		scope = role_scope((enum role)role, use_case);
		if (scope > widest) {
			widest = scope;
			*by = (enum role)role;
		}
	}
	return widest;
}
