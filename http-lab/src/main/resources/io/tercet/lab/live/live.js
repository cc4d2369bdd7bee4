// Asks for the figures each second and draws what changed. Everything is text: nothing is ever read as HTML.
"use strict";

const SECONDS = 120;
const SVG = "http://www.w3.org/2000/svg";
const CHARTS = [
  { name: "Requests", unit: "per second", of: (now, before) => per(now, before, "requests") },
  { name: "Processor time", unit: "µs per request", of: cpuPerRequest },
  { name: "50 % are answered within", unit: "ms", of: within(0.5), lacks: timesLack },
  { name: "99 % are answered within", unit: "ms", of: within(0.99), lacks: timesLack },
  { name: "99.9 % are answered within", unit: "ms", of: within(0.999), lacks: timesLack },
  { name: "Connections", unit: "open", of: (now) => now.connections },
  { name: "Threads", unit: "of the system", of: (now) => now.threads },
  { name: "Descriptors", unit: "open", of: (now) => now.descriptors },
  { name: "Memory", unit: "MiB", of: (now) => now.memoryKib / 1024 },
  { name: "Threads each", unit: "per connection", of: (now) => each(now, "threads") },
  { name: "Descriptors each", unit: "per connection", of: (now) => each(now, "descriptors") },
  { name: "Memory each", unit: "KiB per connection", of: (now) => each(now, "memoryKib") },
];

const history = [];
const drawn = CHARTS.map(chart);
let before = null;

function per(now, earlier, key) {
  return (now[key] - earlier[key]) * 1000 / (now.timeMillis - earlier.timeMillis);
}

function cpuPerRequest(now, earlier) {
  const requests = now.requests - earlier.requests;
  return requests > 0 ? (now.cpuMillis - earlier.cpuMillis) * 1000 / requests : NaN;
}

// In milliseconds, of what was answered between two looks. What is told counts since the start.
function within(share) {
  return (now, earlier) => {
    if (now.times === null || earlier.times === null) {
      return NaN;
    }
    const had = new Map(earlier.times);
    const since = now.times.map(([micros, count]) => [micros, count - (had.get(micros) ?? 0)]);
    const rank = Math.ceil(share * since.reduce((sum, [, count]) => sum + count, 0));
    let left = rank;
    for (const [micros, count] of since) {
      left -= count;
      if (rank > 0 && left <= 0) {
        return micros / 1000;
      }
    }
    return NaN;
  };
}

function timesLack(now) {
  return now.times === null ? "not measured in worker processes" : null;
}

function each(now, key) {
  return now.connections > 0 ? Math.max(0, now[key] - now.idle[key]) / now.connections : NaN;
}

function chart({ name, unit }) {
  const figure = document.createElement("figure");
  const caption = document.createElement("figcaption");
  const value = document.createElement("b");
  const svg = document.createElementNS(SVG, "svg");
  const scale = document.createElement("small");
  svg.setAttribute("viewBox", `0 0 ${SECONDS - 1} 100`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", `${name}, ${unit}`);
  caption.append(`${name}, ${unit}`, value);
  figure.append(caption, svg, scale);
  document.getElementById("charts").append(figure);
  return { value, svg, scale };
}

function draw(index, now) {
  const { value, svg, scale } = drawn[index];
  const points = history.map((entry, i) => ({
    x: SECONDS - history.length + i,
    y: entry.values[index],
    model: entry.model,
  }));
  const largest = Math.max(...points.map((point) => point.y).filter(Number.isFinite), 0);
  const lines = [];
  let line = null;
  for (const point of points) {
    if (!Number.isFinite(point.y)) {
      line = null;
      continue;
    }
    const at = `${point.x},${largest > 0 ? 98 - (point.y / largest) * 94 : 98}`;
    if (line === null || line.model !== point.model) {
      line = { model: point.model, at: line === null ? [] : [line.at.at(-1)] };
      lines.push(line);
    }
    line.at.push(at);
  }
  svg.replaceChildren(...lines.map(({ model, at }) => {
    const element = document.createElementNS(SVG, "polyline");
    element.setAttribute("points", at.join(" "));
    element.classList.add(model);
    return element;
  }));
  value.textContent = figure(points.at(-1).y);
  scale.textContent = CHARTS[index].lacks?.(now) ?? `up to ${figure(largest)}`;
}

function figure(value) {
  if (!Number.isFinite(value)) {
    return "–";
  }
  return value.toLocaleString("en", { maximumFractionDigits: value < 10 && value % 1 !== 0 ? 2 : value < 100 ? 1 : 0 });
}

function states(now) {
  const all = Object.entries(now.states).concat([["queue overflows", now.overflows], ["dropped", now.drops]]);
  document.getElementById("states").replaceChildren(...all.map(([name, count]) => {
    const entry = document.createElement("div");
    const term = document.createElement("dt");
    const value = document.createElement("dd");
    term.textContent = name;
    value.textContent = figure(count);
    entry.append(term, value);
    return entry;
  }));
}

function choices(now) {
  document.getElementById("swap").hidden = now.models.length < 2;
  const group = document.getElementById("models");
  if (group.childElementCount !== now.models.length) {
    group.replaceChildren(...now.models.map((model) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = model;
      button.classList.add(model);
      button.addEventListener("click", () => swap(model));
      return button;
    }));
  }
  for (const button of group.children) {
    button.setAttribute("aria-pressed", String(button.textContent === now.model));
  }
}

async function swap(model) {
  const said = document.getElementById("said");
  said.textContent = `asking for ${model} …`;
  try {
    const answer = await fetch(`../model?name=${encodeURIComponent(model)}`, {
      method: "POST",
      headers: { Authorization: `Bearer ${document.getElementById("token").value}` },
    });
    said.textContent = answer.ok ? `new connections go to ${model}; those that are open end where they began` : `refused: ${await reason(answer)}`;
  } catch {
    said.textContent = "the server does not answer";
  }
}

async function reason(answer) {
  try {
    const problem = await answer.json();
    return problem.detail ?? problem.title ?? String(answer.status);
  } catch {
    return String(answer.status);
  }
}

async function tick() {
  const trouble = document.getElementById("trouble");
  try {
    const answer = await fetch("figures", { cache: "no-store", signal: AbortSignal.timeout(5000) });
    if (!answer.ok) {
      throw new Error(String(answer.status));
    }
    const now = await answer.json();
    trouble.textContent = "";
    const model = document.getElementById("model");
    model.textContent = now.model;
    model.className = now.model;
    states(now);
    choices(now);
    if (before !== null && now.timeMillis > before.timeMillis) {
      history.push({ model: now.model, values: CHARTS.map((chart) => chart.of(now, before)) });
      history.splice(0, history.length - SECONDS);
      CHARTS.forEach((_, index) => draw(index, now));
    }
    before = now;
  } catch {
    trouble.textContent = "The server does not answer; trying again.";
  }
  setTimeout(tick, 1000);
}

tick();
