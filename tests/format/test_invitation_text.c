#include "kutsu/format/invitation_text.h"

#include "kutsu/base/arena.h"
#include "kutsu/base/date.h"
#include "kutsu/base/message.h"
#include "kutsu/base/zone.h"

#include <criterion/criterion.h>

static struct arena arena;
static int today;

static void begin(void)
{
	zone_set("Europe/Helsinki");
	message_set_language(LANGUAGE_EN);
	today = day_from_civil(2026, 11, 24);
}

static void end(void)
{
	arena_release(&arena);
}

TestSuite(invitation_text, .init = begin, .fini = end);
TestSuite(invitation_needs, .init = begin, .fini = end);

/* Sent on that day of November; not answered. */
static struct invitation sent(int day, int minute)
{
	return (struct invitation) { .has_consent = true,
		.sent_at = zone_to_moment(day_from_civil(2026, 11, day), minute) };
}

static struct invitation answered(enum answer answer)
{
	struct invitation invitation = sent(20, 0);

	invitation.answer = answer;
	return invitation;
}

static void expect_text(const struct invitation *invitation, const char *expected)
{
	const char *text = invitation_text(invitation, today, &arena);

	cr_expect_str_eq(text, expected, "\"%s\", not \"%s\"", text, expected);
}

Test(invitation_text, tells_what_has_not_left_from_what_waits_for_consent)
{
	expect_text(&(struct invitation) { .has_consent = true }, "not sent yet");
	expect_text(&(struct invitation) { 0 }, "waits for consent");
}

Test(invitation_text, counts_days_of_the_calendar_since_it_was_sent)
{
	struct invitation late = sent(23, 23 * 60 + 59), early = sent(22, 0);

	expect_text(&late, "no answer for 1 day");
	expect_text(&early, "no answer for 2 days");
}

Test(invitation_text, counts_no_days_on_the_day_it_was_sent)
{
	struct invitation invitation = sent(24, 8 * 60);

	expect_text(&invitation, "no answer yet");
	invitation = sent(25, 0); /* a clock that went back */
	expect_text(&invitation, "no answer yet");
}

Test(invitation_text, says_a_yes_and_a_deputy_in_a_word)
{
	struct invitation comes = answered(ANSWER_ACCEPTED), deputy = answered(ANSWER_DEPUTY);

	expect_text(&comes, "comes");
	expect_text(&deputy, "the deputy comes");
}

Test(invitation_text, of_a_no_tells_the_reason_and_the_words_that_there_are)
{
	struct invitation no = answered(ANSWER_DECLINED);

	expect_text(&no, "does not come");
	no.note = "training";
	expect_text(&no, "does not come: training");
	no.reason = DECLINE_STAFF;
	expect_text(&no, "does not come: not enough staff; training");
	no.note = NULL;
	expect_text(&no, "does not come: not enough staff");
}

Test(invitation_text, of_a_yes_tells_the_words_that_there_are)
{
	struct invitation comes = answered(ANSWER_ACCEPTED);

	comes.note = "ten minutes late";
	expect_text(&comes, "comes: ten minutes late");
}

Test(invitation_text, of_another_time_tells_the_time)
{
	struct invitation counter = answered(ANSWER_COUNTER);

	counter.counter_day = day_from_civil(2026, 12, 2);
	counter.counter_start = 13 * 60;
	expect_text(&counter, "offers Wed 2.12. at 13:00");
}

Test(invitation_text, of_a_part_that_is_cancelled_says_nothing_else)
{
	struct invitation off = answered(ANSWER_DECLINED);

	off.is_off = off.has_consent = true;
	expect_text(&off, "its part is cancelled");
	off = (struct invitation) { .is_off = true };
	expect_text(&off, "consent withdrawn; its part is cancelled");
}

/* One that the unit answered though its consent was withdrawn, or though nothing had left. */
Test(invitation_text, tells_the_answer_before_what_else_there_is_to_tell)
{
	struct invitation comes = { .answer = ANSWER_ACCEPTED };

	expect_text(&comes, "comes");
}

Test(invitation_text, is_written_in_each_language)
{
	struct invitation invitation = sent(22, 0), counter = answered(ANSWER_COUNTER);

	counter.counter_day = day_from_civil(2026, 12, 2);
	counter.counter_start = 13 * 60;
	message_set_language(LANGUAGE_FI);
	expect_text(&invitation, "ei vastausta 2 päivään");
	expect_text(&counter, "ehdottaa aikaa ke 2.12. klo 13.00");
	message_set_language(LANGUAGE_SV);
	expect_text(&invitation, "inget svar på 2 dagar");
	expect_text(&counter, "föreslår on 2.12. kl. 13.00");
}

static void expect_needs(struct invitation invitation, bool expected, const char *what)
{
	cr_expect_eq(invitation_needs_somebody(&invitation), expected, "%s", what);
}

Test(invitation_needs, somebody_where_it_has_not_left_or_is_no_plain_yes)
{
	expect_needs((struct invitation) { .has_consent = true }, true, "not sent");
	expect_needs((struct invitation) { 0 }, true, "no consent");
	expect_needs(answered(ANSWER_DECLINED), true, "declined");
	expect_needs(answered(ANSWER_COUNTER), true, "another time");
}

Test(invitation_needs, nobody_where_it_is_answered_waited_for_or_off)
{
	struct invitation off = answered(ANSWER_DECLINED);

	off.is_off = true;
	expect_needs(off, false, "its part is cancelled");
	expect_needs(sent(22, 0), false, "sent");
	expect_needs(answered(ANSWER_ACCEPTED), false, "comes");
	expect_needs(answered(ANSWER_DEPUTY), false, "the deputy comes");
}
