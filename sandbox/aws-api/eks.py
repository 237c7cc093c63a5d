"""EKS: what moto has not, as far as CAPA asks for it. No Kubernetes API runs behind a cluster."""

import base64
from datetime import datetime, timedelta, timezone
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from moto.core.responses import ActionResult
from moto.ec2.models import ec2_backends
from moto.eks.exceptions import ResourceInUseException, ResourceNotFoundException
from moto.eks.models import Cluster, EKSBackend
from moto.eks.responses import EKSResponse
from moto.eks.urls import url_paths

# What a cluster is asked to have and moto forgets; EKS tells it again under the same name.
KEPT = ("accessConfig", "upgradePolicy", "deletionProtection", "zonalShiftConfig")


def install(address: str) -> None:
    """
    :param address: where the endpoints of clusters are; nothing answers there.
    """
    keep_settings()
    have_security_groups()
    have_endpoints(address)
    have_add_ons()
    have_access_entries()


def keep_settings() -> None:
    created, updated = EKSResponse.create_cluster, EKSResponse.update_cluster_config

    def keep(self: EKSResponse) -> None:
        cluster = self.eks_backend.clusters[self._get_param("name")]
        for name in KEPT:
            value = self._get_param(name)
            if value is not None:
                setattr(cluster, name, value)

    def create(self: EKSResponse) -> ActionResult:
        result = created(self)
        keep(self)
        return result

    def update(self: EKSResponse) -> ActionResult:
        result = updated(self)
        keep(self)
        return result

    EKSResponse.create_cluster = create  # type: ignore[method-assign]
    EKSResponse.update_cluster_config = update  # type: ignore[method-assign]


def have_security_groups() -> None:
    """EKS makes one for each cluster, for its control plane and nodes, and takes it away again."""
    created, deleted = EKSBackend.create_cluster, EKSBackend.delete_cluster

    def create(self: EKSBackend, name: str, *rest: Any, **more: Any) -> Cluster:
        cluster = created(self, name, *rest, **more)
        network = ec2_backends[self.account_id][self.region_name]
        subnet = network.get_subnet(cluster.resources_vpc_config["subnetIds"][0])
        group = network.create_security_group(
            f"eks-cluster-sg-{name}-1", "EKS created security group", subnet.vpc_id, {"aws:eks:cluster-name": name}
        )
        cluster.resources_vpc_config.update(clusterSecurityGroupId=group.id, vpcId=subnet.vpc_id)
        return cluster

    def delete(self: EKSBackend, name: str) -> Cluster:
        cluster = deleted(self, name)
        network = ec2_backends[self.account_id][self.region_name]
        network.delete_security_group(group_id=cluster.resources_vpc_config["clusterSecurityGroupId"])
        return cluster

    EKSBackend.create_cluster = create  # type: ignore[method-assign]
    EKSBackend.delete_cluster = delete  # type: ignore[method-assign]


def have_endpoints(address: str) -> None:
    """moto's endpoints have names that nobody serves, and no certificate: CAPA is to find a closed door at once."""
    authority = base64.b64encode(certificate()).decode()
    made = Cluster.__init__

    def make(self: Cluster, *rest: Any, **more: Any) -> None:
        made(self, *rest, **more)
        self.endpoint = f"https://{address}"
        self.certificate_authority = {"data": authority}
        self.add_ons: dict[str, dict[str, Any]] = {}  # type: ignore[attr-defined]
        self.access_entries: dict[str, dict[str, Any]] = {}  # type: ignore[attr-defined]
        self.access_policies: dict[str, dict[str, Any]] = {}  # type: ignore[attr-defined]

    Cluster.__init__ = make  # type: ignore[method-assign]


def certificate() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "nothing answers")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    signed = builder.not_valid_before(now()).not_valid_after(now() + timedelta(days=1)).sign(key, hashes.SHA256())
    return signed.public_bytes(serialization.Encoding.PEM)


def now() -> datetime:
    return datetime.now(timezone.utc)


def have_add_ons() -> None:
    def create_addon(self: EKSResponse) -> ActionResult:
        cluster, name = cluster_of(self), self._get_param("addonName")
        if name in cluster.add_ons:
            raise ResourceInUseException(clusterName=cluster.name, addonName=name, message="Addon already exists.")
        cluster.add_ons[name] = {
            "addonName": name,
            "clusterName": cluster.name,
            "addonArn": f"{cluster.arn.replace(':cluster/', ':addon/')}/{name}/1",
            "status": "ACTIVE",
            "createdAt": now(),
            "modifiedAt": now(),
            **given(self, "addonVersion", "configurationValues", "serviceAccountRoleArn", "tags"),
        }
        return ActionResult({"addon": cluster.add_ons[name]})

    def update_addon(self: EKSResponse) -> ActionResult:
        add_on = found(self, cluster_of(self).add_ons, "addonName")
        add_on.update(given(self, "addonVersion", "configurationValues", "serviceAccountRoleArn"))
        return ActionResult({"update": {"id": "1", "status": "Successful", "type": "AddonUpdate"}})

    def delete_addon(self: EKSResponse) -> ActionResult:
        add_on = found(self, cluster_of(self).add_ons, "addonName")
        del cluster_of(self).add_ons[add_on["addonName"]]
        return ActionResult({"addon": {**add_on, "status": "DELETING"}})

    def describe_addon(self: EKSResponse) -> ActionResult:
        return ActionResult({"addon": found(self, cluster_of(self).add_ons, "addonName")})

    def list_addons(self: EKSResponse) -> ActionResult:
        return ActionResult({"addons": sorted(cluster_of(self).add_ons)})

    have(create_addon, update_addon, delete_addon, describe_addon, list_addons)
    at("/addons$", "/addons/(?P<addonName>[^/]+)$", "/addons/(?P<addonName>[^/]+)/update$")


def have_access_entries() -> None:
    def create_access_entry(self: EKSResponse) -> ActionResult:
        cluster, principal = cluster_of(self), self._get_param("principalArn")
        if principal in cluster.access_entries:
            raise ResourceInUseException(clusterName=cluster.name, message="The entry is there already.")
        cluster.access_policies[principal] = {}
        cluster.access_entries[principal] = {
            "principalArn": principal,
            "clusterName": cluster.name,
            "type": "STANDARD",
            **given(self, "type", "kubernetesGroups", "username", "tags"),
        }
        return ActionResult({"accessEntry": cluster.access_entries[principal]})

    def update_access_entry(self: EKSResponse) -> ActionResult:
        entry = found(self, cluster_of(self).access_entries, "principalArn")
        entry.update(given(self, "kubernetesGroups", "username"))
        return ActionResult({"accessEntry": entry})

    def delete_access_entry(self: EKSResponse) -> ActionResult:
        entry = found(self, cluster_of(self).access_entries, "principalArn")
        del cluster_of(self).access_entries[entry["principalArn"]]
        return ActionResult({})

    def describe_access_entry(self: EKSResponse) -> ActionResult:
        return ActionResult({"accessEntry": found(self, cluster_of(self).access_entries, "principalArn")})

    def list_access_entries(self: EKSResponse) -> ActionResult:
        return ActionResult({"accessEntries": sorted(cluster_of(self).access_entries)})

    def associate_access_policy(self: EKSResponse) -> ActionResult:
        policies = found(self, cluster_of(self).access_policies, "principalArn")
        policies[self._get_param("policyArn")] = given(self, "policyArn", "accessScope")
        return ActionResult({"associatedAccessPolicy": policies[self._get_param("policyArn")]})

    def disassociate_access_policy(self: EKSResponse) -> ActionResult:
        found(self, cluster_of(self).access_policies, "principalArn").pop(self._get_param("policyArn"), None)
        return ActionResult({})

    def list_associated_access_policies(self: EKSResponse) -> ActionResult:
        policies = found(self, cluster_of(self).access_policies, "principalArn")
        return ActionResult({"associatedAccessPolicies": list(policies.values())})

    have(create_access_entry, update_access_entry, delete_access_entry, describe_access_entry, list_access_entries)
    have(associate_access_policy, disassociate_access_policy, list_associated_access_policies)
    at("/access-entries$", "/access-entries/(?P<principalArn>.+)$")


def have(*actions: Any) -> None:
    for action in actions:
        setattr(EKSResponse, action.__name__, action)


def at(*paths: str) -> None:
    for path in paths:
        url_paths["{0}/clusters/(?P<name>[^/]+)" + path] = url_paths["{0}/clusters$"]


def cluster_of(response: EKSResponse) -> Any:
    name = response._get_param("clusterName") or response._get_param("name")
    return response.eks_backend.describe_cluster(name)


def given(response: EKSResponse, *names: str) -> dict[str, Any]:
    values = {name: response._get_param(name) for name in names}
    return {name: value for name, value in values.items() if value is not None}


def found(response: EKSResponse, among: dict[str, Any], parameter: str) -> Any:
    wanted = response._get_param(parameter)
    if wanted not in among:
        raise ResourceNotFoundException(clusterName=cluster_of(response).name, message=f"No {parameter} {wanted}.")
    return among[wanted]
