/* The fictitious region's invitations: told when the meeting was booked, most of them answered. */
#include "demo_region_internal.h"
#include "kutsu/base/arena.h"
#include "kutsu/service/inviting.h"
#include "kutsu/service/outbox.h"
#include "kutsu/store/meeting_store.h"

#include <string.h>

/* Answers that are none of a plain yes. */
static const struct {
	const char *call, *unit;
	struct invitation_answer answer;
} answers[] = {
	{ "Y13", "NPS-MK",
		{ .answer = ANSWER_DECLINED,
			.reason = DECLINE_STAFF,
			.note = "koulutuspäivä koko tiimillä" } },
	{ "Y14", "OPH-ETE", { .answer = ANSWER_DEPUTY } },
	{ "Y12", "JAR-MK", { .answer = ANSWER_NONE } },
	{ "Y10", "LVE-MK", { .answer = ANSWER_NONE } },
};

bool demo_tell(struct session *session, int64_t meeting_id, struct error *err)
{
	struct arena arena = { 0 };
	struct message_list list;
	bool ok = outbox_list(session, MESSAGES_ALL, meeting_id, &arena, &list, err);

	for (size_t i = 0; ok && i < list.count; i++)
		ok = list.items[i].state == MESSAGE_WAITING_CONSENT
		     || outbox_told(session, list.items[i].id, err);
	arena_release(&arena);
	return ok;
}

static struct invitation_answer answer_of(const char *call, const char *unit)
{
	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
		if (strcmp(answers[i].call, call) == 0 && strcmp(answers[i].unit, unit) == 0)
			return answers[i].answer;
	}
	return (struct invitation_answer) { .answer = ANSWER_ACCEPTED };
}

bool demo_answer(struct session *session, int64_t meeting_id, const char *call, struct error *err)
{
	struct arena arena = { 0 };
	struct meeting meeting;
	bool ok = store_meeting_get(session->store, meeting_id, &arena, &meeting, err);

	for (size_t i = 0; ok && i < meeting.unit_count; i++) {
		struct invitation_answer answer = answer_of(call, meeting.units[i]);

		ok = answer.answer == ANSWER_NONE
		     || invitation_answer(session, meeting_id, meeting.units[i], &answer, err);
	}
	arena_release(&arena);
	return ok;
}
