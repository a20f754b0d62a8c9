#include "kutsu/base/arena.h"
#include "kutsu/base/text.h"
#include "memo_internal.h"

#include <string.h>

const struct unit *memo_find_unit(const struct memo *memo, const char *code)
{
	for (size_t i = 0; i < memo->units.count; i++) {
		if (strcmp(memo->units.items[i].code, code) == 0)
			return &memo->units.items[i];
	}
	return NULL;
}

static bool is_of_sector(const struct memo *memo, const char *code, int sector)
{
	const struct unit *unit = memo_find_unit(memo, code);

	return unit && (int)unit->sector == sector;
}

static void hide_where_they_are(struct memo *memo, struct arena *arena)
{
	struct unit *units = arena_new(arena, (memo->units.count + 1) * sizeof(*units));

	memo->case_ref.municipality = NULL;
	for (size_t i = 0; i < memo->meeting_count; i++)
		memo->meetings[i].meeting.place = NULL;
	for (size_t i = 0; i < memo->units.count; i++) {
		units[i] = memo->units.items[i];
		units[i].name = NULL;
		units[i].area = units[i].municipality = NULL;
	}
	memo->units.items = units;
}

static void hide_phones(struct memo *memo, struct arena *arena)
{
	struct call *calls = arena_new(arena, (memo->calls.count + 1) * sizeof(*calls));

	for (size_t i = 0; i < memo->calls.count; i++) {
		calls[i] = memo->calls.items[i];
		calls[i].phone = NULL;
	}
	memo->calls.items = calls;
}

/* Keeps the sector's own; returns whether one of them is in force. */
static bool keep_consents(struct memo *memo, int sector, struct arena *arena)
{
	struct consent_list all = memo->consents;
	bool in_force = false;

	memo->consents.items = arena_new(arena, (all.count + 1) * sizeof(*all.items));
	memo->consents.count = 0;
	for (size_t i = 0; i < all.count; i++) {
		if (!is_of_sector(memo, all.items[i].unit, sector))
			continue;
		memo->consents.items[memo->consents.count++] = all.items[i];
		in_force = in_force || all.items[i].withdrawn_at == 0;
	}
	return in_force;
}

/* The codes of the sector's units among these. */
static const char *const *own_units(const struct memo *memo, int sector, const char *const *codes,
	size_t *count, struct arena *arena)
{
	const char **own = arena_new(arena, (*count + 1) * sizeof(*own));
	size_t kept = 0;

	for (size_t i = 0; i < *count; i++) {
		if (is_of_sector(memo, codes[i], sector))
			own[kept++] = codes[i];
	}
	*count = kept;
	return own;
}

static void keep_meetings(struct memo *memo, int sector, struct arena *arena)
{
	size_t kept = 0;

	for (size_t i = 0; i < memo->meeting_count; i++) {
		size_t own = memo->meetings[i].meeting.unit_count;

		own_units(memo, sector, memo->meetings[i].meeting.units, &own, arena);
		if (own > 0)
			memo->meetings[kept++] = memo->meetings[i];
	}
	memo->meeting_count = kept;
}

/* Left is what the invitation told: number, time and place, and who of the sector came. */
static void hide_what_was_said(struct memo *memo, int sector, struct arena *arena)
{
	const struct case_ref all = memo->case_ref;

	memo->case_ref = (struct case_ref) { .id = all.id,
		.code = all.code,
		.opened_at = all.opened_at,
		.status = all.status,
		.closed_at = all.closed_at,
		.purged_at = all.purged_at,
		.nondisclosure = all.nondisclosure,
		.limits = family_limits_none() };
	memo->calls.count = 0;
	for (size_t i = 0; i < memo->meeting_count; i++) {
		struct meeting *meeting = &memo->meetings[i].meeting;
		struct meeting_record *record = &memo->meetings[i].record;
		struct meeting_record kept = { .attended_count = record->attended_count,
			.absent_count = record->absent_count };

		kept.attended =
			own_units(memo, sector, record->attended, &kept.attended_count, arena);
		kept.absent = own_units(memo, sector, record->absent, &kept.absent_count, arena);
		*record = kept;
		meeting->cancelled_reason = NULL;
		meeting->units =
			own_units(memo, sector, meeting->units, &meeting->unit_count, arena);
	}
}

/* Those whose names were purged are nobody any more. */
static void drop_blank_adults(struct meeting_record *record, struct arena *arena)
{
	const char **named = arena_new(arena, (record->adult_count + 1) * sizeof(*named));
	size_t count = 0;

	for (size_t i = 0; i < record->adult_count; i++) {
		if (!text_is_blank(record->adults[i]))
			named[count++] = record->adults[i];
	}
	record->adults = named;
	record->adult_count = count;
}

static void copy_meetings(struct memo *memo, struct arena *arena)
{
	struct memo_meeting *copies = arena_new(arena, (memo->meeting_count + 1) * sizeof(*copies));

	for (size_t i = 0; i < memo->meeting_count; i++) {
		copies[i] = memo->meetings[i];
		if (!copies[i].has_record)
			copies[i].record = (struct meeting_record) { 0 };
		drop_blank_adults(&copies[i].record, arena);
	}
	memo->meetings = copies;
}

struct memo_extract memo_extract_of(const struct memo *memo, int sector, struct arena *arena)
{
	struct memo_extract extract = { *memo, sector, false };

	copy_meetings(&extract.memo, arena);
	if (memo->case_ref.nondisclosure)
		hide_where_they_are(&extract.memo, arena);
	if (sector == MEMO_ALL_SECTORS)
		return extract;
	hide_phones(&extract.memo, arena);
	keep_meetings(&extract.memo, sector, arena);
	extract.lacks_consent = !keep_consents(&extract.memo, sector, arena);
	if (extract.lacks_consent)
		hide_what_was_said(&extract.memo, sector, arena);
	return extract;
}
