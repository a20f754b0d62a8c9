#include "kutsu/domain/invitation.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define DAYS ((int64_t)86400)

/* Sent once, moved twice since: SEQUENCE 2, not answered. */
static const struct invitation sent = { .unit = "A",
	.sequence = 2,
	.has_consent = true,
	.sent_at = 1000,
	.was_sent = true,
	.was_told = true };
static const struct reply yes = { .uid = "u",
	.attendee = "a@x.fi",
	.from = "a@x.fi",
	.sequence = 2,
	.stamp = 2000,
	.answer = ANSWER_ACCEPTED };

static enum reply_fault check(
	const struct invitation *to, int sequence, int64_t stamp, enum answer answer)
{
	struct reply reply = yes;

	reply.sequence = sequence;
	reply.stamp = stamp;
	reply.answer = answer;
	return reply_check(&reply, to);
}

static struct invitation answered(enum answer answer, int64_t at)
{
	struct invitation invitation = sent;

	invitation.answer = answer;
	invitation.answered_at = at;
	return invitation;
}

Test(reply, to_the_time_that_was_told_last_is_taken)
{
	for (int answer = ANSWER_ACCEPTED; answer < ANSWERS; answer++)
		cr_expect_eq(check(&sent, 2, 2000, (enum answer)answer), REPLY_FITS, "%d", answer);
}

Test(reply, to_an_earlier_time_is_old_and_to_a_later_one_is_of_nothing)
{
	cr_expect_eq(check(&sent, 1, 9999, ANSWER_ACCEPTED), REPLY_OLD);
	cr_expect_eq(check(&sent, 0, 9999, ANSWER_ACCEPTED), REPLY_OLD);
	cr_expect_eq(check(&sent, 3, 2000, ANSWER_ACCEPTED), REPLY_TOO_NEW);
}

Test(reply, to_what_never_left_is_of_nothing)
{
	struct invitation queued = sent;

	queued.was_told = false;
	queued.sent_at = 0;
	cr_expect_eq(check(&queued, 2, 2000, ANSWER_ACCEPTED), REPLY_TOO_NEW);
	queued.was_sent = false;
	cr_expect_eq(check(&queued, 2, 2000, ANSWER_ACCEPTED), REPLY_TOO_NEW);
}

Test(reply, after_the_units_part_was_cancelled_is_refused_whatever_it_answers)
{
	struct invitation off = sent;

	off.is_off = true;
	for (int sequence = 0; sequence < 5; sequence++)
		cr_expect_eq(check(&off, sequence, 2000, ANSWER_ACCEPTED), REPLY_OFF);
}

Test(reply, the_same_again_changes_nothing_however_old_or_new_it_is)
{
	struct invitation said_yes = answered(ANSWER_ACCEPTED, 2000);

	for (int64_t stamp = 1999; stamp <= 2001; stamp++)
		cr_expect_eq(check(&said_yes, 2, stamp, ANSWER_ACCEPTED), REPLY_REPEATED);
}

Test(reply, another_than_the_one_that_is_kept_is_taken_where_it_is_not_older)
{
	struct invitation said_yes = answered(ANSWER_ACCEPTED, 2000);
	struct invitation said_no = answered(ANSWER_DECLINED, 2000);

	cr_expect_eq(check(&said_yes, 2, 1999, ANSWER_DECLINED), REPLY_OLD);
	cr_expect_eq(check(&said_yes, 2, 2000, ANSWER_DECLINED), REPLY_FITS);
	cr_expect_eq(check(&said_yes, 2, 2001, ANSWER_DECLINED), REPLY_FITS);
	cr_expect_eq(check(&said_no, 2, 1999, ANSWER_ACCEPTED), REPLY_OLD);
	cr_expect_eq(check(&said_no, 2, 2000, ANSWER_ACCEPTED), REPLY_FITS);
}

Test(reply, a_counter_to_another_time_is_another_answer)
{
	struct invitation said = answered(ANSWER_COUNTER, 2000);
	struct reply reply = yes;

	said.counter_day = 100;
	said.counter_start = 720;
	reply.answer = ANSWER_COUNTER;
	reply.stamp = 2001;
	reply.counter_day = 100;
	reply.counter_start = 720;
	cr_expect_eq(reply_check(&reply, &said), REPLY_REPEATED);
	reply.counter_start = 780;
	cr_expect_eq(reply_check(&reply, &said), REPLY_FITS);
	reply.counter_start = 720;
	reply.counter_day = 101;
	cr_expect_eq(reply_check(&reply, &said), REPLY_FITS);
	reply.stamp = 1999;
	cr_expect_eq(reply_check(&reply, &said), REPLY_OLD);
}

Test(reply, from_another_address_than_who_answers_is_forged_before_all_else)
{
	struct reply reply = yes;
	struct invitation off = sent;

	off.is_off = true;
	reply.from = "b@x.fi";
	cr_expect_eq(reply_check(&reply, &sent), REPLY_FORGED);
	cr_expect_eq(reply_check(&reply, &off), REPLY_FORGED);
	reply.from = "A@X.FI";
	cr_expect_eq(reply_check(&reply, &sent), REPLY_FITS, "capitals are the same mailbox");
	reply.from = NULL;
	cr_expect_eq(reply_check(&reply, &sent), REPLY_FITS, "a calendar alone says of no sender");
}

Test(invitation, is_waited_for_once_it_was_sent_until_it_is_answered_or_off)
{
	struct invitation invitation = sent;

	cr_expect(invitation_is_waited_for(&invitation));
	invitation.is_off = true;
	cr_expect_not(invitation_is_waited_for(&invitation));
	invitation = answered(ANSWER_DECLINED, 1);
	cr_expect_not(invitation_is_waited_for(&invitation));
	invitation = sent;
	invitation.sent_at = 0;
	cr_expect_not(invitation_is_waited_for(&invitation));
}

Test(retry, waits_longer_each_time_and_is_given_up_after_five_days)
{
	int64_t last = 0, whole = 0;
	int attempts = 1;

	for (int64_t after; (after = message_retry_after(attempts)) > 0; attempts++) {
		cr_expect_geq(after, last, "attempt %d", attempts);
		cr_expect_leq(after, 8 * 3600, "attempt %d", attempts);
		last = after;
		whole += after;
		cr_assert_lt(attempts, 100, "it is never given up");
	}
	cr_expect_geq(whole, 9 * DAYS / 2);
	cr_expect_leq(whole, 11 * DAYS / 2);
	cr_expect_eq(message_retry_after(1), 60);
	for (int i = 0; i < 50; i++)
		cr_expect_eq(message_retry_after(attempts + i), 0, "given up is given up");
}

/* ---- Addresses. */

Test(email, plain_addresses_are_addresses)
{
	static const char *const good[] = { "a@b", "seija.virtanen@vaara.example", "a+b@x.fi",
		"o'neill@x.fi", "a_b-c@sub.x.fi", "1@2.3" };

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		cr_expect(email_is_valid(good[i]), "%s", good[i]);
}

Test(email, what_is_no_plain_address_is_refused)
{
	static const char *const bad[] = { "", "@", "a@", "@b", "a", "a@b@c", "-oQ/tmp@x", "a b@x",
		"a@x\n", "a@x\r\nBcc: b@x", "\ta@x", "<a@x>", "a@x>", "a,b@x", "a@x;b", "\"a\"@x",
		"a(b)@x", "a@[127.0.0.1]", "a\\@x", "ä@x", "a@ä.fi", "a@x\x7f", "a:b@x" };
	char long_one[250];

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		cr_expect_not(email_is_valid(bad[i]), "%s", bad[i]);
	memset(long_one, 'a', sizeof(long_one));
	memcpy(long_one + 200, "@x", 3);
	cr_expect_not(email_is_valid(long_one));
}

/* Whether the envelope of RFC 5321 and a header of RFC 5322 are safe with it. */
static bool is_harmless(const char *address)
{
	if (*address == '-' || strlen(address) > 200)
		return false;
	for (const char *c = address; *c; c++) {
		if ((unsigned char)*c <= ' ' || (unsigned char)*c >= 127 || strchr("<>,\"", *c))
			return false;
	}
	return true;
}

Test(email, whatever_passes_can_end_no_header_and_be_no_option)
{
	static const char letters[] = "ab.-@@<>,;:\"'() \t\r\n\\[]\x01\x7f\x80\xc3\xff%$|&!";
	unsigned random = 20261124;
	int passed = 0;

	for (int i = 0; i < 200000; i++) {
		char address[12];
		size_t length;

		random = random * 1103515245u + 12345u;
		length = (random >> 16) % (sizeof(address) - 1);
		for (size_t k = 0; k < length; k++) {
			random = random * 1103515245u + 12345u;
			address[k] = letters[(random >> 16) % (sizeof(letters) - 1)];
		}
		address[length] = '\0';
		if (email_is_valid(address)) {
			passed++;
			cr_assert(is_harmless(address), "%s", address);
		}
	}
	cr_expect_gt(passed, 100, "only %d of the addresses passed", passed);
}

/* Each byte alone, at each end and in the middle of what is fine without it. */
Test(email, no_byte_slips_in_anywhere)
{
	for (int byte = 1; byte < 256; byte++) {
		char first[] = "?a@x.fi", middle[] = "a?b@x.fi", domain[] = "a@x?y",
		     last[] = "a@x.fi?";
		char *const all[] = { first, middle, domain, last };

		for (size_t i = 0; i < 4; i++) {
			*strchr(all[i], '?') = (char)byte;
			if (email_is_valid(all[i]))
				cr_expect(is_harmless(all[i]), "byte %d at %zu", byte, i);
		}
	}
}
