#include "kutsu/domain/invitation.h"

#include <string.h>
#include <strings.h>

#define MINUTE ((int64_t)60)
#define HOUR   (60 * MINUTE)

bool invitation_is_waited_for(const struct invitation *invitation)
{
	return !invitation->is_off && invitation->answer == ANSWER_NONE && invitation->sent_at;
}

int64_t message_retry_after(int attempts)
{
	static const int64_t first[] = { 1 * MINUTE, 5 * MINUTE, 15 * MINUTE, 1 * HOUR, 3 * HOUR };
	const int first_count = sizeof(first) / sizeof(first[0]);
	const int most = first_count + 14; /* 14 times 8 hours */

	if (attempts <= 0)
		return first[0];
	if (attempts <= first_count)
		return first[attempts - 1];
	return attempts <= most ? 8 * HOUR : 0;
}

bool email_is_valid(const char *address)
{
	const char *at = strchr(address, '@');

	if (!at || at == address || !at[1] || strchr(at + 1, '@') || strlen(address) > 200)
		return false;
	if (address[0] == '-') /* would be an option of a mail program */
		return false;
	for (const char *c = address; *c; c++) {
		if (*c <= ' ' || *c >= 127 || strchr("<>()[],;:\\\"", *c))
			return false;
	}
	return true;
}

bool email_is_same(const char *a, const char *b)
{
	return strcasecmp(a, b) == 0;
}

static bool says_the_same(const struct reply *reply, const struct invitation *invitation)
{
	if (reply->answer != invitation->answer)
		return false;
	if (reply->note && (!invitation->note || strcmp(reply->note, invitation->note) != 0))
		return false;
	return reply->answer != ANSWER_COUNTER
	       || (reply->counter_day == invitation->counter_day
		       && reply->counter_start == invitation->counter_start);
}

enum reply_fault reply_check(const struct reply *reply, const struct invitation *invitation)
{
	if (reply->from && !email_is_same(reply->from, reply->attendee))
		return REPLY_FORGED;
	if (invitation->is_off)
		return REPLY_OFF;
	if (reply->sequence < invitation->sequence)
		return REPLY_OLD;
	if (reply->sequence > invitation->sequence || !invitation->was_told)
		return REPLY_TOO_NEW;
	if (says_the_same(reply, invitation))
		return REPLY_REPEATED;
	if (invitation->answered_at && reply->stamp < invitation->answered_at)
		return REPLY_OLD;
	return REPLY_FITS;
}
