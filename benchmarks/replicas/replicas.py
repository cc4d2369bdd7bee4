#!/usr/bin/env python3
"""What replicas of chat-service cost for each entry that they deliver.

Three chat-services on one PostgreSQL and one Valkey, in containers of their own, and one on SQLite run all the time.
In a round each configuration has its turn: the receivers, spread over its rooms and its replicas, connect; posts
come at a steady rate through all of these replicas; the round ends when each receiver has each entry. A figure is the
processor time of these chat-services, kernel included, divided by the entries that arrived. Receivers and posts are
the same for all; which replicas serve changes from round to round. A ratio is the median of the ratios to the one
replica of the same round.

Latency is from the moment a post is sent until it is acknowledged, to one chat-service: one post after the other, and
with many people who each post again as soon as they are answered.
"""

import argparse
import base64
import datetime
import http.client
import json
import os
import platform
import re
import selectors
import shutil
import signal
import socket
import statistics
import struct
import subprocess
import sys
import tempfile
import time

HOME = os.environ["TERCET_HOME"]
GOAL = 1.3
REPLICAS = 3
PASSWORD = "correct horse battery"
PERSON_SOCKETS = 25
START_SECONDS_MAX = 120
ARRIVAL_SECONDS_MAX = 60
ENTRY = b'"type":"entry"'
ANSWER = re.compile(rb'"type":"(acknowledged|error)","requestId":"([^"]+)"')
SUBSCRIBED = b'"type":"subscribed"'
POSTERS_AT_LOAD = 20
LIFTED = {
    "TERCET_RATE_FACTOR": "1000000",
    "TERCET_RELAY_CONNECTIONSPERNETWORKMAX": "10000",
    "TERCET_TOKEN_LIFETIME": "10h",
    "TERCET_PEOPLE_TOKENSESSIONIDLEMAX": "10h",
}


def docker(*words):
    done = subprocess.run(["docker", *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"docker {' '.join(words)}: {done.stderr.strip()}")
    return done.stdout.strip()


class Container:
    """A server in a container, at the address that the engine gave it."""

    def __init__(self, image, *settings):
        self.id = docker("run", "--detach", "--rm", *settings, image)
        self.address = docker(
            "inspect", "--format", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", self.id)

    def wait(self, port):
        until = time.monotonic() + START_SECONDS_MAX
        while time.monotonic() < until:
            try:
                socket.create_connection((self.address, port), timeout=1).close()
                return self
            except OSError:
                time.sleep(0.1)
        raise SystemExit(f"{self.id} does not listen on {port}:\n{docker('logs', self.id)[-2000:]}")

    def stop(self):
        docker("rm", "--force", "--volumes", self.id)


class Service:
    """A chat-service in a process of its own."""

    def __init__(self, name, port, folder, environment):
        self.name, self.port = name, port
        os.makedirs(f"{folder}/{name}")
        self.log = f"{folder}/{name}.log"
        secret = f"{folder}/service-secret"
        if not os.path.exists(secret):
            with open(secret, "w", encoding="utf-8") as line:
                line.write(base64.b64encode(os.urandom(32)).decode())
        flags = [f"@{HOME}/launcher/jvm/{each}.args" for each in ("common", "chat-service")]
        settings = {
            **LIFTED, **environment, "TERCET_DATA": f"{folder}/{name}", "TERCET_SERVICE_SECRET_FILE": secret,
            "TERCET_CHAT_PORT": str(port), "TERCET_CHAT_MANAGEMENT_PORT": str(port + 1000)}
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [f"{os.environ['JAVA_HOME']}/bin/java", *flags, "-jar", f"{HOME}/chat-service/target/chat-service.jar"],
                env={**os.environ, **settings}, stdout=log, stderr=log)

    def wait(self):
        until = time.monotonic() + START_SECONDS_MAX
        while time.monotonic() < until and self.process.poll() is None:
            try:
                probe = http.client.HTTPConnection("127.0.0.1", self.port + 1000, timeout=2)
                probe.request("GET", "/actuator/health/readiness")
                if probe.getresponse().status == 200:
                    return self
            except OSError:
                pass
            time.sleep(0.1)
        with open(self.log, encoding="utf-8") as lines:
            raise SystemExit(f"{self.name} does not start:\n{lines.read()[-3000:]}")

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(60)

    def processor_seconds(self):
        """Of the whole process, to the nanosecond: its clock, as clock_getcpuclockid(3) makes it."""
        return time.clock_gettime((~self.process.pid << 3) | 2)

    def call(self, method, path, body=None, token=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = {"Content-Type": "application/json"}
        if token:
            sent["Authorization"] = f"Bearer {token}"
        connection.request(method, path, json.dumps(body) if body is not None else None, sent)
        answer = connection.getresponse()
        text = answer.read()
        if answer.status >= 300:
            raise SystemExit(f"{method} {path} at {self.name}: {answer.status} {text[:500].decode(errors='replace')}")
        return json.loads(text) if text else None


class Socket:
    """A WebSocket that counts what comes and keeps nothing of it."""

    def __init__(self, port, token):
        self.line = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.line.sendall((
            "GET /api/socket HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}\r\nSec-WebSocket-Version: 13\r\n"
            f"Authorization: Bearer {token}\r\n\r\n").encode())
        came = b""
        while b"\r\n\r\n" not in came:
            more = self.line.recv(4_096)
            if not more:
                raise SystemExit(f"no WebSocket: {came[:300].decode(errors='replace')}")
            came += more
        if not came.startswith(b"HTTP/1.1 101"):
            raise SystemExit(f"no WebSocket: {came[:300].decode(errors='replace')}")
        self.tail = came.split(b"\r\n\r\n", 1)[1][-300:]
        self.entries = 0

    def send(self, frame):
        """One masked text frame; the mask is zero, so the text is as it is."""
        text = json.dumps(frame).encode()
        size = struct.pack("!BB", 0x81, 0x80 | len(text)) if len(text) < 126 else struct.pack("!BBH", 0x81, 0xFE, len(text))
        self.line.sendall(size + b"\0\0\0\0" + text)

    def receive(self):
        """What came, with the end of what came before that may be the beginning of a word in it."""
        more = self.line.recv(1 << 18)
        if not more:
            raise SystemExit("a chat-service closed a line; see its log")
        seen, self.tail = self.tail, (self.tail + more)[-300:]
        return seen, seen + more

    def count(self):
        seen, now = self.receive()
        found = now.count(ENTRY) - seen.count(ENTRY)
        self.entries += found
        return found

    def subscribe(self, room):
        self.send({"type": "subscribe", "requestId": "s", "roomId": room, "latest": 0})
        now = self.tail
        while SUBSCRIBED not in now:
            _, now = self.receive()

    def post(self, room, number):
        words = f"{number}-{'words ' * 12}"
        self.send({"type": "post", "requestId": str(number), "roomId": room, "clientMessageId": str(number), "text": words})

    def answers(self):
        """The numbers of the posts that were acknowledged since the last time."""
        seen, now = self.receive()
        before = {match.group(2) for match in ANSWER.finditer(seen)}
        for match in ANSWER.finditer(now):
            if match.group(2) in before:
                continue
            if match.group(1) == b"error":
                raise SystemExit(f"a post is refused: {now[match.start():match.start() + 300].decode(errors='replace')}")
            yield int(match.group(2))

    def close(self):
        self.line.close()


class Chat:
    """People and rooms on one database."""

    def __init__(self, service, people, rooms):
        self.tokens = []
        for number in range(people):
            who = {"name": f"person-{number}", "password": PASSWORD}
            service.call("POST", "/api/people", who)
            self.tokens.append(service.call("POST", "/api/session/token", who)["token"])
        self.rooms = [
            service.call("POST", "/api/rooms", {"name": f"room-{number}"}, self.tokens[0])["roomId"]
            for number in range(rooms)]
        for room in self.rooms:
            for token in self.tokens:
                service.call("PUT", f"/api/rooms/{room}/members/me", token=token)
        self.posts = 0

    def next_post(self):
        self.posts += 1
        return self.posts


def deliver(chat, services, receivers, rate, seconds):
    """Processor microseconds for each entry that arrived, and entries per second."""
    lines = []
    watch = selectors.EpollSelector()
    try:
        for number in range(receivers):
            line = Socket(services[number % len(services)].port, chat.tokens[number // PERSON_SOCKETS])
            # Each replica has receivers of each room.
            line.subscribe(chat.rooms[number // len(services) % len(chat.rooms)])
            lines.append(line)
            watch.register(line.line, selectors.EVENT_READ, line.count)
        posters = [Socket(each.port, chat.tokens[0]) for each in services]
        for line in posters:
            watch.register(line.line, selectors.EVENT_READ, line.count)
        lines += posters
        audience = [
            sum(1 for number in range(receivers) if number // len(services) % len(chat.rooms) == room)
            for room in range(len(chat.rooms))]
        posts = rate * seconds
        expected = sum(audience[number % len(chat.rooms)] for number in range(posts))
        drain(watch, 1.5)
        for line in lines:
            line.entries = 0
        before = sum(each.processor_seconds() for each in services)
        begun = time.monotonic()
        arrived = sent = 0
        while arrived < expected:
            now = time.monotonic() - begun
            while sent < posts and sent / rate <= now:
                posters[sent % len(posters)].post(chat.rooms[sent % len(chat.rooms)], chat.next_post())
                sent += 1
            for key, _ in watch.select(0.005):
                arrived += key.data()
            if now > seconds + ARRIVAL_SECONDS_MAX:
                raise SystemExit(
                    f"{len(services)} replicas: {arrived:,} of {expected:,} entries arrived in {now:.0f} s")
        took = time.monotonic() - begun
        used = sum(each.processor_seconds() for each in services) - before
        return used / arrived * 1e6, arrived / took
    finally:
        for line in lines:
            line.close()
        watch.close()


def drain(watch, seconds):
    """What is still on its way: who came, and who is here."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for key, _ in watch.select(0.1):
            key.data()


def latencies(chat, service, posters, seconds, pause):
    """Milliseconds from each post to its acknowledgement."""
    lines = [Socket(service.port, chat.tokens[number % len(chat.tokens)]) for number in range(posters)]
    watch = selectors.EpollSelector()
    took, sent, due = [], {}, {}
    try:
        for line in lines:
            watch.register(line.line, selectors.EVENT_READ, line)
            due[line] = 0
        until = time.monotonic() + seconds
        while time.monotonic() < until or sent:
            now = time.monotonic()
            for line in [each for each, at in due.items() if at <= now and now < until]:
                del due[line]
                number = chat.next_post()
                sent[number] = time.monotonic()
                line.post(chat.rooms[number % len(chat.rooms)], number)
            for key, _ in watch.select(0.001):
                for number in key.data.answers():
                    if number in sent:
                        took.append((time.monotonic() - sent.pop(number)) * 1e3)
                        due[key.data] = time.monotonic() + pause
            if now > until + ARRIVAL_SECONDS_MAX:
                raise SystemExit(f"{service.name}: {len(sent)} posts are not answered")
        return took
    finally:
        for line in lines:
            line.close()
        watch.close()


def quantile(values, part):
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def measured(given, shared, replicas, own, alone):
    figures = {"deliveries": {}, "latency": {}}
    for round_ in range(-given.warm, given.rounds):
        for receivers in given.receivers:
            chosen = {"1 on SQLite": (own, [alone])}
            for count in range(1, REPLICAS + 1):
                chosen[str(count)] = (shared, [replicas[(round_ + each) % REPLICAS] for each in range(count)])
            order = list(chosen)
            order = order[round_ % len(order):] + order[:round_ % len(order)]
            for name in order:
                micros, speed = deliver(*chosen[name], receivers, given.rate, given.seconds)
                print(f"  {receivers:,} receivers, {name}: {micros:.1f} µs, {speed:,.0f}/s", file=sys.stderr, flush=True)
                if round_ >= 0:
                    rows = figures["deliveries"].setdefault(str(receivers), {})
                    rows.setdefault(name, []).append({"micros": micros, "speed": speed})
        for name, chat, service in (("SQLite", own, alone), ("PostgreSQL", shared, replicas[round_ % REPLICAS])):
            for load, posters, pause in (("one after the other", 1, 0.02), (f"{POSTERS_AT_LOAD} at once", POSTERS_AT_LOAD, 0)):
                took = latencies(chat, service, posters, given.seconds, pause)
                if round_ >= 0:
                    figures["latency"].setdefault(load, {}).setdefault(name, []).append(
                        {"p50": quantile(took, 0.5), "p99": quantile(took, 0.99), "posts": len(took) / given.seconds})
    return figures


def ratio(rows, name):
    return statistics.median(
        each["micros"] / one["micros"] for each, one in zip(rows[name], rows["1"], strict=True))


def median(rounds, what):
    return statistics.median(each[what] for each in rounds)


def report(figures, given):
    commit = subprocess.run(
        ["git", "-C", HOME, "describe", "--always", "--dirty"], capture_output=True, text=True, check=False)
    lines = [
        "# Replicas: what each delivery costs", "",
        f"- {datetime.date.today()}, commit {commit.stdout.strip()}, {platform.release()}, {os.cpu_count()} cores, "
        "PostgreSQL 17 and Valkey 8 in containers on the same machine",
        f"- {given.rate} posts per second for {given.seconds} s into {given.rooms} rooms, {given.rounds} rounds after "
        f"{given.warm} to warm up; the client runs on the same cores. Medians of the rounds.",
        f"- *CPU* is processor time of all chat-services together, for each delivery. The goal is {GOAL} times that of "
        "one replica on PostgreSQL and Valkey.", "",
        "| receivers | replicas | deliveries/s | CPU, µs | to one replica | goal |", "|---|---|---|---|---|---|"]
    missed = []
    for receivers, rows in figures["deliveries"].items():
        for name in sorted(rows):
            found = ratio(rows, name)
            judged = name in ("2", "3")
            if judged and found > GOAL:
                missed.append(f"{receivers} receivers on {name}")
            lines.append(
                f"| {int(receivers):,} | {name} | {median(rows[name], 'speed'):,.0f} | {median(rows[name], 'micros'):.1f} "
                f"| {found:.2f} | {'' if not judged else 'met' if found <= GOAL else 'missed'} |")
    lines += ["", "| posts | database | posts/s | p50, ms | p99, ms |", "|---|---|---|---|---|"]
    for load, rows in figures["latency"].items():
        for name, rounds in rows.items():
            lines.append(
                f"| {load} | {name} | {median(rounds, 'posts'):,.0f} | {median(rounds, 'p50'):.2f} "
                f"| {median(rounds, 'p99'):.2f} |")
    return lines, missed


def arguments():
    words = argparse.ArgumentParser(prog="benchmarks/replicas/run", description=__doc__)
    words.add_argument("--receivers", default="300,1000", help="in all (%(default)s)")
    words.add_argument("--rooms", type=int, default=10, help="over which they are spread (%(default)s)")
    words.add_argument("--rate", type=int, default=50, help="posts per second (%(default)s)")
    words.add_argument("--seconds", type=int, default=4, help="of posts, for each figure (%(default)s)")
    words.add_argument("--rounds", type=int, default=5, help="that count (%(default)s)")
    words.add_argument("--warm", type=int, default=2, help="rounds before, which do not count (%(default)s)")
    words.add_argument("--port", type=int, default=19_500, help="the first of those that the services take (%(default)s)")
    words.add_argument("--name", default="replicas", help="of the result: benchmarks/results/<date>-NAME.md and .json (%(default)s)")
    given = words.parse_args()
    given.receivers = [int(each) for each in given.receivers.split(",")]
    return given


def main():
    given = arguments()
    folder = tempfile.mkdtemp(prefix="tercet-replicas-")
    started = []

    def keep(what):
        started.append(what)
        return what

    try:
        postgres = keep(Container(
            "postgres:17", "--env=POSTGRES_USER=chat", "--env=POSTGRES_PASSWORD=chat", "--env=POSTGRES_DB=chat"))
        valkey = keep(Container("valkey/valkey:8"))
        postgres.wait(5432)
        valkey.wait(6379)
        shared = {
            "TERCET_CHAT_DATABASE_URL": f"jdbc:postgresql://{postgres.address}:5432/chat",
            "TERCET_CHAT_DATABASE_USER": "chat", "TERCET_CHAT_DATABASE_PASSWORD": "chat",
            "TERCET_VALKEY_URL": f"redis://{valkey.address}:6379"}
        alone = keep(Service("alone", given.port, folder, {})).wait()
        replicas = [
            keep(Service(f"replica-{each}", given.port + 1 + each, folder, shared)).wait() for each in range(REPLICAS)]
        people = max(given.receivers) // PERSON_SOCKETS + 1
        figures = measured(
            given, Chat(replicas[0], people, given.rooms), replicas, Chat(alone, people, given.rooms), alone)
    finally:
        for each in reversed(started):
            each.stop()
        shutil.rmtree(folder)
    lines, missed = report(figures, given)
    print("\n".join(lines))
    path = f"{HOME}/benchmarks/results/{datetime.date.today()}-{given.name}"
    with open(f"{path}.md", "w", encoding="utf-8") as page:
        page.write("\n".join(lines) + "\n")
    with open(f"{path}.json", "w", encoding="utf-8") as every:
        json.dump(figures, every, indent=1)
    if missed:
        raise SystemExit(f"tercet: these cost more than {GOAL} times one replica: {', '.join(missed)}")


if __name__ == "__main__":
    main()
