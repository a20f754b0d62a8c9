#include "transport_internal.h"

#include "kutsu/base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool write_all(int fd, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t written = write(fd, bytes, length);

		if (written < 0 && errno != EINTR)
			return false;
		if (written > 0) {
			bytes += written;
			length -= (size_t)written;
		}
	}
	return true;
}

/* The name stands for a whole file, also after the power went. */
static bool write_file(const char *path, const char *part, const char *folder, const char *bytes)
{
	int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bool ok;

	if (fd < 0)
		return false;
	ok = write_all(fd, bytes, strlen(bytes)) && fsync(fd) == 0;
	ok = close(fd) == 0 && ok;
	ok = ok && rename(part, path) == 0;
	if (!ok) {
		unlink(part);
		return false;
	}
	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	ok = fd >= 0 && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	return ok;
}

/* The message's own name makes the file's: once more it is the same file. */
enum delivery folder_send(
	const char *folder, const struct envelope *envelope, char words[DELIVERY_WORDS_SIZE])
{
	int length = (int)strcspn(envelope->message_id, "@/");
	enum delivery delivery = DELIVERED;
	struct text path = { 0 }, part = { 0 };
	bool ok;

	text_format(&path, "%s/%.*s.eml", folder, length, envelope->message_id);
	text_format(&part, "%s/.%.*s.part", folder, length, envelope->message_id);
	ok = write_file(path.bytes, part.bytes, folder, envelope->bytes);
	if (!ok) {
		words_set(words, strerror(errno));
		delivery = access(path.bytes, F_OK) == 0 ? DELIVERY_IN_DOUBT : DELIVERY_NO_WAY;
	}
	text_release(&path);
	text_release(&part);
	return delivery;
}
