/* An answer to an invitation, alone or in an e-mail, as any other program may write it. */
#include "fuzz.h"

#include "kutsu/base/arena.h"
#include "kutsu/base/date.h"
#include "kutsu/base/utf8.h"
#include "kutsu/base/zone.h"
#include "kutsu/domain/field.h"
#include "kutsu/format/reply_reader.h"

#define ZONE "Europe/Helsinki"

static void check_reply(const struct reply *reply)
{
	struct error err;

	assert(*reply->uid && email_is_valid(reply->attendee));
	assert(reply->sequence >= 0);
	assert(reply->answer > ANSWER_NONE && reply->answer < ANSWERS);
	assert(field_check("reason", reply->note, FIELD_SHORT, &err));
	if (reply->answer == ANSWER_COUNTER)
		assert(reply->counter_start >= 0 && reply->counter_start < MINUTES_IN_DAY);
	else
		assert(!reply->counter_day && !reply->counter_start);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	zone_set(ZONE);
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	char *copy = malloc(size ? size : 1); /* with no NUL behind it */
	struct arena arena = { 0 };
	struct reply reply;
	struct error err;

	assert(copy);
	if (size)
		memcpy(copy, bytes, size);
	if (reply_read(copy, size, ZONE, &arena, &reply, &err)) {
		free(copy); /* the reply has no part of it */
		check_reply(&reply);
	} else {
		free(copy);
		assert(err.code == ERROR_INVALID && !reply.uid);
		assert(utf8_is_valid(err.text) && !utf8_has_control(err.text));
	}
	arena_release(&arena);
	return 0;
}
