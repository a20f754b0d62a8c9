#include "command_internal.h"

#include "kutsu/base/localtext.h"
#include "kutsu/format/reply_reader.h"
#include "kutsu/service/replying.h"

static bool run_reply(struct cli *cli, struct error *err)
{
	char day[LOCALTEXT_SIZE], clock[LOCALTEXT_SIZE];
	struct reply_result result;
	size_t length = 0;
	char *bytes = NULL;

	if (!read_input(cli, given_word(cli, 0), REPLY_LARGEST, &bytes, &length, err)
		|| !reply_take(cli->session, bytes, length, cli->arena, &result, err))
		return false;
	print_made(cli, "%lld %s %s%s%s%s%s%s", (long long)result.meeting_id, result.unit,
		term_code(&answer_terms, (int)result.answer),
		result.answer == ANSWER_COUNTER ? " " : "",
		result.answer == ANSWER_COUNTER ? local_weekday_day(result.counter_day, day) : "",
		result.answer == ANSWER_COUNTER ? " " : "",
		result.answer == ANSWER_COUNTER ? local_clock(result.counter_start, clock) : "",
		result.is_repeated ? _(" (as before)") : "");
	return true;
}

static const struct verb verbs[] = {
	{ NULL, "FILE",
		N_("takes a unit's answer in, an e-mail or its calendar; - is standard input"),
		NULL, NEEDS_SESSION, false, run_reply },
};

const struct command reply_command = { "reply", N_("an answer that came by e-mail"),
	COMMAND_BY_ENTRANCE, VERBS(verbs) };
