import { instanceType, knownInstanceTypes, mayBeNewer } from "../../aws/instance-types";
import { isOnAws } from "../../families";
import { nearest } from "../../suggest";
import { type Path } from "../path";
import { type Problem } from "../problems";
import { type ClusterDraft, clusterProblem } from "./draft";

/**
 * Machine types that EC2 does not have: its API would refuse them an hour later, machine by machine. A type of a newer
 * generation than the table knows is let through; another size of a family that it knows is not, for AWS adds none.
 */
export function instanceTypeProblems(cluster: ClusterDraft): Problem[] {
  const { class: family = "", controlPlane, workers = {} } = cluster.values;
  if (!isOnAws(family)) {
    return [];
  }
  const named: [Path, string | undefined][] = [
    [["controlPlane", "instanceType"], family === "aws-eks" ? undefined : controlPlane?.instanceType],
    ...Object.entries(workers).map(([name, pool]): [Path, string | undefined] => [
      ["workers", name, "instanceType"],
      pool.instanceType,
    ]),
  ];
  return named.flatMap(([path, name]) =>
    name === undefined || instanceType(name) !== undefined || mayBeNewer(name)
      ? []
      : [clusterProblem(cluster, "instance-type-unknown", path, unknown(name))],
  );
}

function unknown(name: string): Pick<Problem, "what" | "got" | "remedy"> {
  const meant = nearest(name, knownInstanceTypes());
  return {
    what: "is not a machine type of EC2",
    got: name,
    remedy: meant === undefined ? "Write one such as m7i.large" : `Did you mean ${meant}`,
  };
}
