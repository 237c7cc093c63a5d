import { createRequire } from "node:module";
import type * as anyProto from "google-protobuf/google/protobuf/any_pb";
import type * as emptyProto from "google-protobuf/google/protobuf/empty_pb";
import type * as structProto from "google-protobuf/google/protobuf/struct_pb";

// The well-known types must come from the protobuf copy that the Pulumi SDK's generated messages use: they check by class.
const sdkRequire = createRequire(require.resolve("@pulumi/pulumi"));

export const { Any } = sdkRequire("google-protobuf/google/protobuf/any_pb.js") as typeof anyProto;
export const { Empty } = sdkRequire("google-protobuf/google/protobuf/empty_pb.js") as typeof emptyProto;
export const { Struct } = sdkRequire("google-protobuf/google/protobuf/struct_pb.js") as typeof structProto;

/** A protobuf struct as the Pulumi SDK's messages hold it. */
export type Struct = structProto.Struct;
