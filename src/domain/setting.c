#include "kutsu/domain/setting.h"

#include "kutsu/base/date.h"
#include "kutsu/base/message.h"
#include "kutsu/base/zone.h"
#include "kutsu/domain/field.h"
#include "kutsu/domain/invitation.h"
#include "kutsu/domain/readiness.h"

#include <stdlib.h>
#include <string.h>

#define MOST_DIGITS		   4
#define OFFICE_HOURS_LEAST_MINUTES 60

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

static bool check_deadline(const struct rule *rule, const char *value, struct error *err)
{
	struct confirm_deadline deadline;

	return confirm_deadline_parse(value, &deadline)
	       || error_set(err, ERROR_INVALID,
		       _("%s: \"%.40s\" won't do; write a weekday, 1 to 7, and a time, as in 1 "
			 "09:00"),
		       rule->name, value);
}

bool office_hours_parse(const char *text, int *start, int *end)
{
	const char *dash = strchr(text, '-');
	char first[MINUTE_TEXT_SIZE];
	int from, until;

	if (!dash || dash - text >= MINUTE_TEXT_SIZE)
		return false;
	memcpy(first, text, (size_t)(dash - text));
	first[dash - text] = '\0';
	if (!minute_parse(first, &from) || !minute_parse(dash + 1, &until)
		|| until - from < OFFICE_HOURS_LEAST_MINUTES)
		return false;
	*start = from;
	*end = until;
	return true;
}

static bool check_office_hours(const struct rule *rule, const char *value, struct error *err)
{
	int start, end;

	return office_hours_parse(value, &start, &end)
	       || error_set(err, ERROR_INVALID,
		       _("%s: \"%.40s\" won't do; write two times, an hour apart or more, as in "
			 "08:00-16:00"),
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

static bool check_url(const struct rule *rule, const char *value, struct error *err)
{
	const char *host = strstr(value, "://");

	if (!*value
		|| (host && host[3] && strcspn(host + 3, "/@ ") == strlen(host + 3)
			&& (strncmp(value, "smtp://", 7) == 0
				|| strncmp(value, "smtps://", 8) == 0)))
		return check_text(rule, value, err);
	return error_set(err, ERROR_INVALID,
		_("%s: \"%.60s\" won't do; write it as in smtp://mail.example.fi:587"), rule->name,
		value);
}

static bool check_address(const struct rule *rule, const char *value, struct error *err)
{
	return !*value || email_is_valid(value)
	       || error_set(err, ERROR_INVALID,
		       _("%s: \"%.60s\" is no address; write one as in name@example.fi"),
		       rule->name, value);
}

static bool check_tls(const struct rule *rule, const char *value, struct error *err)
{
	return strcmp(value, "none") == 0 || strcmp(value, "starttls") == 0
	       || strcmp(value, "tls") == 0
	       || error_set(err, ERROR_INVALID, _("%s: \"%.40s\" is none of %s"), rule->name, value,
		       "none, starttls, tls");
}

/* A relative one would be another's in each folder. */
static bool check_path(const struct rule *rule, const char *value, struct error *err)
{
	if (!*value || *value == '/')
		return check_text(rule, value, err);
	return error_set(err, ERROR_INVALID, _("%s: write the whole path, from / on"), rule->name);
}

static bool check_language(const struct rule *rule, const char *value, struct error *err)
{
	return strcmp(value, "fi") == 0 || strcmp(value, "sv") == 0 || strcmp(value, "en") == 0
	       || error_set(err, ERROR_INVALID, _("%s: \"%.40s\" is none of %s"), rule->name, value,
		       "fi, sv, en");
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
	[SETTING_CONFIRM_BY] = { "confirm_by", "1 09:00",
		N_("weekday (1 is Monday) and time by which the week's holes are to be confirmed"),
		check_deadline, 0, 0 },
	[SETTING_TARGET_DAYS] = { "target_days", "14",
		N_("days within which a family should meet; a search that finds none is kept"),
		check_number, 1, 365 },
	[SETTING_OFFICE_HOURS] = { "office_hours", "08:00-16:00",
		N_("when a hole could be, Monday to Friday"), check_office_hours, 0, 0 },
	[SETTING_COORDINATOR_PHONE] = { "coordinator_phone", "",
		N_("the coordinator's phone, as invitations tell it"), check_text, 0, 0 },
	[SETTING_REMIND_DAYS] = { "remind_days", "3",
		N_("days after which a unit that has not answered is reminded"), check_number, 1,
		60 },
	[SETTING_FEEDBACK_DAY] = { "feedback_day", "5",
		N_("day of the next month by which units give their monthly feedback"),
		check_number, 1, 28 },
	[SETTING_MAIL_URL] = { "mail.url", "",
		N_("the mail server, as in smtp://mail.example.fi:587; empty: nothing leaves"),
		check_url, 0, 0 },
	[SETTING_MAIL_FROM] = { "mail.from", "",
		N_("the address that invitations come from and answers go to"), check_address, 0,
		0 },
	[SETTING_MAIL_TLS] = { "mail.tls", "starttls",
		N_("none, starttls or tls: how the way to the server is sealed"), check_tls, 0, 0 },
	[SETTING_MAIL_CA_FILE] = { "mail.ca_file", "",
		N_("a file with the certificates that the server's is checked by; empty: the "
		   "host's"),
		check_path, 0, 0 },
	[SETTING_MAIL_USER] = { "mail.user", "", N_("the user at the mail server; empty: none"),
		check_text, 0, 0 },
	[SETTING_MAIL_PASSWORD_FILE] = { "mail.password_file", "",
		N_("a file with the password in its first line; or KUTSU_MAIL_PASSWORD"),
		check_path, 0, 0 },
	[SETTING_MAIL_COMMAND] = { "mail.command", "",
		N_("instead of a server: a command as sendmail is, with its whole path"),
		check_path, 0, 0 },
	[SETTING_MAIL_LANGUAGE] = { "mail.language", "fi",
		N_("fi, sv or en: of invitations, where the family's own is none of them"),
		check_language, 0, 0 },
	[SETTING_MAIL_ALARM_MINUTES] = { "mail.alarm_minutes", "60",
		N_("minutes before a meeting at which a calendar tells of it; 0: it does not"),
		check_number, 0, 9999 },
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

bool setting_is_of_host(enum setting setting)
{
	return setting >= SETTING_MAIL_URL && setting <= SETTING_MAIL_COMMAND;
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
