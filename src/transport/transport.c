#include "kutsu/transport/transport.h"

#include "kutsu/base/memory.h"
#include "kutsu/base/message.h"
#include "transport_internal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PASSWORD_SIZE 1000

enum delivery transport_send(const struct transport *transport, const struct envelope *envelope,
	char words[DELIVERY_WORDS_SIZE])
{
	*words = '\0';
	if (transport->folder)
		return folder_send(transport->folder, envelope, words);
	if (transport->command)
		return command_send(transport->command, envelope, words);
	return smtp_send(transport, envelope, words);
}

void words_set(char words[DELIVERY_WORDS_SIZE], const char *text)
{
	size_t used = 0;

	/* A server may say anything: one line of it is kept, without what is no text. */
	for (; *text && used + 1 < DELIVERY_WORDS_SIZE; text++) {
		if ((unsigned char)*text >= ' ' && (unsigned char)*text < 127)
			words[used++] = *text;
		else if (used && words[used - 1] != ' ')
			words[used++] = ' ';
	}
	while (used && words[used - 1] == ' ')
		used--;
	words[used] = '\0';
}

/* A plain memset() before free() is left out by compilers. */
static void wipe(volatile char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		text[i] = '\0';
}

bool transport_read_password(const char *path, char **password, struct error *err)
{
	FILE *file = fopen(path, "r");
	char line[PASSWORD_SIZE];

	*password = NULL;
	if (!file)
		return error_set(err, ERROR_FAILED, _("the password's file can't be read (%s)"),
			strerror(errno));
	if (!fgets(line, sizeof(line), file))
		*line = '\0';
	fclose(file);
	line[strcspn(line, "\r\n")] = '\0';
	if (!*line)
		return error_set(
			err, ERROR_FAILED, _("the password's file has nothing in its first line"));
	*password = memory_copy_text(line);
	wipe(line, sizeof(line));
	return true;
}

void transport_forget(char *password)
{
	if (password)
		wipe(password, strlen(password));
	free(password);
}
