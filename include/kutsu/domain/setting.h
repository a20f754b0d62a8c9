/*
 * The installation's settings: what an administrator may change, each with the value it has until
 * then. What the program keeps for itself under other names in the same table is none of them.
 */
#ifndef KUTSU_DOMAIN_SETTING_H
#define KUTSU_DOMAIN_SETTING_H

#include "kutsu/base/error.h"

enum setting {
	SETTING_REGION,
	SETTING_ZONE,
	SETTING_NOTICE,
	SETTING_HOLD_MINUTES,
	SETTING_RETENTION_MONTHS,
	SETTING_CONFIRM_BY,   /* "1 09:00": domain/readiness.h reads it */
	SETTING_TARGET_DAYS,  /* within which a family should meet */
	SETTING_OFFICE_HOURS, /* "08:00-16:00", Monday to Friday */
	SETTING_COORDINATOR_PHONE,
	SETTING_REMIND_DAYS,  /* after which who has not answered is reminded */
	SETTING_FEEDBACK_DAY, /* of the next month, by which units answer */
	SETTING_MAIL_URL,     /* smtp://host:port; "": messages stay in the outbox */
	SETTING_MAIL_FROM,
	SETTING_MAIL_TLS, /* none, starttls or tls */
	SETTING_MAIL_CA_FILE,
	SETTING_MAIL_USER,
	SETTING_MAIL_PASSWORD_FILE,
	SETTING_MAIL_COMMAND, /* instead of a server */
	SETTING_MAIL_LANGUAGE,
	SETTING_MAIL_ALARM_MINUTES,
	SETTINGS
};

const char *setting_name(enum setting setting);	   /* "hold_minutes" */
const char *setting_default(enum setting setting); /* "15"; "" for a text that is not given */
const char *setting_help(enum setting setting);	   /* one line, translated */
bool setting_parse_name(const char *name, enum setting *setting);

/* "08:00-16:00": two times, an hour apart or more. */
bool office_hours_parse(const char *text, int *start, int *end);

/* Whether it is changed at the host only: it names files and commands of the host, or who gets what
 * leaves. */
bool setting_is_of_host(enum setting setting);

/* Whether it may have the value. ERROR_INVALID: says what may be given. */
bool setting_check(enum setting setting, const char *value, struct error *err) MUST_CHECK;

#endif
