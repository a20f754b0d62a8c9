#include "kutsu/domain/setting.h"

#include "kutsu/base/message.h"
#include "kutsu/base/zone.h"
#include "kutsu/domain/field.h"

#include <stdlib.h>
#include <string.h>

#define MOST_DIGITS 4

struct rule {
	const char *name, *otherwise, *help;
	bool (*check)(const struct rule *rule, const char *value, struct error *err);
	int least, most; /* of a number */
};

static bool check_text(const struct rule *rule, const char *value, struct error *err)
{
	return field_check(rule->name, value, FIELD_SHORT, err);
}

static bool check_zone(const struct rule *rule, const char *value, struct error *err)
{
	return zone_is_known(value)
	       || error_set(err, ERROR_INVALID,
		       _("%s: \"%.40s\" is no time zone that is known here; write one as in "
			 "Europe/Helsinki"),
		       rule->name, value);
}

static bool check_number(const struct rule *rule, const char *value, struct error *err)
{
	size_t digits = strspn(value, "0123456789");

	if (digits > 0 && digits <= MOST_DIGITS && value[digits] == '\0'
		&& atoi(value) >= rule->least && atoi(value) <= rule->most)
		return true;
	return error_set(err, ERROR_INVALID, _("%s: \"%.40s\" won't do; give %d to %d"), rule->name,
		value, rule->least, rule->most);
}

static const struct rule rules[SETTINGS] = {
	[SETTING_REGION] = { "region", "", N_("the region's name, as it stands on every screen"),
		check_text, 0, 0 },
	[SETTING_ZONE] = { "zone", "Europe/Helsinki", N_("the time zone of all wall clocks"),
		check_zone, 0, 0 },
	[SETTING_NOTICE] = { "notice", "0",
		N_("working days before the first hole that is offered; 0: from this minute on"),
		check_number, 0, 60 },
	[SETTING_HOLD_MINUTES] = { "hold_minutes", "15",
		N_("minutes that a hole is held for the one who is about to book it"), check_number,
		1, 240 },
	[SETTING_RETENTION_MONTHS] = { "retention_months", "12",
		N_("months from closing until a case's names, numbers and texts are removed"),
		check_number, 1, 600 },
	[SETTING_COORDINATOR_PHONE] = { "coordinator_phone", "",
		N_("the coordinator's phone, as invitations tell it"), check_text, 0, 0 },
};

const char *setting_name(enum setting setting)
{
	return rules[setting].name;
}

const char *setting_default(enum setting setting)
{
	return rules[setting].otherwise;
}

const char *setting_help(enum setting setting)
{
	return _(rules[setting].help);
}

bool setting_parse_name(const char *name, enum setting *setting)
{
	for (int i = 0; i < SETTINGS; i++) {
		if (strcmp(rules[i].name, name) == 0) {
			*setting = (enum setting)i;
			return true;
		}
	}
	return false;
}

bool setting_check(enum setting setting, const char *value, struct error *err)
{
	return rules[setting].check(&rules[setting], value, err);
}
