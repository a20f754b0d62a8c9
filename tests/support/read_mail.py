"""E-mails and calendars as another program reads and answers them: Python's email, and icalendar.

    read_mail.py FILE.eml...          what they say, a JSON array on standard output
    read_mail.py --texts FOLDER       all that is in them and their envelopes, raw and decoded
    read_mail.py --reply ANSWER [--from ADDRESS] [--attendee ADDRESS] [--sequence N]
                 [--stamp 20261124T100000Z] [--comment TEXT] [--bare] FILE.eml
                                      an answer to that invitation: an e-mail, or its calendar alone
    read_mail.py --calendar FILE.eml  the calendar in it, decoded

ANSWER is a PARTSTAT, or COUNTER@20261209T120000: another time, in the invitation's zone.
"""

import argparse
import datetime
import email
import email.policy
import email.utils
import json
import os
import sys
import uuid
from email.message import EmailMessage

import icalendar


def longest(content):
    return max(len(line) for line in content.split(b"\r\n"))


def has_crlf_only(content):
    plain = content.replace(b"\r\n", b"")
    return content.endswith(b"\r\n") and b"\r" not in plain and b"\n" not in plain


def text_of(value):
    return str(value) if value is not None else None


def time_of(event, name):
    if name not in event:
        return {}
    time = event[name].dt
    return {
        name.lower(): time.strftime("%Y-%m-%dT%H:%M"),
        name.lower() + "_tzid": event[name].params.get("TZID"),
        name.lower() + "_utc": time.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M"),
    }


def people(event):
    found = event.get("ATTENDEE", [])
    return found if isinstance(found, list) else [found]


def read_calendar(part):
    content = part.get_payload(decode=True)
    calendar = icalendar.Calendar.from_ical(content)
    events = calendar.walk("VEVENT")
    event = events[0]
    said = {
        "method_parameter": part.get_param("method"),
        "method": text_of(calendar.get("METHOD")),
        "events": len(events),
        "zones": [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")],
        "uid": text_of(event.get("UID")),
        "sequence": int(event.get("SEQUENCE", -1)),
        "status": text_of(event.get("STATUS")),
        "summary": text_of(event.get("SUMMARY")),
        "location": text_of(event.get("LOCATION")),
        "description": text_of(event.get("DESCRIPTION")),
        "organizer": text_of(event.get("ORGANIZER")),
        "attendees": [str(person) for person in people(event)],
        "rsvp": [person.params.get("RSVP") for person in people(event)],
        "alarms": [int(alarm["TRIGGER"].dt.total_seconds() / 60) for alarm in calendar.walk("VALARM")],
        "longest_line": longest(content),
        "crlf_only": has_crlf_only(content),
        "errors": [str(error) for component in calendar.walk() for error in component.errors],
    }
    said.update(time_of(event, "DTSTART"))
    said.update(time_of(event, "DTEND"))
    return said


def open_mail(path):
    with open(path, "rb") as file:
        content = file.read()
    return content, email.message_from_bytes(content, policy=email.policy.default)


def calendar_part(mail):
    for part in mail.walk():
        if part.get_content_type() == "text/calendar":
            return part
    return None


def read(path):
    content, mail = open_mail(path)
    body = mail.get_body(("plain",))
    part = calendar_part(mail)
    name, address = email.utils.parseaddr(str(mail["From"]))
    envelope_path = os.path.splitext(path)[0] + ".json"
    envelope = {}
    if os.path.exists(envelope_path):
        with open(envelope_path) as file:
            envelope = json.load(file)
    return {
        "file": os.path.basename(path),
        "envelope": envelope,
        "from": address,
        "from_name": name,
        "to": [a.addr_spec for a in mail["To"].addresses],
        "subject": str(mail["Subject"]),
        "message_id": str(mail["Message-ID"]),
        "date": mail["Date"].datetime.strftime("%Y-%m-%dT%H:%M%z"),
        "auto": text_of(mail["Auto-Submitted"]),
        "types": [part.get_content_type() for part in mail.walk()],
        "body": body.get_content().replace("\r\n", "\n") if body else None,
        "defects": [repr(d) for part in mail.walk() for d in part.defects]
        + [repr(d) for value in mail.values() for d in value.defects],
        "longest_line": longest(content),
        "crlf_only": has_crlf_only(content),
        "is_ascii": content.isascii(),
        "calendar": read_calendar(part) if part else None,
    }


def texts(folder):
    found = []
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as file:
            found.append(file.read().decode("utf-8", "replace"))
        if not name.endswith(".eml"):
            continue
        _, mail = open_mail(os.path.join(folder, name))
        for part in mail.walk():
            found.extend("%s: %s" % header for header in part.items())
            if not part.is_multipart():
                text = part.get_payload(decode=True).decode("utf-8", "replace")
                found.append(text)
                found.append(text.replace("\r\n ", ""))  # a calendar's folds
    return found


def set_answer(calendar, event, attendee, given):
    if given.answer.startswith("COUNTER@"):
        calendar.add("METHOD", "COUNTER")
        start = datetime.datetime.strptime(given.answer[8:], "%Y%m%dT%H%M%S")
        zone = given.event["DTSTART"].dt.tzinfo
        event.add("DTSTART", start.replace(tzinfo=zone))
        return
    calendar.add("METHOD", "REPLY")
    attendee.params["PARTSTAT"] = icalendar.vText(given.answer)
    event["DTSTART"] = given.event["DTSTART"]


def make_reply(given):
    _, mail = open_mail(given.files[0])
    part = calendar_part(mail)
    original = icalendar.Calendar.from_ical(part.get_payload(decode=True))
    given.event = original.walk("VEVENT")[0]
    address = given.attendee or str(people(given.event)[0])[len("mailto:"):]
    calendar, event = icalendar.Calendar(), icalendar.Event()
    attendee = icalendar.vCalAddress("mailto:" + address)
    calendar.add("PRODID", "-//icalendar//EN")
    calendar.add("VERSION", "2.0")
    set_answer(calendar, event, attendee, given)
    for zone in original.walk("VTIMEZONE"):
        calendar.add_component(zone)
    event["UID"] = given.event["UID"]
    event["ORGANIZER"] = given.event["ORGANIZER"]
    event.add("SEQUENCE", given.sequence if given.sequence is not None else given.event["SEQUENCE"])
    event["DTSTAMP"] = given.stamp or given.event["DTSTAMP"].to_ical().decode()
    event.add("ATTENDEE", attendee, encode=0)
    if given.comment:
        event.add("COMMENT", given.comment)
    calendar.add_component(event)
    if given.bare:
        return calendar.to_ical()
    reply = EmailMessage(policy=email.policy.SMTP)
    reply["From"] = email.utils.formataddr(("Yksikkö, A", given.sender or address))
    reply["To"] = str(mail["From"])
    reply["Subject"] = "Vastaus: " + str(mail["Subject"])
    reply["Message-ID"] = "<%s@localhost>" % uuid.uuid4()
    reply.set_content("Vastaus kalenterista.")
    reply.add_alternative(
        calendar.to_ical(), "text", "calendar", params={"method": str(calendar["METHOD"])}
    )
    return reply.as_bytes()


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--reply", dest="answer")
    parser.add_argument("--calendar", action="store_true")
    parser.add_argument("--texts", action="store_true")
    parser.add_argument("--from", dest="sender")
    parser.add_argument("--attendee")
    parser.add_argument("--sequence", type=int)
    parser.add_argument("--stamp")
    parser.add_argument("--comment")
    parser.add_argument("--bare", action="store_true")
    parser.add_argument("files", nargs="+")
    return parser.parse_args()


if __name__ == "__main__":
    given = parse()
    if given.answer:
        sys.stdout.buffer.write(make_reply(given))
    elif given.texts:
        json.dump(texts(given.files[0]), sys.stdout)
    elif given.calendar:
        part = calendar_part(open_mail(given.files[0])[1])
        sys.stdout.buffer.write(part.get_payload(decode=True))
    else:
        json.dump([read(path) for path in given.files], sys.stdout)
