import * as grpc from "@grpc/grpc-js";
import * as wire from "@pulumi/pulumi/proto/provider_pb";
import * as status from "@pulumi/pulumi/proto/status_pb";
import { Any } from "./protobuf";
import { type InitFailed } from "./provider";
import { toStruct } from "./struct";

/** The trailer by which the engine learns what was created in spite of the error. */
export function initFailedMetadata(failure: InitFailed): grpc.Metadata {
  const detail = new wire.ErrorResourceInitFailed()
    .setId(failure.id)
    .setProperties(toStruct(failure.properties))
    .setInputs(toStruct(failure.inputs))
    .setReasonsList(failure.reasons);
  const any = new Any();
  any.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const details = new status.Status().setCode(grpc.status.UNKNOWN).setMessage(failure.message).setDetailsList([any]);
  const metadata = new grpc.Metadata();
  metadata.set("grpc-status-details-bin", Buffer.from(details.serializeBinary()));
  return metadata;
}
