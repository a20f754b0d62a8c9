/* A county from a sheet: all of it or nothing, each fault named with its line. */
#include "fault_vfs.h"
#include "fixture.h"

#include "kutsu/base/message.h"
#include "kutsu/service/accounts.h"
#include "kutsu/service/region.h"
#include "kutsu/service/registry.h"
#include "kutsu/service/registry_import.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Every column, in an order of its own. */
#define HEAD                                                                                       \
	"unit,name,sector,area,municipality,school_based,email,phone,contact,contact_title,"       \
	"weekday,start,end,repeat,from,until,capacity,person,deputy,place\n"
#define UNIT_A	  "A,Neuvola,TER,KES,Suistola,no,a@vaara.example,2101,"
#define CONTACT_A "yhd-a,terveydenhoitaja,"
#define HOLE_A	  "3,12:00,14:00,weekly,,,1,terveydenhoitaja,lääkäri,huone 1\n"
#define SHORT	  "unit,name,sector,weekday,start,end,repeat,from\n"

static struct session *s;
static struct import_report report;
static struct error err;

static void begin(void)
{
	message_set_language(LANGUAGE_EN);
	s = fixture_session();
}

static void end(void)
{
	fixture_free(s);
}

TestSuite(registry_import, .init = begin, .fini = end);

static bool import(const char *csv)
{
	err = (struct error) { 0 };
	return registry_import(s, csv, strlen(csv), false, &s->arena, &report, &err);
}

static void expect_import(const char *csv)
{
	bool ok = import(csv);

	for (size_t i = 0; i < report.fault_count; i++)
		cr_log_error("%zu: %s\n", report.faults[i].line, report.faults[i].text);
	cr_assert(ok, "%s", err.text);
}

static void expect_counts(size_t units, size_t slots, size_t contacts)
{
	cr_expect_eq(report.units.count, units, "%zu units", report.units.count);
	cr_expect_eq(report.slots.count, slots, "%zu holes", report.slots.count);
	cr_expect_eq(report.contact_count, contacts, "%zu contacts", report.contact_count);
}

/* The faults alone, "line: text", and nothing taken. */
static const char *faults_of(const char *csv)
{
	char *before = fixture_dump(s), *after;
	const char *told = "";
	bool ok = import(csv);

	cr_expect_not(ok, "%s", csv);
	cr_expect_eq(err.code, ERROR_FAILED, "%s: %s", csv, err.text);
	after = fixture_dump(s);
	cr_expect_str_eq(after, before, "%s: something was taken", csv);
	expect_counts(0, 0, 0);
	free(before);
	free(after);
	for (size_t i = 0; i < report.fault_count; i++)
		told = arena_printf(&s->arena, "%s%zu: %s\n", told, report.faults[i].line,
			report.faults[i].text);
	return told;
}

struct fault_case {
	const char *csv;
	const char *told; /* how the only fault begins, line and all */
};

static void expect_faults(const struct fault_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *told = faults_of(cases[i].csv);

		cr_expect_eq(report.fault_count, 1u, "%s\n%s", cases[i].csv, told);
		cr_expect_eq(strncmp(told, cases[i].told, strlen(cases[i].told)), 0, "%s\n%s",
			cases[i].csv, told);
	}
}

#define EXPECT_FAULTS(table) expect_faults(table, sizeof(table) / sizeof((table)[0]))

/* ---- What is taken. */

Test(registry_import, one_row_is_a_unit_its_hole_and_its_contact)
{
	struct arena *arena = &s->arena;
	struct slot_list slots;
	struct unit unit;
	struct user user;

	expect_import(HEAD UNIT_A CONTACT_A HOLE_A);
	expect_counts(1, 1, 1);
	cr_assert(registry_unit_get(s, "A", arena, &unit, &err), "%s", err.text);
	cr_expect_str_eq(unit.name, "Neuvola");
	cr_expect_eq(unit.sector, SECTOR_HEALTH_CLINIC);
	cr_expect_str_eq(unit.area, "KES");
	cr_expect_str_eq(unit.municipality, "Suistola");
	cr_expect(!unit.school_based && unit.active);
	cr_expect_str_eq(unit.email, "a@vaara.example");
	cr_expect_str_eq(unit.phone, "2101");
	cr_assert(registry_slot_list(s, "A", arena, &slots, &err), "%s", err.text);
	cr_assert_eq(slots.count, 1u);
	cr_expect(slots.items[0].weekday == 3 && slots.items[0].start == 720
		  && slots.items[0].end == 840 && slots.items[0].capacity == 1);
	cr_expect(slots.items[0].from_day == DAY_FIRST && slots.items[0].until_day == DAY_LAST);
	cr_expect_str_eq(slots.items[0].ready_person, "terveydenhoitaja");
	cr_expect_str_eq(slots.items[0].deputy, "lääkäri");
	cr_expect_str_eq(slots.items[0].place, "huone 1");
	cr_assert(store_user_get(s->store, "yhd-a", arena, &user, &err), "%s", err.text);
	cr_expect(user.active && user.roles == 1u << ROLE_CONTACT && user.unit_count == 1);
	cr_expect_str_eq(user.units[0], "A");
	cr_expect_str_eq(user.title, "terveydenhoitaja");
}

Test(registry_import, a_units_data_stand_in_its_first_row_and_later_ones_may_repeat_them)
{
	expect_import(SHORT "A,Neuvola,TER,1,9,10,,\n"
			    "B,Koulu,SIV,,,,,\n"
			    "a,,,2,9.00,10.30,,\n"
			    "A,Neuvola,ter,ke,9:00:00,10,weekly,\n");
	expect_counts(2, 3, 0);
	cr_expect_eq(fixture_number(s, "SELECT count(*) FROM slot JOIN unit ON unit.id = unit_id"
				       " WHERE code = 'A'"),
		3);
}

Test(registry_import, a_row_without_a_time_is_a_unit_without_a_hole)
{
	expect_import("unit;name;sector\nA;Neuvola;TER\n");
	expect_counts(1, 0, 0);
	expect_import(SHORT "B,Koulu,SIV,,,,,\n");
	expect_counts(1, 0, 0);
}

Test(registry_import, words_of_three_languages_are_read_whichever_is_in_use)
{
	expect_import("Yksikkö;Nimi;Sektori;Kiinni koulujen loma-aikoina;Viikonpäivä;Alkaa;Päättyy;"
		      "Toistuu;Alkupäivä;Yhtä aikaa\n"
		      "A;Koulu;SIV;kyllä;ke;12.00;13.00;joka toinen viikko;25.11.2026;2\n");
	expect_import("Enhet\tNamn\tSektor\tVeckodag\tBörjar\tSlutar\tUpprepas\tFörsta dag\n"
		      "B\tSkola\tSIV\tonsdag\t12\t13\tvarje månad\t2026-11-25\n");
	cr_expect_eq(fixture_number(s, "SELECT count(*) FROM slot WHERE weekday = 3 AND"
				       " start_minute = 720 AND end_minute = 780"),
		2);
	cr_expect_eq(
		fixture_number(s, "SELECT capacity FROM slot WHERE repeat = 'fortnightly'"), 2);
	cr_expect_eq(fixture_number(s, "SELECT school_based FROM unit WHERE code = 'A'"), 1);
	cr_expect_eq(fixture_number(s, "SELECT school_based FROM unit WHERE code = 'B'"), 0);
}

Test(registry_import, blanks_and_line_breaks_of_a_cell_are_one_blank)
{
	expect_import("unit,name,sector\n \xC2\xA0"
		      "A ,\" Perhe-\r\n  neuvola\xC2\xA0\",SOS\n");
	cr_expect_eq(
		fixture_number(s, "SELECT name = 'Perhe- neuvola' AND code = 'A' FROM unit"), 1);
}

Test(registry_import, a_phone_that_was_exported_with_an_apostrophe_has_none)
{
	expect_import("unit,name,sector,phone\nA,A,SOS,'+358 40 000\n");
	cr_expect_eq(fixture_number(s, "SELECT phone = '+358 40 000' FROM unit"), 1);
}

Test(registry_import, a_contact_of_several_units_is_one_account)
{
	expect_import("unit,name,sector,contact,contact_title\n"
		      "A,A,SOS,yhd,ohjaaja\nB,B,SOS,yhd,\nB,,,yhd,ohjaaja\nC,C,SOS,toinen,\n");
	expect_counts(3, 0, 2);
	cr_expect_eq(
		fixture_number(s, "SELECT count(*) FROM user_role JOIN user ON user.id = user_id"
				  " WHERE login = 'yhd' AND role = 'contact'"),
		2);
}

Test(registry_import, who_is_there_gets_the_role_and_keeps_the_others)
{
	struct account leader = {
		.login = "maija", .title = "johtaja", .roles = 1u << ROLE_LEADER
	};

	cr_assert(account_add(s, &leader, &err), "%s", err.text);
	expect_import("unit,name,sector,contact\nA,A,SOS,maija\n");
	expect_import("unit,name,sector,contact\nB,B,SOS,maija\n");
	expect_counts(1, 0, 1);
	cr_expect_not(report.contacts[0].is_new);
	cr_expect_eq(
		fixture_number(s, "SELECT count(*) FROM user_role JOIN user ON user.id = user_id"
				  " WHERE login = 'maija' AND (role = 'leader' OR unit_id > 0)"),
		3);
	cr_expect_eq(
		fixture_number(s, "SELECT title = 'johtaja' FROM user WHERE login = 'maija'"), 1);
}

Test(registry_import, holes_may_be_added_to_a_unit_that_is_there)
{
	fixture_unit(s, "PNE");
	expect_import(SHORT "pne,,,3,12,13,,\n");
	expect_counts(0, 1, 0);
	cr_expect_eq(report.known_units, 1u);
}

/* ---- Again. */

static void expect_nothing_new(const char *csv)
{
	char *before = fixture_dump_without_log(s), *after;

	expect_import(csv);
	expect_counts(0, 0, 0);
	after = fixture_dump_without_log(s);
	cr_expect_str_eq(after, before);
	free(before);
	free(after);
}

Test(registry_import, the_same_sheet_again_changes_nothing)
{
	static const char csv[] = HEAD UNIT_A CONTACT_A HOLE_A
		"A,,,,,,,,,,4,8,9,fortnightly,26.11.2026,31.5.2027,3,,,\n"
		"B,Koulu,SIV,,,x,,,yhd-a,,,,,,,,,,,\n";

	expect_import(csv);
	expect_counts(2, 2, 1);
	expect_nothing_new(csv);
	cr_expect_eq(report.known_units, 2u);
	cr_expect_eq(report.known_slots, 2u);
	cr_expect_eq(report.known_contacts, 1u);
}

Test(registry_import, what_was_added_to_the_sheet_alone_is_added)
{
	expect_import(SHORT "A,A,SOS,1,9,10,,\n");
	expect_import(SHORT "A,A,SOS,1,9,10,,\nA,,,2,9,10,,\nB,B,SOS,,,,,\n");
	expect_counts(1, 1, 0);
	cr_expect_eq(report.known_slots, 1u);
}

Test(registry_import, a_hole_that_was_ended_does_not_come_back)
{
	static const char csv[] = SHORT "A,A,SOS,1,9,10,,\n";

	expect_import(csv);
	cr_assert(registry_end_slot(s, 1, fixture_day("2026-12-31"), &err), "%s", err.text);
	cr_expect(strstr(faults_of(csv), "2: unit A has this hole already with another until"));
	expect_import(SHORT "A,A,SOS,1,9,10,,2027-01-04\n");
	expect_counts(0, 1, 0);
}

Test(registry_import, a_dry_run_tells_the_same_and_takes_nothing)
{
	static const char csv[] = HEAD UNIT_A CONTACT_A HOLE_A;
	char *before = fixture_dump(s), *after;

	cr_assert(registry_import(s, csv, strlen(csv), true, &s->arena, &report, &err), "%s",
		err.text);
	expect_counts(1, 1, 1);
	after = fixture_dump(s);
	cr_expect_str_eq(after, before, "not even the log");
	free(before);
	free(after);
	cr_expect_not(registry_import(s, "unit\n", 5, true, &s->arena, &report, &err));
	cr_expect_gt(report.fault_count, 0u);
	expect_import(csv);
	expect_counts(1, 1, 1);
}

Test(registry_import, the_log_has_a_row_for_each_thing_and_one_for_all)
{
	int64_t last = fixture_number(s, "SELECT max(id) FROM access_log");
	char sql[400];

	expect_import(HEAD UNIT_A CONTACT_A HOLE_A);
	snprintf(sql, sizeof(sql),
		"SELECT count(*) FROM access_log WHERE id > %lld AND use_case || ' ' || detail IN"
		" ('unit_add A', 'slot_add A', 'user_add yhd-a contact A',"
		" 'import_registry 1 units, 1 holes, 1 contacts')",
		(long long)last);
	cr_expect_eq(fixture_number(s, sql), 4);
	cr_expect_eq(fixture_number(s, "SELECT max(id) FROM access_log"), last + 4);
}

/* ---- Each fault, with its line. */

Test(registry_import, faults_of_the_header_are_named)
{
	static const struct fault_case cases[] = {
		{ "", "0: the file is empty" },
		{ "\n;;\n", "0: the file is empty" },
		{ "\nunit,name\n", "2: the column \"sector\" is missing" },
		{ "name,sector\n", "1: the column \"unit\" is missing" },
		{ "unit,sector\n", "1: the column \"name\" is missing" },
		{ "unit,name,sector,start,end\n", "1: the column \"weekday\" is missing" },
		{ "unit,name,sector,weekday,end\n", "1: the column \"start\" is missing" },
		{ "unit,name,sector,weekday,start,place\n", "1: the column \"end\" is missing" },
		{ "unit,name,sector,colour\n", "1: there is no column \"colour\"" },
		{ "unit,name,sector,Enhet\n", "1: the column \"Enhet\" stands there twice" },
		{ "unit,name,\"sector\n", "1: a quote" },
		{ "sep=|\nunit|name|sector\n", "1: \"sep=\" names no separator" },
		{ "PK\003\004", "0: the file is no text" },
	};

	EXPECT_FAULTS(cases);
}

Test(registry_import, faults_of_a_unit_are_named_with_their_line)
{
	static const struct fault_case cases[] = {
		{ SHORT "A,A,SOS,,,,,\n\n,B,SOS,,,,,\n", "4: unit: it is missing" },
		{ SHORT "Ä,A,SOS,,,,,\n", "2: the code \"Ä\" won't do" },
		{ SHORT "A,,SOS,,,,,\n", "2: name: it is missing" },
		{ SHORT "A,A,,,,,,\n", "2: sector: it is missing" },
		{ SHORT "A,A,XXX,,,,,\n", "2: sector: \"XXX\" is none of these: TER, KTH," },
		{ SHORT "A,\"A\nA\",SOS,,,,,\nA,B,,,,,,\n",
			"4: name: it is another than in the unit's first row (line 2)" },
		{ SHORT "A,A,SOS,,,,,\nA,,SIV,,,,,\n", "3: sector: it is another" },
		{ "unit,name,sector,phone\nA,A,SOS,\nA,,,21\n", "3: phone: it is another" },
		{ "unit,name,sector,school_based\nA,A,SOS,maybe\n",
			"2: school_based: \"maybe\" is neither" },
		{ "unit,name,sector,email\nA,A,SOS,010100A123D\n",
			"2: email: the text seems to hold a personal identity code" },
		{ "unit,name,sector,area\nA,A,SOS,\x07\n", "2: area: it holds characters" },
		{ "unit,name,sector\nA,A,SOS,x\n", "2: \"x\" stands under no heading" },
		{ "unit,name,sector,\nA,A,SOS,x\n", "2: \"x\" stands under no heading" },
		{ "unit,name,sector\n\"A\"A,A,SOS\n", "2: text stands behind a quote" },
	};

	EXPECT_FAULTS(cases);
}

Test(registry_import, faults_of_a_hole_are_named_with_their_line)
{
	static const struct fault_case cases[] = {
		{ SHORT "A,A,SOS,8,9,10,,\n", "2: weekday: \"8\" is no weekday" },
		{ SHORT "A,A,SOS,1,25,10,,\n", "2: start: \"25\" is no time" },
		{ SHORT "A,A,SOS,1,9,noon,,\n", "2: end: \"noon\" is no time" },
		{ SHORT "A,A,SOS,1,10,9,,\n", "2: the end must be later than the start" },
		{ SHORT "A,A,SOS,1,9,10,daily,\n",
			"2: repeat: \"daily\" is none of these: weekly," },
		{ SHORT "A,A,SOS,1,9,10,,soon\n", "2: from: \"soon\" is no date" },
		{ SHORT "A,A,SOS,1,9,10,monthly,\n", "2: a hole that is not weekly needs" },
		{ SHORT "A,A,SOS,1,9,10,monthly,2026-11-24\n", "2: the first day is not on" },
		{ SHORT "A,A,SOS,,9,10,,\n", "2: weekday: it is missing" },
		{ SHORT "A,A,SOS,1,,10,,\n", "2: start: it is missing" },
		{ SHORT "A,A,SOS,1,9,,,\n", "2: end: it is missing" },
		{ SHORT "A,A,SOS,,,,weekly,\n", "2: repeat: the row has no hole" },
		{ SHORT "A,A,SOS,1,9,10,,\nA,,,1,8,9,,\nA,,,Mon,09:00,10:00,weekly,\n",
			"4: the same hole stands in line 2" },
		{ "unit,name,sector,weekday,start,end,from,until\n"
		  "A,A,SOS,1,9,10,2026-12-02,2026-12-01\n",
			"2: the last day must not come before the first day" },
		{ "unit,name,sector,weekday,start,end,capacity\nA,A,SOS,1,9,10,101\n",
			"2: capacity: \"101\" is no number from 1 to 100" },
		{ "unit,name,sector,weekday,start,end,capacity\nA,A,SOS,1,9,10,two\n",
			"2: capacity: \"two\" is no number" },
		{ "unit,name,sector,weekday,start,end,capacity\nA,A,SOS,1,9,10,99999999999\n",
			"2: capacity: \"99999999999\" is no number" },
		{ "unit,name,sector,weekday,start,end,person\nA,A,SOS,1,9,10,010100A123D\n",
			"2: person: the text seems to hold a personal identity code" },
		{ "unit,name,sector,weekday,start,end,place\nA,A,SOS,,,,Teams\n",
			"2: place: the row has no hole" },
	};

	EXPECT_FAULTS(cases);
}

#define CONTACTS "unit,name,sector,contact,contact_title\n"

Test(registry_import, faults_of_a_contact_are_named_with_their_line)
{
	static const struct fault_case cases[] = {
		{ CONTACTS "A,A,SOS,maija m,\n", "2: the login \"maija m\" won't do" },
		{ CONTACTS "A,A,SOS,,ohjaaja\n", "2: contact: it is missing" },
		{ CONTACTS "A,A,SOS,m,ohjaaja\nB,B,SOS,m,johtaja\n",
			"3: contact_title: it is another than in line 2" },
		{ CONTACTS "A,A,SOS,m,010100A123D\n", "2: contact_title: the text seems" },
		{ CONTACTS "A,A,SOS,there,boss\n", "2: there is there already with another title" },
		{ CONTACTS "A,A,SOS,gone,\n", "2: gone has retired" },
	};
	struct account there = { .login = "there", .roles = 1u << ROLE_LEADER },
		       gone = { .login = "gone", .roles = 1u << ROLE_LEADER };

	cr_assert(account_add(s, &there, &err) && account_add(s, &gone, &err), "%s", err.text);
	cr_assert(account_retire(s, "gone", &err), "%s", err.text);
	EXPECT_FAULTS(cases);
}

Test(registry_import, what_is_there_otherwise_is_a_fault)
{
	static const struct fault_case cases[] = {
		{ "unit,name,sector\nA,Toinen,\n", "2: unit A is there already with another name" },
		{ "unit,name,sector\nA,,SOS\n", "2: unit A is there already with another sector" },
		{ "unit,name,sector,area\nA,,,ETE\n",
			"2: unit A is there already with another area" },
		{ "unit,name,sector,municipality\nA,,,Malmila\n",
			"2: unit A is there already with another municipality" },
		{ "unit,name,sector,school_based\nA,,,yes\n",
			"2: unit A is there already with another school_based" },
		{ "unit,name,sector,email\nA,,,b@vaara.example\n",
			"2: unit A is there already with another email" },
		{ "unit,name,sector,phone\nA,,,1\n",
			"2: unit A is there already with another phone" },
		{ "unit,name,sector,weekday,start,end,person,deputy,place\n"
		  "A,,,3,12,14,psykologi,lääkäri,huone 1\n",
			"2: unit A has this hole already with another person" },
		{ "unit,name,sector,weekday,start,end,person,deputy,place\n"
		  "A,,,3,12,14,terveydenhoitaja,,huone 1\n",
			"2: unit A has this hole already with another deputy" },
		{ "unit,name,sector,weekday,start,end,person,deputy,place\n"
		  "A,,,3,12,14,terveydenhoitaja,lääkäri,\n",
			"2: unit A has this hole already with another place" },
		{ "unit,name,sector,weekday,start,end,capacity\nA,,,3,12,14,2\n",
			"2: unit A has this hole already with another capacity" },
		{ "unit,name,sector,weekday,start,end,until\nA,,,3,12,14,2027-05-31\n",
			"2: unit A has this hole already with another until" },
		{ "unit,name,sector\nOLD,,\n", "2: unit OLD is retired" },
	};

	expect_import(HEAD UNIT_A CONTACT_A HOLE_A);
	fixture_unit(s, "OLD");
	cr_assert(registry_retire_unit(s, "OLD", &err), "%s", err.text);
	EXPECT_FAULTS(cases);
}

Test(registry_import, every_fault_of_every_row_is_told_in_the_files_order)
{
	cr_expect_str_eq(faults_of("unit,name,sector,phone,weekday,start,end,contact\n"
				   "B,,SOS,,1,9,10,\n"
				   "A,A,XX,010100A123D,8,9,,ä\n"
				   "B,B,,,1,9,10,\n"
				   "A,,TER,,1,9,10,\n"),
		"2: name: it is missing; fill it in\n"
		"3: sector: \"XX\" is none of these: TER, KTH, OPH, SOS, MIE, AIK, VAK, SIV, NUO,"
		" JAR, SRK\n"
		"3: phone: the text seems to hold a personal identity code, and kutsu keeps none;"
		" take it out\n"
		"3: weekday: \"8\" is no weekday; write 1 to 7 or Mon to Sun\n"
		"3: the login \"ä\" won't do; use letters a to z, digits, dot, hyphen, at most 32\n"
		"3: end: it is missing; fill it in\n"
		"4: name: it is another than in the unit's first row (line 2); make them agree\n"
		"4: the same hole stands in line 2; leave one of them\n");
	cr_expect_str_eq(
		err.text, "8 faults were found and nothing taken; correct them and import again");
}

Test(registry_import, who_may_not_is_refused_before_the_file_is_looked_at)
{
	struct account account = { .login = "joku", .roles = 1u << ROLE_COORDINATOR };
	struct identity identity = { "joku", "joku", NULL };
	struct session another;

	cr_assert(account_add(s, &account, &err), "%s", err.text);
	cr_assert(session_begin(&another, s->store, s->clock, &identity, &err), "%s", err.text);
	cr_expect_not(registry_import(&another, "x", 1, false, &s->arena, &report, &err));
	cr_expect_eq(err.code, ERROR_DENIED);
	cr_expect_eq(report.fault_count, 0u);
	cr_expect_not(registry_import(&another, "x", 1, true, &s->arena, &report, &err));
	cr_expect_eq(err.code, ERROR_DENIED);
	cr_expect_eq(report.fault_count, 0u);
	session_end(&another);
}

/* ---- A large one. */

/* free() */
static char *many_rows(size_t units, size_t holes, size_t *length)
{
	char *csv = NULL;
	FILE *file = open_memstream(&csv, length);

	fputs("unit,name,sector,weekday,start,end,contact\n", file);
	for (size_t hole = 0; hole < holes; hole++) {
		for (size_t unit = 0; unit < units; unit++)
			fprintf(file, "U%zu,%s,%s,%zu,%zu:%02zu,23:00,y%zu\n", unit,
				hole ? "" : "Yksikkö", hole ? "" : "SOS", hole % 7 + 1,
				hole / 7 % 20, hole / 140, unit);
	}
	fclose(file);
	return csv;
}

Test(registry_import, fifty_thousand_rows_are_taken, .timeout = 300)
{
	size_t length;
	char *csv = many_rows(250, 200, &length);

	cr_assert(registry_import(s, csv, length, false, &s->arena, &report, &err), "%s", err.text);
	expect_counts(250, 50000, 250);
	cr_assert(registry_import(s, csv, length, true, &s->arena, &report, &err), "%s", err.text);
	expect_counts(0, 0, 0);
	free(csv);
}

/* ---- Nothing half done. */

static char folder[FIXTURE_FOLDER_SIZE], path[FIXTURE_FOLDER_SIZE + 16];

#define TO_TAKE HEAD UNIT_A CONTACT_A HOLE_A "B,Koulu,SIV,,,x,,,yhd-a,,4,8,9,,,,,,,\n"
#define TAKEN                                                                                      \
	"SELECT (SELECT count(*) FROM unit) || ' ' || (SELECT count(*) FROM slot) || ' ' ||"       \
	" (SELECT count(*) FROM user_role WHERE role = 'contact') = '2 2 2'"
#define NOT_TAKEN                                                                                  \
	"SELECT (SELECT count(*) FROM unit) + (SELECT count(*) FROM slot) +"                       \
	" (SELECT count(*) FROM user WHERE login = 'yhd-a') +"                                     \
	" (SELECT count(*) FROM access_log WHERE use_case IN ('import_registry', 'unit_add')) = 0"

static bool open_session(struct session *session)
{
	struct store *store = NULL;

	*session = (struct session) { 0 };
	if (!store_open(path, &store, &err))
		return false;
	if (session_begin(session, store, fixture_clock_at(FIXTURE_NOW), &fixture_identity, &err))
		return true;
	session_end(session);
	store_close(store);
	return false;
}

static void close_session(struct session *session)
{
	struct store *store = session->store;

	session_end(session);
	store_close(store);
}

static bool import_in(struct session *session)
{
	return registry_import(
		session, TO_TAKE, strlen(TO_TAKE), false, &session->arena, &report, &err);
}

/* Whether the n-th of what is done to the files was reached. */
static bool try_at(enum fault fault, int n)
{
	struct session session;
	bool said = false, came, there;

	cr_assert(region_init(path, "Alue", &fixture_identity, fixture_clock_at(FIXTURE_NOW), &err),
		"%s", err.text);
	fault_vfs_arm(fault, n);
	if (open_session(&session)) {
		fixture_sql(&session, "PRAGMA cache_size=5");
		said = import_in(&session);
		close_session(&session);
	}
	came = fault_vfs_came();
	fault_vfs_arm(FAULT_NONE, 0);
	cr_assert(open_session(&session), "at %d: %s", n, err.text);
	there = fixture_number(&session, TAKEN) == 1;
	cr_assert(there || fixture_number(&session, NOT_TAKEN) == 1, "at %d: half is there", n);
	cr_assert(there || !said, "at %d: taken, it was said", n);
	cr_assert(import_in(&session), "at %d, again: %s", n, err.text);
	cr_assert_eq(report.units.count, there ? 0u : 2u, "at %d", n);
	cr_assert_eq(fixture_number(&session, TAKEN), 1, "at %d", n);
	close_session(&session);
	unlink(path);
	return came;
}

static void try_at_each(enum fault fault)
{
	int n = 1;

	fixture_folder(folder);
	snprintf(path, sizeof(path), "%s/kutsu.db", folder);
	fault_vfs_install();
	while (try_at(fault, n))
		n++;
	cr_expect_gt(n, 15, "the faults did not come");
	fault_vfs_remove();
	fixture_folder_remove(folder);
}

Test(registry_import, an_error_of_the_disk_leaves_all_of_it_or_nothing, .timeout = 120)
{
	try_at_each(FAULT_ERROR_ONCE);
}

Test(registry_import, a_full_disk_leaves_all_of_it_or_nothing, .timeout = 120)
{
	try_at_each(FAULT_FULL);
}

Test(registry_import, what_the_database_refuses_in_the_middle_takes_all_of_it_back)
{
	char *before, *after;

	fixture_sql(s, "CREATE TRIGGER refused BEFORE INSERT ON user_role WHEN NEW.role = 'contact'"
		       " BEGIN SELECT RAISE(ABORT, 'no'); END");
	before = fixture_dump(s);
	cr_expect_not(import(TO_TAKE));
	after = fixture_dump(s);
	cr_expect_str_eq(after, before);
	expect_counts(0, 0, 0);
	free(before);
	free(after);
}
