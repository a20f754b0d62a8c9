/* A memo as one page of HTML that needs nothing else: to be printed on A4. No script is in it. */
#include "html_internal.h"
#include "memo_internal.h"

static const char style[] =
	"@page { size: A4; margin: 2cm; }\n"
	"body { font: 11pt/1.4 sans-serif; max-width: 17cm; margin: 1cm auto; color: #000; }\n"
	"h1 { font-size: 16pt; } h2 { font-size: 13pt; border-bottom: 1px solid; }\n"
	"h3 { font-size: 11pt; margin-bottom: 0; } h1, h2, h3 { break-after: avoid; }\n"
	"p { margin: .2em 0; white-space: pre-wrap; overflow-wrap: anywhere; }\n"
	"footer { margin-top: 2em; border-top: 1px solid; font-size: 9pt; }\n"
	"@media print { body { margin: 0; max-width: none; } }\n";

static void put_element(struct memo_writer *to, const char *name, const char *text)
{
	fprintf(to->file, "<%s>", name);
	html_put_text(to->file, text);
	fprintf(to->file, "</%s>\n", name);
}

static void html_begin(struct memo_writer *to, const char *title)
{
	fprintf(to->file,
		"<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
		"<meta http-equiv=\"Content-Security-Policy\" content=\"" HTML_POLICY "\">\n",
		html_language());
	put_element(to, "title", title);
	fprintf(to->file, "<style>\n%s</style>\n</head>\n<body>\n", style);
	put_element(to, "h1", title);
}

static void html_section(struct memo_writer *to, const char *heading)
{
	put_element(to, "h2", heading);
}

static void html_thing(struct memo_writer *to, const char *heading)
{
	put_element(to, "h3", heading);
}

static void html_field(struct memo_writer *to, const char *label, const char *text)
{
	fputs("<p><b>", to->file);
	html_put_text(to->file, label);
	fputs(":</b> ", to->file);
	html_put_text(to->file, text);
	fputs("</p>\n", to->file);
}

static void html_line(struct memo_writer *to, const char *text)
{
	put_element(to, "p", text);
}

static void html_end(struct memo_writer *to, const char *text)
{
	put_element(to, "footer", text);
	fputs("</body>\n</html>\n", to->file);
}

void memo_write_html(FILE *file, const struct memo *memo, int sector)
{
	static const struct memo_form form = { html_begin, html_section, html_thing, html_field,
		html_line, html_end };

	memo_walk(file, memo, sector, &form);
}
