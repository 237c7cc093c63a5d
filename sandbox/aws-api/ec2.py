"""EC2: what moto answers otherwise than AWS."""

from typing import Any

from moto.ec2.models.amis import Ami, AmiBackend
from moto.ec2.models.instances import Instance
from moto.ec2.models.nat_gateways import NatGateway, NatGatewayBackend
from moto.ec2.models.security_groups import SecurityGroupRule
from moto.ec2.models.vpcs import VPC, VPCBackend
from moto.ssm.models import Parameter, ParameterDict


def install(images: list[dict[str, str]]) -> None:
    """
    :param images: of each its id, region and architecture, and the name of the SSM parameter that tells its id, where
        it is one of AWS's own.
    """
    take_other_protocols()
    free_network_interfaces()
    have_dhcp_options()
    have_images(images)
    have_parameters([image for image in images if "parameter" in image])


def take_other_protocols() -> None:
    """A rule for a protocol that has no ports, such as 4 (IP in IP), may come without them; moto wants numbers."""
    made = SecurityGroupRule.__init__

    def make(
        self: SecurityGroupRule, backend: Any, protocol: str, group: str, first: Any, last: Any, *rest: Any, **more: Any
    ) -> None:
        if protocol not in ("tcp", "udp", "icmp", "6", "17", "1") and first is None:
            first = last = -1
        made(self, backend, protocol, group, first, last, *rest, **more)

    SecurityGroupRule.__init__ = make  # type: ignore[method-assign]


def free_network_interfaces() -> None:
    """What comes into being with a machine or a NAT gateway goes with it; in moto it stays."""
    prepared, deleted = Instance.prep_nics, NatGatewayBackend.delete_nat_gateway

    def prepare(self: Instance, interfaces: list[dict[str, Any]], *rest: Any, **more: Any) -> None:
        wanted = interfaces or [{"DeviceIndex": 0}]
        for interface in wanted:
            if interface.get("DeleteOnTermination") is None:
                interface["DeleteOnTermination"] = "NetworkInterfaceId" not in interface
        prepared(self, wanted, *rest, **more)

    def delete(self: Any, gateway: str) -> NatGateway:
        gone = deleted(self, gateway)
        self.delete_network_interface(gone._eni.id)
        return gone

    Instance.prep_nics = prepare  # type: ignore[method-assign]
    NatGatewayBackend.delete_nat_gateway = delete  # type: ignore[method-assign]


def have_dhcp_options() -> None:
    """A new VPC has those of its region; moto gives it the name of a set that is not there."""
    created = VPCBackend.create_vpc

    def create(self: Any, *rest: Any, is_default: bool = False, **more: Any) -> VPC:
        vpc = created(self, *rest, is_default=is_default, **more)
        if not is_default:
            domain = f"{self.region_name}.compute.internal"
            self.associate_dhcp_options(self.create_dhcp_options(["AmazonProvidedDNS"], [domain]), vpc)
        return vpc

    VPCBackend.create_vpc = create  # type: ignore[method-assign]


def have_images(images: list[dict[str, str]]) -> None:
    """An image is in its own region alone, as in AWS; moto has the same ones everywhere."""

    def load(self: AmiBackend) -> None:
        region: str = self.region_name  # type: ignore[attr-defined]
        for image in images:
            if image["region"] == region:
                self.amis[image["id"]] = Ami(
                    self,
                    ami_id=image["id"],
                    name=image["id"],
                    architecture=image["architecture"],
                    virtualization_type="hvm",
                    root_device_type="ebs",
                    root_device_name="/dev/xvda",
                )

    AmiBackend._load_amis = load  # type: ignore[method-assign]


def have_parameters(images: list[dict[str, str]]) -> None:
    """AWS tells by them which of its images to use for EKS; moto has those of ECS alone."""
    made = ParameterDict.__init__

    def make(self: ParameterDict, account: str, region: str) -> None:
        made(self, account, region)
        for image in images:
            if image["region"] == region:
                name = image["parameter"]
                self[name].append(
                    Parameter(
                        account_id=account,
                        name=name,
                        value=image["id"],
                        parameter_type="String",
                        description=None,
                        allowed_pattern=None,
                        keyid=None,
                        last_modified_date=0,
                        version=1,
                        data_type="text",
                    )
                )

    ParameterDict.__init__ = make  # type: ignore[method-assign]
