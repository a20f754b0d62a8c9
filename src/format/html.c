#include "html_internal.h"

#include "kutsu/base/message.h"

void html_put_text(FILE *file, const char *text)
{
	for (; *text; text++) {
		switch (*text) {
		case '<':
			fputs("&lt;", file);
			break;
		case '>':
			fputs("&gt;", file);
			break;
		case '&':
			fputs("&amp;", file);
			break;
		case '"':
			fputs("&quot;", file);
			break;
		case '\'':
			fputs("&#39;", file);
			break;
		default:
			fputc(*text, file);
		}
	}
}

const char *html_language(void)
{
	static const char *const codes[LANGUAGES] = {
		[LANGUAGE_FI] = "fi", [LANGUAGE_SV] = "sv", [LANGUAGE_EN] = "en"
	};

	return codes[message_language()];
}
