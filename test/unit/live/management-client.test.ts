import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { inspect } from "node:util";

import { type KubeconfigSource, loadKubeconfig, messageOf } from "../../../live/management-client";
import { observe } from "../../../live/observe";

describe("the management cluster's kubeconfig", () => {
  let folder: string;
  before(() => (folder = mkdtempSync(path.join(tmpdir(), "kubeconfig-"))));
  after(() => rmSync(folder, { recursive: true }));

  const write = (port: number): string => {
    const file = path.join(folder, "kubeconfig");
    const cluster = { name: "c", cluster: { server: `https://127.0.0.1:${port}` } };
    const context = { name: "here", context: { cluster: "c", user: "u" } };
    const kubeconfig = {
      clusters: [cluster],
      contexts: [context],
      users: [{ name: "u", user: {} }],
      "current-context": "here",
    };
    writeFileSync(file, JSON.stringify(kubeconfig));
    return file;
  };

  it("that does not exist is named, with the remedy", () => {
    const file = path.join(folder, "nowhere");
    assert.throws(() => loadKubeconfig({ path: file }), {
      name: "ManagementClusterError",
      message:
        `management.path: no kubeconfig can be read at ${file} (ENOENT: no such file or directory, open '${file}'). ` +
        "Start the sandbox, or correct the path.",
    });
  });

  it("that cannot be read is never quoted: it holds credentials", () => {
    const contents = "users:\n- name: u\n  user:\n    token: 53CR37\n   bad: x\n";
    const file = path.join(folder, "broken");
    writeFileSync(file, contents);
    const shown = (source: KubeconfigSource) => {
      try {
        return inspect(loadKubeconfig(source));
      } catch (error) {
        return inspect(error);
      }
    };
    assert.match(
      shown({ path: file }),
      /no kubeconfig can be read at .*\(bad indentation of a mapping entry \(5:4\)\)/,
    );
    assert.match(shown({ contents }), /that the management cluster's stack tells cannot be read \(bad indentation/);
    assert.doesNotMatch(shown({ path: file }) + shown({ contents }), /53CR37/);
  });

  it("without the wanted context lists those it has", () => {
    assert.throws(() => loadKubeconfig({ path: write(1), context: "there" }), {
      message: 'management.context: the kubeconfig has no context of that name (got "there"). Write one of: here.',
    });
  });

  it("of a cluster that is down gives an error that names its address", async () => {
    const port = await freePort();
    await assert.rejects(observe({ source: { path: write(port) } }), (error: Error) => {
      assert.equal(error.name, "ManagementClusterError");
      assert.match(
        error.message,
        new RegExp(
          `^The management cluster at https://127.0.0.1:${port} does not answer \\(.+ECONNREFUSED.*\\)\\. Nothing was changed\\.`,
        ),
      );
      return true;
    });
  });

  it("of a server that never answers gives up after 5 s", async function () {
    this.timeout(15_000);
    const sockets: Socket[] = [];
    const silent = createServer((socket) => sockets.push(socket));
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const { port } = silent.address() as AddressInfo;
    try {
      await assert.rejects(observe({ source: { path: write(port) } }), /does not answer \(no answer within 5 s\)/);
    } finally {
      silent.close();
      sockets.forEach((socket) => socket.destroy());
    }
  });
});

describe("what an error says", () => {
  it("is what each address says where all of a host fail", async () => {
    const lookup = (_host: string, _options: object, done: (error: null, addresses: object[]) => void) =>
      done(
        null,
        ["127.0.0.1", "127.0.0.2"].map((address) => ({ address, family: 4 })),
      );
    const error = await new Promise((resolve) =>
      connect({ host: "two.example", port: 1, lookup: lookup as never }).on("error", resolve),
    );
    assert.equal(messageOf(error), "connect ECONNREFUSED 127.0.0.1:1; connect ECONNREFUSED 127.0.0.2:1");
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
