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

export const threeZones = z
  .array(zone)
  .length(3, says("zones-three", "are not three zones", "List three, such as us-west-2a, us-west-2b, us-west-2c"));

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

/** A role that is taken. */
export const iamRole = text.regex(
  /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
  says("role-arn", "is not the ARN of an IAM role", "Write it as arn:aws:iam::444455556666:role/fleet-member"),
);

/** An image that machines start from. */
export const image = text.regex(
  /^ami-[0-9a-f]{8,17}$/,
  says("image", "is not the id of an image", "Write it as ami-0123456789abcdef0"),
);

/** A key that data is encrypted with; aliases are not taken everywhere. */
export const kmsKey = text.regex(
  /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[0-9a-f-]+$/,
  says(
    "key-arn",
    "is not the ARN of a KMS key",
    "Write it as arn:aws:kms:us-east-1:111122223333:key/<id>, not an alias",
  ),
);

/** A policy of the account, such as a permissions boundary. */
export const iamPolicy = text.regex(
  /^arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/[\w+=,.@/-]+$/,
  says("policy-arn", "is not the ARN of an IAM policy", "Write it as arn:aws:iam::111122223333:policy/boundary"),
);

/** Source: IAM API reference, CreateRole, `Path`. */
export const iamPath = text
  .regex(
    /^\/([\w+=,.@-]+\/)*$/,
    says("iam-path", "is not an IAM path", "Write it with a slash at both ends, such as /platform/"),
  )
  .max(512, says("too-long", "is longer than an IAM path may be", "Use at most 512 characters"));

/** Twelve digits; YAML takes unquoted ones for a number and drops zeros in front. */
export const accountId = text.regex(
  /^\d{12}$/,
  says("account-id", "is not an AWS account", "Write its twelve digits, in quotes"),
);

/** A name that DNS resolves, in full. */
export const hostName = text
  .regex(
    /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    says("host-name", "is not a full host name", "Write it in lower case and in full, such as rancher.example.com"),
  )
  .max(253, says("too-long", "is longer than a host name may be", "Use at most 253 characters"));

/** Source: Route 53 API reference, `HostedZone`, `Id`. */
export const dnsZone = text.regex(
  /^Z[A-Z0-9]{1,31}$/,
  says("dns-zone", "is not the id of a Route 53 zone", "Write it as Z0123456789ABCDEFGHIJ"),
);
