#include "kutsu/domain/unit.h"

#include <string.h>

bool unit_code_is_valid(const char *code)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				      "0123456789-";
	size_t length = strlen(code);

	return length > 0 && length <= UNIT_CODE_LONGEST && strspn(code, allowed) == length
	       && code[0] != '-';
}

bool sector_is_school_based(enum sector sector)
{
	return sector == SECTOR_SCHOOL || sector == SECTOR_PUPIL_WELFARE
	       || sector == SECTOR_SCHOOL_HEALTH;
}
