#include "kutsu/ui/ui.h"
bool ui_run(const struct ui_options *options, struct error *err)
{
	(void)options;
	return error_set(err, ERROR_FAILED, "no ui yet");
}
