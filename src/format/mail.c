#include "mail_internal.h"

#include "kutsu/base/arena.h"
#include "kutsu/base/digest.h"
#include "kutsu/base/message.h"
#include "kutsu/base/zone.h"

#include <gmime/gmime.h>
#include <string.h>

static void begin(void)
{
	static gsize is_begun;

	/* Its own clearing up frees what it may be asked for again: it is left to the process. */
	if (g_once_init_enter(&is_begun)) {
		g_mime_init();
		g_once_init_leave(&is_begun, 1);
	}
}

static GMimeObject *new_text_part(const char *subtype, const char *text)
{
	GMimeTextPart *part = g_mime_text_part_new_with_subtype(subtype);

	g_mime_text_part_set_charset(part, "utf-8");
	g_mime_text_part_set_text(part, text);
	return GMIME_OBJECT(part);
}

/* Base64: no server on the way may touch a calendar's line ends. */
static GMimeObject *new_calendar_part(const struct mail_parts *parts)
{
	GMimeObject *part = new_text_part("calendar", parts->calendar);

	g_mime_object_set_content_type_parameter(part, "method", parts->method);
	g_mime_object_set_content_type_parameter(part, "component", "VEVENT");
	g_mime_part_set_content_encoding(GMIME_PART(part), GMIME_CONTENT_ENCODING_BASE64);
	return part;
}

/* Of the message's own name, so that the same letter makes the same bytes. */
static void set_boundary(GMimeMultipart *multipart, const char *message_id)
{
	unsigned char digest[DIGEST_SIZE];
	char hex[DIGEST_HEX_SIZE], boundary[48];

	digest_blake2b(message_id, strlen(message_id), digest);
	g_snprintf(boundary, sizeof(boundary), "=-%.32s", digest_hex(digest, hex));
	g_mime_multipart_set_boundary(multipart, boundary);
}

static GMimeObject *new_content(const struct mail_parts *parts)
{
	GMimeObject *body = new_text_part("plain", parts->body), *calendar;
	GMimeMultipart *both;

	g_mime_part_set_content_encoding(GMIME_PART(body), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
	if (!parts->calendar)
		return body;
	calendar = new_calendar_part(parts);
	both = g_mime_multipart_new_with_subtype("alternative");
	set_boundary(both, parts->message_id);
	g_mime_multipart_add(both, body);
	g_mime_multipart_add(both, calendar);
	g_object_unref(body);
	g_object_unref(calendar);
	return GMIME_OBJECT(both);
}

static void set_date(GMimeMessage *message, int64_t moment)
{
	struct wall_time wall = zone_to_wall(moment);
	GTimeZone *zone = g_time_zone_new_offset(60 * zone_offset_minutes(wall.day, wall.minute));
	GDateTime *utc = g_date_time_new_from_unix_utc(moment);
	GDateTime *local = g_date_time_to_timezone(utc, zone);

	g_mime_message_set_date(message, local);
	g_date_time_unref(local);
	g_date_time_unref(utc);
	g_time_zone_unref(zone);
}

const char *mail_write(const struct mail_parts *parts, struct arena *arena)
{
	GMimeFormatOptions *options;
	GMimeMessage *message;
	GMimeObject *content;
	const char *kept;
	char *bytes;

	begin();
	options = g_mime_format_options_new();
	g_mime_format_options_set_newline_format(options, GMIME_NEWLINE_FORMAT_DOS);
	message = g_mime_message_new(TRUE);
	g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_FROM, parts->from_name, parts->from);
	g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_TO, NULL, parts->to);
	g_mime_message_set_subject(message, parts->subject, "utf-8");
	g_mime_message_set_message_id(message, parts->message_id);
	set_date(message, parts->date);
	g_mime_object_set_header(GMIME_OBJECT(message), "Auto-Submitted", "auto-generated", NULL);
	content = new_content(parts);
	g_mime_message_set_mime_part(message, content);
	bytes = g_mime_object_to_string(GMIME_OBJECT(message), options);
	kept = arena_text(arena, bytes);
	g_free(bytes);
	g_object_unref(content);
	g_object_unref(message);
	g_mime_format_options_free(options);
	return kept;
}

static GMimeMessage *parse(const char *bytes, size_t length)
{
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes, length);
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);

	g_object_unref(parser);
	g_object_unref(stream);
	return message;
}

/* The one it is from: of several, in one header or more, the mail server may have checked another
 * (RFC 7489, 6.6.1). */
static const char *from_of(GMimeMessage *message, struct arena *arena)
{
	InternetAddressList *list = g_mime_message_get_from(message);
	InternetAddress *only = list && internet_address_list_length(list) == 1
					? internet_address_list_get_address(list, 0)
					: NULL;

	if (!only || !INTERNET_ADDRESS_IS_MAILBOX(only))
		return NULL;
	return arena_text(arena, internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(only)));
}

static bool is_calendar(GMimeObject *part)
{
	GMimeContentType *type = g_mime_object_get_content_type(part);

	return g_mime_content_type_is_type(type, "text", "calendar")
	       || g_mime_content_type_is_type(type, "application", "ics");
}

static void keep_calendar(GMimeObject *parent, GMimeObject *part, gpointer context)
{
	GMimeTextPart **found = context;

	(void)parent;
	if (!*found && GMIME_IS_TEXT_PART(part) && is_calendar(part))
		*found = GMIME_TEXT_PART(part);
}

/* The first calendar, wherever it stands; an e-mail that was forwarded in another is no answer. */
static GMimeTextPart *find_calendar(GMimeMessage *message)
{
	GMimeTextPart *found = NULL;

	g_mime_message_foreach(message, keep_calendar, &found);
	return found;
}

bool mail_read_calendar(const char *bytes, size_t length, struct arena *arena,
	struct mail_calendar *calendar, struct error *err)
{
	GMimeMessage *message;
	GMimeTextPart *part;
	char *text;

	*calendar = (struct mail_calendar) { 0 };
	begin();
	message = parse(bytes, length);
	if (!message)
		return error_set(
			err, ERROR_INVALID, _("this is neither an iCalendar file nor an e-mail"));
	part = find_calendar(message);
	text = part ? g_mime_text_part_get_text(part) : NULL;
	if (text) {
		calendar->from = from_of(message, arena);
		calendar->bytes = arena_text(arena, text);
		calendar->length = strlen(text);
	}
	g_free(text);
	g_object_unref(message);
	return text
	       || error_set(err, ERROR_INVALID,
		       _("there is no calendar in the e-mail: answers come from a calendar's "
			 "own buttons"));
}
