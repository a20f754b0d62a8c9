"""A real SMTP server on a free port of 127.0.0.1, for tests: Debian's aiosmtpd.

    mail_server.py FOLDER [options]

Each e-mail that it took stands in FOLDER as it came, 0001.eml, with its envelope, 0001.json. It
says "ready PORT" once it listens, and ends when it is killed. Options may be given together:

    --refuse-temporarily PATTERN   recipients like that: 450
    --refuse PATTERN               recipients like that: 550
    --refuse-content-temporarily   what it has read whole: 451
    --refuse-content               the same for good: 554
    --refuse-all                   says 554 instead of a greeting
    --die-in-data N                breaks off N connections in the middle of an e-mail
    --die-after-data N             takes N e-mails and breaks off before it says so
    --starttls CERT KEY, --tls CERT KEY
    --auth USER:PASSWORD           nobody else; over TLS only
"""

import argparse
import asyncio
import fnmatch
import json
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--refuse-temporarily", default="")
    parser.add_argument("--refuse", default="")
    parser.add_argument("--refuse-content-temporarily", action="store_true")
    parser.add_argument("--refuse-content", action="store_true")
    parser.add_argument("--refuse-all", action="store_true")
    parser.add_argument("--die-in-data", type=int, default=0)
    parser.add_argument("--die-after-data", type=int, default=0)
    parser.add_argument("--starttls", nargs=2)
    parser.add_argument("--tls", nargs=2)
    parser.add_argument("--auth", default="")
    return parser.parse_args()


def write(path, content):
    """A name stands for a whole file."""
    with open(path + ".part", "wb") as file:
        file.write(content)
    os.rename(path + ".part", path)


class Handler:
    def __init__(self, options):
        self.options = options
        self.count = len([n for n in os.listdir(options.folder) if n.endswith(".eml")])

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if fnmatch.fnmatch(address, self.options.refuse_temporarily):
            return "450 4.2.1 Mailbox busy, try again later"
        if fnmatch.fnmatch(address, self.options.refuse):
            return "550 5.1.1 No such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    def keep(self, server, session, envelope):
        self.count += 1
        path = os.path.join(self.options.folder, "%04d" % self.count)
        told = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "tls": server.transport.get_extra_info("cipher") is not None,
            "user": session.auth_data,
        }
        write(path + ".json", json.dumps(told).encode())
        write(path + ".eml", envelope.content)

    async def handle_DATA(self, server, session, envelope):
        if self.options.refuse_content_temporarily:
            return "451 4.3.0 Greylisted"
        if self.options.refuse_content:
            return "554 5.6.0 We like it not"
        self.keep(server, session, envelope)
        if self.options.die_after_data > 0:
            self.options.die_after_data -= 1
            server.transport.abort()
        return "250 OK"


class Server(SMTP):
    options = None

    async def push(self, status):
        if self.options.refuse_all and str(status).startswith("220 "):
            await super().push("554 5.3.2 No service today")
            self.transport.close()
            return
        await super().push(status)

    async def smtp_DATA(self, arg):
        if self.options.die_in_data > 0:
            self.options.die_in_data -= 1
            await self.push("354 Go on")
            await self._reader.read(200)
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


def context_of(pair):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*pair)
    return context


def make_server(options, handler):
    def authenticate(server, session, envelope, mechanism, given):
        user, password = options.auth.split(":", 1)
        right = (given.login, given.password) == (user.encode(), password.encode())
        return AuthResult(success=right, handled=False, auth_data=user if right else None)

    more = {}
    if options.auth:
        more.update(auth_required=True, authenticator=authenticate)
        # An SSL socket from the start is no STARTTLS to aiosmtpd.
        more.update(auth_require_tls=not options.tls)
    if options.starttls:
        more.update(tls_context=context_of(options.starttls), require_starttls=True)
    return Server(handler, hostname="localhost", ident="test", **more)


async def serve(options):
    handler = Handler(options)
    server = await asyncio.get_running_loop().create_server(
        lambda: make_server(options, handler),
        "127.0.0.1",
        0,
        ssl=context_of(options.tls) if options.tls else None,
    )
    print("ready", server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    Server.options = parse()
    sys.stderr = open(Server.options.folder + ".log", "a", buffering=1)
    asyncio.run(serve(Server.options))
