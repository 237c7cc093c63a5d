import * as assert from "node:assert/strict";
import { type JsonObject } from "../../sandbox/plugins/grpc/json";
import { parseWaitFor, unmet } from "../../sandbox/plugins/kubernetes/wait-for";

function missing(annotation: string, object: JsonObject): (string | undefined)[] {
  return parseWaitFor(annotation).map((expectation) => unmet(expectation, object));
}

function withCondition(condition: JsonObject, generation = 2): JsonObject {
  return { metadata: { generation }, status: { conditions: [condition] } };
}

describe("pulumi.com/waitFor", () => {
  describe("condition=", () => {
    it("holds when the condition is True", () => {
      assert.deepEqual(missing("condition=Ready", withCondition({ type: "Ready", status: "True" })), [undefined]);
    });

    it("compares names and values whatever their case", () => {
      assert.deepEqual(missing("condition=ready=true", withCondition({ type: "Ready", status: "True" })), [undefined]);
    });

    it("holds for another value when that is asked for", () => {
      assert.deepEqual(missing("condition=Paused=False", withCondition({ type: "Paused", status: "False" })), [
        undefined,
      ]);
    });

    it("says the reason and message of a condition that does not hold", () => {
      const object = withCondition({ type: "Ready", status: "False", reason: "Waiting", message: "for machines" });
      assert.deepEqual(missing("condition=Ready", object), [
        "condition Ready is False, not True (Waiting: for machines)",
      ]);
    });

    it("does not hold before the condition is reported", () => {
      assert.deepEqual(missing("condition=Ready", {}), ["condition Ready is not reported yet"]);
    });

    it("does not hold while it is about an older generation", () => {
      const object = withCondition({ type: "Ready", status: "True", observedGeneration: 1 });
      assert.deepEqual(missing("condition=Ready", object), ["condition Ready is about generation 1, not 2 yet"]);
    });

    it("looks at status.observedGeneration where the condition has none", () => {
      const object = { ...withCondition({ type: "Ready", status: "True" }) };
      object["status"] = { ...(object["status"] as JsonObject), observedGeneration: 1 };
      assert.deepEqual(missing("condition=Ready", object), ["condition Ready is about generation 1, not 2 yet"]);
    });
  });

  describe("jsonpath=", () => {
    const object = {
      metadata: { annotations: { "a.b/c": "x" } },
      status: {
        phase: "Provisioned",
        ready: true,
        nodes: [
          { name: "a", ip: "1" },
          { name: "b", ip: "2" },
        ],
      },
    };
    const holds: string[] = [
      "jsonpath={.status.phase}=Provisioned",
      "jsonpath={.status.phase}='Provisioned'",
      "jsonpath=.status.phase=Provisioned",
      "jsonpath={$.status.phase}",
      "jsonpath={.status.ready}=true",
      "jsonpath={.status.nodes[0].ip}=1",
      "jsonpath={.status.nodes[-1].ip}=2",
      'jsonpath={.status.nodes[?(@.name=="b")].ip}=2',
      "jsonpath={.metadata.annotations['a.b/c']}=x",
      "jsonpath={.metadata.annotations.a\\.b/c}=x",
      "jsonpath={.status.nodes[*].name}",
    ];
    for (const annotation of holds) {
      it(`holds: ${annotation}`, () => assert.deepEqual(missing(annotation, object), [undefined]));
    }

    it("says the value that is there instead", () => {
      assert.deepEqual(missing("jsonpath={.status.phase}=Running", object), [
        "{.status.phase} is Provisioned, not Running",
      ]);
    });

    it("does not hold for several values against one", () => {
      assert.deepEqual(missing("jsonpath={.status.nodes[*].name}=a", object), [
        "{.status.nodes[*].name} is a, b, not a",
      ]);
    });

    it("does not hold while there is no value", () => {
      assert.deepEqual(missing("jsonpath={.status.other}", object), ["{.status.other} has no value yet"]);
    });

    it("refuses what it does not know, with the place", () => {
      assert.throws(() => parseWaitFor("jsonpath={.status..phase}"), {
        message:
          'pulumi.com/waitFor: jsonpath {.status..phase}: not supported from "..phase" on (supported: names, [index], ' +
          '[*], [?(@.name=="value")])',
      });
    });
  });

  it("takes a JSON list, of which all must hold", () => {
    const object = withCondition({ type: "Ready", status: "True" });
    assert.deepEqual(missing('["condition=Ready", "jsonpath={.status.phase}=Up"]', object), [
      undefined,
      "{.status.phase} has no value yet",
    ]);
  });

  for (const annotation of ["Ready", "condition=", "jsonpath=", "condition=A=B=C"]) {
    it(`refuses "${annotation}"`, () => {
      assert.throws(() => parseWaitFor(annotation), {
        message:
          `pulumi.com/waitFor: "${annotation}" must be condition=Type, condition=Type=Status, jsonpath={.path}, ` +
          "jsonpath={.path}=value, or a JSON list of these",
      });
    });
  }

  for (const annotation of ["[]", "[1]", "[condition=Ready]"]) {
    it(`refuses the list ${annotation}`, () => {
      assert.throws(() => parseWaitFor(annotation), {
        message: `pulumi.com/waitFor: ${annotation}: a list must be a JSON list of one or more strings`,
      });
    });
  }
});
