import { z } from "zod";

import { says } from "../rules";

/** Domains whose keys belong to Kubernetes, Cluster API, Pulumi or cluster-fleet itself. */
const RESERVED_DOMAINS = ["kubernetes.io", "k8s.io", "x-k8s.io", "cluster-fleet.io", "pulumi.com"];

const KEY = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

/** Whether a label or annotation key belongs to somebody else than the user. */
export function isReservedKey(key: string): boolean {
  const domain = key.includes("/") ? (key.split("/")[0] ?? "") : "";
  return RESERVED_DOMAINS.some((reserved) => domain === reserved || domain.endsWith(`.${reserved}`));
}

/** A label key as it may stand in a selector: reserved ones too, for the fleet's own labels select as well. */
export const labelKey = z.string().regex(KEY, {
  error: says(
    "label-key",
    "is not a label key",
    "Write name or domain/name, of letters, digits and inner - _ .; the name at most 63 characters",
  ),
  abort: true,
});

const ownKey = labelKey.refine(
  (key) => !isReservedKey(key),
  says(
    "label-reserved",
    "belongs to Kubernetes, Cluster API, Pulumi or cluster-fleet",
    "Use a key without a domain, or one of a domain of your own",
  ),
);

export const labelValue = z
  .string()
  .regex(
    VALUE,
    says(
      "label-value",
      "is not a label value",
      "Use at most 63 characters: letters and digits, and - _ . between them",
    ),
  );

export const labels = z.record(ownKey, labelValue);

const ANNOTATION_LENGTH = 16_384;

/** Annotation values are free text; the API server's limit is 256 KiB for all of an object's together. */
export const annotations = z.record(
  ownKey,
  z
    .string()
    .max(
      ANNOTATION_LENGTH,
      says("too-long", "is too long for an annotation here", `Use at most ${ANNOTATION_LENGTH} characters`),
    ),
);
