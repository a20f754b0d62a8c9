/* The migrations, compiled in from migrations/ in the order of their numbers. */
#ifndef KUTSU_STORE_MIGRATIONS_INTERNAL_H
#define KUTSU_STORE_MIGRATIONS_INTERNAL_H

struct migration {
	const char *name;
	const unsigned char *sql; /* NUL-terminated */
	const unsigned long *size;
};

extern const struct migration migrations[];
extern const unsigned long migration_count;

#endif
