#include "kutsu/domain/access_log.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

const char *log_seal_format(const struct log_seal *seal, char to[LOG_SEAL_TEXT_SIZE])
{
	char hex[DIGEST_HEX_SIZE];

	snprintf(to, LOG_SEAL_TEXT_SIZE, "%lld:%s", (long long)seal->id,
		digest_hex(seal->hash, hex));
	return to;
}

bool log_seal_parse(const char *text, struct log_seal *seal)
{
	char *end;

	errno = 0;
	seal->id = strtoll(text, &end, 10);
	return errno == 0 && end != text && *end == ':' && seal->id >= 0
	       && digest_parse_hex(end + 1, seal->hash);
}
