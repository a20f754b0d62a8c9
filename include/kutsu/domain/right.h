/*
 * Who may do what: one table of role x use case. The service layer asks it before anything is read
 * or changed, for the screens and the commands alike.
 *
 * Necessary for the task and no more (act 703/2023 on the processing of client data; GDPR art. 5
 * and 25): a coordinator works with cases, a contact with the own unit's holes and meetings, a
 * leader and a development worker with figures, an administrator with the registry, an auditor
 * with the log.
 */
#ifndef KUTSU_DOMAIN_RIGHT_H
#define KUTSU_DOMAIN_RIGHT_H

#include "kutsu/domain/terms.h"

#include <stdbool.h>

enum use_case {
	USE_NONE, /* nothing that needs a right */

	USE_CALL_TAKE,
	USE_DRAFT_WRITE,
	USE_DRAFT_TAKE_OVER,
	USE_DRAFT_DISCARD,
	USE_WORK_LOOK, /* what waits, today and in follow-up */
	USE_CASE_LIST,
	USE_CASE_KNOWN, /* the case that a caller may mean */
	USE_CASE_LOOK,
	USE_CASE_CLOSE,
	USE_CASE_EXPORT,
	USE_CONSENT_GIVE,
	USE_CONSENT_WITHDRAW,

	USE_HOLE_FIND,
	USE_HOLD,
	USE_HOLD_RELEASE,
	USE_MEETING_BOOK,
	USE_MEETING_LIST,
	USE_MEETING_LOOK,
	USE_MEETING_MOVE,
	USE_MEETING_CANCEL,
	USE_MEETING_RECORD,
	USE_INVITE,	    /* who is invited, and that an invitation may leave */
	USE_MEETING_ANSWER, /* what an invited unit answers */
	USE_ACTION_LIST,
	USE_ACTION_DONE,
	USE_ACTION_UNDONE,
	USE_EXPORT, /* calls, cases, meetings, actions */
	USE_EXPORT_UNIT_MEETINGS,

	USE_OUTBOX_LIST,
	USE_OUTBOX_LOOK, /* a message as it leaves */
	USE_OUTBOX_SEND, /* hands it to the post */
	USE_OUTBOX_KEEP, /* sends again what failed, drops, reminds */
	USE_REPLY_TAKE,	 /* an answer that came by e-mail */

	USE_UNIT_LIST,
	USE_UNIT_ADD,
	USE_UNIT_EDIT,
	USE_UNIT_RETIRE,
	USE_OWN_UNIT_LOOK, /* the own units' coming weeks */
	USE_SLOT_LIST,
	USE_SLOT_ADD,
	USE_SLOT_CHANGE,
	USE_SLOT_END,
	USE_SLOT_CONFIRM, /* what a unit says of its holes */
	USE_SLOT_CLOSE,
	USE_SLOT_CLOSE_REMOVE,
	USE_SLOT_OPEN,
	USE_SLOT_OPEN_REMOVE,
	USE_IMPORT_CALENDAR,
	USE_BREAK_ADD,
	USE_BREAK_REMOVE,
	USE_EXPORT_REGISTRY, /* units, slots */
	USE_EXPORT_UNIT_SLOTS,
	USE_IMPORT_REGISTRY, /* units, slots, contacts */

	USE_FIGURES_LOOK,
	USE_REPORT_ACCEPT, /* the month's, for the leadership group */
	USE_GOAL_SET,

	USE_FEEDBACK_FORMS,
	USE_FEEDBACK_FORM_ADD,
	USE_FEEDBACK_ADD,
	USE_FEEDBACK_LIST,  /* who has answered, not what */
	USE_FEEDBACK_ROUND, /* which units have answered for a month */
	USE_FEEDBACK_LOOK,  /* what was said in all */
	USE_FEEDBACK_PICK,  /* what of it the report tells */

	USE_OBSERVATION_ADD, /* nobody knows by whom: it is not logged */
	USE_OBSERVATION_LIST,
	USE_LEARNING_LOOK, /* phenomena, initiatives, decisions, groups */
	USE_PHENOMENON_KEEP,
	USE_INITIATIVE_KEEP,
	USE_GROUP_KEEP,
	USE_DECISION_MAKE,
	USE_NOTICE_SEE,
	USE_EXPORT_LEARNING,

	USE_USER_LIST,
	USE_USER_ADD,
	USE_USER_EDIT,
	USE_USER_RETIRE,
	USE_USER_KEY_ADD,
	USE_USER_KEY_REMOVE,
	USE_CONFIG_LIST,
	USE_CONFIG_SET,
	USE_BACKUP,
	USE_CHECK,
	USE_PURGE,

	USE_AUDIT_LIST,
	USE_AUDIT_CASE,
	USE_AUDIT_VERIFY,
	USE_AUDIT_SEAL,

	/* These stand before any right: anyone's attempt to come in, a database made or restored.
	 */
	USE_ENTER,
	USE_INIT,
	USE_RESTORE,

	USE_CASES
};

enum scope {
	SCOPE_NONE,
	SCOPE_OWN, /* of the own units */
	SCOPE_ALL
};

/* The use case's code, as the log has it. */
const char *use_case_code(enum use_case use_case);
/* What a row of the log says of it, translated; the code itself where another version wrote it. */
const char *use_case_label(const char *code);
/* Whether the log tells of it each time. What tells of no person and changes nothing is not
 * logged: only refused attempts are. */
bool use_case_is_logged(enum use_case use_case);

/* What one role may. */
enum scope role_scope(enum role role, enum use_case use_case);
/* What somebody of these roles may, the widest (bit 1u << role each); *by is the first role that
 * gives it. */
enum scope right_scope(unsigned roles, enum use_case use_case, enum role *by);

#endif
