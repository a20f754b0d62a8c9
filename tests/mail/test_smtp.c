/* Messages leave to a real SMTP server that takes them, refuses, dies, or asks who is there. */
#define _GNU_SOURCE /* memmem() */

#include "loopback.h"
#include "mail.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define PASSWORD "sal:a!sänä"

/* A booked meeting, its three messages let leave to a server with these options. */
struct sending {
	struct program *p;
	struct mail_server *server;
	const char *folder;
	sqlite3 *db;
};

static struct sending begin_without_sending(const char *options, const char *tls)
{
	struct sending s = { .p = mail_installation() };

	s.server = mail_server_start(s.p, options);
	s.folder = mail_folder(s.p, "mail");
	s.db = database_open(s.p);
	mail_way_out(s.p, s.server, tls);
	mail_book(s.p);
	return s;
}

static struct sending begin(const char *options)
{
	struct sending s = begin_without_sending(options, "none");

	program_ok(s.p, "outbox send --meeting 1");
	return s;
}

static void end(struct sending *s)
{
	sqlite3_close(s->db);
	mail_server_stop(s->server);
	program_free(s->p);
}

/* Another server takes its place. */
static void change_server(struct sending *s, const char *options)
{
	mail_server_stop(s->server);
	s->server = mail_server_start(s->p, options);
	program_ok(s->p, "config set mail.url smtp://localhost:%d", mail_server_port(s->server));
}

/* One column of the newest message to A; until the next call. */
static const char *of_a(struct sending *s, const char *column)
{
	static char text[20000];
	sqlite3_stmt *stmt;
	char sql[300];

	snprintf(sql, sizeof(sql),
		"SELECT %s FROM message WHERE id = (SELECT max(id) FROM message WHERE unit_id ="
		" (SELECT id FROM unit WHERE code = 'A'))",
		column);
	cr_assert_eq(sqlite3_prepare_v2(s->db, sql, -1, &stmt, NULL), SQLITE_OK);
	cr_assert_eq(sqlite3_step(stmt), SQLITE_ROW);
	snprintf(text, sizeof(text), "%s", (const char *)sqlite3_column_text(stmt, 0));
	sqlite3_finalize(stmt);
	return text;
}

/* The clock of the runs to come: seconds since the epoch, in whole minutes. */
static void set_clock(struct sending *s, int64_t moment)
{
	char text[32];
	time_t local = (time_t)(moment + 2 * 3600); /* Helsinki in winter */
	struct tm tm;

	gmtime_r(&local, &tm);
	strftime(text, sizeof(text), "%Y-%m-%dT%H:%M", &tm);
	program_set(s->p, "KUTSU_NOW", text);
}

static void send_again_when_it_is_time(struct sending *s)
{
	set_clock(s, atoll(of_a(s, "next_attempt_at")) + 59);
	program_ok(s->p, "outbox send");
}

Test(smtp, what_is_taken_has_left_and_leaves_no_second_time, .timeout = 60)
{
	struct sending s = begin(NULL);
	json_t *all = mail_read_all(s.folder), *mail;

	cr_expect_eq(json_array_size(all), 3);
	mail = mail_to(all, "a@vaara.example");
	cr_expect_str_eq(mail_text(mail, "envelope.from"), FROM);
	cr_expect_str_eq(json_string_value(json_array_get(mail_value(mail, "envelope.to"), 0)),
		"a@vaara.example");
	cr_expect_str_eq(of_a(&s, "state"), "sent");
	cr_expect_str_eq(program_ok(s.p, "outbox send"), "");
	cr_expect_eq(mail_count(s.folder), 3);
	json_decref(all);
	end(&s);
}

/* What the server said, the settings of the way and the bytes in the database are the same. */
Test(smtp, what_arrives_is_what_the_database_says_left, .timeout = 60)
{
	struct sending s = begin(NULL);
	char **paths = mail_paths(s.folder);
	char *content = strdup(of_a(&s, "content"));
	bool found = false;

	for (size_t i = 0; paths[i]; i++) {
		char *bytes = program_read(paths[i], NULL);

		found = found || strcmp(bytes, content) == 0;
		free(bytes);
	}
	cr_expect(found);
	free(content);
	mail_paths_free(paths);
	end(&s);
}

Test(smtp, refused_for_a_time_it_waits_and_others_do_not, .timeout = 60)
{
	struct sending s = begin("--refuse-temporarily a@*");
	char *id = strdup(of_a(&s, "message_id"));
	json_t *all;

	cr_expect_eq(mail_count(s.folder), 2);
	cr_expect_str_eq(of_a(&s, "state"), "queued");
	cr_expect_str_eq(of_a(&s, "error"), "450 4.2.1 Mailbox busy, try again later");
	program_ok(s.p, "outbox send");
	cr_expect_str_eq(of_a(&s, "attempts"), "1", "its time has not come");
	send_again_when_it_is_time(&s);
	cr_expect_str_eq(of_a(&s, "attempts"), "2");
	change_server(&s, NULL);
	program_ok(s.p, "outbox send");
	cr_expect_str_eq(of_a(&s, "attempts"), "2", "not before five minutes are past");
	send_again_when_it_is_time(&s);
	cr_expect_str_eq(of_a(&s, "state"), "sent");
	all = mail_read_all(s.folder);
	cr_expect_eq(json_array_size(all), 3);
	cr_expect(strstr(mail_text(mail_to(all, "a@vaara.example"), "message_id"), id));
	json_decref(all);
	free(id);
	end(&s);
}

Test(smtp, after_five_days_it_is_given_up_and_can_be_sent_anew, .timeout = 60)
{
	struct sending s = begin("--refuse-temporarily a@*");
	int64_t first = atoll(of_a(&s, "created_at"));
	char *id;
	int tries = 1;

	for (; strcmp(of_a(&s, "state"), "queued") == 0; tries++) {
		cr_expect_leq(atoll(of_a(&s, "next_attempt_at")), first + 6 * 86400);
		cr_assert_lt(tries, 40);
		send_again_when_it_is_time(&s);
	}
	cr_expect_str_eq(of_a(&s, "state"), "failed");
	cr_expect_eq(tries, 20);
	id = strdup(of_a(&s, "message_id"));
	change_server(&s, NULL);
	program_ok(s.p, "outbox send");
	cr_expect_eq(mail_count(s.folder), 2, "what was given up does not leave by itself");
	program_ok(s.p, "outbox retry %s", of_a(&s, "id"));
	program_ok(s.p, "outbox send");
	cr_expect_eq(mail_count(s.folder), 3);
	cr_expect_str_eq(of_a(&s, "state"), "sent");
	cr_expect_str_neq(of_a(&s, "message_id"), id, "it is another message");
	cr_expect_str_eq(of_a(&s, "sequence"), "0");
	free(id);
	end(&s);
}

Test(smtp, refused_for_good_it_is_not_tried_again_and_the_servers_words_are_shown, .timeout = 60)
{
	struct sending s = begin("--refuse a@*");

	cr_expect_eq(mail_count(s.folder), 2);
	cr_expect_str_eq(of_a(&s, "state"), "failed");
	cr_expect(strstr(program_ok(s.p, "outbox list --unsent"), "550 5.1.1 No such mailbox here"),
		"%s", program_out(s.p));
	set_clock(&s, 1796169600);
	program_ok(s.p, "outbox send");
	cr_expect_str_eq(of_a(&s, "attempts"), "1");
	program_ok(s.p, "outbox drop %s", of_a(&s, "id"));
	cr_expect_str_eq(program_ok(s.p, "outbox list --unsent"), "");
	end(&s);
}

Test(smtp, content_that_is_refused_is_put_off_or_given_up_by_the_servers_code, .timeout = 60)
{
	struct sending s = begin("--refuse-content-temporarily");

	cr_expect_str_eq(of_a(&s, "state"), "queued");
	cr_expect_str_eq(of_a(&s, "error"), "451 4.3.0 Greylisted");
	change_server(&s, "--refuse-content");
	send_again_when_it_is_time(&s);
	cr_expect_str_eq(of_a(&s, "state"), "failed");
	cr_expect_str_eq(of_a(&s, "error"), "554 5.6.0 We like it not");
	cr_expect_eq(mail_count(s.folder), 0);
	end(&s);
}

Test(smtp, a_server_that_greets_with_a_refusal_gives_up_nothing, .timeout = 60)
{
	struct sending s = begin("--refuse-all");

	cr_expect_str_eq(of_a(&s, "state"), "queued");
	change_server(&s, NULL);
	send_again_when_it_is_time(&s);
	cr_expect_eq(mail_count(s.folder), 3);
	end(&s);
}

Test(smtp, a_server_that_dies_in_mid_message_has_it_later_and_once, .timeout = 60)
{
	struct sending s = begin("--die-in-data 3");

	cr_expect_eq(mail_count(s.folder), 0);
	cr_expect_str_eq(of_a(&s, "state"), "queued");
	cr_expect_str_eq(of_a(&s, "attempts"), "1");
	send_again_when_it_is_time(&s);
	cr_expect_str_eq(of_a(&s, "state"), "sent");
	cr_expect_eq(mail_count(s.folder), 3);
	end(&s);
}

Test(smtp, a_server_that_dies_before_it_says_yes_has_the_same_bytes_twice, .timeout = 60)
{
	struct sending s = begin("--die-after-data 3");
	char **paths;

	cr_expect_str_eq(of_a(&s, "state"), "queued");
	send_again_when_it_is_time(&s);
	cr_expect_str_eq(of_a(&s, "state"), "sent");
	paths = mail_paths(s.folder);
	for (size_t i = 0; i < 3; i++) {
		char *first = program_read(paths[i], NULL), *again;

		cr_assert(paths[i + 3]);
		again = program_read(paths[i + 3], NULL);
		cr_expect_str_eq(first, again);
		free(first);
		free(again);
	}
	cr_expect_null(paths[6]);
	mail_paths_free(paths);
	end(&s);
}

/* Consent is withdrawn from a unit whose invitation is still on its way. Returns how many
 * cancellations that makes. */
static int64_t cancellations_after_withdrawing(struct sending *s)
{
	program_ok(s->p, "consent withdraw 2026-0001 --unit A");
	return database_number(s->db, "SELECT count(*) FROM message WHERE kind = 'cancel'");
}

Test(smtp, what_the_server_refused_is_not_taken_back, .timeout = 60)
{
	struct sending s = begin("--refuse-temporarily a@*");

	cr_expect_str_eq(of_a(&s, "may_have_left"), "0");
	cr_expect_eq(cancellations_after_withdrawing(&s), 0);
	end(&s);
}

Test(smtp, what_nobody_knows_to_have_left_is_taken_back, .timeout = 60)
{
	struct sending s = begin("--die-after-data 3");

	cr_expect_str_eq(of_a(&s, "may_have_left"), "1");
	cr_expect_eq(cancellations_after_withdrawing(&s), 1);
	end(&s);
}

Test(smtp, where_nobody_listens_all_waits, .timeout = 60)
{
	struct sending s = begin_without_sending(NULL, "none");
	int port, file = loopback_reserve(&port);

	program_ok(s.p, "config set mail.url smtp://localhost:%d", port);
	program_ok(s.p, "outbox send --meeting 1");
	cr_expect_eq(database_number(s.db, "SELECT count(*) FROM message WHERE state = 'queued'"
					   " AND sender IS NULL"),
		3);
	cr_expect_eq(database_number(s.db, "SELECT sum(attempts) FROM message"), 1);
	cr_expect(strstr(program_err(s.p), "not delivered: Failed to connect"), "%s",
		program_err(s.p));
	close(file);
	end(&s);
}

/* What comes is sent; a signal ends it between two messages. */
Test(smtp, a_loop_sends_what_comes_until_a_signal_ends_it, .timeout = 60)
{
	static const char *const loop[] = { "outbox", "send", "--loop", NULL };
	struct sending s = begin_without_sending(NULL, "none");
	const char *said = program_path(s.p, "said");
	struct pollfd ready = { .events = POLLIN };
	pid_t pid;

	program_ok(s.p, "config set mail.url ''");
	program_ok(s.p, "outbox send --meeting 1");
	program_ok(s.p, "config set mail.url smtp://localhost:%d", mail_server_port(s.server));
	cr_assert_eq(mkfifo(said, 0600), 0);
	ready.fd = open(said, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	pid = program_start(s.p, said, loop);
	cr_expect_eq(poll(&ready, 1, 30000), 1, "it sent nothing");
	cr_expect_eq(mail_count(s.folder), 3);
	kill(pid, SIGTERM);
	cr_expect_eq(program_wait(pid), 0);
	close(ready.fd);
	end(&s);
}

/* ---- TLS and passwords. */

struct certificate {
	char options[700]; /* of the server */
	const char *path;
};

/* Self-signed, for "localhost". */
static struct certificate make_certificate(struct program *p)
{
	struct program *openssl = program_new_other("/usr/bin/openssl");
	const char *key = program_path(p, "key.pem");
	struct certificate made = { .path = program_path(p, "cert.pem") };
	int status = program_run(openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt",
		"ec_paramgen_curve:prime256v1", "-nodes", "-days", "36500", "-subj",
		"/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out",
		made.path, NULL);

	cr_assert_eq(status, 0, "openssl: %s", program_err(openssl));
	snprintf(made.options, sizeof(made.options), "%s %s", made.path, key);
	program_free(openssl);
	return made;
}

/* The server asks for TLS (this way) and a password; the program knows both. */
static struct sending begin_sealed(const char *way)
{
	struct sending s = { .p = mail_installation() };
	struct certificate certificate = make_certificate(s.p);
	char options[800];

	snprintf(options, sizeof(options), "--%s %s --auth kutsu:%s", way, certificate.options,
		PASSWORD);
	s.server = mail_server_start(s.p, options);
	s.folder = mail_folder(s.p, "mail");
	s.db = database_open(s.p);
	mail_way_out(s.p, s.server, way);
	program_ok(s.p, "config set mail.ca_file %s", certificate.path);
	program_ok(s.p, "config set mail.user kutsu");
	program_set(s.p, "KUTSU_MAIL_PASSWORD", PASSWORD);
	mail_book(s.p);
	return s;
}

static void expect_sealed(struct sending *s)
{
	json_t *all, *mail;
	size_t i;

	program_ok(s->p, "outbox send --meeting 1");
	all = mail_read_all(s->folder);
	cr_expect_eq(json_array_size(all), 3, "%s", program_err(s->p));
	json_array_foreach(all, i, mail)
	{
		cr_expect(json_is_true(mail_value(mail, "envelope.tls")));
		cr_expect_str_eq(mail_text(mail, "envelope.user"), "kutsu");
	}
	json_decref(all);
}

/* It is the way's fault and not the messages': they wait, and but one was tried. */
static void expect_shut(struct sending *s, const char *words)
{
	program_ok(s->p, "outbox send --meeting 1");
	cr_expect_eq(mail_count(s->folder), 0);
	cr_expect_eq(
		database_number(s->db, "SELECT count(*) FROM message WHERE state = 'queued'"), 3);
	cr_expect_eq(database_number(s->db, "SELECT sum(attempts) FROM message"), 1);
	cr_expect(strstr(of_a(s, "error"), words), "%s", of_a(s, "error"));
}

Test(tls, starttls_and_a_password_open_the_way, .timeout = 60)
{
	struct sending s = begin_sealed("starttls");

	expect_sealed(&s);
	end(&s);
}

Test(tls, tls_from_the_start_and_a_password_open_the_way, .timeout = 60)
{
	struct sending s = begin_sealed("tls");

	expect_sealed(&s);
	end(&s);
}

Test(tls, the_password_is_read_from_its_file_and_kept_nowhere, .timeout = 60)
{
	struct sending s = begin_sealed("starttls");
	const char *places[] = { program_database(s.p), program_path(s.p, "kutsu.db-wal") };

	program_set(s.p, "KUTSU_MAIL_PASSWORD", NULL);
	program_write(s.p, "password", PASSWORD "\n");
	program_ok(s.p, "config set mail.password_file %s", program_path(s.p, "password"));
	expect_sealed(&s);
	for (size_t i = 0; i < 2; i++) {
		size_t size = 0;
		char *bytes =
			access(places[i], R_OK) == 0 ? program_read(places[i], &size) : strdup("");

		cr_expect_null(memmem(bytes, size, PASSWORD, strlen(PASSWORD)), "%s", places[i]);
		free(bytes);
	}
	end(&s);
}

Test(tls, a_wrong_password_is_no_fault_of_the_messages, .timeout = 60)
{
	struct sending s = begin_sealed("starttls");

	program_set(s.p, "KUTSU_MAIL_PASSWORD", "wrong");
	expect_shut(&s, "535");
	end(&s);
}

Test(tls, without_a_password_nothing_is_taken_and_nothing_given_up, .timeout = 60)
{
	struct sending s = begin_sealed("starttls");

	program_ok(s.p, "config set mail.user ''");
	program_set(s.p, "KUTSU_MAIL_PASSWORD", NULL);
	expect_shut(&s, "530");
	end(&s);
}

Test(tls, a_certificate_that_nobody_knows_is_not_trusted, .timeout = 60)
{
	struct sending s = begin_sealed("starttls");

	program_ok(s.p, "config set mail.ca_file ''");
	expect_shut(&s, "certificate");
	end(&s);
}

Test(tls, a_certificate_of_another_host_is_not_trusted, .timeout = 60)
{
	struct sending s = begin_sealed("tls");

	program_ok(s.p, "config set mail.url smtp://127.0.0.1:%d", mail_server_port(s.server));
	expect_shut(&s, "127.0.0.1");
	end(&s);
}

Test(tls, a_server_without_starttls_gets_nothing_in_the_clear, .timeout = 60)
{
	struct sending s = begin_without_sending(NULL, "starttls");

	expect_shut(&s, "");
	end(&s);
}

Test(tls, a_server_that_wants_tls_gets_nothing_without, .timeout = 60)
{
	struct sending s = begin_sealed("starttls");

	program_ok(s.p, "config set mail.tls none");
	program_ok(s.p, "config set mail.user ''");
	program_set(s.p, "KUTSU_MAIL_PASSWORD", NULL);
	expect_shut(&s, "530");
	end(&s);
}
