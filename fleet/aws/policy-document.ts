/** An IAM policy document, as AWS reads it. Every statement names its actions and resources; none says `*:*`. */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

export interface Statement {
  /** What the statement is for; letters and digits. */
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Conditions;
}

/** Who may take a role, or use a key. */
export interface TrustDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly TrustStatement[];
}

export interface TrustStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Principal: { readonly Service?: string; readonly AWS?: string };
  readonly Action: readonly string[];
  /** On a key's own policy alone; `*` means the key there. */
  readonly Resource?: readonly string[];
  readonly Condition?: Conditions;
}

export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** @param statements In the order in which AWS shows them. */
export function policy(...statements: readonly Statement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}

/** A role that an AWS service takes, such as `ec2.amazonaws.com`. */
export function trustedService(service: string): TrustDocument {
  return {
    Version: "2012-10-17",
    Statement: [{ Sid: "Service", Effect: "Allow", Principal: { Service: service }, Action: ["sts:AssumeRole"] }],
  };
}

/** A service account of an EKS cluster. */
export interface ServiceAccount {
  readonly clusterName: string;
  readonly namespace: string;
  readonly name: string;
}

/**
 * A role that the pods of one service account take through EKS Pod Identity. Its agent tags the session with cluster,
 * namespace and service account; the trust admits these tags alone.
 *
 * Source: EKS user guide, "Create IAM role with trust policy required by EKS Pod Identity".
 */
export function trustedPods({ clusterName, namespace, name }: ServiceAccount): TrustDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Pods",
        Effect: "Allow",
        Principal: { Service: "pods.eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: {
          StringEquals: {
            "aws:RequestTag/eks-cluster-name": clusterName,
            "aws:RequestTag/kubernetes-namespace": namespace,
            "aws:RequestTag/kubernetes-service-account": name,
          },
        },
      },
    ],
  };
}
