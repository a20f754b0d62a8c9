/* The outbox and its neighbours as commands: what they print, how they end, what they refuse. */
#include "installation.h"

#include <unistd.h>

#define KEYS_MESSAGE "id meeting unit to kind state attempts error sequence message_id created sent"
#define KEYS_INVITATION                                                                            \
	"unit answer reason note counter consent cancelled sequence sent answered answered_by"

/* A case with consent for A alone, meeting 1 of A and B on a Wednesday. */
static struct program *booked(const char *option)
{
	struct program *p = installation();

	program_ok(p, "unit edit A --email a@example.fi");
	program_ok(p, "config set mail.from kutsu@example.fi");
	program_ok(p, "call add --from family --caller mother --concern nights %s", option);
	program_ok(p, "consent give 2026-0002 --unit A --by mother");
	program_ok(p, "meeting book 2026-0002 --unit A B --start 2026-12-02T12:00");
	return p;
}

static json_t *messages(struct program *p)
{
	return json_of(program_ok(p, "outbox list --meeting 1 --json"));
}

static void expect_states(struct program *p, const char *a, const char *b, const char *family)
{
	json_t *list = messages(p);

	cr_assert_eq(json_array_size(list), 3u);
	expect_value(json_array_get(list, 0), "state", a);
	expect_value(json_array_get(list, 1), "state", b);
	expect_value(json_array_get(list, 2), "state", family);
	json_decref(list);
}

Test(outbox, lists_a_message_for_each_unit_and_one_for_the_family_under_the_keys_of_the_contract)
{
	struct program *p = booked("");
	json_t *list = messages(p);

	cr_assert_eq(json_array_size(list), 3u);
	expect_keys(json_array_get(list, 0), KEYS_MESSAGE);
	expect_value(json_array_get(list, 0), "to", "a@example.fi");
	expect_value(json_array_get(list, 0), "kind", "request");
	expect_value(json_array_get(list, 1), "to", "null");
	expect_value(json_array_get(list, 2), "kind", "family");
	expect_value(json_array_get(list, 2), "unit", "null");
	json_decref(list);
	expect_states(p, "draft", "waiting_consent", "draft");
	program_free(p);
}

Test(outbox, queues_with_invite_what_has_consent_and_the_rest_as_it_comes)
{
	struct program *p = booked("");

	program_ok(p, "consent give 2026-0002 --unit B --by mother");
	expect_states(p, "draft", "draft", "draft");
	program_ok(p, "meeting move 1 --start 2026-12-02T13:00 --invite");
	expect_states(p, "queued", "queued", "queued");
	program_ok(p, "consent withdraw 2026-0002 --unit B");
	expect_states(p, "queued", "waiting_consent", "queued");
	program_free(p);
}

Test(outbox, says_that_what_has_no_address_waits_for_one)
{
	struct program *p = booked("");
	const char *list;

	program_ok(p, "meeting move 1 --start 2026-12-02T13:00 --invite");
	list = program_ok(p, "outbox list --meeting 1");
	cr_expect(strstr(list, "A <a@example.fi>") && strstr(list, "about to leave"), "%s", list);
	cr_expect(strstr(list, "family (by phone or on paper)  waits for an address"), "%s", list);
	program_free(p);
}

Test(outbox, without_a_server_keeps_all_and_says_so)
{
	struct program *p = booked("");

	cr_expect_eq(program_do(p, "outbox send --meeting 1"), 0);
	cr_expect_not_null(strstr(program_err(p), "no mail server is set"));
	expect_states(p, "queued", "waiting_consent", "draft");
	program_free(p);
}

Test(outbox, writes_letters_into_a_folder_where_one_is_given)
{
	struct program *p = booked("--email perhe@example.org");

	program_ok(p, "outbox send --meeting 1 --folder %s", program_folder(p));
	expect_states(p, "sent", "waiting_consent", "sent");
	cr_expect_str_eq(program_ok(p, "outbox send --folder %s", program_folder(p)), "");
	program_free(p);
}

Test(outbox, refuses_what_can_not_be_and_changes_nothing)
{
	struct program *p = booked("");

	program_refused(p, 5, "there is no message 99", "outbox show 99");
	program_refused(p, 3, "has not been let leave", "outbox retry 1");
	program_refused(p, 3, "there is no consent for B", "outbox told 2");
	program_ok(p, "outbox told 1");
	program_refused(p, 3, "has left", "outbox drop 1");
	program_refused(p, 3, "has left", "outbox told 1");
	program_refused(p, 5, "not invited to meeting 1", "meeting answer 1 accepted --unit C");
	program_refused(p, 2, "give one of accepted", "meeting answer 1 perhaps --unit A");
	program_refused(p, 2, "--start", "meeting answer 1 counter --unit A");
	program_refused(p, 3, "A is invited already", "meeting invite 1 --unit A");
	expect_states(p, "sent", "waiting_consent", "draft");
	program_free(p);
}

Test(outbox, a_dropped_number_is_no_other_message_ever_after)
{
	struct program *p = booked("");

	program_ok(p, "outbox drop 3");
	program_ok(p, "meeting move 1 --start 2026-12-02T13:00");
	program_refused(p, 5, "there is no message 3", "outbox show 3");
	program_free(p);
}

Test(outbox, remembers_what_a_unit_answers_and_shows_what_is_left)
{
	struct program *p = booked("");
	json_t *meeting, *invitation;

	program_ok(p, "meeting answer 1 declined --unit A --reason staff --note training");
	meeting = json_of(program_ok(p, "meeting show 1 --json"));
	invitation = json_array_get(json_object_get(meeting, "invitations"), 0);
	expect_keys(invitation, KEYS_INVITATION);
	expect_value(invitation, "answer", "declined");
	expect_value(invitation, "reason", "staff");
	expect_value(invitation, "note", "training");
	json_decref(meeting);
	cr_expect_not_null(strstr(program_ok(p, "meeting show 1"), "A does not come."));
	program_ok(p, "meeting uninvite 1 --unit A");
	meeting = json_of(program_ok(p, "meeting show 1 --json"));
	expect_value(meeting, "units", "[\"B\"]");
	json_decref(meeting);
	program_refused(p, 3, "only unit", "meeting uninvite 1 --unit B");
	program_free(p);
}

Test(outbox, is_of_no_concern_to_a_meeting_that_is_recorded)
{
	struct program *p = booked("");

	program_set(p, "KUTSU_NOW", "2026-12-02T13:30");
	program_input(p, "{\"attended\": [\"A\"]}");
	program_ok(p, "meeting record 1 --file -");
	cr_expect_str_eq(program_ok(p, "outbox list --unsent"), "");
	program_free(p);
}

Test(outbox, its_server_and_command_are_set_at_the_host_only)
{
	static const char *const names[] = { "mail.url", "mail.from", "mail.tls", "mail.ca_file",
		"mail.user", "mail.password_file", "mail.command" };
	struct program *p = installation();
	char *login = strdup(program_ok(p, "user list"));

	login[strcspn(login, " ")] = '\0';
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char line[100];
		int status;

		snprintf(line, sizeof(line), "config set %s ''", names[i]);
		program_set(p, "SSH_ORIGINAL_COMMAND", line);
		status = program_do(
			p, "--db %s --lang en shell --as %s", program_database(p), login);
		program_set(p, "SSH_ORIGINAL_COMMAND", NULL);
		cr_expect_eq(status, 4, "%s: %d %s", names[i], status, program_err(p));
	}
	free(login);
	program_free(p);
}

Test(outbox, refuses_settings_that_can_not_be)
{
	struct program *p = installation();

	program_refused(p, 2, "smtp://", "config set mail.url http://example.fi");
	program_refused(p, 2, "smtp://", "config set mail.url smtp://user:secret@example.fi");
	program_refused(p, 2, "is no address", "config set mail.from 'a b@example.fi'");
	program_refused(p, 2, "none, starttls, tls", "config set mail.tls maybe");
	program_refused(p, 2, "whole path", "config set mail.command sendmail");
	program_refused(p, 2, "is no address",
		"call add --from family --caller m --concern c --email 'a@b,c@d'");
	program_free(p);
}

Test(outbox, its_database_is_never_replaced_by_what_is_written_out)
{
	static const char *const endings[] = { "", "-wal", "-shm" };
	struct program *p = booked("");

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		char path[1000];

		snprintf(path, sizeof(path), "%s%s", program_database(p), endings[i]);
		if (access(path, F_OK) != 0)
			continue;
		program_refused(
			p, 1, "is the database itself", "export meetings --format csv -o %s", path);
	}
	program_ok(p, "check");
	program_free(p);
}

Test(outbox, an_address_of_a_unit_is_one_or_none)
{
	struct program *p = installation();

	program_refused(p, 2, "is no address", "unit edit A --email 'a@x.fi, b@x.fi'");
	program_refused(p, 2, "is no address", "unit edit A --email foo");
	program_refused(p, 2, "write one line", "unit edit A --name 'A\nBcc: b@x.fi'");
	program_ok(p, "unit edit A --email a@x.fi");
	program_ok(p, "unit edit A --email ''");
	program_free(p);
}
