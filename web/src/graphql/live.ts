import type { ExecutionResult } from "@urql/core";
import { isUnknown, type RequestBody as Body, withoutText } from "./documents";
import { liveToken, refreshSession } from "./session";

/** Where the answers of one subscription go. */
export interface Sink {
  readonly next: (result: ExecutionResult) => void;
  readonly error: (error: unknown) => void;
  readonly complete: () => void;
}

interface Running {
  readonly body: Body;
  /** Whether the server does not know the document by its id. */
  readonly isByText?: boolean;
  readonly sink: Sink;
}

type Said = {
  readonly type: string;
  readonly id?: string;
  readonly payload?: unknown;
};

/** The right to hear has ended, or the session has. */
const FORBIDDEN = 4403;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

const running = new Map<string, Running>();
const listeners = new Set<() => void>();
let socket: WebSocket | null = null;
let isAcknowledged = false;
let wasAcknowledged = false;
let timer: ReturnType<typeof setTimeout> | undefined;
let wait = FIRST_WAIT_MS;
let last = 0;

/** Whether what happens is told at once; where not, one has to ask from time to time. */
export function isLive(): boolean {
  return isAcknowledged;
}

/** Calls back when the connection is there again after it was lost: something may have been missed. */
export function onReturn(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Begins a subscription over the one socket (graphql-transport-ws); returns the way to end it. */
export function subscribe(body: Body, sink: Sink): () => void {
  last += 1;
  const id = String(last);
  running.set(id, { body, sink });
  if (isAcknowledged) begin(id);
  else if (socket === null && timer === undefined) void open();
  return () => {
    if (!running.delete(id)) return;
    say({ id, type: "complete" });
    if (running.size === 0) leave();
  };
}

async function open(): Promise<void> {
  timer = undefined;
  const token = await liveToken().catch(() => null);
  if (running.size === 0 || socket !== null) return;
  if (token === null) {
    later();
    return;
  }
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  const opened = new WebSocket(`${scheme}//${location.host}/graphql/ws`, "graphql-transport-ws");
  socket = opened;
  opened.onopen = () => say({ type: "connection_init", payload: { token } });
  opened.onmessage = (event) => {
    if (socket === opened && typeof event.data === "string") hear(JSON.parse(event.data) as Said);
  };
  opened.onclose = (event) => {
    if (socket !== opened) return;
    socket = null;
    isAcknowledged = false;
    // A renewed session says whether there is still somebody who may hear.
    if (event.code === FORBIDDEN) refreshSession().catch(() => undefined);
    if (running.size > 0) later();
  };
}

function later(): void {
  clearTimeout(timer);
  timer = setTimeout(() => void open(), wait);
  wait = Math.min(wait * 2, LONGEST_WAIT_MS);
}

function leave(): void {
  clearTimeout(timer);
  timer = undefined;
  const closing = socket;
  socket = null;
  isAcknowledged = false;
  wasAcknowledged = false;
  closing?.close(1000);
}

function hear(said: Said): void {
  const one = said.id === undefined ? undefined : running.get(said.id);
  switch (said.type) {
    case "connection_ack":
      isAcknowledged = true;
      wait = FIRST_WAIT_MS;
      for (const id of running.keys()) begin(id);
      if (wasAcknowledged) for (const listener of listeners) listener();
      wasAcknowledged = true;
      return;
    case "ping":
      say({ type: "pong" });
      return;
    case "next":
      one?.sink.next(said.payload as ExecutionResult);
      return;
    case "error":
      if (one !== undefined && !one.isByText && isUnknown(JSON.stringify(said.payload))) {
        running.set(said.id ?? "", { ...one, isByText: true });
        begin(said.id ?? "");
        return;
      }
      one?.sink.error(said.payload);
      break;
    case "complete":
      one?.sink.complete();
      break;
    default:
      return;
  }
  if (said.id !== undefined) running.delete(said.id);
}

function begin(id: string): void {
  const one = running.get(id);
  if (one === undefined) return;
  const { query, operationName, variables } = one.body;
  const body = { query, operationName, variables: variables ?? {} };
  const payload = (one.isByText === true ? null : withoutText(body)) ?? body;
  say({ id, type: "subscribe", payload });
}

function say(message: object): void {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
}
