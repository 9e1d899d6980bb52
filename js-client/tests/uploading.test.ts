/** Sending files: one request each, progress over all, what follows, failures, cancelling. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { keepFiles } from "../src/files.ts";
import { cancelUpload, sendFiles } from "../src/library/uploading.ts";

/** A request that the test answers. */
class FakeRequest {
  static all: FakeRequest[] = [];
  upload: { onprogress?: (event: { loaded: number }) => void } = {};
  onload = () => {};
  onerror = () => {};
  onabort = () => {};
  status = 0;
  responseText = "";
  headers: Record<string, string> = {};
  address = "";
  body: unknown;

  open(method: string, address: string) {
    this.address = `${method} ${address}`;
  }
  setRequestHeader(name: string, value: string) {
    this.headers[name] = value;
  }
  send(body: unknown) {
    this.body = body;
    FakeRequest.all.push(this);
  }
  abort() {
    this.onabort();
  }
  answer(status: number, body: unknown) {
    Object.assign(this, { status, responseText: JSON.stringify(body) });
    this.onload();
  }
}

/** The request of that number, once it was made. */
const request = (number: number) =>
  vi.waitFor(() => {
    const made = FakeRequest.all[number];
    if (!made) throw new Error(`there is no request ${number}`);
    return made;
  });

beforeEach(() => {
  FakeRequest.all = [];
  vi.stubGlobal("XMLHttpRequest", FakeRequest);
  document.body.innerHTML = `<script type="application/json" id="ferroflex">
    {"base": "/app"}</script>`;
  sessionStorage.setItem("ferroflex:token:/app", "token");
  keepFiles("u", [new File(["1234"], "a.txt", { type: "text/plain" }), new File(["56"], "b")]);
});

afterEach(() => keepFiles("u", []));

test("each file has a request; then the handler is told of all", async () => {
  const [callback, on_progress] = [vi.fn(), vi.fn()];
  const sending = sendFiles({ upload: "u", callback, on_progress });
  const first = await request(0);
  expect(first.address).toBe("POST /app/_upload");
  expect(first.headers["x-ferroflex-token"]).toBe("token");
  first.upload.onprogress?.({ loaded: 3 });
  expect(on_progress).toHaveBeenLastCalledWith({ loaded: 3, total: 6, progress: 0.5 });
  first.answer(200, { key: "k1" });
  const second = await request(1);
  second.upload.onprogress?.({ loaded: 2 });
  expect(on_progress).toHaveBeenLastCalledWith({ loaded: 6, total: 6, progress: 1 });
  expect(callback).not.toHaveBeenCalled();
  second.answer(200, { key: "k2" });
  await sending;
  expect(callback).toHaveBeenCalledWith([
    { key: "k1", path: "a.txt", size: 4, content_type: "text/plain" },
    { key: "k2", path: "b", size: 2, content_type: "" },
  ]);
});

test("what the server refuses is an error, and nothing follows", async () => {
  const callback = vi.fn();
  const sending = sendFiles({ upload: "u", callback });
  (await request(0)).answer(413, { error: "too large" });
  await expect(sending).rejects.toThrow("a.txt: too large");
  expect(callback).not.toHaveBeenCalled();
});

test("a cancelled upload ends quietly, and can be sent again", async () => {
  const callback = vi.fn();
  const sending = sendFiles({ upload: "u", callback });
  await request(0);
  cancelUpload("u");
  await sending;
  expect(callback).not.toHaveBeenCalled();
  void sendFiles({ upload: "u", callback });
  await request(1);
  cancelUpload("u");
});

test("without files nothing is sent and nothing follows", async () => {
  const callback = vi.fn();
  await sendFiles({ upload: "nothing", callback });
  expect(FakeRequest.all).toEqual([]);
  expect(callback).not.toHaveBeenCalled();
});
