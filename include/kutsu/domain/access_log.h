/* A row of the access log, its seal, and what a verification finds. */
#ifndef KUTSU_DOMAIN_ACCESS_LOG_H
#define KUTSU_DOMAIN_ACCESS_LOG_H

#include "kutsu/base/digest.h"

#include <stdint.h>

/* Texts may be NULL but for login, account and use_case; none holds personal data of a client. */
struct log_row {
	int64_t id;
	int64_t at; /* UTC seconds */
	bool clock_fixed;
	int64_t user_id;     /* 0: no user of this database */
	const char *login;   /* as whom */
	const char *account; /* the operating system's account whose process it was */
	const char *origin;  /* address of the ssh client; NULL: at the host */
	const char *role;    /* code of the role that allowed it */
	const char *use_case;
	bool is_refused;
	int64_t case_id; /* 0: none */
	const char *case_code;
	const char *detail;
	const char *reason;
	const char *basis, *recipient; /* of a disclosure */
	unsigned char hash[DIGEST_SIZE];
};

/* A row's number and hash: whoever keeps it elsewhere can tell later whether the log is still that
 * one. */
struct log_seal {
	int64_t id;
	unsigned char hash[DIGEST_SIZE];
};

enum log_fault {
	LOG_CHANGED,	/* its columns are not those it was sealed with, or the row before isn't */
	LOG_MISSING,	/* rows from first to last are not there */
	LOG_NOT_SEALED, /* rows from first to last were added without being counted */
	LOG_OTHER_SEAL	/* it is not the row that was sealed elsewhere */
};

struct log_finding {
	enum log_fault fault;
	int64_t first, last;
};

struct log_finding_list {
	struct log_finding *items; /* in the arena */
	size_t count;
	bool has_more; /* only the first hundred are kept */
};

#define LOG_SEAL_TEXT_SIZE (DIGEST_HEX_SIZE + 24)

/* "147:9f3a...": returns `to`. */
const char *log_seal_format(const struct log_seal *seal, char to[LOG_SEAL_TEXT_SIZE]);
/* False where the text is none. */
bool log_seal_parse(const char *text, struct log_seal *seal);

#endif
