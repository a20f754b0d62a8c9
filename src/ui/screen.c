#include "screen_internal.h"

#include "kutsu/base/utf8.h"

#include <stdarg.h>
#include <stdio.h>

void ui_say(struct ui *ui, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(ui->status, sizeof(ui->status), format, args);
	va_end(args);
	utf8_trim(ui->status);
	ui->status_kind = STATUS_DONE;
}

bool ui_fail(struct ui *ui, const struct error *err)
{
	snprintf(ui->status, sizeof(ui->status), "%s", err->text);
	ui->status_kind = STATUS_ERROR;
	ui->failed = err->code;
	return false;
}

struct next next_stay(void)
{
	return (struct next) { .kind = NEXT_STAY };
}

struct next next_back(void)
{
	return (struct next) { .kind = NEXT_BACK };
}

struct next next_push(struct screen *screen)
{
	return (struct next) { .kind = NEXT_PUSH, .screen = screen };
}

bool screen_offers(
	const struct screen *screen, const struct ui *ui, const struct key_binding *binding)
{
	for (const struct action_right *r = screen->ops->rights; r && r->action; r++) {
		if (r->action == binding->action)
			return session_may(ui->session, r->needs);
	}
	return true;
}
