#include "transport_internal.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CONNECT_SECONDS 20L
#define WHOLE_SECONDS	120L
#define REPLY_SIZE	300

/* One transfer: what is left to give, and how the server refused last. */
struct transfer {
	const char *at;
	size_t left;
	char reply[REPLY_SIZE];
};

static size_t give(char *to, size_t size, size_t count, void *context)
{
	struct transfer *transfer = context;
	size_t length = size * count < transfer->left ? size * count : transfer->left;

	memcpy(to, transfer->at, length);
	transfer->at += length;
	transfer->left -= length;
	return length;
}

/* libcurl hands over each line that the server says: also the goodbye after a refusal. */
static size_t hear(char *line, size_t size, size_t count, void *context)
{
	struct transfer *transfer = context;
	size_t length = size * count;

	if (length == 0 || (*line != '4' && *line != '5'))
		return length;
	if (length >= REPLY_SIZE)
		length = REPLY_SIZE - 1;
	memcpy(transfer->reply, line, length);
	transfer->reply[length] = '\0';
	return size * count;
}

static void begin_once(void)
{
	curl_global_init(CURL_GLOBAL_DEFAULT);
}

static void begin(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, begin_once);
}

static void set_server(CURL *curl, const struct transport *transport, char *url, size_t size)
{
	const char *host = strstr(transport->url, "://");
	bool from_start =
		transport->tls == TLS_FROM_THE_START || strncmp(transport->url, "smtps:", 6) == 0;

	snprintf(url, size, "%s%s", from_start ? "smtps" : "smtp", host ? host : "://");
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(curl, CURLOPT_USE_SSL,
		transport->tls == TLS_NONE && !from_start ? (long)CURLUSESSL_NONE
							  : (long)CURLUSESSL_ALL);
	if (transport->ca_file)
		curl_easy_setopt(curl, CURLOPT_CAINFO, transport->ca_file);
	if (transport->user)
		curl_easy_setopt(curl, CURLOPT_USERNAME, transport->user);
	if (transport->password)
		curl_easy_setopt(curl, CURLOPT_PASSWORD, transport->password);
}

/* That the server does not know us is a fault of the settings and not of the message (RFC 4954, 6).
 */
static bool is_about_login(long status)
{
	return status == 530 || status == 534 || status == 535 || status == 538;
}

/* The server was there, and then no more: it may have been this message. */
static bool is_lost_underway(CURLcode result)
{
	return result == CURLE_RECV_ERROR || result == CURLE_GOT_NOTHING
	       || result == CURLE_PARTIAL_FILE;
}

/*
 * 5yz to the sender, the recipient or the message is for good (RFC 5321, 4.2.1). To the greeting it
 * is not: that says of the server only that it takes nothing now.
 */
static enum delivery judge(CURLcode result, long status, const struct transfer *transfer)
{
	bool is_about_message = result == CURLE_SEND_ERROR
				|| (result == CURLE_WEIRD_SERVER_REPLY && transfer->left == 0);

	if (result == CURLE_OK)
		return DELIVERED;
	if (is_about_login(status))
		return DELIVERY_NO_WAY;
	if (!is_about_message)
		return is_lost_underway(result) ? DELIVERY_PUT_OFF : DELIVERY_NO_WAY;
	return status >= 500 && status <= 599 ? DELIVERY_REFUSED : DELIVERY_PUT_OFF;
}

/* It was given, at least in part, and the server has not said no to it. */
static bool may_have_left(const struct transfer *transfer, const struct envelope *envelope)
{
	return transfer->at > envelope->bytes && !*transfer->reply;
}

enum delivery smtp_send(const struct transport *transport, const struct envelope *envelope,
	char words[DELIVERY_WORDS_SIZE])
{
	struct transfer transfer = { .at = envelope->bytes, .left = strlen(envelope->bytes) };
	struct curl_slist *recipients = NULL;
	char url[300], fault[CURL_ERROR_SIZE] = "";
	enum delivery delivery;
	long status = 0;
	CURLcode result;
	CURL *curl;

	begin();
	curl = curl_easy_init();
	recipients = curl_slist_append(NULL, envelope->to);
	if (!curl || !recipients)
		abort();
	set_server(curl, transport, url, sizeof(url));
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, fault);
	curl_easy_setopt(curl, CURLOPT_MAIL_FROM, envelope->from);
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
	curl_easy_setopt(curl, CURLOPT_READDATA, &transfer);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, hear);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, &transfer);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, WHOLE_SECONDS);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	result = curl_easy_perform(curl);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	delivery = judge(result, status, &transfer);
	if (delivery != DELIVERED && may_have_left(&transfer, envelope))
		delivery = DELIVERY_IN_DOUBT;
	if (delivery != DELIVERED)
		words_set(words, status >= 400 && *transfer.reply ? transfer.reply
				 : *fault			  ? fault
								  : curl_easy_strerror(result));
	curl_slist_free_all(recipients);
	curl_easy_cleanup(curl);
	return delivery;
}
