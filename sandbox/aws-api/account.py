"""Speaks with the simulated AWS API, as a person with all rights would: fills an account, and tells what it has."""

import argparse
import json
import sys
from collections.abc import Iterator
from typing import Any

import boto3
from botocore.config import Config

# What is told of a region: kind, service, operation, where the answer has the things, and which member names one.
KINDS = (
    ("VPC", "ec2", "describe_vpcs", "Vpcs", "VpcId"),
    ("subnet", "ec2", "describe_subnets", "Subnets", "SubnetId"),
    ("internet gateway", "ec2", "describe_internet_gateways", "InternetGateways", "InternetGatewayId"),
    ("NAT gateway", "ec2", "describe_nat_gateways", "NatGateways", "NatGatewayId"),
    ("address", "ec2", "describe_addresses", "Addresses", "AllocationId"),
    ("route table", "ec2", "describe_route_tables", "RouteTables", "RouteTableId"),
    ("security group", "ec2", "describe_security_groups", "SecurityGroups", "GroupId"),
    ("network interface", "ec2", "describe_network_interfaces", "NetworkInterfaces", "NetworkInterfaceId"),
    ("VPC endpoint", "ec2", "describe_vpc_endpoints", "VpcEndpoints", "VpcEndpointId"),
    ("volume", "ec2", "describe_volumes", "Volumes", "VolumeId"),
    ("launch template", "ec2", "describe_launch_templates", "LaunchTemplates", "LaunchTemplateId"),
    ("load balancer", "elbv2", "describe_load_balancers", "LoadBalancers", "LoadBalancerArn"),
    ("target group", "elbv2", "describe_target_groups", "TargetGroups", "TargetGroupArn"),
    ("classic load balancer", "elb", "describe_load_balancers", "LoadBalancerDescriptions", "LoadBalancerName"),
    ("secret", "secretsmanager", "list_secrets", "SecretList", "Name"),
    ("Auto Scaling group", "autoscaling", "describe_auto_scaling_groups", "AutoScalingGroups", "AutoScalingGroupName"),
)

# States of what is shown for a while after it has gone.
GONE = ("terminated", "shutting-down", "deleted", "deleting")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--endpoint", required=True)
    parser.add_argument("--account", required=True)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("fill", help="identities from standard input, as the stand-in for the AWS provider keeps them")
    commands.add_parser("session", help="credentials of a role").add_argument("role")
    commands.add_parser("list", help="what regions have").add_argument("regions", nargs="+")
    arguments = parser.parse_args()
    aws = Aws(arguments.endpoint, arguments.account)
    if arguments.command == "fill":
        fill(aws, json.load(sys.stdin)["held"])
    elif arguments.command == "session":
        session = aws.client("sts").assume_role(RoleArn=arguments.role, RoleSessionName="capa")
        json.dump(session["Credentials"], sys.stdout, default=str)
    else:
        json.dump([thing for region in arguments.regions for thing in things(aws, region)], sys.stdout, default=str)


class Aws:
    def __init__(self, endpoint: str, account: str) -> None:
        self.endpoint = endpoint
        self.account = account

    def client(self, service: str, region: str = "us-east-1") -> Any:
        client = boto3.client(
            service,
            region_name=region,
            endpoint_url=self.endpoint,
            aws_access_key_id="rehearsal",
            aws_secret_access_key="rehearsal",
            config=Config(retries={"max_attempts": 0}),
        )
        client.meta.events.register("before-sign", self.say_account)
        return client

    def say_account(self, request: Any, **_: Any) -> None:
        """moto knows an account by the keys of its users and roles, or by this."""
        request.headers["x-moto-account-id"] = self.account


def fill(aws: Aws, held: list[dict[str, Any]]) -> None:
    """Roles, their rights and their instance profiles: all that machines and controllers of clusters refer to."""
    iam = aws.client("iam")
    for inputs in of_type(held, "aws:iam/role:Role"):
        iam.create_role(
            RoleName=inputs["name"], Path=inputs["path"], AssumeRolePolicyDocument=inputs["assumeRolePolicy"]
        )
    for inputs in of_type(held, "aws:iam/policy:Policy"):
        iam.create_policy(PolicyName=inputs["name"], Path=inputs["path"], PolicyDocument=inputs["policy"])
    for inputs in of_type(held, "aws:iam/rolePolicy:RolePolicy"):
        iam.put_role_policy(RoleName=inputs["role"], PolicyName=inputs["name"], PolicyDocument=inputs["policy"])
    for inputs in of_type(held, "aws:iam/rolePolicyAttachment:RolePolicyAttachment"):
        iam.attach_role_policy(RoleName=inputs["role"], PolicyArn=inputs["policyArn"])
    for inputs in of_type(held, "aws:iam/instanceProfile:InstanceProfile"):
        iam.create_instance_profile(InstanceProfileName=inputs["name"], Path=inputs["path"])
        iam.add_role_to_instance_profile(InstanceProfileName=inputs["name"], RoleName=inputs["role"])


def of_type(held: list[dict[str, Any]], type_: str) -> list[dict[str, Any]]:
    return [each["properties"] for each in held if each["type"] == type_]


def things(aws: Aws, region: str) -> Iterator[dict[str, Any]]:
    for kind, service, operation, member, name in KINDS:
        client = aws.client(service, region)
        found = [each for page in pages(client, operation) for each in page[member] if is_own(each)]
        if service == "elbv2":
            add_tags(client, found, name)
        yield from (thing(region, kind, each[name], each) for each in found)
    yield from instances(aws, region)
    yield from clusters(aws, region)


def pages(client: Any, operation: str) -> Any:
    return client.get_paginator(operation).paginate() if client.can_paginate(operation) else [getattr(client, operation)()]


def is_own(thing: dict[str, Any]) -> bool:
    """Every account has a network from the beginning, and every network a table and a group that go with it."""
    state = thing.get("State")
    return not (
        (state in GONE)
        or thing.get("IsDefault")
        or thing.get("DefaultForAz")
        or thing.get("GroupName") == "default"
        or any(association.get("Main") for association in thing.get("Associations", []))
    )


def add_tags(client: Any, found: list[dict[str, Any]], name: str) -> None:
    if found:
        described = client.describe_tags(ResourceArns=[each[name] for each in found])["TagDescriptions"]
        for each, tags in zip(found, described, strict=True):
            each["Tags"] = tags["Tags"]


def instances(aws: Aws, region: str) -> Iterator[dict[str, Any]]:
    ec2 = aws.client("ec2", region)
    for page in pages(ec2, "describe_instances"):
        for reservation in page["Reservations"]:
            for instance in reservation["Instances"]:
                if instance["State"]["Name"] not in GONE:
                    yield thing(region, "instance", instance["InstanceId"], instance)


def clusters(aws: Aws, region: str) -> Iterator[dict[str, Any]]:
    """With their add-ons and access entries, which go with them, and their node groups."""
    eks = aws.client("eks", region)
    for name in eks.list_clusters()["clusters"]:
        cluster = eks.describe_cluster(name=name)["cluster"]
        cluster["addOns"] = [
            eks.describe_addon(clusterName=name, addonName=add_on)["addon"]
            for add_on in eks.list_addons(clusterName=name)["addons"]
        ]
        cluster["accessEntries"] = [
            {
                **eks.describe_access_entry(clusterName=name, principalArn=principal)["accessEntry"],
                "policies": eks.list_associated_access_policies(clusterName=name, principalArn=principal)[
                    "associatedAccessPolicies"
                ],
            }
            for principal in eks.list_access_entries(clusterName=name)["accessEntries"]
        ]
        yield thing(region, "EKS cluster", name, cluster)
        for group in eks.list_nodegroups(clusterName=name)["nodegroups"]:
            facts = eks.describe_nodegroup(clusterName=name, nodegroupName=group)["nodegroup"]
            facts["launchTemplateData"] = launch_template_data(aws, region, facts.get("launchTemplate"))
            yield thing(region, "node group", group, facts)


def launch_template_data(aws: Aws, region: str, template: dict[str, str] | None) -> Any:
    """Of the version that a node group uses."""
    if not template:
        return {}
    versions = aws.client("ec2", region).describe_launch_template_versions(
        LaunchTemplateId=template["id"], Versions=[template["version"]]
    )
    return versions["LaunchTemplateVersions"][0]["LaunchTemplateData"]


def thing(region: str, kind: str, name: str, facts: dict[str, Any]) -> dict[str, Any]:
    tags = facts.get("tags") or {tag["Key"]: tag["Value"] for tag in facts.get("Tags", [])}
    return {"region": region, "kind": kind, "id": name, "tags": tags, "facts": facts}


if __name__ == "__main__":
    main()
