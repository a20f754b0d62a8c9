/* The menu: each view by its digit. */
#include "screens_internal.h"

const struct view views[] = {
	{ '1', USE_WORK_LOOK, N_("Today"), today_screen_new, false },
	{ '0', USE_OWN_UNIT_LOOK, N_("Own unit"), own_unit_screen_new, false },
	{ '2', USE_CASE_LIST, N_("Contacts"), contacts_screen_new, false },
	{ '3', USE_SLOT_LIST, N_("Holes"), slots_screen_new, false },
	{ '4', USE_MEETING_LIST, N_("Meetings"), meetings_screen_new, false },
	{ '5', USE_WORK_LOOK, N_("Follow-up"), follow_screen_new, false },
	{ '6', USE_UNIT_LIST, N_("Units"), units_screen_new, false },
	{ '7', USE_FEEDBACK_ROUND, N_("Feedback"), feedback_screen_new, true },
	{ '8', USE_FIGURES_LOOK, N_("Situation"), figures_screen_new, false },
	{ '9', USE_AUDIT_LIST, N_("Log"), log_screen_new, false },
};

const int view_count = sizeof(views) / sizeof(views[0]);
