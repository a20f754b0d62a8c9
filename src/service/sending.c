/* Messages leave: claimed, handed over, marked. */
#include "inviting_internal.h"
#include "kutsu/base/message.h"
#include "kutsu/service/writer.h"
#include "kutsu/store/case_store.h"
#include "kutsu/store/invitation_store.h"
#include "kutsu/store/meeting_store.h"
#include "kutsu/transport/transport.h"
#include "outbox_internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PASSWORD_VARIABLE "KUTSU_MAIL_PASSWORD"
#define MARKING_TRIES	  3

/* One run of sending. */
struct sender {
	struct session *session;
	struct transport transport;
	char *password;	  /* read from a file; freed with it */
	const char *from; /* the envelope's */
	char name[WRITER_SIZE];
	struct arena settings;
};

static bool read_tls(struct sender *sender, struct error *err)
{
	const char *tls;

	if (!read_setting(sender->session, SETTING_MAIL_TLS, &sender->settings, &tls, err))
		return false;
	sender->transport.tls = strcmp(tls, "none") == 0  ? TLS_NONE
				: strcmp(tls, "tls") == 0 ? TLS_FROM_THE_START
							  : TLS_STARTTLS;
	return true;
}

static bool read_password(struct sender *sender, struct error *err)
{
	const char *path;

	if (!read_setting(
		    sender->session, SETTING_MAIL_PASSWORD_FILE, &sender->settings, &path, err))
		return false;
	if (!*path) {
		sender->transport.password = getenv(PASSWORD_VARIABLE);
		return true;
	}
	if (!transport_read_password(path, &sender->password, err))
		return false;
	sender->transport.password = sender->password;
	return true;
}

static bool read_text(
	struct sender *sender, enum setting setting, const char **value, struct error *err)
{
	if (!read_setting(sender->session, setting, &sender->settings, value, err))
		return false;
	*value = **value ? *value : NULL;
	return true;
}

/* *is_set is false where there is no way out: all stays in the outbox. */
static bool read_settings(
	struct sender *sender, const char *folder, bool *is_set, struct error *err)
{
	struct transport *transport = &sender->transport;

	if (!read_text(sender, SETTING_MAIL_URL, &transport->url, err)
		|| !read_text(sender, SETTING_MAIL_COMMAND, &transport->command, err)
		|| !read_text(sender, SETTING_MAIL_FROM, &sender->from, err))
		return false;
	if (folder && access(folder, W_OK | X_OK) != 0)
		return error_set(err, ERROR_FAILED, _("%.200s can't be written to: %s"), folder,
			strerror(errno));
	transport->folder = folder;
	*is_set = folder || transport->url || transport->command;
	if (*is_set && !sender->from)
		return error_set(err, ERROR_INVALID,
			_("mail.from is not set: answers would go nowhere; see \"kutsu config "
			  "set\""));
	return !*is_set || !transport->url || folder || transport->command
	       || (read_text(sender, SETTING_MAIL_CA_FILE, &transport->ca_file, err)
		       && read_text(sender, SETTING_MAIL_USER, &transport->user, err)
		       && read_tls(sender, err) && read_password(sender, err));
}

/* Its name and bytes are made once: what was claimed before has them. */
static bool make_mail(struct session *session, struct message *message, struct told_meeting *told,
	struct arena *arena, struct error *err)
{
	const char *host;
	char uid[UID_SIZE];

	if (message->content)
		return true;
	host = strchr(told->letter.from, '@');
	make_uid(session, uid);
	message->message_id = arena_printf(arena, "%s%s", uid, host ? host : "@localhost");
	told->letter.message_id = message->message_id;
	return letter_mail(&told->letter, arena, &message->content, err);
}

/* Of a client nothing stands in the log but the case. */
static bool log_leaving(struct use *use, const struct message *message,
	const struct told_meeting *told, struct arena *arena, struct error *err)
{
	bool to_family = message->kind == MESSAGE_FAMILY;
	struct disclosure disclosure = {
		.basis = to_family || message->kind == MESSAGE_CANCEL ? NULL : "consent",
		.recipient = to_family ? "family"
				       : arena_printf(arena, "%s <%s>", message->unit, message->to),
	};

	return use_log_disclosure(use, told->case_ref.id,
		arena_printf(arena, "%lld %s, meeting %lld", (long long)message->id,
			term_code(&message_kind_terms, (int)message->kind),
			(long long)message->meeting_id),
		&disclosure, err);
}

static bool may_claim(const struct message *message)
{
	return message->state == MESSAGE_QUEUED && message->to
	       && (!message->sender || !writer_is_alive(message->sender));
}

/* One that a sender ended with may not leave any more: it waits for consent as others do. */
static bool let_go(struct use *use, const struct message *message, struct error *err)
{
	return !message->sender
	       || store_message_not_sent(&use->change, message->id, message->sender, message->error,
		       session_now(use->session), true, err);
}

/* Of a meeting that is over nobody is invited any more, and who has answered is not reminded. */
static bool is_out_of_date(struct session *session, const struct message *message,
	struct arena *arena, bool *is, struct error *err)
{
	struct invitation invitation;
	struct meeting meeting;

	*is = false;
	if (message->kind == MESSAGE_CANCEL)
		return true;
	if (!store_meeting_get(session->store, message->meeting_id, arena, &meeting, err))
		return false;
	*is = is_over(session, &meeting);
	if (*is || message->kind != MESSAGE_REMINDER)
		return true;
	if (!store_invitation_get(
		    session->store, message->meeting_id, message->unit_id, arena, &invitation, err))
		return false;
	*is = !invitation_is_waited_for(&invitation);
	return true;
}

/* It never leaves. */
static bool take_away(
	struct use *use, const struct message *message, struct arena *arena, struct error *err)
{
	struct store *store = use->session->store;
	struct case_ref case_ref;
	struct meeting meeting;
	int dropped;

	return (!message->sender || store_message_release(&use->change, message->id, err))
	       && store_message_drop(&use->change, message->id, &dropped, err)
	       && store_meeting_get(store, message->meeting_id, arena, &meeting, err)
	       && store_case_get(store, meeting.case_code, arena, &case_ref, err)
	       && use_log(use, case_ref.id,
		       arena_printf(arena, "%lld out of date", (long long)message->id), err);
}

/* Makes it this run's. */
static bool claim_it(struct use *use, struct sender *sender, struct message *message,
	struct arena *arena, bool *claimed, struct error *err)
{
	struct session *session = sender->session;
	struct told_meeting told;

	return read_letter(session, message, arena, &told, err)
	       && make_mail(session, message, &told, arena, err)
	       && store_message_claim(&use->change, message, sender->name, claimed, err)
	       && (*claimed ? log_leaving(use, message, &told, arena, err)
			    : let_go(use, message, err));
}

/* In one transaction: nobody else sends it, and the log has it before it leaves. */
static bool claim(struct sender *sender, int64_t id, struct arena *arena, struct message *message,
	bool *claimed, struct error *err)
{
	struct session *session = sender->session;
	bool ok, is_old = false;
	struct use use;

	*claimed = false;
	if (!use_begin_number(&use, session, USE_OUTBOX_SEND, id, err))
		return false;
	ok = store_message_get(session->store, id, arena, message, err);
	if (!ok && err->code == ERROR_NOT_FOUND)
		ok = true; /* dropped meanwhile */
	else if (ok && may_claim(message))
		ok = is_out_of_date(session, message, arena, &is_old, err)
		     && (is_old ? take_away(&use, message, arena, err)
				: claim_it(&use, sender, message, arena, claimed, err));
	if (!*claimed && !is_old)
		use_needs_no_log(&use);
	return use_end(&use, ok, err);
}

static bool mark(struct sender *sender, const struct message *message, enum delivery delivery,
	const char *words, struct error *err)
{
	struct session *session = sender->session;
	int64_t now = session_now(session), after;
	struct change change;
	bool ok;

	if (!change_begin(&change, session->store, err))
		return false;
	if (delivery == DELIVERED) {
		ok = store_message_sent(&change, message->id, sender->name, now, err);
	} else {
		after = delivery == DELIVERY_REFUSED ? 0
						     : message_retry_after(message->attempts + 1);
		ok = store_message_not_sent(&change, message->id, sender->name, words,
			after ? now + after : 0, delivery == DELIVERY_IN_DOUBT, err);
	}
	return change_end(&change, ok, err);
}

static void count(struct outbox_result *result, enum delivery delivery, const char *words)
{
	result->sent += delivery == DELIVERED;
	result->put_off += delivery == DELIVERY_PUT_OFF || delivery == DELIVERY_IN_DOUBT
			   || delivery == DELIVERY_NO_WAY;
	result->failed += delivery == DELIVERY_REFUSED;
	if (delivery != DELIVERED) {
		size_t length = strlen(words);

		if (length >= sizeof(result->words))
			length = sizeof(result->words) - 1;
		memcpy(result->words, words, length);
		result->words[length] = '\0';
	}
}

/* A mark that can't be made ends the run: with the process the claim ends, too. */
static bool send_one(struct sender *sender, int64_t id, struct outbox_result *result, bool *has_way,
	struct error *err)
{
	char words[DELIVERY_WORDS_SIZE];
	struct arena arena = { 0 };
	struct message message;
	enum delivery delivery;
	bool claimed, ok;

	ok = claim(sender, id, &arena, &message, &claimed, err);
	if (ok && claimed) {
		delivery = transport_send(&sender->transport,
			&(struct envelope) {
				sender->from, message.to, message.message_id, message.content },
			words);
		ok = false;
		for (int i = 0; !ok && i < MARKING_TRIES; i++)
			ok = mark(sender, &message, delivery, words, err);
		count(result, delivery, words);
		*has_way = delivery != DELIVERY_NO_WAY;
	}
	arena_release(&arena);
	return ok;
}

static bool send_due(struct sender *sender, const struct outbox_sending *sending,
	struct outbox_result *result, struct error *err)
{
	struct session *session = sender->session;
	struct arena arena = { 0 };
	struct message_list due;
	bool has_way = true;
	bool ok = store_message_due(session->store, session_now(session), 0, &arena, &due, err);

	for (size_t i = 0; ok && has_way && i < due.count; i++) {
		if (sending->go_on && !sending->go_on(sending->context))
			break;
		ok = send_one(sender, due.items[i].id, result, &has_way, err);
	}
	arena_release(&arena);
	return ok && store_message_next(session->store, &result->next_at, err);
}

bool outbox_send(struct session *session, const struct outbox_sending *sending,
	struct outbox_result *result, struct error *err)
{
	struct sender sender = { .session = session };
	bool ok;

	*result = (struct outbox_result) { 0 };
	writer_name(sender.name);
	ok = use_check(session, USE_OUTBOX_SEND, NULL, err)
	     && read_settings(&sender, sending->folder, &result->is_delivered, err)
	     && (!result->is_delivered || send_due(&sender, sending, result, err));
	transport_forget(sender.password);
	arena_release(&sender.settings);
	return ok;
}
