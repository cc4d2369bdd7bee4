#!/usr/bin/env python3
"""How each number of the benchmark is made. Prints one line of JSON.

  measure.py load  PID SERVER_CORE CLIENT_CORE SECONDS -- WRK...   one round of load
  measure.py idle  PID PORT CONNECTIONS                            memory of idle connections
  measure.py start PORT TIMES -- COMMAND...                        start to first answer

Everything comes from /proc and from wrk's own report; every wait is bounded.
"""

import json
import os
import resource
import socket
import statistics
import subprocess
import sys
import time

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
START_SECONDS_MAX = 20
STOP_SECONDS_MAX = 15
SETTLE_SECONDS = 6
REQUEST = b"GET /1k.txt HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


def tree(pid):
    """The process and all that descend from it: nginx answers in a child."""
    found = [pid]
    for each in found:
        for task in os.listdir(f"/proc/{each}/task"):
            try:
                with open(f"/proc/{each}/task/{task}/children") as children:
                    found += [int(child) for child in children.read().split()]
            except FileNotFoundError:
                # A compiler's thread, say, that has ended meanwhile.
                continue
    return found


def processor_seconds(pid):
    """User and system time of the whole tree, all threads, those that have ended included."""
    ticks = 0
    for each in tree(pid):
        with open(f"/proc/{each}/stat") as stat:
            # The name may hold spaces, so count from its bracket: utime, stime, cutime, cstime.
            fields = stat.read().rpartition(")")[2].split()
            ticks += sum(int(field) for field in fields[11:15])
    return ticks / TICKS_PER_SECOND


def pin(pid, core):
    """Moves all threads of the tree to one core; what they start later is there, too."""
    for each in tree(pid):
        for task in os.listdir(f"/proc/{each}/task"):
            try:
                os.sched_setaffinity(int(task), {core})
            except ProcessLookupError:
                continue


def busy_seconds(core):
    """How long a core did anything at all, for whomever: its time without idle and iowait."""
    with open("/proc/stat") as stat:
        for line in stat:
            name, *ticks = line.split()
            if name == f"cpu{core}":
                user, nice, system, _idle, _iowait, irq, softirq, steal = map(int, ticks[:8])
                return (user + nice + system + irq + softirq + steal) / TICKS_PER_SECOND
    raise SystemExit(f"there is no core {core}")


def memory_kib(pid):
    """Proportional set size of the tree: pages shared by two processes count once."""
    total = 0
    for each in tree(pid):
        with open(f"/proc/{each}/smaps_rollup") as rollup:
            total += next(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
    return total


def load(pid, server_core, client_core, seconds, wrk):
    """Runs wrk once, and takes the server's and the cores' time before and after."""
    pin(pid, server_core)
    before = processor_seconds(pid), busy_seconds(server_core), busy_seconds(client_core)
    started = time.monotonic()
    client = subprocess.run(
        ["taskset", "-c", str(client_core), *wrk],
        capture_output=True, text=True, timeout=seconds + 30, check=False)
    took = time.monotonic() - started
    server, server_core_busy, client_core_busy = (
        after - first
        for after, first in zip(
            (processor_seconds(pid), busy_seconds(server_core), busy_seconds(client_core)), before))
    own = resource.getrusage(resource.RUSAGE_CHILDREN)
    # The last line is what wrk/report.lua prints.
    lines = client.stdout.strip().splitlines()
    if client.returncode != 0 or not lines or not lines[-1].startswith("{"):
        raise SystemExit(f"wrk failed: {client.stderr or client.stdout}")
    report = json.loads(lines[-1])
    requests = max(1, report["requests"])
    foreign = (server_core_busy - server) + (client_core_busy - own.ru_utime - own.ru_stime)
    return {
        "requestsPerSecond": report["requests"] * 1e6 / report["micros"],
        "processorMicros": server * 1e6 / requests,
        "p99Micros": report["p99Micros"],
        "errors": report["errors"],
        "clientCoreBusy": client_core_busy / took,
        "othersBusy": max(0, foreign) / took,
        "serverCore": server_core,
    }


def idle(pid, port, count):
    """Memory before and with so many connections that wait between two requests."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if hard < count + 100:
        raise SystemExit(f"ulimit -n allows {hard} files, and {count} connections are asked for")
    with socket.create_connection(("127.0.0.1", port), timeout=10) as one:
        # As many requests as will follow: what a server touches for those is not for connections.
        for _ in range(count):
            one.sendall(REQUEST)
            one.recv(4096)
    time.sleep(SETTLE_SECONDS)
    before = memory_kib(pid)
    connections = []
    for _ in range(count):
        connection = socket.create_connection(("127.0.0.1", port), timeout=10)
        # Idle as a browser leaves it: after a request, waiting for the next.
        connection.sendall(REQUEST)
        connections.append(connection)
        connection.recv(4096)
    time.sleep(SETTLE_SECONDS)
    with_them = memory_kib(pid)
    held = sum(1 for each in connections if is_open(each))
    for each in connections:
        each.close()
    return {
        "connections": held,
        "memoryMiB": with_them / 1024,
        "bytesPerConnection": (with_them - before) * 1024 / count,
    }


def is_open(connection):
    """No end has come: neither FIN nor RST."""
    connection.setblocking(False)
    try:
        return connection.recv(4096) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False


def ask(port):
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(REQUEST)
        return connection.recv(4096)


def start(port, times, command):
    """From the call that makes the process until the first bytes of a 200 are here."""
    millis = []
    for _ in range(times):
        began = time.monotonic()
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
            try:
                while not answers(port):
                    if server.poll() is not None or time.monotonic() - began > START_SECONDS_MAX:
                        raise SystemExit(f"it did not start: {' '.join(command)}")
                    time.sleep(0.001)
                millis.append((time.monotonic() - began) * 1000)
            finally:
                server.terminate()
                try:
                    server.wait(STOP_SECONDS_MAX)
                except subprocess.TimeoutExpired:
                    server.kill()
    return {"millis": statistics.median(millis), "least": min(millis), "most": max(millis)}


def answers(port):
    try:
        return ask(port).startswith(b"HTTP/1.1 200")
    except OSError:
        return False


def main():
    what, *words = sys.argv[1:]
    cut = words.index("--") if "--" in words else len(words)
    numbers = [int(word) for word in words[:cut]]
    command = [words[cut + 1:]] if cut < len(words) else []
    measured = {"load": load, "idle": idle, "start": start}[what](*numbers, *command)
    print(json.dumps(measured))


if __name__ == "__main__":
    main()
