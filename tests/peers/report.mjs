// What was measured, as a table in Markdown.
const round = (value, digits = 0) => value.toLocaleString("en-US", { maximumFractionDigits: digits });
const times = (value) => round(value, value >= 10 ? 0 : value >= 1 ? 1 : 3);

/** The middle one. */
export function median(values) {
  const ordered = values.toSorted((one, other) => one - other);
  const middle = Math.floor(ordered.length / 2);
  return ordered.length % 2 === 1 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2;
}

/** One row out of the rounds of a server: the median of each column. */
export function summary(rounds) {
  const of = (name) => median(rounds.map((one) => one[name]));
  const names = ["rate", "p50", "p99", "size", "own", "base"];
  return Object.fromEntries(names.map((name) => [name, of(name)]));
}

const line = (cells) => `| ${cells.join(" | ")} |`;

/** Requests a second of each server, and the ratios of Duban to the others. */
export function rates(servers, rows) {
  const names = servers.map((one) => one.key);
  const has = (key) => names.includes(key);
  const ratios = [
    ["duban", "peer", "Duban ÷ PostGraphile"],
    ["bare", "peer", "nothing remembered ÷ PostGraphile"],
    ["duban", "plain", "Duban ÷ plain"],
    ["cached", "peer", "cached ÷ PostGraphile"],
    ["cached", "plain", "cached ÷ plain"],
  ];
  const shown = ratios.filter(([one, other]) => has(one) && has(other));
  const lines = [
    line(["requests/s", ...servers.map((one) => one.title), ...shown.map(([, , title]) => title)]),
    line(["---", ...servers.map(() => "---:"), ...shown.map(() => "---:")]),
  ];
  for (const { title, found } of rows) {
    const rate = (key) => (found[key] ? round(found[key].rate) : "–");
    const ratio = (one, other) => (found[one] && found[other] ? times(found[one].rate / found[other].rate) : "–");
    lines.push(line([title, ...names.map(rate), ...shown.map(([one, other]) => ratio(one, other))]));
  }
  return lines.join("\n");
}

function table(title, servers, rows, shown) {
  const lines = [
    line([title, ...servers.map((one) => one.title)]),
    line(["---", ...servers.map(() => "---:")]),
  ];
  for (const { title: name, found } of rows) {
    lines.push(line([name, ...servers.map(({ key }) => (found[key] ? shown(found[key]) : "–"))]));
  }
  return lines.join("\n");
}

/** Milliseconds of half and of 99 in a hundred requests, and bytes of an answer with its head. */
export const latencies = (servers, rows) =>
  table("p50 / p99 in ms, bytes", servers, rows, ({ p50, p99, size }) =>
    [`${round(p50, 1)} / ${round(p99, 1)}`, round(size)].join(", "),
  );

/** Milliseconds of processor for a request: of the server, and of its connections to PostgreSQL. */
export const costs = (servers, rows) =>
  table("server + PostgreSQL, ms of processor", servers, rows, ({ own, base }) =>
    [own, base].map((one) => round(one, 2)).join(" + "),
  );

/** MiB that each server held after the load. */
export function memory(servers) {
  return [
    line(["resident, MiB", ...servers.map((one) => one.title)]),
    line(["---", ...servers.map(() => "---:")]),
    line(["after the load", ...servers.map((one) => round(one.resident / 1024))]),
  ].join("\n");
}
