import { z } from "zod";

import { AWS_REGIONS } from "../../aws-regions";
import { says } from "../rules";
import { text } from "./text";

/** A region that AWS has. */
export const awsRegion = z.enum(AWS_REGIONS);

/** `us-west-2a`. Whether it lies in the region is judged once the region is known. */
export const zone = text.regex(
  /^[a-z]{2}(-[a-z]+)+-\d[a-z]$/,
  says("zone", "is not an availability zone", "Write it as us-west-2a"),
);

/** Minor version of EKS with its `v`; EKS chooses the patch itself. */
export const eksMinor = text.regex(
  /^v1\.\d+$/,
  says("eks-minor", "is not a minor version of EKS", "Write it as v1.35: EKS chooses the patch itself"),
);

const ARN = /^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/;

/** Somebody who signs in to AWS. */
export const principal = text.regex(
  ARN,
  says(
    "principal-arn",
    "is not the ARN of an IAM role or user",
    "Write it as arn:aws:iam::111122223333:role/platform, without the session's name",
  ),
);
