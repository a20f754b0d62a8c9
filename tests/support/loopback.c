#include "loopback.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct sockaddr_in address_of(int port)
{
	return (struct sockaddr_in) { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
}

int loopback_reserve(int *port)
{
	int file = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), yes = 1;
	struct sockaddr_in address = address_of(0);
	socklen_t size = sizeof(address);

	cr_assert_eq(setsockopt(file, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)), 0);
	cr_assert_eq(bind(file, (struct sockaddr *)&address, size), 0);
	cr_assert_eq(getsockname(file, (struct sockaddr *)&address, &size), 0);
	*port = ntohs(address.sin_port);
	return file;
}

int loopback_connect(int port)
{
	int file = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct sockaddr_in address = address_of(port);

	cr_assert_geq(file, 0);
	if (connect(file, (struct sockaddr *)&address, sizeof(address)) == 0)
		return file;
	close(file);
	return -1;
}

bool loopback_says(int file, const char *text, int limit_ms)
{
	char seen[1024];
	size_t length = 0;

	while (length + 1 < sizeof(seen)) {
		struct pollfd ready = { .fd = file, .events = POLLIN };
		ssize_t got;

		if (poll(&ready, 1, limit_ms) <= 0)
			return false;
		got = read(file, seen + length, sizeof(seen) - 1 - length);
		if (got <= 0)
			return false;
		for (size_t end = length + (size_t)got; length < end; length++) {
			if (seen[length] == '\0') /* so that what follows is seen too */
				seen[length] = ' ';
		}
		seen[length] = '\0';
		if (strstr(seen, text))
			return true;
	}
	return false;
}
