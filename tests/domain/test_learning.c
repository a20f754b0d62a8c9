/* From observation to decision: what may be written, and what may belong together. */
#include "kutsu/domain/learning.h"

#include "kutsu/base/message.h"
#include "kutsu/domain/slot.h"

#include <criterion/criterion.h>
#include <string.h>

static struct error err;

static int likeness(const char *a, const char *b)
{
	return observation_likeness(
		&(struct observation) { .text = a }, &(struct observation) { .text = b });
}

Test(learning, words_are_alike_by_how_they_begin_whatever_their_case)
{
	cr_expect_eq(likeness("Poissaolot puhuttavat", "kenelle poissaolosta soitetaan"), 2);
	cr_expect_eq(likeness("kouluun ja kotiin", "Koulussa, kotona"), 2, "kotiin, kotona: ko");
	cr_expect_eq(likeness("PÄIHTEET", "päihteitä näkyy"), 2);
	cr_expect_eq(likeness("aamut eivät onnistu", "bussi on myöhässä"), 0);
}

Test(learning, short_words_and_a_word_said_twice_count_for_nothing_more)
{
	cr_expect_eq(likeness("on ja ei ole", "on ja ei ole"), 0);
	cr_expect_eq(likeness("koulu koulu koulu", "koulu"), 2);
}

Test(learning, the_same_place_is_a_hint_but_not_enough_alone)
{
	struct observation a = { .text = "aamut", .place = "Suistola" };
	struct observation b = { .text = "bussit", .place = "Suistola" };

	cr_expect_eq(observation_likeness(&a, &b), 1);
	cr_expect_lt(observation_likeness(&a, &b), LIKENESS_LEAST);
}

Test(learning, likeness_is_the_same_both_ways)
{
	static const char *const texts[] = { "Poissaolot puhuttavat yhä useammassa keskustelussa",
		"Vanhemmat kysyvät, kenelle poissaolosta soitetaan",
		"Nuoret valvovat, aamut eivät onnistu", "nuorten aamut ovat vaikeita",
		"Bussivuoro lähtee ennen kerhon loppua", "" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		for (size_t j = 0; j < sizeof(texts) / sizeof(texts[0]); j++)
			cr_expect_eq(likeness(texts[i], texts[j]), likeness(texts[j], texts[i]));
	}
}

Test(learning, what_is_alike_is_suggested_as_one_group_and_the_rest_in_none)
{
	struct observation items[] = { { .text = "Poissaolot puhuttavat" },
		{ .text = "Bussivuoro lähtee ennen kerhon loppua" },
		{ .text = "kenelle poissaolosta soitetaan" }, { .text = "poissaoloja on paljon" } };
	struct observation_list list = { items, 4 };
	int groups[4];

	cr_expect_eq(observation_suggest(&list, groups), 1);
	cr_expect_eq(groups[0], 1);
	cr_expect_eq(groups[1], 0);
	cr_expect_eq(groups[2], 1);
	cr_expect_eq(groups[3], 1);
}

Test(learning, an_observation_is_one_line_without_an_identity_code)
{
	struct observation observation = { .text = "aamut eivät onnistu" };

	cr_expect(observation_check(&observation, &err), "%s", err.text);
	observation.text = "kaksi\nriviä";
	cr_expect_not(observation_check(&observation, &err));
	observation.text = "lapsi 131052-308T";
	cr_expect_not(observation_check(&observation, &err));
	observation.text = " ";
	cr_expect_not(observation_check(&observation, &err));
	observation = (struct observation) { .text = "aamut", .sector = "XYZ" };
	cr_expect_not(observation_check(&observation, &err));
}

static struct initiative initiative_of(const char *const *partners, size_t count)
{
	return (struct initiative) { .title = "aamut",
		.pilot_area = "Suistola",
		.owner = "kehittäjä",
		.from_day = 100,
		.until_day = 200,
		.partners = partners,
		.partner_count = count };
}

Test(learning, an_initiative_has_two_partners_at_least_and_ends_after_it_begins)
{
	static const char *const partners[] = { "koulu", "nuorisotyö" };
	struct initiative initiative = initiative_of(partners, 2);

	cr_expect(initiative_check(&initiative, &err), "%s", err.text);
	initiative = initiative_of(partners, 1);
	cr_expect_not(initiative_check(&initiative, &err));
	initiative = initiative_of(partners, 2);
	initiative.until_day = 99;
	cr_expect_not(initiative_check(&initiative, &err));
}

Test(learning, a_decision_says_what_it_means_for_children)
{
	struct decision decision = { .text = "kutsutaan ajoissa",
		.reason = "havainnot",
		.child_effect = "apu tulee",
		.target = NO_TARGET,
		.target_day = DAY_LAST };

	cr_expect(decision_check(&decision, &err), "%s", err.text);
	decision.child_effect = NULL;
	cr_expect_not(decision_check(&decision, &err));
	decision.child_effect = "apu tulee";
	decision.target = 500;
	cr_expect_not(decision_check(&decision, &err), "a target of nothing");
	decision.indicator = "no_shared_hole";
	cr_expect(decision_check(&decision, &err));
	decision.indicator = "happiness";
	cr_expect_not(decision_check(&decision, &err));
}

Test(learning, a_seat_is_missing_when_nobody_sits_there_or_the_term_is_over)
{
	struct seat seat = { .name = "koulu", .member = "rehtori", .until_day = 100 };

	cr_expect_not(seat_is_missing(&seat, 100));
	cr_expect(seat_is_missing(&seat, 101));
	seat = (struct seat) { .name = "järjestöt", .until_day = DAY_LAST };
	cr_expect(seat_is_missing(&seat, 100));
}
