#include "kutsu/domain/right.h"

#include "kutsu/base/message.h"

#include <assert.h>
#include <string.h>

#define ALL  SCOPE_ALL
#define OWN  SCOPE_OWN
#define NONE SCOPE_NONE

struct right {
	const char *code;
	const char *label; /* source text */
	bool is_logged;
	enum scope coordinator, contact, leader, developer_worker, admin, auditor;
};

/* clang-format off */
static const struct right rights[USE_CASES] = {
	/*                                                                                            logged  coord. contact leader dev.w. admin  auditor */
	[USE_CALL_TAKE] = {         "call_take",         N_("took a call"),                          true,   ALL,    NONE,   NONE,   NONE,   NONE,   NONE },
	[USE_DRAFT_WRITE] = {       "draft_write",       N_("began a draft"),                        true,   ALL,    NONE,   NONE,   NONE,   NONE,   NONE },
	[USE_DRAFT_TAKE_OVER] = {   "draft_take_over",   N_("took a draft over"),                    true,   ALL,    NONE,   NONE,   NONE,   NONE,   NONE },
	[USE_DRAFT_DISCARD] = {     "draft_discard",     N_("discarded a draft"),                    true,   ALL,    NONE,   NONE,   NONE,   NONE,   NONE },
	[USE_WORK_LOOK] = {         "work_look",         N_("looked at what waits"),                 true,   ALL,    NONE,   NONE,   NONE,   NONE,   NONE },
	[USE_CASE_LIST] = {         "case_list",         N_("looked at the list of cases"),          true,   ALL,    NONE,   NONE,   NONE,   NONE,   NONE },
	[USE_CASE_KNOWN] = {        "case_known",        N_("was shown that the case is known"),     true,   ALL,    NONE,   NONE,   NONE,   NONE,   NONE },
	[USE_CASE_LOOK] = {         "case_look",         N_("looked at the case"),                   true,   ALL,    OWN,    NONE,   NONE,   NONE,   NONE },
	[USE_CASE_CLOSE] = {        "case_close",        N_("closed the case"),                      true,   ALL,    NONE,   NONE,   NONE,   NONE,   NONE },
	[USE_CASE_EXPORT] = {       "case_export",       N_("wrote the case's memo out"),            true,   ALL,    NONE,   NONE,   NONE,   NONE,   NONE },
	[USE_CONSENT_GIVE] = {      "consent_give",      N_("recorded a consent"),                   true,   ALL,    NONE,   NONE,   NONE,   NONE,   NONE },
	[USE_CONSENT_WITHDRAW] = {  "consent_withdraw",  N_("recorded that a consent is withdrawn"), true,   ALL,    NONE,   NONE,   NONE,   NONE,   NONE },

	[USE_HOLE_FIND] = {         "hole_find",         N_("searched for holes"),                   false,  ALL,    NONE,   NONE,   NONE,   ALL,    NONE },
	[USE_HOLD] = {              "hold",              N_("held a time"),                          true,   ALL,    NONE,   NONE,   NONE,   NONE,   NONE },
	[USE_HOLD_RELEASE] = {      "hold_release",      N_("let a held time go"),                   true,   ALL,    NONE,   NONE,   NONE,   NONE,   NONE },
	[USE_MEETING_BOOK] = {      "meeting_book",      N_("booked a meeting"),                     true,   ALL,    NONE,   NONE,   NONE,   NONE,   NONE },
	[USE_MEETING_LIST] = {      "meeting_list",      N_("looked at the list of meetings"),       false,  ALL,    OWN,    NONE,   NONE,   NONE,   NONE },
	[USE_MEETING_LOOK] = {      "meeting_look",      N_("looked at a meeting"),                  true,   ALL,    OWN,    NONE,   NONE,   NONE,   NONE },
	[USE_MEETING_MOVE] = {      "meeting_move",      N_("moved a meeting"),                      true,   ALL,    NONE,   NONE,   NONE,   NONE,   NONE },
	[USE_MEETING_CANCEL] = {    "meeting_cancel",    N_("cancelled a meeting"),                  true,   ALL,    NONE,   NONE,   NONE,   NONE,   NONE },
	[USE_MEETING_RECORD] = {    "meeting_record",    N_("recorded a meeting"),                   true,   ALL,    NONE,   NONE,   NONE,   NONE,   NONE },
	[USE_INVITE] = {            "invite",            N_("let an invitation leave"),                true,   ALL,    NONE,   NONE,   NONE,   NONE,   NONE },
	[USE_MEETING_ANSWER] = {   "meeting_answer",    N_("noted what a unit answers"),             true,   ALL,    OWN,    NONE,   NONE,   NONE,   NONE },
	[USE_ACTION_LIST] = {       "action_list",       N_("looked at the agreed actions"),         true,   ALL,    NONE,   NONE,   NONE,   NONE,   NONE },
	[USE_ACTION_DONE] = {       "action_done",       N_("marked an action done"),                true,   ALL,    NONE,   NONE,   NONE,   NONE,   NONE },
	[USE_ACTION_UNDONE] = {     "action_undone",     N_("took back that an action is done"),     true,   ALL,    NONE,   NONE,   NONE,   NONE,   NONE },
	[USE_EXPORT] = {            "export",            N_("wrote data out"),                       true,   ALL,    NONE,   NONE,   NONE,   NONE,   NONE },
	[USE_EXPORT_UNIT_MEETINGS] = { "export_unit_meetings", N_("wrote a unit's meetings out"),    true,   ALL,    OWN,    NONE,   NONE,   NONE,   NONE },

	[USE_OUTBOX_LIST] = {      "outbox_list",       N_("looked at the outbox"),                  false,  ALL,    NONE,   NONE,   NONE,   ALL,    NONE },
	[USE_OUTBOX_LOOK] = {      "outbox_look",       N_("looked at a message"),                   true,   ALL,    NONE,   NONE,   NONE,   NONE,   NONE },
	[USE_OUTBOX_SEND] = {      "outbox_send",       N_("sent a message"),                        true,   ALL,    NONE,   NONE,   NONE,   ALL,    NONE },
	[USE_OUTBOX_KEEP] = {      "outbox_keep",       N_("kept the outbox"),                       true,   ALL,    NONE,   NONE,   NONE,   ALL,    NONE },
	[USE_REPLY_TAKE] = {       "reply_take",        N_("took an answer by e-mail in"),           true,   ALL,    NONE,   NONE,   NONE,   ALL,    NONE },

	[USE_UNIT_LIST] = {         "unit_list",         N_("looked at the units"),                  false,  ALL,    ALL,    NONE,   NONE,   ALL,    NONE },
	[USE_UNIT_ADD] = {          "unit_add",          N_("added a unit"),                         true,   NONE,   NONE,   NONE,   NONE,   ALL,    NONE },
	[USE_UNIT_EDIT] = {         "unit_edit",         N_("changed a unit"),                       true,   NONE,   NONE,   NONE,   NONE,   ALL,    NONE },
	[USE_UNIT_RETIRE] = {       "unit_retire",       N_("retired a unit"),                       true,   NONE,   NONE,   NONE,   NONE,   ALL,    NONE },
	[USE_OWN_UNIT_LOOK] = {     "own_unit_look",     N_("looked at the own units' weeks"),        false,  NONE,   OWN,    NONE,   NONE,   NONE,   NONE },
	[USE_SLOT_LIST] = {         "slot_list",         N_("looked at the holes"),                  false,  ALL,    OWN,    NONE,   NONE,   ALL,    NONE },
	[USE_SLOT_ADD] = {          "slot_add",          N_("added a hole"),                         true,   ALL,    OWN,    NONE,   NONE,   ALL,    NONE },
	[USE_SLOT_CHANGE] = {       "slot_change",       N_("changed a hole"),                       true,   ALL,    OWN,    NONE,   NONE,   ALL,    NONE },
	[USE_SLOT_END] = {          "slot_end",          N_("ended a hole"),                         true,   ALL,    OWN,    NONE,   NONE,   ALL,    NONE },
	[USE_SLOT_CONFIRM] = {      "slot_confirm",      N_("answered for holes"),                   true,   ALL,    OWN,    NONE,   NONE,   ALL,    NONE },
	[USE_SLOT_CLOSE] = {        "slot_close",        N_("closed holes"),                         true,   ALL,    OWN,    NONE,   NONE,   ALL,    NONE },
	[USE_SLOT_CLOSE_REMOVE] = { "slot_close_remove", N_("took a closing back"),                  true,   ALL,    OWN,    NONE,   NONE,   ALL,    NONE },
	[USE_SLOT_OPEN] = {         "slot_open",         N_("added an extra hole"),                  true,   ALL,    OWN,    NONE,   NONE,   ALL,    NONE },
	[USE_SLOT_OPEN_REMOVE] = {  "slot_open_remove",  N_("took an extra hole back"),              true,   ALL,    OWN,    NONE,   NONE,   ALL,    NONE },
	[USE_IMPORT_CALENDAR] = {   "import_calendar",   N_("read a calendar in"),                   true,   ALL,    OWN,    NONE,   NONE,   ALL,    NONE },
	[USE_BREAK_ADD] = {         "break_add",         N_("added a school break"),                 true,   ALL,    NONE,   NONE,   NONE,   ALL,    NONE },
	[USE_BREAK_REMOVE] = {      "break_remove",      N_("removed a school break"),               true,   ALL,    NONE,   NONE,   NONE,   ALL,    NONE },
	[USE_EXPORT_REGISTRY] = {   "export_registry",   N_("wrote the registry out"),               true,   ALL,    NONE,   NONE,   NONE,   ALL,    NONE },
	[USE_EXPORT_UNIT_SLOTS] = { "export_unit_slots", N_("wrote a unit's holes out"),             true,   ALL,    OWN,    NONE,   NONE,   ALL,    NONE },
	[USE_IMPORT_REGISTRY] = {   "import_registry",   N_("read units and people in"),              true,   NONE,   NONE,   NONE,   NONE,   ALL,    NONE },

	[USE_FIGURES_LOOK] = {      "figures_look",      N_("looked at figures"),                    true,   ALL,    NONE,   ALL,    ALL,    NONE,   NONE },
	[USE_REPORT_ACCEPT] = {     "report_accept",     N_("accepted the month's report"),          true,   NONE,   NONE,   ALL,    ALL,    NONE,   NONE },
	[USE_GOAL_SET] = {          "goal_set",          N_("set a goal"),                           true,   NONE,   NONE,   ALL,    ALL,    NONE,   NONE },

	[USE_FEEDBACK_FORMS] = {    "feedback_forms",    N_("looked at the feedback forms"),         false,  ALL,    ALL,    ALL,    ALL,    ALL,    NONE },
	[USE_FEEDBACK_FORM_ADD] = { "feedback_form_add", N_("added a feedback form"),                true,   NONE,   NONE,   NONE,   NONE,   ALL,    NONE },
	[USE_FEEDBACK_ADD] = {      "feedback_add",      N_("entered feedback"),                     true,   ALL,    OWN,    NONE,   NONE,   NONE,   NONE },
	[USE_FEEDBACK_LIST] = {     "feedback_list",     N_("looked at who has given feedback"),     false,  ALL,    NONE,   NONE,   NONE,   NONE,   NONE },
	[USE_FEEDBACK_ROUND] = {    "feedback_round",    N_("looked at the units' monthly feedback"), false, ALL,    OWN,    ALL,    ALL,    NONE,   NONE },
	[USE_FEEDBACK_LOOK] = {     "feedback_look",     N_("looked at what feedback says"),         true,   ALL,    NONE,   ALL,    ALL,    NONE,   NONE },
	[USE_FEEDBACK_PICK] = {     "feedback_pick",     N_("picked feedback for the report"),       true,   ALL,    NONE,   NONE,   ALL,    NONE,   NONE },

	[USE_OBSERVATION_ADD] = {   "observation_add",   N_("wrote an observation"),                 false,  ALL,    ALL,    ALL,    ALL,    NONE,   NONE },
	[USE_OBSERVATION_LIST] = {  "observation_list",  N_("looked at the observations"),           false,  ALL,    NONE,   ALL,    ALL,    NONE,   NONE },
	[USE_LEARNING_LOOK] = {     "learning_look",     N_("looked at phenomena, initiatives and decisions"), false, ALL, ALL, ALL,   ALL,    ALL,    ALL },
	[USE_PHENOMENON_KEEP] = {   "phenomenon_keep",   N_("kept the phenomena"),                   true,   ALL,    NONE,   NONE,   ALL,    NONE,   NONE },
	[USE_INITIATIVE_KEEP] = {   "initiative_keep",   N_("kept the initiatives"),                 true,   ALL,    NONE,   NONE,   ALL,    NONE,   NONE },
	[USE_GROUP_KEEP] = {        "group_keep",        N_("kept the leadership groups"),           true,   NONE,   NONE,   NONE,   ALL,    ALL,    NONE },
	[USE_DECISION_MAKE] = {     "decision_make",     N_("wrote a decision down"),                true,   NONE,   NONE,   ALL,    ALL,    NONE,   NONE },
	[USE_NOTICE_SEE] = {        "notice_see",        N_("has seen a decision"),                  true,   ALL,    ALL,    ALL,    ALL,    ALL,    ALL },
	[USE_EXPORT_LEARNING] = {   "export_learning",   N_("wrote feedback or what was learned out"), true, ALL,    NONE,   ALL,    ALL,    NONE,   NONE },

	[USE_USER_LIST] = {         "user_list",         N_("looked at the users"),                  false,  NONE,   NONE,   NONE,   NONE,   ALL,    ALL },
	[USE_USER_ADD] = {          "user_add",          N_("added a user"),                         true,   NONE,   NONE,   NONE,   NONE,   ALL,    NONE },
	[USE_USER_EDIT] = {         "user_edit",         N_("changed a user"),                       true,   NONE,   NONE,   NONE,   NONE,   ALL,    NONE },
	[USE_USER_RETIRE] = {       "user_retire",       N_("retired a user"),                       true,   NONE,   NONE,   NONE,   NONE,   ALL,    NONE },
	[USE_USER_KEY_ADD] = {      "user_key_add",      N_("added a key"),                          true,   NONE,   NONE,   NONE,   NONE,   ALL,    NONE },
	[USE_USER_KEY_REMOVE] = {   "user_key_remove",   N_("removed a key"),                        true,   NONE,   NONE,   NONE,   NONE,   ALL,    NONE },
	[USE_CONFIG_LIST] = {       "config_list",       N_("looked at the settings"),               false,  NONE,   NONE,   NONE,   NONE,   ALL,    NONE },
	[USE_CONFIG_SET] = {        "config_set",        N_("changed a setting"),                    true,   NONE,   NONE,   NONE,   NONE,   ALL,    NONE },
	[USE_BACKUP] = {            "backup",            N_("took a backup"),                        true,   NONE,   NONE,   NONE,   NONE,   ALL,    NONE },
	[USE_CHECK] = {             "check",             N_("checked the database"),                 true,   NONE,   NONE,   NONE,   NONE,   ALL,    ALL },
	[USE_PURGE] = {             "purge",             N_("purged old cases"),                     true,   NONE,   NONE,   NONE,   NONE,   ALL,    NONE },

	[USE_AUDIT_LIST] = {        "audit_list",        N_("looked at the log"),                    true,   NONE,   NONE,   NONE,   NONE,   NONE,   ALL },
	[USE_AUDIT_CASE] = {        "audit_case",        N_("printed a case's log report"),          true,   NONE,   NONE,   NONE,   NONE,   NONE,   ALL },
	[USE_AUDIT_VERIFY] = {      "audit_verify",      N_("verified the log"),                     true,   NONE,   NONE,   NONE,   NONE,   ALL,    ALL },
	[USE_AUDIT_SEAL] = {        "audit_seal",        N_("printed the log's seal"),               true,   NONE,   NONE,   NONE,   NONE,   ALL,    ALL },

	[USE_ENTER] = {             "enter",             N_("came in"),                              false,  ALL,    ALL,    ALL,    ALL,    ALL,    ALL },
	[USE_INIT] = {              "init",              N_("made the database"),                    true,   NONE,   NONE,   NONE,   NONE,   NONE,   NONE },
	[USE_RESTORE] = {           "restore",           N_("restored the database"),                true,   NONE,   NONE,   NONE,   NONE,   NONE,   NONE },
};
/* clang-format on */

const char *use_case_code(enum use_case use_case)
{
	assert(use_case > USE_NONE && use_case < USE_CASES);
	return rights[use_case].code;
}

const char *use_case_label(const char *code)
{
	for (int i = USE_NONE + 1; i < USE_CASES; i++) {
		if (strcmp(rights[i].code, code) == 0)
			return _(rights[i].label);
	}
	return code;
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
