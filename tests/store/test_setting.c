/* The installation's settings as they are read. */
#include "place.h"

#include "kutsu/store/setting_store.h"

static int number_of(struct place *place, enum setting setting)
{
	struct error err = { 0 };
	int value = -1;

	cr_assert(store_setting_number(place->store, setting, &value, &err), "%s", err.text);
	return value;
}

Test(setting, that_is_not_there_has_its_default)
{
	struct place place;

	place_new(&place);
	raw(place.raw, "DELETE FROM setting");
	cr_expect_eq(number_of(&place, SETTING_NOTICE), 0);
	cr_expect_eq(number_of(&place, SETTING_HOLD_MINUTES), 15);
	cr_expect_eq(number_of(&place, SETTING_RETENTION_MONTHS), 12);
	place_remove(&place);
}

Test(setting, that_is_there_counts_where_it_may_be_so)
{
	static const struct {
		const char *value;
		int read;
	} cases[] = { { "600", 600 }, { "1", 1 }, { "0", 12 }, { "601", 12 }, { "-5", 12 },
		{ "soon", 12 }, { "", 12 }, { "99999999999", 12 } };
	struct place place;

	place_new(&place);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		cr_assert_eq(raw_try(place.raw,
				     "INSERT OR REPLACE INTO setting (name, value)"
				     " VALUES ('retention_months', '%s')",
				     cases[i].value),
			SQLITE_OK);
		cr_expect_eq(number_of(&place, SETTING_RETENTION_MONTHS), cases[i].read, "\"%s\"",
			cases[i].value);
	}
	place_remove(&place);
}
