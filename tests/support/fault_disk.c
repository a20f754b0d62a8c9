#include "fault_disk.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One since the last sync: bytes written, or (bytes NULL) the end set to `offset`. */
struct disk_change {
	unsigned char *bytes;
	size_t length, offset;
};

struct disk_file {
	char *path;
	bool is_named;	 /* its name is on the disk, too */
	bool is_removed; /* since then */
	unsigned char *synced;
	size_t synced_size;
	struct disk_change *changes;
	size_t count;
};

struct luck luck_of(unsigned seed)
{
	return (struct luck) { seed == 0   ? LUCK_NONE
			       : seed == 1 ? LUCK_ALL
					   : LUCK_MIXED,
		seed * 0x9E3779B97F4A7C15u };
}

/* How many of the first `count` happened; xorshift. */
static size_t pick(struct luck *luck, size_t count)
{
	if (luck->kind != LUCK_MIXED)
		return luck->kind == LUCK_ALL ? count : 0;
	luck->random ^= luck->random << 13;
	luck->random ^= luck->random >> 7;
	luck->random ^= luck->random << 17;
	return (size_t)((luck->random >> 16) % (count + 1));
}

struct disk_file *disk_file_new(const char *path, unsigned char *bytes, size_t size)
{
	struct disk_file *file = calloc(1, sizeof(*file));

	file->path = strdup(path);
	file->is_named = bytes != NULL;
	file->synced = bytes;
	file->synced_size = size;
	return file;
}

const char *disk_file_path(const struct disk_file *file)
{
	return file->path;
}

static void forget_changes(struct disk_file *file)
{
	for (size_t i = 0; i < file->count; i++)
		free(file->changes[i].bytes);
	free(file->changes);
	file->changes = NULL;
	file->count = 0;
}

void disk_file_free(struct disk_file *file)
{
	if (!file)
		return;
	forget_changes(file);
	free(file->synced);
	free(file->path);
	free(file);
}

static struct disk_change *append(struct disk_file *file)
{
	file->changes = realloc(file->changes, (file->count + 1) * sizeof(*file->changes));
	cr_assert_not_null(file->changes);
	return &file->changes[file->count++];
}

void disk_file_write(struct disk_file *file, const void *bytes, size_t length, size_t offset)
{
	unsigned char *copy = malloc(length);

	cr_assert_not_null(copy);
	memcpy(copy, bytes, length);
	*append(file) = (struct disk_change) { copy, length, offset };
}

void disk_file_cut(struct disk_file *file, size_t size)
{
	*append(file) = (struct disk_change) { NULL, 0, size };
}

/* What of the change falls on `length` bytes from `from`: a piece of it, or zeros past the end. */
static bool change_touches(const struct disk_change *change, size_t from, size_t length)
{
	return change->offset < from + length
	       && (!change->bytes || change->offset + change->length > from);
}

static void apply(
	const struct disk_change *change, unsigned char *bytes, size_t from, size_t length)
{
	size_t first = change->offset > from ? change->offset : from, last = from + length;

	if (!change_touches(change, from, length))
		return;
	if (!change->bytes) {
		memset(bytes + (first - from), 0, last - first);
		return;
	}
	if (change->offset + change->length < last)
		last = change->offset + change->length;
	memcpy(bytes + (first - from), change->bytes + (first - change->offset), last - first);
}

/* After the first `count` changes. */
static size_t size_after(const struct disk_file *file, size_t count)
{
	size_t size = file->synced_size;

	for (size_t i = 0; i < count; i++) {
		const struct disk_change *change = &file->changes[i];

		if (!change->bytes || change->offset + change->length > size)
			size = change->offset + change->length;
	}
	return size;
}

/* A sector has some of what was written there, in that order; sectors know nothing of each other.
 */
static void read_sector(const struct disk_file *file, size_t from, struct luck *luck,
	unsigned char sector[DISK_SECTOR])
{
	size_t touching = 0, kept;

	memset(sector, 0, DISK_SECTOR);
	if (from < file->synced_size) {
		size_t rest = file->synced_size - from;

		memcpy(sector, file->synced + from, rest < DISK_SECTOR ? rest : DISK_SECTOR);
	}
	for (size_t i = 0; i < file->count; i++)
		touching += change_touches(&file->changes[i], from, DISK_SECTOR);
	kept = pick(luck, touching);
	for (size_t i = 0; kept > 0; i++) {
		if (!change_touches(&file->changes[i], from, DISK_SECTOR))
			continue;
		apply(&file->changes[i], sector, from, DISK_SECTOR);
		kept--;
	}
}

/* free() */
static unsigned char *read_all(const struct disk_file *file, struct luck *luck, size_t *size)
{
	unsigned char *bytes, sector[DISK_SECTOR];

	*size = size_after(file, pick(luck, file->count));
	bytes = malloc(*size + DISK_SECTOR);
	cr_assert_not_null(bytes);
	for (size_t from = 0; from < *size; from += DISK_SECTOR) {
		read_sector(file, from, luck, sector);
		memcpy(bytes + from, sector, DISK_SECTOR);
	}
	return bytes;
}

void disk_file_sync(struct disk_file *file)
{
	struct luck all = { LUCK_ALL, 0 };
	size_t size;
	unsigned char *bytes = read_all(file, &all, &size);

	free(file->synced);
	file->synced = bytes;
	file->synced_size = size;
	file->is_named = true;
	forget_changes(file);
}

static void forget_all(struct disk_file *file)
{
	forget_changes(file);
	free(file->synced);
	file->synced = NULL;
	file->synced_size = 0;
	file->is_named = false;
	file->is_removed = false;
}

void disk_file_remove(struct disk_file *file, bool for_sure)
{
	if (for_sure)
		forget_all(file);
	else
		file->is_removed = true;
}

/* A new file beside one whose removal may not last: only the new one is followed. */
void disk_file_make(struct disk_file *file)
{
	if (file->is_removed)
		forget_all(file);
}

void disk_file_settle(const struct disk_file *file, struct luck *luck)
{
	unsigned char *bytes;
	FILE *out;
	size_t size;

	if ((file->is_removed && pick(luck, 1)) || (!file->is_named && !pick(luck, 1))) {
		unlink(file->path);
		return;
	}
	bytes = read_all(file, luck, &size);
	out = fopen(file->path, "wb");
	cr_assert_not_null(out);
	cr_assert_eq(fwrite(bytes, 1, size, out), size);
	cr_assert_eq(fclose(out), 0);
	free(bytes);
}
