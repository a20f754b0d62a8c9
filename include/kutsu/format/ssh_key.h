/* Public keys as OpenSSH writes them: one line, "ssh-ed25519 AAAA... aino@kone". */
#ifndef KUTSU_FORMAT_SSH_KEY_H
#define KUTSU_FORMAT_SSH_KEY_H

#include "kutsu/base/error.h"

#include <stddef.h>

struct arena;

#define SSH_KEY_LARGEST	  (16 * 1024) /* bytes */
#define SSH_KEY_RSA_LEAST 2048	      /* bits */
#define SSH_KEY_RSA_MOST  16384	      /* bits; sshd reads no longer ones */

struct ssh_key {
	const char *type;	 /* "ssh-ed25519" */
	const char *key;	 /* base64; the same key is always the same text */
	const char *fingerprint; /* "SHA256:...", as ssh-keygen -l shows it */
	const char *comment;	 /* or NULL; field_check() has passed it */
};

/*
 * Reads a text with exactly one key, as a .pub file has it. Blank lines, lines that begin with #
 * and the CR of Windows are let be. Texts live in the arena. Taken are Ed25519, ECDSA, RSA and the
 * security keys' two kinds. The key itself is read through (RFC 4253, 6.6; 5656; 8709), so that
 * what sshd would pass over is not kept.
 *
 * ERROR_INVALID  no key or more than one, too large; a private key, options before the type,
 *                another kind of key, a key that is cut or broken, an RSA key too short or too
 *                long, a comment that is no text of a field
 */
bool ssh_key_read(const char *text, size_t length, struct arena *arena, struct ssh_key *key,
	struct error *err) MUST_CHECK;

#endif
