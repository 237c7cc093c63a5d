import assert from "node:assert/strict";

import {
  architectureOf,
  instanceType,
  instanceTypesData,
  instanceTypesFile,
  knownInstanceTypes,
  mayBeNewer,
} from "../../../../fleet/aws/instance-types";
import { SIZES } from "../../../../fleet/management/sizes";
import { daysBetween } from "../../../../fleet/dates";
import { DATA_MAX_AGE_DAYS } from "../../../../fleet/versions";

describe("the machine types of EC2", () => {
  it(`were checked within ${DATA_MAX_AGE_DAYS} days`, () => {
    const { dated, sources } = instanceTypesData;
    const age = -daysBetween(new Date(), dated);
    const remedy =
      "Compare fleet/aws/data/instance-types.json with its source and date it: docs/cost.md, Keeping it fresh";
    assert.ok(age <= DATA_MAX_AGE_DAYS, `the machine types were last checked ${age} days ago. ${remedy}`);
    assert.ok(age >= -1, `the machine types are dated in the future: ${dated}`);
    assert.ok(Object.values(sources).every(({ says }) => says <= dated));
  });

  it("have processors, memory and architecture", () => {
    assert.deepEqual(instanceType("m7i.large"), {
      name: "m7i.large",
      family: "m7i",
      vcpus: 2,
      memoryGiB: 8,
      architecture: "amd64",
    });
    assert.equal(instanceType("r8g.metal-24xl")?.memoryGiB, 768);
    assert.equal(instanceType("m7i.lagre"), undefined);
  });

  it("hold those that management clusters are made of", () => {
    const used = Object.values(SIZES).flatMap(({ instanceTypes }) => instanceTypes);
    assert.deepEqual(
      used.filter((name) => instanceType(name) === undefined),
      [],
    );
  });

  it("stand in a table that lists no family twice", () => {
    const [first] = instanceTypesData.types.families;
    const twice = { ...instanceTypesData, types: { sources: ["ec2"], families: [first, first] } };
    assert.deepEqual(
      instanceTypesFile.safeParse(twice).error?.issues.map(({ message }) => message),
      ["list a family twice"],
    );
  });
});

describe("the architecture of a machine type", () => {
  it("follows from its name, as the table confirms for every type that it has", () => {
    for (const name of knownInstanceTypes()) {
      // A size that nobody has: so the table does not know the type, and the rule has to tell.
      const [family] = name.split(".");
      assert.equal(architectureOf(`${family}.rule`), instanceType(name)?.architecture, name);
    }
  });

  it("is arm64 for Graviton alone: the letter g behind the generation, or a1", () => {
    const graviton = ["m9g.large", "c9gn.large", "t5g.micro", "g5g.xlarge", "a1.huge", "im4gn.large"];
    const others = ["g6.xlarge", "g4dn.xlarge", "m9i.large", "hpc7a.96xlarge", "gr7.4xlarge", ""];
    assert.deepEqual(
      graviton.filter((name) => architectureOf(name) !== "arm64"),
      [],
    );
    assert.deepEqual(
      others.filter((name) => architectureOf(name) !== "amd64"),
      [],
    );
  });
});

describe("a machine type that the table lacks", () => {
  it("may be newer than the table where its generation is, and only there", () => {
    assert.deepEqual(["m9i.large", "c9gd.metal-24xl", "t5.micro"].filter(mayBeNewer).length, 3);
    assert.deepEqual(["m7i.lagre", "m7x.large", "zz1.large", "m9i", "large", "m-large.m9"].filter(mayBeNewer), []);
  });
});
