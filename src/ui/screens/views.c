/* The menu: each view by its digit. */
#include "screens_internal.h"

const struct view views[] = {
	{ N_("Today"), today_screen_new },
	{ N_("Contacts"), contacts_screen_new },
	{ N_("Holes"), slots_screen_new },
	{ N_("Meetings"), meetings_screen_new },
	{ N_("Follow-up"), follow_screen_new },
	{ N_("Units"), units_screen_new },
};

const int view_count = sizeof(views) / sizeof(views[0]);
