/* What lies before the leadership group's next meeting, in one pack. */
#ifndef KUTSU_DOMAIN_LEADERSHIP_AGENDA_H
#define KUTSU_DOMAIN_LEADERSHIP_AGENDA_H

#include "kutsu/domain/learning.h"
#include "kutsu/domain/monthly_report.h"

#define AGENDA_DECISIONS 10 /* the last ones */

struct leadership_agenda {
	int today;
	struct monthly_report report;
	struct phenomenon_list phenomena;   /* the open ones */
	struct initiative_list initiatives; /* all but those that are done or ended */
	struct decision_list decisions;	    /* the last ones */
	struct leadership_group_list groups;
};

#endif
