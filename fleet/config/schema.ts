import { z } from "zod";

/** The families of cluster class that we know; `in-memory-kubeadm` is the sandbox's. */
export const CLASS_FAMILIES = ["in-memory-kubeadm", "aws-kubeadm", "aws-eks"] as const;
export type ClassFamily = (typeof CLASS_FAMILIES)[number];

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const VERSION = /^v\d+\.\d+\.\d+$/;
const DURATION = /^\d+(ms|s|m)$/;

const dnsLabel = z
  .string()
  .regex(DNS_LABEL, "is not a DNS label|Use lower-case letters, digits and inner hyphens")
  .max(63, "is longer than a Kubernetes label may be|Use at most 63 characters");
const count = z.int("is not a whole number|Write a whole number").min(0, "is negative|Write 0 or more");
const duration = z.string().regex(DURATION, "is not a duration|Write a number and a unit, such as 500ms, 1s or 2m");
const range = z.string().regex(/^[0-9a-f.:]+\/\d+$/i, "is not an address range|Write it as 10.0.0.0/16");

const managementKubeconfig = z.strictObject({
  kind: z.literal("kubeconfig"),
  name: dnsLabel,
  path: z.string().min(1).optional(),
  context: z.string().min(1).optional(),
});
const managementEks = z.strictObject({ kind: z.literal("eks"), name: dnsLabel });
const managementStack = z.strictObject({ kind: z.literal("stack"), stack: z.string().min(1) });

const workerPool = z.strictObject({
  replicas: count.optional(),
  min: count.optional(),
  max: count.optional(),
  instanceType: z.string().min(1).optional(),
});

const cluster = z.strictObject({
  via: z.literal("cluster-api").default("cluster-api"),
  class: z.enum(CLASS_FAMILIES),
  region: dnsLabel,
  version: z.string().regex(VERSION, "is not a Kubernetes version|Write it in full with its v, such as v1.35.2"),
  controlPlane: z.strictObject({ replicas: count.min(1, "leaves no control plane|Write 1, 3 or 5") }).optional(),
  workers: z.record(dnsLabel, workerPool).default({}),
  network: z.strictObject({ slot: count.optional(), pods: range.optional(), services: range.optional() }).optional(),
});

const inMemoryClass = z.strictObject({
  startup: z.strictObject({ machine: duration.default("1s"), node: duration.default("500ms") }).prefault({}),
  unhealthyAfterSeconds: count.min(1).default(300),
});

/** A stack's configuration once the base values are merged into each cluster. */
export const stackSchema = z.strictObject({
  environment: dnsLabel,
  management: z.discriminatedUnion("kind", [managementKubeconfig, managementEks, managementStack]),
  classes: z.strictObject({ "in-memory-kubeadm": inMemoryClass.prefault({}) }).prefault({}),
  clusters: z.record(dnsLabel, cluster).default({}),
  decommission: z.array(dnsLabel).default([]),
});

export type FleetConfig = z.output<typeof stackSchema>;
export type ManagementConfig = FleetConfig["management"];
export type ClusterConfig = z.output<typeof cluster>;
export type InMemoryClassConfig = z.output<typeof inMemoryClass>;
