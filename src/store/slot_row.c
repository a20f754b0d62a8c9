#include "slot_row_internal.h"

#include "kutsu/domain/slot.h"

void read_closing(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct closing *closing = row;

	closing->id = column_integer(stmt, 0);
	closing->unit_id = column_integer(stmt, 1);
	closing->unit = column_text(stmt, 2, arena);
	closing->from_day = column_int(stmt, 3);
	closing->until_day = column_int(stmt, 4);
	closing->reason = column_text(stmt, 5, arena);
	closing->start = column_int(stmt, 6);
	closing->end = column_int(stmt, 7);
	closing->event_id = column_integer(stmt, 8);
}

void read_opening(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct opening *opening = row;

	opening->id = column_integer(stmt, 0);
	opening->unit_id = column_integer(stmt, 1);
	opening->unit = column_text(stmt, 2, arena);
	opening->day = column_int(stmt, 3);
	opening->start = column_int(stmt, 4);
	opening->end = column_int(stmt, 5);
	opening->event_id = column_integer(stmt, 6);
}
