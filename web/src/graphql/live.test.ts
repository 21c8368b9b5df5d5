import { afterEach, beforeEach, expect, it, vi } from "vitest";

vi.mock("./session", () => ({
  liveToken: () => Promise.resolve("token"),
  refreshSession: vi.fn(() => Promise.resolve({ kind: "nobody", hasLeft: false })),
}));

/** A socket whose other side is the test. */
class FakeSocket {
  static readonly OPEN = 1;
  static all: FakeSocket[] = [];
  readonly OPEN = 1;
  readyState = 0;
  sent: { type: string; id?: string }[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  constructor(readonly url: string) {
    FakeSocket.all.push(this);
  }
  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  close(): void {
    this.readyState = 3;
  }
  accept(): void {
    this.readyState = 1;
    this.onopen?.();
    this.say({ type: "connection_ack" });
  }
  say(message: object): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

const body = { query: "subscription { notificationAdded { unreadCount } }" } as never;

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetModules();
  FakeSocket.all = [];
  vi.stubGlobal("WebSocket", FakeSocket);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("begins once it is let in, hands on what it hears, and leaves with the last", async () => {
  const { subscribe, isLive } = await import("./live");
  const sink = { next: vi.fn(), error: vi.fn(), complete: vi.fn() };
  const end = subscribe(body, sink);
  await vi.advanceTimersByTimeAsync(0);
  const socket = FakeSocket.all[0];
  expect(isLive()).toBe(false);
  socket?.accept();
  expect(isLive()).toBe(true);
  expect(socket?.sent.map((one) => one.type)).toEqual(["connection_init", "subscribe"]);
  socket?.say({ id: "1", type: "next", payload: { data: { ok: true } } });
  socket?.say({ type: "ping" });
  expect(sink.next).toHaveBeenCalledWith({ data: { ok: true } });
  expect(socket?.sent.at(-1)).toEqual({ type: "pong" });
  end();
  expect(isLive()).toBe(false);
  expect(socket?.readyState).toBe(3);
});

it("comes back after a loss, waiting longer each time, and says that it does", async () => {
  const { subscribe, onReturn } = await import("./live");
  const returned = vi.fn();
  onReturn(returned);
  subscribe(body, { next: vi.fn(), error: vi.fn(), complete: vi.fn() });
  await vi.advanceTimersByTimeAsync(0);
  FakeSocket.all[0]?.accept();
  expect(returned).not.toHaveBeenCalled();
  FakeSocket.all[0]?.onclose?.({ code: 1006 });
  await vi.advanceTimersByTimeAsync(1_000);
  FakeSocket.all[1]?.onclose?.({ code: 1006 });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(FakeSocket.all).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(FakeSocket.all).toHaveLength(3);
  FakeSocket.all[2]?.accept();
  expect(returned).toHaveBeenCalledOnce();
  expect(FakeSocket.all[2]?.sent.map((one) => one.type)).toEqual(["connection_init", "subscribe"]);
});
