/* The three ways out. */
#ifndef KUTSU_TRANSPORT_TRANSPORT_INTERNAL_H
#define KUTSU_TRANSPORT_TRANSPORT_INTERNAL_H

#include "kutsu/transport/transport.h"

enum delivery smtp_send(const struct transport *transport, const struct envelope *envelope,
	char words[DELIVERY_WORDS_SIZE]);
enum delivery command_send(
	const char *command, const struct envelope *envelope, char words[DELIVERY_WORDS_SIZE]);
enum delivery folder_send(
	const char *folder, const struct envelope *envelope, char words[DELIVERY_WORDS_SIZE]);

/* The text as one line that can be shown. */
void words_set(char words[DELIVERY_WORDS_SIZE], const char *text);

#endif
