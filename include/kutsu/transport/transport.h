/*
 * How an e-mail leaves this host: to a server by SMTP (RFC 5321, by way of libcurl), to a command
 * as sendmail is, or into a folder as .eml files for a person's own mail program. It knows bytes
 * and addresses, and nothing of what they mean.
 */
#ifndef KUTSU_TRANSPORT_TRANSPORT_H
#define KUTSU_TRANSPORT_TRANSPORT_H

#include "kutsu/base/error.h"

#include <stddef.h>

enum tls { TLS_NONE, TLS_STARTTLS, TLS_FROM_THE_START };

/* Texts are borrowed. Of url, command and folder one is given. */
struct transport {
	const char *url; /* "smtp://host:587" */
	enum tls tls;
	const char *ca_file;	     /* this and those below: or NULL */
	const char *user, *password; /* for the server */
	const char *command;	     /* words with blanks between; the first is a whole path */
	const char *folder;
};

struct envelope {
	const char *from, *to;
	const char *message_id;
	const char *bytes; /* the whole e-mail, with CRLF */
};

enum delivery {
	DELIVERED,
	DELIVERY_PUT_OFF,  /* it has not left; try again later */
	DELIVERY_IN_DOUBT, /* the line broke while it went: the same, but it may have left */
	DELIVERY_NO_WAY,   /* it has not left, nor need others be tried now: no server */
	DELIVERY_REFUSED   /* for good */
};

#define DELIVERY_WORDS_SIZE 300

/*
 * Hands it over; waits two minutes at most. *words, one line, says why not: in the server's own
 * words where it has said some.
 */
enum delivery transport_send(const struct transport *transport, const struct envelope *envelope,
	char words[DELIVERY_WORDS_SIZE]);

/* Reads the first line of a file. ERROR_FAILED: it can't be read, or is empty. The caller frees it
 * with transport_forget(). */
bool transport_read_password(const char *path, char **password, struct error *err) MUST_CHECK;
/* Overwrites and frees it; NULL is let be. */
void transport_forget(char *password);

#endif
