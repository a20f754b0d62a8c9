/* The slots of an imported event: which stay, which the unit has already, which are replaced. */
#include "calendar_import_internal.h"

#include "kutsu/store/slot_store.h"

/* Of the import's, those that are not spoken for yet. */
struct slots {
	struct slot **items;
	size_t count;
};

static void put(struct import *import, struct slots *slots, struct slot *slot)
{
	slots->items =
		arena_append(import->arena, slots->items, &slots->count, sizeof(*slots->items));
	slots->items[slots->count - 1] = slot;
}

static struct slot *pull(struct slots *slots, size_t at)
{
	struct slot *slot = slots->items[at];

	for (slots->count--; at < slots->count; at++)
		slots->items[at] = slots->items[at + 1];
	return slot;
}

/* In force from today on. Those that were made by hand have the event 0. */
static struct slots slots_there(struct import *import, int64_t event)
{
	struct slots slots = { 0 };

	for (size_t i = FIRST_OF(import->slots, struct slot, event);
		i < import->slots.count && import->slots.items[i].event_id == event; i++) {
		struct slot *slot = &import->slots.items[i];

		if (slot_next_day(slot, import->today) != DAY_LAST)
			put(import, &slots, slot);
	}
	return slots;
}

/* ---- What is the same hole. */

static bool is_same_time(const struct slot *a, const struct slot *b)
{
	return a->weekday == b->weekday && a->start == b->start && a->end == b->end
	       && a->repeat == b->repeat;
}

/* Of fortnights and months too: they have a day in common. */
static bool is_same_hole(const struct slot *a, const struct slot *b, int today)
{
	int next = slot_next_day(a, today), other = slot_next_day(b, today);
	int day = next > other ? next : other;

	return is_same_time(a, b) && day != DAY_LAST && slot_falls_on(a, day)
	       && slot_falls_on(b, day);
}

/* A hole that was changed here from a day on stands in parts: the one before, or the count. */
static size_t find_before(const struct slots *slots, const struct slot *slot)
{
	size_t i = 0;

	while (i < slots->count
		&& (slot->from_day == DAY_FIRST || slots->items[i]->until_day != slot->from_day - 1
			|| !is_same_time(slots->items[i], slot)))
		i++;
	return i;
}

static struct slot *pull_before(struct slots *slots, const struct slot *slot)
{
	size_t before = find_before(slots, slot);

	return before < slots->count ? pull(slots, before) : NULL;
}

/* Until it has begun it begins when its event does. */
static bool begins_right(
	const struct slots *there, const struct slot *slot, const struct slot *planned, int today)
{
	size_t before;

	while ((before = find_before(there, slot)) < there->count)
		slot = there->items[before];
	return slot->from_day <= today
	       || slot_next_day(slot, today) == slot_next_day(planned, today);
}

static bool find_staying(struct slots *there, const struct slot *planned, int today)
{
	for (size_t i = 0; i < there->count; i++) {
		const struct slot *slot = there->items[i];

		if (slot->until_day == planned->until_day && is_same_hole(slot, planned, today)
			&& begins_right(there, slot, planned, today)) {
			for (slot = pull(there, i); slot;)
				slot = pull_before(there, slot);
			return true;
		}
	}
	return false;
}

/* ---- What was made by hand. */

static bool adopt(struct merge *merge, struct slots *by_hand, size_t at, struct error *err)
{
	struct slot *slot = pull(by_hand, at);

	for (; slot; slot = pull_before(by_hand, slot)) {
		if (!merge_need_row(merge, err)
			|| !store_slot_adopt(
				&merge->import->use.change, slot->id, merge->row->id, err))
			return false;
		slot->until_day = DAY_FIRST; /* it is no other event's */
	}
	return true;
}

/* One that ends sooner than the event's is replaced as if it were the event's. */
static void take_over(struct import *import, struct slots *there, struct slot *slot)
{
	struct slot *copy = arena_new(import->arena, sizeof(*copy));

	*copy = *slot;
	put(import, there, copy);
	slot->until_day = DAY_FIRST;
}

static bool find_by_hand(struct merge *merge, const struct slot *planned, struct slots *there,
	bool *adopted, struct error *err)
{
	struct import *import = merge->import;
	struct slots by_hand = slots_there(import, 0);
	struct slot *sooner = NULL;

	*adopted = false;
	for (size_t i = 0; i < by_hand.count; i++) {
		struct slot *slot = by_hand.items[i];

		if (!is_same_hole(slot, planned, import->today))
			continue;
		if (slot->until_day >= planned->until_day) {
			*adopted = true;
			return adopt(merge, &by_hand, i, err);
		}
		if (!sooner)
			sooner = slot;
	}
	if (sooner)
		take_over(import, there, sooner);
	return true;
}

/* ---- What changes. */

/* The one that a new slot takes the place of: of its weekday if there is one. */
static const struct slot *take_followed(struct slots *there, const struct slot *planned)
{
	for (size_t i = 0; i < there->count; i++) {
		if (there->items[i]->weekday == planned->weekday)
			return pull(there, i);
	}
	return there->count ? pull(there, 0) : NULL;
}

/* Who is there was typed in here; the calendar does not know. */
static void follow(struct slots *there, struct slot *planned)
{
	const struct slot *old = take_followed(there, planned);

	if (!old)
		return;
	planned->ready_person = old->ready_person;
	planned->deputy = old->deputy;
	if (!planned->place)
		planned->place = old->place;
}

/* What it was until yesterday stays; of what never came into force nothing. */
static bool end_slot(struct merge *merge, const struct slot *slot, struct error *err)
{
	struct change *change = &merge->import->use.change;
	int today = merge->import->today;
	struct calendar_change *noted;

	if (!(slot->from_day >= today ? store_slot_remove(change, slot->id, err)
				      : store_slot_end(change, slot->id, today - 1, err)))
		return false;
	noted = merge_note(merge, CALENDAR_ENDED, CALENDAR_SLOT);
	noted->slot = *slot;
	noted->slot.from_day = slot_next_day(slot, today);
	return true;
}

static bool add_slot(struct merge *merge, struct slot *slot, struct error *err)
{
	if (!merge_need_row(merge, err))
		return false;
	slot->unit_id = merge->import->unit.id;
	slot->unit = merge->import->unit.code;
	slot->event_id = merge->row->id;
	if (!store_slot_add(&merge->import->use.change, slot, err))
		return false;
	merge_note(merge, CALENDAR_ADDED, CALENDAR_SLOT)->slot = *slot;
	return true;
}

static bool replace(struct merge *merge, struct slots *there, struct slot *planned, size_t count,
	struct error *err)
{
	for (size_t i = 0; i < there->count; i++) {
		if (!end_slot(merge, there->items[i], err))
			return false;
	}
	for (size_t i = 0; i < count; i++)
		follow(there, &planned[i]);
	for (size_t i = 0; i < count; i++) {
		if (!add_slot(merge, &planned[i], err))
			return false;
	}
	return true;
}

bool merge_slots(struct merge *merge, struct slot *planned, size_t count, struct error *err)
{
	struct import *import = merge->import;
	struct slots there = { 0 };
	size_t left = 0, new = 0;

	if (merge->row->id)
		there = slots_there(import, merge->row->id);
	for (size_t i = 0; i < count; i++) {
		if (!find_staying(&there, &planned[i], import->today))
			planned[left++] = planned[i];
	}
	for (size_t i = 0; i < left; i++) {
		bool adopted;

		if (!find_by_hand(merge, &planned[i], &there, &adopted, err))
			return false;
		if (!adopted)
			planned[new ++] = planned[i];
	}
	return replace(merge, &there, planned, new, err);
}
