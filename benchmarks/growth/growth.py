#!/usr/bin/env python3
"""What one operation costs while the tables grow.

For each size, both services start on a data folder of their own, and SQL fills their tables. Then each operation
runs in short rounds, in turns with the others. A figure is the processor time of the service, all threads and kernel
included, per operation: the least of its rounds, because other work only ever adds to it. Operations go straight to
the services, one at a time. With PostgreSQL, its processes count as part of chat-service. The limits on rates and on
items are lifted by settings, and a place that was read is written at once; nothing else differs
from the product.
"""

import argparse
import datetime
import http.client
import itertools
import json
import math
import os
import platform
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid
from urllib.parse import quote

HOME = os.environ["TERCET_HOME"]
FLAT = 1.5
SIZES = [1_000, 10_000, 100_000, 1_000_000]
START_SECONDS_MAX = 120
PASSWORD = "correct horse battery"
EMOJI = ["👍", "🎉", "🧵", "🍵", "👀"]
ANSWERED, LIKED = 1, 2  # The `seq` of messages that many answer, and react to.
SPREAD = 97  # Every how many rows of a table the rows of the person who asks lie.
LIFTED = {
    "TERCET_RATE_FACTOR": "1000000",
    "TERCET_FILES_CATALOG_FOLDERITEMSMAX": "10000000",
    "TERCET_FILES_QUOTA_PERSONITEMS": "10000000",
    # One after the other, each of them would wait for the next write.
    "TERCET_READING_WRITEPERIOD": "1ms",
}


class Refused(Exception):
    """An answer that is an error."""


class Service:
    """A service of ours in a process of its own."""

    def __init__(self, name, port, folder):
        self.name, self.port, self.folder = name, port, folder
        self.process = None
        self.connection = None

    def start(self, environment):
        flags = [f"@{HOME}/launcher/jvm/{each}.args" for each in ("common", self.name)]
        log = open(f"{self.folder}/{self.name}.log", "ab")
        self.process = subprocess.Popen(
            [f"{os.environ['JAVA_HOME']}/bin/java", *flags, "-jar", f"{HOME}/{self.name}/target/{self.name}.jar"],
            env={**os.environ, **environment}, stdout=log, stderr=log)
        until = time.monotonic() + START_SECONDS_MAX
        while time.monotonic() < until:
            if self.process.poll() is not None:
                break
            try:
                probe = http.client.HTTPConnection("127.0.0.1", self.port + 1000, timeout=2)
                probe.request("GET", "/actuator/health/readiness")
                if probe.getresponse().status == 200:
                    self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
                    return
            except OSError:
                pass
            time.sleep(0.1)
        with open(f"{self.folder}/{self.name}.log") as lines:
            raise SystemExit(f"{self.name} does not start:\n{lines.read()[-3000:]}")

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(60)

    def processor_seconds(self):
        """Of the whole process, to the nanosecond: its clock, as clock_getcpuclockid(3) makes it."""
        return time.clock_gettime((~self.process.pid << 3) | 2)

    def call(self, method, path, body=None, token=None, headers=None, expect=(200, 201, 202, 204)):
        sent = dict(headers or {})
        if token:
            sent["Authorization"] = f"Bearer {token}"
        if body is not None and not isinstance(body, bytes):
            body, sent["Content-Type"] = json.dumps(body).encode(), "application/json"
        self.connection.request(method, path, body, sent)
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status not in expect:
            raise Refused(f"{method} {path} at {self.name}: {answer.status} {text[:500].decode(errors='replace')}")
        return json.loads(text) if text and "json" in answer.getheader("Content-Type", "") else text


def ident(kind, number):
    """The id of a seeded row: the same for the same row of each size."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{kind}-{number}"))


class SqliteTables:
    """The tables of a service in a file. A column, or a table, that this version does not have is left out."""

    def __init__(self, path):
        self.database = sqlite3.connect(path)
        self.database.execute("PRAGMA synchronous = OFF")

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        self.database.commit()
        self.database.close()

    def columns(self, table):
        return [row[1] for row in self.database.execute(f"PRAGMA table_info({table})")]

    def insert(self, table, rows):
        """Inserts dictionaries."""
        rows = iter(rows)
        first = next(rows, None)
        names = [each for each in self.columns(table) if each in (first or ())]
        if names:
            statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(':' + each for each in names)})"
            self.database.executemany(statement, itertools.chain([first], rows))

    def execute(self, statement):
        return self.database.execute(statement).fetchall()


class PostgresTables:
    """The tables of chat-service in a container, by the client that is in it."""

    def __init__(self, server):
        self.server = server

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        # The server would do so within a minute.
        self.execute("ANALYZE")

    def psql(self, statement, lines=()):
        client = subprocess.Popen(
            ["docker", "exec", "--interactive", self.server.id, "psql", "-qAt", "-v", "ON_ERROR_STOP=1", "-U", "chat", "-c", statement],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for line in lines:
            client.stdin.write(line)
        text, _ = client.communicate()
        if client.returncode:
            raise SystemExit(f"psql does not do {statement[:200]}")
        return text.splitlines()

    def columns(self, table):
        return self.psql(
            f"SELECT column_name FROM information_schema.columns WHERE table_name = '{table}' AND table_schema = 'public'")

    def insert(self, table, rows):
        rows = iter(rows)
        first = next(rows, None)
        names = [each for each in self.columns(table) if each in (first or ())]
        if names:
            self.psql(
                f"COPY {table} ({', '.join(names)}) FROM STDIN WITH (FORMAT csv)",
                (csv_line(row[each] for each in names) for row in itertools.chain([first], rows)))

    def execute(self, statement):
        return [line.split("|") for line in self.psql(statement)]


def csv_line(values):
    """NULL is nothing, and a text is quoted."""
    cells = ("" if each is None else str(each) if isinstance(each, int) else '"' + each.replace('"', '""') + '"' for each in values)
    return ",".join(cells) + "\n"


class PostgresServer:
    """PostgreSQL in a container, at the address that the engine gave it."""

    def __init__(self):
        self.id = docker(
            "run", "--detach", "--rm", "--env=POSTGRES_USER=chat", "--env=POSTGRES_PASSWORD=chat", "--env=POSTGRES_DB=chat",
            "postgres:17")
        self.address = docker("inspect", "--format", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", self.id)
        self.pid = int(docker("inspect", "--format", "{{.State.Pid}}", self.id))
        until = time.monotonic() + START_SECONDS_MAX
        while time.monotonic() < until:
            try:
                socket.create_connection((self.address, 5432), timeout=1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise SystemExit(f"PostgreSQL does not listen:\n{docker('logs', self.id)[-2000:]}")

    def stop(self):
        docker("rm", "--force", "--volumes", self.id)

    def settings(self):
        return {
            "TERCET_CHAT_DATABASE_URL": f"jdbc:postgresql://{self.address}:5432/chat",
            "TERCET_CHAT_DATABASE_USER": "chat", "TERCET_CHAT_DATABASE_PASSWORD": "chat"}

    def processor_seconds(self):
        """Of the processes that serve connections, which stay as long as the service has them."""
        children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(self.pid)], capture_output=True, text=True, check=False)
        return sum(ran(int(each)) for each in children.stdout.split())


def ran(pid):
    """Seconds of processor time of a process with one thread; none if it has ended."""
    try:
        with open(f"/proc/{pid}/schedstat", encoding="ascii") as figures:
            return int(figures.read().split()[0]) / 1e9
    except FileNotFoundError:
        return 0.0


def docker(*words):
    done = subprocess.run(["docker", *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"docker {' '.join(words)}: {done.stderr.strip()}")
    return done.stdout.strip()


def seed_chat(tables, size, person):
    """`size` people, public rooms and messages, half of which were edited: the person is in `big` with all, and in 20
    others, and has read none of it."""
    now = int(time.time() * 1000)
    with tables as database:
        database.insert("person", (
            {"person_id": ident("person", n), "name": f"person{n}", "name_key": f"person{n}", "display_name": None,
             "password_hash": None, "created_at": now, "last_seen_at": now}
            for n in range(size)))
        database.insert("room", (
            {"room_id": ident("room", n), "name": f"room{n}", "name_key": f"room{n}", "topic": "", "visibility": "PUBLIC",
             "last_seq": size + len(range(size // 2, size)) if n == 0 else 1, "created_at": now,
             "creator_id": ident("person", n), "member_count": size if n == 0 else 1}
            for n in range(size)))
        database.insert("room_word", (
            {"word": word, "position": position, "room_id": ident("room", n), "shared": 0}
            for n in range(size) for word, position in ((f"room{n}", 0), (f"{n}", 4))))
        database.insert("member", (
            {"room_id": ident("room", 0), "person_id": ident("person", n), "joined_at": now} for n in range(1, size)))
        database.insert("member", (
            {"room_id": ident("room", n), "person_id": ident("person", n), "joined_at": now} for n in range(1, size)))
        database.insert("member", (
            {"room_id": ident("room", n * (size // 21)), "person_id": person, "joined_at": now} for n in range(21)))
        database.insert("entry", (
            {"room_id": ident("room", 0), "seq": n + 1, "kind": "message", "person_id": person if n % SPREAD == 0 else ident("person", n),
             "person_name": f"person{n}", "sent_at": now, "client_message_id": ident("message", n), "event_id": None,
             "body": f"Message {n} is about as long as what people write to each other in a room.",
             "reply_to": ANSWERED if is_answer(n, size) else None}
            for n in range(size)))
        seed_changes(database, size, person, now)
        seed_reactions(database, size)
        database.insert("entry", (
            {"room_id": ident("room", n), "seq": 1, "kind": "joined", "person_id": ident("person", n), "person_name": f"person{n}",
             "sent_at": now, "client_message_id": None, "event_id": None, "body": None}
            for n in range(1, size)))


def is_answer(number, size):
    """Whether a message answers [ANSWERED]: every second one, except those of which a page has reactions."""
    return number % 2 == 1 and number > LIKED and number not in reacted_page(size)


def reacted_page(size):
    return range(size // 4, size // 4 + 50)


def seed_changes(database, size, person, now):
    """One edit of each message of the second half, behind all messages."""
    big, edited = ident("room", 0), range(size // 2, size)
    database.insert("entry", (
        {"room_id": big, "seq": size + place, "kind": "edited", "person_id": person if n % SPREAD == 0 else ident("person", n),
         "person_name": f"person{n}", "sent_at": now, "client_message_id": None, "event_id": None,
         "body": json.dumps({"targetSeq": n + 1, "text": f"Message {n} was edited once."}), "target_seq": n + 1}
        for place, n in enumerate(edited, 1)))
    database.insert("message_now", (
        {"room_id": big, "seq": n + 1, "edits": 1, "edited_seq": size + place, "deleted_seq": None}
        for place, n in enumerate(edited, 1)))


def seed_reactions(database, size):
    """One message that everybody reacted to, one that every second message answers, and a page of messages to which ten
    people each reacted with five emoji."""
    big = ident("room", 0)
    answers = sum(is_answer(n, size) for n in range(size))
    database.insert("message_now", [
        {"room_id": big, "seq": ANSWERED, "edits": 0, "edited_seq": None, "deleted_seq": None, "reactions": None, "replies": answers},
        {"room_id": big, "seq": LIKED, "edits": 0, "edited_seq": None, "deleted_seq": None,
         "reactions": json.dumps({EMOJI[0]: size}), "replies": 0}])
    database.insert("message_now", (
        {"room_id": big, "seq": n + 1, "edits": 0, "edited_seq": None, "deleted_seq": None,
         "reactions": json.dumps({each: 10 for each in EMOJI}), "replies": 0}
        for n in reacted_page(size)))
    database.insert("reaction", (
        {"room_id": big, "seq": LIKED, "person_id": ident("person", n), "emoji": EMOJI[0], "reacted_seq": size + n}
        for n in range(size)))
    database.insert("reaction", (
        {"room_id": big, "seq": n + 1, "person_id": ident("person", who), "emoji": each, "reacted_seq": size + who}
        for n in reacted_page(size) for each in EMOJI for who in range(10)))


def seed_files(path, size, person):
    """`size` files in the person's folder `big`."""
    now = int(time.time() * 1000)
    space = f"people/{person}"
    with SqliteTables(path) as database:
        big = database.execute(f"SELECT id FROM node WHERE space = '{space}' AND name = 'big'")[0][0]
        database.insert("node", (
            {"id": ident("file", n), "space": space, "parent": big, "name": f"file {n:07}.txt", "kind": 1, "version": 1,
             "modified_at": now, "created_by": person, "person_id": person}
            for n in range(size)))
        database.insert("version", (
            {"file_id": ident("file", n), "number": 1, "sha256": f"{n:064x}", "size": 1_000, "media_type": "text/plain",
             "person_id": person, "written_at": now}
            for n in range(size)))


class Sized:
    """Both services with tables of one size, and a person who uses them."""

    def __init__(self, size, folder, port, postgres):
        self.size, self.folder, self.postgres = size, folder, postgres
        self.chat = Service("chat-service", port, folder)
        self.files = Service("file-service", port + 1, folder)
        self.environment = {
            "TERCET_DATA": folder, "TERCET_SERVICE_SECRET_FILE": f"{folder}/service-secret", **LIFTED,
            "TERCET_CHAT_PORT": str(port), "TERCET_CHAT_MANAGEMENT_PORT": str(port + 1000),
            "TERCET_FILES_PORT": str(port + 1), "TERCET_FILES_MANAGEMENT_PORT": str(port + 1001),
            "TERCET_CHAT_URL": f"http://127.0.0.1:{port}", "TERCET_FTP_PORT": str(port + 2),
            "TERCET_FTP_PASSIVE_PORTS": f"{port + 10}-{port + 19}", **(postgres.settings() if postgres else {})}
        self.token, self.token_until = None, 0.0
        self.count = 0

    def start(self):
        with open(f"{self.folder}/service-secret", "w", encoding="ascii") as secret:
            secret.write(uuid.uuid4().hex * 2 + "\n")
        os.chmod(secret.name, 0o600)
        self.begin()
        person = self.chat.call("POST", "/api/people", {"name": "grower", "password": PASSWORD})["personId"]
        self.on_files("PUT", "/api/files/people/me/big/")
        for name in ["index", *(f"page{n}" for n in range(19))]:
            self.on_files("PUT", f"/api/files/people/me/site/{name}.html", b"<p>A page</p>")
        self.stop()
        tables = PostgresTables(self.postgres) if self.postgres else SqliteTables(f"{self.folder}/chat/chat.db")
        seed_chat(tables, self.size, person)
        seed_files(f"{self.folder}/files/catalog.db", self.size, person)
        self.token = None
        self.begin()

    def begin(self):
        self.chat.start(self.environment)
        self.files.start(self.environment)

    def stop(self):
        self.files.stop()
        self.chat.stop()

    def bearer(self):
        if self.token is None or time.monotonic() > self.token_until:
            self.token = self.sign_in()["token"]
            self.token_until = time.monotonic() + 200
        return self.token

    def sign_in(self):
        return self.chat.call("POST", "/api/session/token", {"name": "grower", "password": PASSWORD})

    def on_chat(self, method, path, body=None):
        return self.chat.call(method, path, body, self.bearer())

    def on_files(self, method, path, body=None, headers=None):
        return self.files.call(method, path, body, self.bearer(), headers)

    def processor_seconds(self, service):
        """Of a service, and of the server of its database if that is another process."""
        own = getattr(self, service).processor_seconds()
        return own + self.postgres.processor_seconds() if service == "chat" and self.postgres else own

    def next(self):
        self.count += 1
        return self.count


BIG = f"/api/rooms/{ident('room', 0)}"
FOLDER = "/api/files/people/me"


def uploaded(sized, folder="big"):
    path = f"{folder}/new {sized.next()}.txt".replace(" ", "%20")
    sized.on_files("PUT", f"{FOLDER}/{path}", b"x" * 1_000, {"Content-Type": "text/plain"})
    return path


def move(sized, path, to):
    sized.on_files("POST", "/api/files/moves", {"from": f"people/me/{path}".replace("%20", " "), "to": f"people/me/{to}"})


def renamed_folder(sized):
    move(sized, "big", "bigger")
    move(sized, "bigger", "big")


def posted(sized):
    """The address of a new message."""
    answer = sized.on_chat("POST", f"{BIG}/messages", {"clientMessageId": str(uuid.uuid4()), "text": "Good morning"})
    return f"{BIG}/messages/{answer['seq']}"


def read(sized):
    """Everything is read up to one place more than before."""
    sized.on_chat("PUT", f"{BIG}/read", {"seq": sized.next()})


def reacted(sized, message):
    sized.on_chat("PUT", f"{message}/reactions/{quote(EMOJI[1])}")
    sized.on_chat("DELETE", f"{message}/reactions/{quote(EMOJI[1])}")


def pinned(sized, message):
    sized.on_chat("PUT", f"{message}/pin")
    sized.on_chat("DELETE", f"{message}/pin")


def answered(sized):
    sized.on_chat(
        "POST", f"{BIG}/messages", {"clientMessageId": str(uuid.uuid4()), "text": "Good morning", "replyTo": ANSWERED})


def conversed(sized):
    """A direct conversation with somebody else each time, and its first message."""
    other = ident("person", 1 + sized.next() % (sized.size - 1))
    room = sized.on_chat("POST", "/api/direct", {"people": [other]})
    sized.on_chat(
        "POST", f"/api/rooms/{room['roomId']}/messages", {"clientMessageId": str(uuid.uuid4()), "text": "Good morning"})


def rejoined(sized):
    sized.on_chat("DELETE", f"{BIG}/members/me")
    sized.on_chat("PUT", f"{BIG}/members/me")


# Name, which service, how many in a round, what is prepared for one and not measured, the operation.
OPERATIONS = [
    ("post a message", "chat", 100, None, lambda s, _: s.on_chat(
        "POST", f"{BIG}/messages", {"clientMessageId": str(uuid.uuid4()), "text": "Good morning"})),
    ("edit a message", "chat", 100, posted, lambda s, message: s.on_chat("PATCH", message, {"text": "Good evening"})),
    ("delete a message", "chat", 100, posted, lambda s, message: s.on_chat("DELETE", message)),
    ("history, its end", "chat", 50, None, lambda s, _: s.on_chat("GET", f"{BIG}/messages?before={s.size + 1}&limit=50")),
    ("history, its middle", "chat", 50, None, lambda s, _: s.on_chat("GET", f"{BIG}/messages?after={s.size // 2}&limit=50")),
    ("history, its beginning", "chat", 50, None, lambda s, _: s.on_chat("GET", f"{BIG}/messages?after=0&limit=50")),
    ("the log, its end", "chat", 50, None, lambda s, _: s.on_chat("GET", f"{BIG}/entries?before={s.size + 1}&limit=50")),
    ("the log, its middle", "chat", 50, None, lambda s, _: s.on_chat("GET", f"{BIG}/entries?after={s.size // 2}&limit=50")),
    ("the log, its beginning", "chat", 50, None, lambda s, _: s.on_chat("GET", f"{BIG}/entries?after=0&limit=50")),
    ("page with reactions", "chat", 50, None, lambda s, _: s.on_chat("GET", f"{BIG}/messages?after={s.size // 4}&limit=50")),
    ("react and take it back", "chat", 50, None, lambda s, _: reacted(s, f"{BIG}/messages/{LIKED}")),
    ("who reacted", "chat", 50, None, lambda s, _: s.on_chat("GET", f"{BIG}/messages/{LIKED}/reactions")),
    ("pin and unpin", "chat", 50, None, lambda s, _: pinned(s, f"{BIG}/messages/{LIKED}")),
    ("list pins", "chat", 50, None, lambda s, _: s.on_chat("GET", f"{BIG}/pins")),
    ("answer a message", "chat", 50, None, lambda s, _: answered(s)),
    ("list answers", "chat", 50, None, lambda s, _: s.on_chat("GET", f"{BIG}/messages/{ANSWERED}/replies?limit=50")),
    ("read a room", "chat", 50, None, lambda s, _: read(s)),
    ("what is unread", "chat", 50, None, lambda s, _: s.on_chat("GET", f"{BIG}/unread")),
    ("list rooms", "chat", 10, None, lambda s, _: s.on_chat("GET", "/api/rooms")),
    ("list public rooms", "chat", 10, None, lambda s, _: s.on_chat("GET", "/api/rooms?scope=public")),
    ("find rooms", "chat", 10, None, lambda s, _: s.on_chat("GET", "/api/rooms?scope=public&q=room")),
    ("find a room", "chat", 10, None, lambda s, _: s.on_chat("GET", f"/api/rooms?scope=public&q={s.size // 2}")),
    ("list members", "chat", 10, None, lambda s, _: s.on_chat("GET", f"{BIG}/members")),
    ("make a room", "chat", 50, None, lambda s, _: s.on_chat("POST", "/api/rooms", {"name": f"made{s.next()}"})),
    ("begin a conversation", "chat", 50, None, lambda s, _: conversed(s)),
    ("leave and join", "chat", 50, None, lambda s, _: rejoined(s)),
    ("find a person", "chat", 50, None, lambda s, _: s.on_chat("GET", f"/api/people?name=person{s.size // 2}")),
    ("sign in", "chat", 5, None, lambda s, _: s.sign_in()),
    ("list a folder", "files", 50, None, lambda s, _: s.on_files("GET", f"{FOLDER}/big/?limit=100")),
    ("upload", "files", 50, None, lambda s, _: uploaded(s)),
    ("replace", "files", 50, None, lambda s, _: s.on_files("PUT", f"{FOLDER}/big/replaced.txt", os.urandom(20))),
    ("move a file", "files", 50, uploaded, lambda s, path: move(s, path, f"site/moved {s.next()}.txt")),
    ("rename a folder, twice", "files", 20, None, lambda s, _: renamed_folder(s)),
    ("delete a file", "files", 50, uploaded, lambda s, path: s.on_files("DELETE", f"{FOLDER}/{path}")),
    ("publish a folder", "files", 5, None, lambda s, _: s.on_files("PUT", "/api/sites/grown", {"folder": "people/me/site"})),
]


def measured_once(sized, service, times, prepare, operate):
    """Microseconds of processor time of one operation."""
    sized.bearer()
    prepared = [prepare(sized) if prepare else None for _ in range(times)]
    before = sized.processor_seconds(service)
    for each in prepared:
        operate(sized, each)
    return (sized.processor_seconds(service) - before) / times * 1e6


def measured(sized, rounds, only):
    """All rounds of each operation; none of one that is refused. The first two rounds only warm up."""
    found = {name: [] for name, *_ in OPERATIONS if not only or name in only}
    refused = set()
    for number in range(rounds + 2):
        for name, service, times, prepare, operate in OPERATIONS:
            if name not in found or name in refused:
                continue
            try:
                micros = measured_once(sized, service, times, prepare, operate)
            except Refused as answer:
                print(f"  {name}: {answer}", file=sys.stderr, flush=True)
                refused.add(name)
                continue
            if number >= 2:
                found[name].append(micros)
    return found


def report(figures, sizes, rounds, database):
    lines = [
        f"| operation | {' | '.join(f'{size:,}' for size in sizes)} | growth | verdict |",
        f"|---|{'---|' * len(sizes)}---|---|"]
    grown = []
    for name in figures[sizes[0]]:
        least = [min(figures[size][name], default=None) for size in sizes]
        whole = None not in least
        growth = least[-1] / least[0] if whole else math.inf
        if growth > FLAT:
            grown.append(name)
        cells = " | ".join("refused" if each is None else f"{each:,.0f}" for each in least)
        verdict = "flat" if growth <= FLAT else "grows" if whole else "refused"
        lines.append(f"| {name} | {cells} | {f'{growth:.2f}' if whole else ''} | {verdict} |")
    commit = subprocess.run(["git", "-C", HOME, "describe", "--always", "--dirty"], capture_output=True, text=True, check=False)
    head = [
        "# Growth: what one operation costs while the tables grow", "",
        f"- {datetime.date.today()}, commit {commit.stdout.strip()}, {platform.release()}, {os.cpu_count()} cores, {database}",
        f"- Microseconds of processor time per operation, the least of {rounds} rounds. *Flat* is at most {FLAT} times "
        f"from {sizes[0]:,} to {sizes[-1]:,} messages, rooms, people and items.", ""]
    return head + lines, grown


def named(words, names):
    """The operations of one --only. The name of an operation may have a comma itself."""
    return [words] if words in names else words.split(",")


def main():
    words = argparse.ArgumentParser(prog="benchmarks/growth/run", description=__doc__)
    words.add_argument("--sizes", default=",".join(map(str, SIZES)), help="rows in each table (%(default)s)")
    words.add_argument("--rounds", type=int, default=6, help="of each operation (%(default)s)")
    words.add_argument(
        "--only", action="append", default=[], help='these operations: "list rooms,upload"; it may be given several times')
    words.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite", help="of chat-service (%(default)s)")
    words.add_argument("--port", type=int, default=19_400, help="the first of those that the services take (%(default)s)")
    words.add_argument("--name", default="growth", help="of the result: benchmarks/results/<date>-NAME.md and .json (%(default)s)")
    given = words.parse_args()
    sizes = [int(each) for each in given.sizes.split(",")]
    names = [each[0] for each in OPERATIONS]
    only = {name for each in given.only for name in named(each, names)}
    unknown = only - set(names)
    if unknown or len(sizes) < 2:
        words.error(f"there is no {', '.join(unknown)}" if unknown else "growth needs two sizes")
    if given.database == "postgresql":
        OPERATIONS[:] = [each for each in OPERATIONS if each[1] == "chat"]
    figures = {}
    for size in sizes:
        folder = tempfile.mkdtemp(prefix="tercet-growth-")
        postgres = PostgresServer() if given.database == "postgresql" else None
        sized = Sized(size, folder, given.port, postgres)
        try:
            print(f"  {size:,}", file=sys.stderr, flush=True)
            sized.start()
            figures[size] = measured(sized, given.rounds, only)
        finally:
            sized.stop()
            if postgres:
                postgres.stop()
            shutil.rmtree(folder)
    lines, grown = report(figures, sizes, given.rounds, given.database)
    print("\n".join(lines))
    path = f"{HOME}/benchmarks/results/{datetime.date.today()}-{given.name}"
    with open(f"{path}.md", "w", encoding="utf-8") as page:
        page.write("\n".join(lines) + "\n")
    with open(f"{path}.json", "w", encoding="utf-8") as every:
        json.dump(figures, every, indent=1)
    if grown:
        raise SystemExit(f"tercet: these operations are refused, or cost more with more stored: {', '.join(grown)}")


if __name__ == "__main__":
    main()
