// Puts load on a server with wrk: the same request again and again, or one that differs each time.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CONNECTIONS, THREADS } from "./settings.mjs";
import { run } from "./processes.mjs";

/** What wrk writes at the end of a load, as JSON on a line of its own. */
const DONE = `
function done(summary, latency)
  local bad, first = 0, ""
  for _, one in ipairs(threads) do
    bad = bad + one:get("bad")
    if one:get("first") ~= "" then first = one:get("first") end
  end
  local e = summary.errors
  io.write(string.format("\\n@{\\"requests\\":%d,\\"micros\\":%d,\\"bytes\\":%d,\\"failed\\":%d,\\"bad\\":%d,",
    summary.requests, summary.duration, summary.bytes, e.connect + e.read + e.write + e.status + e.timeout, bad))
  io.write(string.format("\\"p50\\":%d,\\"p99\\":%d}\\n", latency:percentile(50), latency:percentile(99)))
  if first ~= "" then io.write("#" .. first .. "\\n") end
end
`;

const SETUP = `
threads = {}
function setup(thread)
  thread:set("bad", 0)
  thread:set("first", "")
  table.insert(threads, thread)
end
`;

/** Text as Lua writes it. */
const quoted = (text) => `[====[${text}]====]`;

function head({ headers }) {
  const lines = Object.entries(headers).map(([name, value]) => `wrk.headers["${name}"] = ${quoted(value)}`);
  return ['wrk.method = "POST"', ...lines].join("\n");
}

/** A script that sends one body. */
export function same(request) {
  return `${head(request)}\nwrk.body = ${quoted(request.body)}\n${SETUP}${DONE}`;
}

/**
 * A script that sends another body each time: `body` is an expression of Lua that makes it of the number `n`,
 * counted from `from` on, by one thread; `lua` is what it needs. An answer without `expected` in it is bad.
 */
export function differing({ headers, lua, body, expected }, from) {
  return `${head({ headers })}
${SETUP}${lua}
n = ${from}
function request()
  n = n + 1
  return wrk.format(nil, nil, nil, ${body})
end
function response(status, _, body)
  if status ~= 200 or not string.find(body, ${quoted(expected)}, 1, true) then
    bad = bad + 1
    first = string.sub(status .. " " .. body, 1, 400)
  end
end
${DONE}`;
}

/** Lets wrk send for so many seconds; what it measured. Any request that failed is an error. */
export async function load(folder, url, script, seconds, threads = THREADS) {
  const file = join(folder, "load.lua");
  await writeFile(file, script);
  const count = [`-c${CONNECTIONS}`, `-t${Math.min(threads, CONNECTIONS)}`, `-d${seconds}s`];
  const said = await run(["wrk", ...count, "--timeout", "10s", "-s", file, url]);
  const found = /^@(\{.*\})$/m.exec(said);
  if (found === null) throw new Error(`wrk says nothing that is understood:\n${said}`);
  const { requests, micros, bytes, failed, bad, p50, p99 } = JSON.parse(found[1]);
  if (failed > 0 || bad > 0) throw new Error(`${url}: requests failed:\n${said}`);
  return {
    requests,
    rate: requests / (micros / 1e6),
    size: bytes / requests,
    p50: p50 / 1000,
    p99: p99 / 1000,
  };
}
