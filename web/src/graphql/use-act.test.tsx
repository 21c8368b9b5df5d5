import { act, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { type Client, Provider } from "urql";
import { fromValue } from "wonka";
import { describe, expect, it } from "vitest";
import { graphql } from "./graphql";
import { useKeyedAct } from "./use-act";

const Archive = graphql(`
  mutation Archive($input: ArchiveTaskInput!) {
    archiveTask(input: $input) {
      userErrors {
        code
        path
        message
      }
    }
  }
`);

/** Sends to a server that answers as told, and keeps the keys that came. */
function run(...answers: ("nothing" | "done")[]) {
  const keys: unknown[] = [];
  const client = {
    executeMutation: ({ variables }: { variables: { input: { idempotencyKey: unknown } } }) => {
      keys.push(variables.input.idempotencyKey);
      const isDone = answers[keys.length - 1] === "done";
      return fromValue({ data: isDone ? { archiveTask: { userErrors: [] } } : undefined });
    },
  } as unknown as Client;
  const wrapper = ({ children }: { children: ReactNode }) => (
    <Provider value={client}>{children}</Provider>
  );
  const { result } = renderHook(() => useKeyedAct(Archive, (data) => data.archiveTask), {
    wrapper,
  });
  const send = async (reason: string) => {
    let kind = "";
    await act(async () => {
      kind = (await result.current({ taskId: "2025-17", expectedVersion: 1, reason })).kind;
    });
    return kind;
  };
  return { keys, send };
}

describe("useKeyedAct", () => {
  it("sends the same key again only when nothing came back and the same is sent", async () => {
    const { keys, send } = run("nothing", "done", "done", "nothing", "nothing");
    expect(await send("一")).toBe("failed");
    expect(await send("一")).toBe("done");
    await send("一");
    await send("二");
    await send("三");
    expect(keys[0]).toMatch(/^[\da-f]{32}$/);
    expect(keys[1]).toBe(keys[0]);
    expect(new Set(keys).size).toBe(4);
  });
});
