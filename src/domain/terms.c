#include "kutsu/domain/terms.h"

#include "kutsu/base/message.h"
#include "kutsu/domain/readiness.h"

#include <strings.h>

static const struct term sectors[SECTORS] = {
	[SECTOR_HEALTH_CLINIC] = { "TER", N_("maternity and child health, primary care") },
	[SECTOR_SCHOOL_HEALTH] = { "KTH", N_("school health care") },
	[SECTOR_PUPIL_WELFARE] = { "OPH", N_("school social workers and psychologists") },
	[SECTOR_FAMILY_SOCIAL] = { "SOS", N_("social services for families") },
	[SECTOR_CHILD_MENTAL_HEALTH] = { "MIE", N_("mental health of children and young people") },
	[SECTOR_ADULT_SERVICES] = { "AIK", N_("health and social services for adults") },
	[SECTOR_EARLY_EDUCATION] = { "VAK", N_("early childhood education") },
	[SECTOR_SCHOOL] = { "SIV", N_("basic education") },
	[SECTOR_YOUTH] = { "NUO", N_("youth and leisure") },
	[SECTOR_NGO] = { "JAR", N_("organisation") },
	[SECTOR_PARISH] = { "SRK", N_("parish") },
};

static const struct term repeats[REPEATS] = {
	[REPEAT_WEEKLY] = { "weekly", N_("weekly") },
	[REPEAT_FORTNIGHTLY] = { "fortnightly", N_("every second week") },
	[REPEAT_MONTHLY] = { "monthly", N_("monthly") },
};

static const struct term sources[SOURCES] = {
	[SOURCE_FAMILY] = { "family", N_("family") },
	[SOURCE_YOUNG_PERSON] = { "young_person", N_("young person") },
	[SOURCE_EARLY_EDUCATION] = { "early_education", N_("early education") },
	[SOURCE_SCHOOL] = { "school", N_("school") },
	[SOURCE_HEALTH] = { "health", N_("health care") },
	[SOURCE_SOCIAL] = { "social", N_("social services") },
	[SOURCE_ADULT_SERVICES] = { "adult_services", N_("adult services") },
	[SOURCE_NGO] = { "ngo", N_("organisation or parish") },
	[SOURCE_OTHER] = { "other", N_("someone else") },
};

static const struct term outcomes[OUTCOMES] = {
	[OUTCOME_MEETING] = { "meeting", N_("meeting") },
	[OUTCOME_ADVICE] = { "advice", N_("advice") },
	[OUTCOME_DISCUSSION] = { "discussion", N_("Let's Talk discussion first") },
	[OUTCOME_NOTIFICATION] = { "notification", N_("duty to notify") },
};

static const struct term case_statuses[CASE_STATUSES] = {
	[CASE_OPEN] = { "open", N_("open") },
	[CASE_CLOSED] = { "closed", N_("closed") },
};

static const struct term meeting_kinds[MEETING_KINDS] = {
	[MEETING_INVITED] = { "invited", N_("invited network meeting") },
	[MEETING_FOLLOW_UP] = { "follow_up", N_("follow-up meeting") },
};

static const struct term meeting_statuses[MEETING_STATUSES] = {
	[MEETING_HOLD] = { "hold", N_("on hold") },
	[MEETING_BOOKED] = { "booked", N_("booked") },
	[MEETING_RECORDED] = { "recorded", N_("recorded") },
	[MEETING_CANCELLED] = { "cancelled", N_("cancelled") },
};

static const struct term environments[ENVIRONMENTS] = {
	[ENVIRONMENT_HOME] = { "home", N_("home") },
	[ENVIRONMENT_EARLY_EDUCATION] = { "early_education", N_("early education") },
	[ENVIRONMENT_SCHOOL] = { "school", N_("school") },
	[ENVIRONMENT_LEISURE] = { "leisure", N_("leisure") },
	[ENVIRONMENT_SERVICES] = { "services", N_("services") },
};

static const struct term occurrence_states[OCCURRENCE_STATES] = {
	[OCCURRENCE_OPEN] = { "open", N_("free") },
	[OCCURRENCE_HELD] = { "held", N_("held") },
	[OCCURRENCE_BOOKED] = { "booked", N_("full") },
	[OCCURRENCE_CLOSED] = { "closed", N_("away") },
};

static const struct term readinesses[READINESSES] = {
	[READINESS_CONFIRMED] = { "confirmed", N_("confirmed") },
	[READINESS_UNCONFIRMED] = { "unconfirmed", N_("unconfirmed") },
	[READINESS_DECLINED] = { "declined", N_("can't come") },
	[READINESS_DEPUTY] = { "deputy", N_("the deputy goes") },
	[READINESS_PAUSED] = { "paused", N_("paused") },
	[READINESS_NONE] = { "none", N_("no hole") },
};

static const struct term asked[ASKED] = {
	[ASKED_NOTHING] = { "", "" },
	[ASKED_MOVE] = { "move", N_("move the meeting") },
	[ASKED_CANCEL] = { "cancel", N_("cancel the meeting") },
};

static const struct term answers[ANSWERS] = {
	[ANSWER_NONE] = { "none", N_("no answer yet") },
	[ANSWER_ACCEPTED] = { "accepted", N_("comes") },
	[ANSWER_DECLINED] = { "declined", N_("does not come") },
	[ANSWER_DEPUTY] = { "deputy", N_("the deputy comes") },
	[ANSWER_COUNTER] = { "counter", N_("offers another time") },
};

static const struct term decline_reasons[DECLINE_REASONS] = {
	[DECLINE_UNTOLD] = { "untold", N_("no reason told") },
	[DECLINE_ABSENT] = { "absent", N_("the ready person is away") },
	[DECLINE_OTHER_MEETING] = { "other_meeting", N_("another meeting at that time") },
	[DECLINE_STAFF] = { "staff", N_("not enough staff") },
	[DECLINE_NOT_OURS] = { "not_ours", N_("the matter belongs to another unit") },
	[DECLINE_OTHER] = { "other", N_("another reason") },
};

static const struct term message_kinds[MESSAGE_KINDS] = {
	[MESSAGE_REQUEST] = { "request", N_("invitation") },
	[MESSAGE_CANCEL] = { "cancel", N_("cancellation") },
	[MESSAGE_REMINDER] = { "reminder", N_("reminder") },
	[MESSAGE_FAMILY] = { "family", N_("to the family") },
};

static const struct term message_states[MESSAGE_STATES] = {
	[MESSAGE_WAITING_CONSENT] = { "waiting_consent", N_("waits for consent") },
	[MESSAGE_DRAFT] = { "draft", N_("draft") },
	[MESSAGE_QUEUED] = { "queued", N_("about to leave") },
	[MESSAGE_SENT] = { "sent", N_("sent") },
	[MESSAGE_FAILED] = { "failed", N_("could not be delivered") },
};

static const struct term age_groups[AGE_GROUPS] = {
	[AGE_0_2] = { "age_0_2", N_("0 to 2 years") },
	[AGE_3_6] = { "age_3_6", N_("3 to 6 years") },
	[AGE_7_12] = { "age_7_12", N_("7 to 12 years") },
	[AGE_13_15] = { "age_13_15", N_("13 to 15 years") },
	[AGE_16_17] = { "age_16_17", N_("16 to 17 years") },
	[AGE_18_OR_OVER] = { "age_18_or_over", N_("18 years or over") },
	[AGE_UNKNOWN] = { "unknown", N_("age not known") },
};

static const struct term initiative_statuses[INITIATIVE_STATUSES] = {
	[INITIATIVE_PLANNED] = { "planned", N_("planned") },
	[INITIATIVE_UNDER_WAY] = { "under_way", N_("under way") },
	[INITIATIVE_DONE] = { "done", N_("done") },
	[INITIATIVE_ENDED] = { "ended", N_("ended before it was done") },
};

static const struct term respondents[RESPONDENTS] = {
	[RESPONDENT_GUARDIAN] = { "guardian", N_("guardian") },
	[RESPONDENT_YOUNG_PERSON] = { "young_person", N_("young person, 13 or older") },
	[RESPONDENT_CHILD] = { "child", N_("child, 7 to 12") },
	[RESPONDENT_WORKER] = { "worker", N_("worker of a unit") },
	[RESPONDENT_UNIT] = { "unit", N_("unit, of a month") },
};

static const struct term scales[SCALES] = {
	[SCALE_RECOMMEND] = { "recommend", N_("0 to 10") },
	[SCALE_AGREE] = { "agree", N_("1 to 5") },
	[SCALE_FACES] = { "faces", N_("1 sad, 2 neutral, 3 smile") },
	[SCALE_YES_NO] = { "yes_no", N_("yes or no") },
	[SCALE_COUNT] = { "count", N_("a number") },
	[SCALE_TEXT] = { "text", N_("text") },
};

static const struct term roles[ROLES] = {
	[ROLE_COORDINATOR] = { "coordinator", N_("coordinator") },
	[ROLE_CONTACT] = { "contact", N_("unit contact") },
	[ROLE_LEADER] = { "leader", N_("member of the leadership group") },
	[ROLE_DEVELOPER_WORKER] = { "developer_worker", N_("development worker") },
	[ROLE_ADMIN] = { "admin", N_("administrator") },
	[ROLE_AUDITOR] = { "auditor", N_("data protection officer") },
};

const struct term_list sector_terms = { sectors, SECTORS };
const struct term_list repeat_terms = { repeats, REPEATS };
const struct term_list source_terms = { sources, SOURCES };
const struct term_list outcome_terms = { outcomes, OUTCOMES };
const struct term_list case_status_terms = { case_statuses, CASE_STATUSES };
const struct term_list meeting_kind_terms = { meeting_kinds, MEETING_KINDS };
const struct term_list meeting_status_terms = { meeting_statuses, MEETING_STATUSES };
const struct term_list environment_terms = { environments, ENVIRONMENTS };
const struct term_list occurrence_terms = { occurrence_states, OCCURRENCE_STATES };
const struct term_list readiness_terms = { readinesses, READINESSES };
const struct term_list asked_terms = { asked, ASKED };
const struct term_list answer_terms = { answers, ANSWERS };
const struct term_list decline_reason_terms = { decline_reasons, DECLINE_REASONS };
const struct term_list message_kind_terms = { message_kinds, MESSAGE_KINDS };
const struct term_list message_state_terms = { message_states, MESSAGE_STATES };
const struct term_list age_group_terms = { age_groups, AGE_GROUPS };
const struct term_list initiative_status_terms = { initiative_statuses, INITIATIVE_STATUSES };
const struct term_list respondent_terms = { respondents, RESPONDENTS };
const struct term_list scale_terms = { scales, SCALES };
const struct term_list role_terms = { roles, ROLES };

const char *term_code(const struct term_list *list, int value)
{
	return list->terms[value].code;
}

const char *term_label(const struct term_list *list, int value)
{
	return _(list->terms[value].label);
}

bool term_parse(const struct term_list *list, const char *code, int *value)
{
	for (int i = 0; i < list->count; i++) {
		if (strcasecmp(list->terms[i].code, code) == 0) {
			*value = i;
			return true;
		}
	}
	return false;
}
