#include "kutsu/domain/limits.h"

#include "kutsu/base/date.h"
#include "kutsu/base/message.h"

#include <criterion/criterion.h>
#include <locale.h>
#include <string.h>

static void in_utf_8(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	message_set_language(LANGUAGE_EN);
}

TestSuite(limits, .init = in_utf_8);

#define MON (1u << 1)
#define TUE (1u << 2)
#define WED (1u << 3)
#define THU (1u << 4)
#define FRI (1u << 5)
#define SAT (1u << 6)
#define SUN (1u << 7)

static void expect(const char *text, unsigned not_weekdays, int after, int before)
{
	struct family_limits limits;
	struct error err;

	cr_assert(family_limits_parse(text, &limits, &err), "%s: %s", text, err.text);
	cr_expect_eq(limits.not_weekdays, not_weekdays, "%s: %#x", text, limits.not_weekdays);
	cr_expect_eq(limits.after, after, "%s: %d", text, limits.after);
	cr_expect_eq(limits.before, before, "%s: %d", text, limits.before);
}

static void expect_refused(const char *text)
{
	struct family_limits limits;
	struct error err = { .code = ERROR_NONE };

	cr_expect_not(family_limits_parse(text, &limits, &err), "%s", text);
	cr_expect_eq(err.code, ERROR_INVALID);
}

Test(limits, nothing_typed_limits_nothing)
{
	expect("", 0, 0, MINUTES_IN_DAY);
	expect("  , ; ", 0, 0, MINUTES_IN_DAY);
}

Test(limits, weekdays_are_read_in_three_languages)
{
	static const char *const words[7][8] = {
		{ "ma", "ma.", "maanantai", "må", "mån", "måndag", "Mon", "Monday" },
		{ "ti", "ti.", "tiistai", "tis", "tis.", "tisdag", "Tue", "Tuesday" },
		{ "ke", "ke.", "keskiviikko", "on", "ons", "onsdag", "Wed", "Wednesday" },
		{ "to", "to.", "torstai", "to", "tors", "torsdag", "Thu", "Thursday" },
		{ "pe", "pe.", "perjantai", "fr", "fre", "fredag", "Fri", "Friday" },
		{ "la", "la.", "lauantai", "lö", "lör", "lördag", "Sat", "Saturday" },
		{ "su", "su.", "sunnuntai", "sö", "sön", "söndag", "Sun", "Sunday" },
	};

	message_set_language(LANGUAGE_SV); /* "on" is an English word too */
	for (int weekday = 1; weekday <= 7; weekday++) {
		for (int i = 0; i < 8; i++)
			expect(words[weekday - 1][i], 1u << weekday, 0, MINUTES_IN_DAY);
	}
	message_set_language(LANGUAGE_EN);
	expect("ma ti ke to pe la", MON | TUE | WED | THU | FRI | SAT, 0, MINUTES_IN_DAY);
	expect("MÅ ja PE", MON | FRI, 0, MINUTES_IN_DAY);
	expect("SÖNDAG; Lör., LAUANTAI", SAT | SUN, 0, MINUTES_IN_DAY);
}

Test(limits, a_range_of_weekdays_takes_a_hyphen_or_a_dash)
{
	expect("ma-ke", MON | TUE | WED, 0, MINUTES_IN_DAY);
	expect("ma–ke", MON | TUE | WED, 0, MINUTES_IN_DAY);
	expect("Mon-Fri", MON | TUE | WED | THU | FRI, 0, MINUTES_IN_DAY);
	expect("ke-ke", WED, 0, MINUTES_IN_DAY);
	expect("ma – ke", MON | TUE | WED, 0, MINUTES_IN_DAY);
	expect("ma - ke, su", MON | TUE | WED | SUN, 0, MINUTES_IN_DAY);
	expect("ma. –ke.", MON | TUE | WED, 0, MINUTES_IN_DAY);
	expect("keskiviikko – perjantai", WED | THU | FRI, 0, MINUTES_IN_DAY);
	expect("wednesday- thursday;after 15", WED | THU, 0, 900);
}

Test(limits, in_english_on_and_to_are_english_words)
{
	expect("not on Monday", MON, 0, MINUTES_IN_DAY);
	expect("Mon to Wed", MON | TUE | WED, 0, MINUTES_IN_DAY);
	expect("Monday  TO Wednesday; after 15:00", MON | TUE | WED, 0, 900);
	expect("on Fri to Mon", FRI | SAT | SUN | MON, 0, MINUTES_IN_DAY);
	expect("Mon, to, Wed", MON | WED | THU, 0, MINUTES_IN_DAY);
	expect("ma to", MON | THU, 0, MINUTES_IN_DAY);
	expect("tors, Tue", TUE | THU, 0, MINUTES_IN_DAY);
	expect("on", 0, 0, MINUTES_IN_DAY);
}

Test(limits, elsewhere_on_and_to_are_weekdays)
{
	message_set_language(LANGUAGE_FI);
	expect("ma to pe", MON | THU | FRI, 0, MINUTES_IN_DAY);
	message_set_language(LANGUAGE_SV);
	expect("on", WED, 0, MINUTES_IN_DAY);
}

Test(limits, a_range_may_run_over_the_week_end)
{
	expect("pe-ma", FRI | SAT | SUN | MON, 0, MINUTES_IN_DAY);
}

Test(limits, what_does_not_suit_after_a_time_leaves_the_time_before_it)
{
	expect("klo 15 jälkeen", 0, 0, 900);
	expect("15.30 jälkeen", 0, 0, 930);
	expect("efter kl. 15", 0, 0, 900);
	expect("after 15:00", 0, 0, 900);
	expect("KLO 15 JÄLKEEN", 0, 0, 900);
	expect("kello 15 jälkeen\r\n", 0, 0, 900);
}

Test(limits, what_does_not_suit_before_a_time_leaves_the_time_after_it)
{
	expect("ennen klo 9", 0, 540, MINUTES_IN_DAY);
	expect("före 9.15", 0, 555, MINUTES_IN_DAY);
	expect("before 0900", 0, 540, MINUTES_IN_DAY);
}

Test(limits, all_kinds_go_together_in_any_order)
{
	expect("ma, pe; klo 15 jälkeen", MON | FRI, 0, 900);
	expect("klo 15 jälkeen, ennen klo 9, ma", MON, 540, 900);
	expect("ei ma ja ti, ennen 8:30 ja klo 16 jälkeen", MON | TUE, 510, 960);
	expect("not Mon and Tue; before 9:00; after 15:00", MON | TUE, 540, 900);
}

Test(limits, what_is_not_understood_is_refused)
{
	static const char *const texts[] = { "kesä", "ma, joskus", "klo 25 jälkeen", "15 jälk",
		"ma-", "-ma", "ma-xx", "ma-ke-pe", "9-15", "-", "ma -", "– ma", "ma – ke – pe",
		"ma, -ke", "ma..", ".", "maanantai?", "jälkeen 15.3" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		expect_refused(texts[i]);
}

Test(limits, a_time_without_before_or_after_is_refused)
{
	expect_refused("klo 15");
	expect_refused("ma 9");
	expect_refused("after");
	expect_refused("ma, jälkeen");
}

/* 12 to 15 does not suit: a hole in the middle of the day can't be kept. */
Test(limits, a_span_of_times_is_refused)
{
	expect_refused("klo 12-15");
	expect_refused("12–15");
	expect_refused("ma, klo 12 – 15");
	expect_refused("12 - 15 jälkeen");
}

Test(limits, a_time_or_direction_that_would_be_dropped_is_refused)
{
	expect_refused("klo 9, 15 jälkeen");
	expect_refused("ennen jälkeen 15");
	expect_refused("ennen ennen 15");
	expect_refused("ennen 9 ennen 10");
	expect_refused("ennen 0, ennen 10");
	expect_refused("15 jälkeen, after 15");
}

Test(limits, limits_that_leave_no_day_are_refused)
{
	expect_refused("ma ti ke to pe la su");
	expect_refused("ma-su");
	expect_refused("tis–mon, after 15");
}

Test(limits, limits_that_leave_no_time_of_day_are_refused)
{
	expect_refused("ennen klo 15, klo 9 jälkeen");
	expect_refused("ennen 12, 12 jälkeen");
	expect_refused("after 0");
	expect_refused("before 24");
}

Test(limits, after_a_refusal_the_limits_hold_what_was_understood)
{
	struct family_limits limits;
	struct error err;

	cr_expect_not(family_limits_parse("ma, ennen klo 9, hupsis", &limits, &err));
	cr_expect_eq(limits.not_weekdays, MON);
	cr_expect_eq(limits.after, 540);
	cr_expect_eq(limits.before, MINUTES_IN_DAY);
}

Test(limits, a_long_or_broken_word_is_refused_without_harm)
{
	char text[400];

	memset(text, 'm', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	expect_refused(text);
	expect_refused("\xC3");
	expect_refused("m\xE5");
	for (size_t i = 0; i + 3 < sizeof(text); i += 3)
		memcpy(text + i, "\u20AC", 3);
	text[399] = '\0';
	expect_refused(text);
	expect_refused("\u023A\u023A\u023A\u023A\u023A\u023A\u023A\u023A\u023A\u023A\u023A\u023A"
		       "\u023A\u023A\u023A");
}

static void expect_round_trip(struct family_limits limits)
{
	struct text text = { 0 };
	struct family_limits read;
	struct error err;

	family_limits_format(&limits, &text);
	cr_assert(family_limits_parse(text_get(&text), &read, &err), "\"%s\": %s", text_get(&text),
		err.text);
	cr_expect_eq(read.not_weekdays, limits.not_weekdays, "\"%s\"", text_get(&text));
	cr_expect_eq(read.after, limits.after, "\"%s\"", text_get(&text));
	cr_expect_eq(read.before, limits.before, "\"%s\"", text_get(&text));
	text_release(&text);
}

Test(limits, what_is_written_is_read_back_in_every_language)
{
	for (int language = 0; language < LANGUAGES; language++) {
		message_set_language((enum language)language);
		for (unsigned weekdays = 0; weekdays < 254; weekdays += 2)
			expect_round_trip((struct family_limits) { weekdays, 0, MINUTES_IN_DAY });
		for (int after = 0; after < MINUTES_IN_DAY; after += 7)
			expect_round_trip((struct family_limits) { MON, after, MINUTES_IN_DAY });
		for (int before = 1; before <= MINUTES_IN_DAY; before += 7)
			expect_round_trip((struct family_limits) { 0, before / 2, before });
	}
}
