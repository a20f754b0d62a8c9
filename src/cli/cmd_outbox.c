#include "command_internal.h"

#include "kutsu/base/localtext.h"
#include "kutsu/domain/slot.h"
#include "kutsu/format/json_writer.h"
#include "kutsu/service/inviting.h"
#include "kutsu/service/outbox.h"
#include "listing_internal.h"

#include <limits.h>
#include <signal.h>
#include <string.h>
#include <time.h>

#define LOOK_SECONDS 5 /* how often the loop looks for what is new */

/* 0: it was not given. */
static bool given_meeting(struct cli *cli, int64_t *id, struct error *err)
{
	int number = 0;

	if (!given_number(cli, "meeting", 1, INT_MAX, &number, err))
		return false;
	*id = number;
	return true;
}

static const char *state_text(struct cli *cli, const struct message *message)
{
	char day[LOCALTEXT_SIZE], clock[LOCALTEXT_SIZE];
	struct wall_time at = zone_to_wall(message->sent_at);

	if (message->state == MESSAGE_SENT)
		return arena_printf(cli->arena, "%s %s %s",
			term_label(&message_state_terms, (int)message->state),
			local_short_day(at.day, day), local_clock(at.minute, clock));
	if (message->state == MESSAGE_QUEUED && !message->to)
		return _("waits for an address");
	return arena_printf(cli->arena, "%s%s%s",
		term_label(&message_state_terms, (int)message->state), message->error ? ": " : "",
		message->error ? message->error : "");
}

static const char *to_text(struct cli *cli, const struct message *message)
{
	const char *who = message->unit ? message->unit : _("family");

	if (message->to)
		return arena_printf(cli->arena, "%s <%s>", who, message->to);
	return arena_printf(cli->arena, "%s (%s)", who,
		message->unit ? _("no address") : _("by phone or on paper"));
}

static bool run_list(struct cli *cli, struct error *err)
{
	enum message_choice choice = given_flag(cli, "unsent") ? MESSAGES_UNSENT : MESSAGES_ALL;
	struct message_list list;
	struct listing listing;
	int64_t meeting = 0;

	if (!given_meeting(cli, &meeting, err)
		|| !outbox_list(cli->session, choice, meeting, cli->arena, &list, err))
		return false;
	listing_begin(&listing, cli, 5);
	for (size_t i = 0; i < list.count; i++) {
		const struct message *message = &list.items[i];
		struct row row;

		if (choice == MESSAGES_UNSENT && message->state == MESSAGE_SENT)
			continue;
		row_init(&row, cli->arena);
		row_of_message(&row, message);
		if (cli->json)
			listing_row(&listing, &row);
		table_add(&listing.table, arena_printf(cli->arena, "%lld", (long long)message->id),
			arena_printf(cli->arena, "%lld", (long long)message->meeting_id),
			term_label(&message_kind_terms, (int)message->kind), to_text(cli, message),
			state_text(cli, message));
	}
	listing_end(&listing);
	return true;
}

static void print_json(struct cli *cli, const struct message_view *view)
{
	struct json_writer json;
	struct row row;

	row_init(&row, cli->arena);
	row_of_message(&row, &view->message);
	row_add_text(&row, "subject", view->subject);
	row_add_text(&row, "body", view->body);
	row_add_text(&row, "calendar", view->calendar);
	json_begin(&json, cli->out);
	json_row(&json, NULL, &row);
	json_end(&json);
}

static bool run_show(struct cli *cli, struct error *err)
{
	struct message_view view;
	int64_t id;

	if (!word_id(cli, 0, &id, err)
		|| !outbox_look(cli->session, LOOK_NEW, id, cli->arena, &view, err))
		return false;
	if (cli->json) {
		print_json(cli, &view);
		return true;
	}
	fprintf(cli->out, "%s: %s\n%s: %s\n%s: %s\n\n%s", _("To"), to_text(cli, &view.message),
		_("State"), state_text(cli, &view.message), _("Subject"), view.subject, view.body);
	if (view.other_language)
		fprintf(cli->out,
			_("\n(the family's language is %s: tell it with an interpreter)\n"),
			view.other_language);
	return true;
}

static volatile sig_atomic_t is_ended;

static void end_loop(int signal_number)
{
	(void)signal_number;
	is_ended = 1;
}

static bool goes_on(void *context)
{
	(void)context;
	return !is_ended;
}

static void tell(struct cli *cli, const struct outbox_result *result)
{
	if (result->sent || result->put_off || result->failed)
		fprintf(cli->out, _("sent: %d, put off: %d, could not be delivered: %d\n"),
			result->sent, result->put_off, result->failed);
	if (*result->words)
		fprintf(stderr, _("kutsu: not delivered: %s\n"), result->words);
	if (result->is_delivered && result->next_at > session_now(cli->session)) {
		struct wall_time at = zone_to_wall(result->next_at);
		char day[LOCALTEXT_SIZE], clock[LOCALTEXT_SIZE];

		fprintf(stderr, _("kutsu: what was put off is tried again %s %s\n"),
			local_short_day(at.day, day), local_clock(at.minute, clock));
	}
	fflush(cli->out);
}

/* A signal ends the wait at once, also one that came just before it. */
static void wait_a_while(const sigset_t *ending)
{
	const struct timespec look = { LOOK_SECONDS, 0 };

	if (!is_ended && sigtimedwait(ending, NULL, &look) > 0)
		is_ended = 1;
}

static bool send_in_loop(struct cli *cli, const struct outbox_sending *sending, struct error *err)
{
	struct sigaction action = { .sa_handler = end_loop };
	struct outbox_result result;
	sigset_t ending;

	sigemptyset(&ending);
	sigaddset(&ending, SIGTERM);
	sigaddset(&ending, SIGINT);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
	while (!is_ended) {
		sigprocmask(SIG_UNBLOCK, &ending, NULL);
		if (!outbox_send(cli->session, sending, &result, err))
			return false;
		tell(cli, &result);
		sigprocmask(SIG_BLOCK, &ending, NULL);
		wait_a_while(&ending);
	}
	return true;
}

static bool let_leave(struct cli *cli, int64_t meeting, struct error *err)
{
	int count = 0;

	if (!meeting)
		return true;
	if (!invitation_let_leave(cli->session, meeting, &count, err))
		return false;
	fprintf(cli->out,
		P_("%d message was let leave\n", "%d messages were let leave\n", (long)count),
		count);
	return true;
}

static bool run_send(struct cli *cli, struct error *err)
{
	struct outbox_sending sending = { given_text(cli, "folder"), goes_on, NULL };
	struct outbox_result result;
	int64_t meeting = 0;

	if (!given_meeting(cli, &meeting, err)
		|| (sending.folder && !check_path(cli, sending.folder, err))
		|| !let_leave(cli, meeting, err))
		return false;
	if (given_flag(cli, "loop"))
		return send_in_loop(cli, &sending, err);
	if (!outbox_send(cli->session, &sending, &result, err))
		return false;
	tell(cli, &result);
	if (!result.is_delivered)
		fprintf(stderr, "%s\n",
			_("kutsu: no mail server is set, so all stays in the outbox; see \"kutsu "
			  "config "
			  "set mail.url\", or --folder"));
	return true;
}

static bool run_retry(struct cli *cli, struct error *err)
{
	int64_t id;

	return word_id(cli, 0, &id, err) && outbox_retry(cli->session, id, err);
}

static bool run_drop(struct cli *cli, struct error *err)
{
	int64_t id;

	return word_id(cli, 0, &id, err) && outbox_drop(cli->session, id, err);
}

static bool run_told(struct cli *cli, struct error *err)
{
	int64_t id;

	return word_id(cli, 0, &id, err) && outbox_told(cli->session, id, err);
}

static bool run_remind(struct cli *cli, struct error *err)
{
	int64_t meeting = 0;
	int count;

	if (!given_meeting(cli, &meeting, err)
		|| !outbox_remind(cli->session, meeting, &count, err))
		return false;
	print_made(cli, "%d", count);
	return true;
}

static const struct option_spec list_options[] = {
	{ "meeting", OPTION_TEXT, "M", N_("of this meeting only") },
	{ "unsent", OPTION_FLAG, NULL, N_("only what has not left") },
	{ 0 },
};

static const struct option_spec send_options[] = {
	{ "meeting", OPTION_TEXT, "M", N_("lets this meeting's drafts leave first") },
	{ "folder", OPTION_TEXT, "DIR", N_("writes them there as .eml files instead") },
	{ "loop", OPTION_FLAG, NULL, N_("goes on until it is ended by a signal") },
	{ 0 },
};

static const struct option_spec remind_options[] = {
	{ "meeting", OPTION_TEXT, "M", N_("of this meeting only") },
	{ 0 },
};

static const struct verb verbs[] = {
	{ "list", "", N_("lists the messages in the order they were made"), list_options,
		NEEDS_SESSION, true, run_list },
	{ "show", "MESSAGE", N_("shows a message as it leaves; the log tells of it"), NULL,
		NEEDS_SESSION, true, run_show },
	{ "send", "", N_("sends what may leave"), send_options, NEEDS_SESSION, false, run_send },
	{ "retry", "MESSAGE", N_("sends again what failed, at once what waits for its next try"),
		NULL, NEEDS_SESSION, false, run_retry },
	{ "drop", "MESSAGE", N_("takes a message away; it never leaves"), NULL, NEEDS_SESSION,
		false, run_drop },
	{ "told", "MESSAGE", N_("notes that it was told by phone or on paper"), NULL, NEEDS_SESSION,
		false, run_told },
	{ "remind", "", N_("queues reminders to units that have not answered; prints how many"),
		remind_options, NEEDS_SESSION, false, run_remind },
};

const struct command outbox_command = { "outbox", N_("messages that leave"), COMMAND_BY_ENTRANCE,
	VERBS(verbs) };
