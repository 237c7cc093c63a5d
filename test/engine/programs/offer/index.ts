import * as pulumi from "@pulumi/pulumi";

// The outputs of a stack, without what it would take to have them.
export = () => new pulumi.Config("cluster-fleet").requireObject<Record<string, unknown>>("offer");
