#!/usr/bin/env python3
"""From raw figures to the table: medians, ratios within a round, and a verdict per row.

  report.py MACHINE FIGURES RESULT     writes RESULT.md and RESULT.json, prints the table

The better nginx is the one of the two with more requests a second; processor time is compared with the
tuned one, with sendfile, and with h2o. A ratio is the median of the ratios within each round: servers take
turns, so the machine was as quick or as slow for one as for the other.
"""

import json
import statistics
import sys

# row: title, requests/s against the better nginx, processor time against nginx, and against h2o.
TARGETS = {
    "1k-64": ("1 KiB, 64 connections", 1.30, 0.57, 0.80),
    "1k-1000": ("1 KiB, 1,000 connections", 1.15, 0.60, 0.75),
    "10k-64": ("10 KiB, 64 connections", 1.15, 0.70, 0.70),
    "close": ("1 KiB, Connection: close", 1.00, 0.65, 0.90),
    "pipelined": ("1 KiB, pipelined 16 deep", 8.00, 0.15, 0.12),
    "1m-16": ("1 MiB, 16 connections", 1.30, 0.55, None),
}
IDLE_BYTES_MAX = 1024
IDLE_MIB_MAX = 64
START_MILLIS_MAX = 350

# Past this the client, and not the server, says how many requests there are.
CLIENT_BOUND = 0.90

# Tails of two servers that are alike differ by as much from one round to the next.
P99_TOLERANCE = 1.05


class Figures:
    def __init__(self, path):
        self.all = {}
        with open(path) as lines:
            for line in map(json.loads, lines):
                self.all.setdefault(line["row"], {}).setdefault(line["server"], []).append(line["figures"])

    def median(self, row, server, name):
        rounds = self.all.get(row, {}).get(server)
        return statistics.median(each[name] for each in rounds) if rounds else None

    def ratio(self, row, name, ours, theirs):
        pairs = zip(self.all.get(row, {}).get(ours, ()), self.all.get(row, {}).get(theirs, ()))
        ratios = [our[name] / their[name] for our, their in pairs if their[name]]
        return statistics.median(ratios) if ratios else None

    def spread(self, row, server, name):
        values = [each[name] for each in self.all[row][server]]
        return min(values), max(values)


def compare(figures, row, suffix):
    """Our ratios in a row, what they should be, and what that comes to."""
    title, throughput, against_nginx, against_h2o = TARGETS[row]
    row += suffix

    def of(server, name):
        return figures.median(row, server, name)

    def against(server, name):
        return figures.ratio(row, name, "tercet", server)

    nginxes = [each for each in ("nginx", "nginx-copy") if of(each, "requestsPerSecond")]
    if not nginxes or of("tercet", "requestsPerSecond") is None:
        return None
    better = max(nginxes, key=lambda each: of(each, "requestsPerSecond"))
    bound = of("tercet", "clientCoreBusy") > CLIENT_BOUND
    checks = [
        ("requests/s", against(better, "requestsPerSecond"), throughput, False),
        ("CPU against nginx", against("nginx", "processorMicros"), against_nginx, True),
        ("CPU against h2o", against("h2o", "processorMicros"), against_h2o, True),
        ("p99", against(better, "p99Micros"), P99_TOLERANCE, True),
        ("CPU against the bare calls", against("bare", "processorMicros"), None, True),
    ]
    missed = [
        f"{name} {value:.2f} of {target:.2f}"
        for name, value, target, at_most in checks
        if value is not None and target is not None and (value > target if at_most else value < target)
    ]
    slower = [each for each in missed if each.startswith("requests/s")]
    decided = [each for each in missed if each not in slower] if bound else missed
    if decided:
        verdict = "not reached: " + ", ".join(decided)
    elif slower:
        verdict = "met: client-bound, CPU decides"
    else:
        verdict = "met"
    return {
        "row": title, "better": better, "clientBound": bound, "verdict": verdict,
        "checks": [{"name": n, "ratio": v, "target": t} for n, v, t, _ in checks],
    }


def number(value, digits=2):
    return "" if value is None else f"{value:,.{digits}f}"


def verdicts(figures, suffix):
    lines = [
        "| row | requests/s against the better nginx | CPU/request against nginx | … against h2o | … against the bare system calls | p99 against it | client's core | verdict |",
        "|---|---|---|---|---|---|---|---|",
    ]
    compared = [(row, compare(figures, row, suffix)) for row in TARGETS]
    for row, each in compared:
        if each is None:
            continue
        rate, nginx, h2o, p99, bare = each["checks"]
        cells = [
            each["row"],
            f"{number(rate['ratio'])} (≥ {number(rate['target'])})",
            f"{number(nginx['ratio'])} (≤ {number(nginx['target'])})",
            number(h2o["ratio"]) + (f" (≤ {number(h2o['target'])})" if h2o["target"] else ""),
            number(bare["ratio"]),
            number(p99["ratio"]),
            f"{figures.median(row + suffix, 'tercet', 'clientCoreBusy'):.0%}" + (", client-bound" if each["clientBound"] else ""),
            each["verdict"],
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return lines, [each for _, each in compared if each]


def alone(figures):
    """The two rows that are held against a number, not against a peer."""
    lines = []
    memory = figures.median("idle", "tercet", "memoryMiB")
    if memory is not None:
        each = figures.median("idle", "tercet", "bytesPerConnection")
        held = figures.median("idle", "tercet", "connections")
        met = memory <= IDLE_MIB_MAX and each <= IDLE_BYTES_MAX and held >= 10_000
        lines.append(
            f"- {held:,.0f} idle connections: {each:,.0f} bytes each (≤ {IDLE_BYTES_MAX:,}), "
            f"{memory:.1f} MiB in all (≤ {IDLE_MIB_MAX}): {'met' if met else 'not reached'}")
    millis = figures.median("start", "tercet", "millis")
    if millis is not None:
        least, most = figures.all["start"]["tercet"][0]["least"], figures.all["start"]["tercet"][0]["most"]
        met = millis <= START_MILLIS_MAX
        lines.append(
            f"- start to first answer with the AOT cache: {millis:.0f} ms, {least:.0f} to {most:.0f} "
            f"(≤ {START_MILLIS_MAX}): {'met' if met else 'not reached'}")
    return lines


def measured(figures, row, suffix, named):
    row_figures = figures.all.get(row + suffix)
    if not row_figures:
        return []
    lines = [
        "", f"### {TARGETS[row][0]}", "",
        "| server | requests/s, median | least to most | CPU µs/request | p99 ms | client's core | errors |",
        "|---|---|---|---|---|---|---|",
    ]
    for server in row_figures:
        def of(name, server=server):
            return figures.median(row + suffix, server, name)
        least, most = figures.spread(row + suffix, server, "requestsPerSecond")
        errors = sum(each["errors"] for each in row_figures[server])
        lines.append(
            f"| {named.get(server, server)} | {number(of('requestsPerSecond'), 0)} | {number(least, 0)} to {number(most, 0)} "
            f"| {number(of('processorMicros'), 1)} | {number(of('p99Micros') / 1000)} "
            f"| {of('clientCoreBusy'):.0%} | {errors} |")
    return lines


def alone_measured(figures, named):
    lines = []
    if "idle" in figures.all:
        lines += ["", "### Idle connections", "", "| server | connections held | bytes each | MiB in all |", "|---|---|---|---|"]
        for server in figures.all["idle"]:
            connections, each, memory = (figures.median("idle", server, name) for name in ("connections", "bytesPerConnection", "memoryMiB"))
            lines.append(f"| {named.get(server, server)} | {connections:,.0f} | {each:,.0f} | {memory:.1f} |")
    if "start" in figures.all:
        lines += ["", "### Start to first answer", "", "| server | ms, median | least to most |", "|---|---|---|"]
        for server, (each, *_) in figures.all["start"].items():
            lines.append(f"| {named.get(server, server)} | {each['millis']:.0f} | {each['least']:.0f} to {each['most']:.0f} |")
    return lines


def noise(figures):
    others = [each["othersBusy"] for row in figures.all.values() for rounds in row.values() for each in rounds if "othersBusy" in each]
    if not others:
        return []
    return [
        f"Other programs used {statistics.median(others):.0%} of a core in the median round and {max(others):.0%} in the worst. "
        "CPU time per request hardly depends on that; requests per second and p99 do."]


def main():
    machine_path, figures_path, result = sys.argv[1:]
    with open(machine_path) as lines:
        machine = dict(line.rstrip("\n").split("\t", 1) for line in lines)
    named = {key.removeprefix("named "): value for key, value in machine.items() if key.startswith("named ")}
    about = {key: value for key, value in machine.items() if not key.startswith("named ")}
    figures = Figures(figures_path)
    table, rows = verdicts(figures, "")
    logged_table, logged_rows = verdicts(figures, "-log")
    text = ["# HTTP: http-raw-server beside its peers", ""]
    text += [f"- {key}: {value}" for key, value in about.items()]
    text += ["", *noise(figures), "", "## Verdict", "", *table, "", *alone(figures)]
    if logged_rows:
        text += ["", "## Verdict with an access log on for all", "", *logged_table]
    text += ["", "## Measured"]
    for row in TARGETS:
        text += measured(figures, row, "", named)
    text += alone_measured(figures, named)
    if logged_rows:
        text += ["", "## Measured with an access log on for all"]
        for row in TARGETS:
            text += measured(figures, row, "-log", named)
    with open(result + ".md", "w") as page:
        page.write("\n".join(text) + "\n")
    with open(result + ".json", "w") as page:
        json.dump({"machine": about, "verdicts": rows, "withAccessLog": logged_rows, "figures": figures.all}, page, indent=1)
        page.write("\n")
    print("\n".join(["", *table, "", *alone(figures), *(["", "With an access log on for all:", "", *logged_table] if logged_rows else [])]))


if __name__ == "__main__":
    main()
