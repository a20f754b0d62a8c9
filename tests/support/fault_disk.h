/*
 * A file as a power cut finds it: what was synced is on the disk; of what was written since, any
 * part may be. Only in memory, until disk_file_settle() writes what is left.
 */
#ifndef KUTSU_TESTS_FAULT_DISK_H
#define KUTSU_TESTS_FAULT_DISK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DISK_SECTOR 512 /* what a disk writes whole or not at all */

/* What a power cut spares of that which was not synced. */
struct luck {
	enum { LUCK_NONE, LUCK_ALL, LUCK_MIXED } kind;
	uint64_t random;
};

struct luck luck_of(unsigned seed); /* 0 is none, 1 is all, others are mixed */

struct disk_file;

/* `bytes` is taken over: what the disk has of it now. NULL: not there. */
struct disk_file *disk_file_new(const char *path, unsigned char *bytes, size_t size);
void disk_file_free(struct disk_file *file); /* NULL is let be */
const char *disk_file_path(const struct disk_file *file);

void disk_file_write(struct disk_file *file, const void *bytes, size_t length, size_t offset);
void disk_file_cut(struct disk_file *file, size_t size);
void disk_file_sync(struct disk_file *file);
void disk_file_remove(struct disk_file *file, bool for_sure);
void disk_file_make(struct disk_file *file); /* opened; a new one, if it was removed */

/* Writes the file, or removes it, as the disk has it after the power cut. */
void disk_file_settle(const struct disk_file *file, struct luck *luck);

#endif
