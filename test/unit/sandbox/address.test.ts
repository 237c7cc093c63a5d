import assert from "node:assert/strict";
import * as net from "node:net";

import { candidate, chooseAddress, probePort, type PortProbe } from "../../../sandbox/management/address";
import { choosePorts } from "../../../sandbox/management/ports";

const free: PortProbe = async () => "free";

describe("the address of a sandbox", () => {
  it("is a loopback address of its own, the same for the same folder", async () => {
    const address = await chooseAddress("/a/.sandbox", free);
    assert.match(address, /^127\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.\d+\.\d+$/);
    assert.equal(await chooseAddress("/a/.sandbox", free), address);
    assert.notEqual(await chooseAddress("/b/.sandbox", free), address);
  });

  it("is another one where the provider's ports are taken on the first", async () => {
    const first = candidate("/a", 0);
    const probe: PortProbe = async (address, port) => (address === first && port === 20003 ? "taken" : "free");
    assert.equal(await chooseAddress("/a", probe), candidate("/a", 1));
  });

  it("is 127.0.0.1 where the machine has no other", async () => {
    const probe: PortProbe = async (address) => (address === "127.0.0.1" ? "free" : "no such address");
    assert.equal(await chooseAddress("/a", probe), "127.0.0.1");
  });

  it("is refused with the port and the remedy where the only address is taken", async () => {
    const probe: PortProbe = async (address) => (address === "127.0.0.1" ? "taken" : "no such address");
    await assert.rejects(chooseAddress("/a", probe), {
      name: "SandboxProblem",
      message:
        "Port 19000 on 127.0.0.1 is taken. The in-memory Cluster API provider needs ports 19000 and 20000-30000, and " +
        "this machine offers no other loopback address. Stop what listens there: if it is another sandbox, run " +
        "`npm run sandbox down` in its folder.",
    });
  });

  it("sees a listener of another program", async () => {
    const server = net.createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as net.AddressInfo;
    assert.equal(await probePort("127.0.0.1", port), "taken");
    await new Promise((resolve) => server.close(resolve));
    assert.equal(await probePort("127.0.0.1", port), "free");
  });

  it("is not looked for beyond this machine", async () => {
    assert.equal(await probePort("192.0.2.1", 19000), "no such address");
  });
});

describe("the ports of a sandbox", () => {
  it("are all different", async () => {
    const ports = Object.values(await choosePorts("127.1.1.1", {}, new Set(), free));
    assert.equal(new Set(ports).size, ports.length);
  });

  it("move up by a hundred where one is taken", async () => {
    const probe: PortProbe = async (_address, port) => (port === 16443 || port === 16543 ? "taken" : "free");
    assert.equal((await choosePorts("127.1.1.1", {}, new Set(), probe))["kube-apiserver"], 16643);
  });

  it("stay what they were, as long as they are free", async () => {
    const had = { "kube-apiserver": 26443 };
    assert.equal((await choosePorts("127.1.1.1", had, new Set(), free))["kube-apiserver"], 26443);
    const taken: PortProbe = async (_address, port) => (port === 26443 ? "taken" : "free");
    assert.equal((await choosePorts("127.1.1.1", had, new Set(), taken))["kube-apiserver"], 26543);
  });

  it("are left to a process that listens on them already", async () => {
    const had = { "etcd-client": 12479, "etcd-peer": 12480 };
    const taken: PortProbe = async (_address, port) => (port === 12479 || port === 12480 ? "taken" : "free");
    const ports = await choosePorts("127.1.1.1", had, new Set(["etcd" as const]), taken);
    assert.deepEqual([ports["etcd-client"], ports["etcd-peer"]], [12479, 12480]);
  });

  it("are given up with a clear message where a whole row is taken", async () => {
    const probe: PortProbe = async (_address, port) => (port % 100 === 79 ? "taken" : "free");
    await assert.rejects(choosePorts("127.1.1.1", {}, new Set(), probe), {
      name: "SandboxProblem",
      message:
        "No free port for etcd-client on 127.1.1.1: 30 ports from 12379 in steps of 100 are taken. " +
        "Stop what listens there.",
    });
  });
});
