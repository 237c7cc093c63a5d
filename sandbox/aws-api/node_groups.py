"""Managed node groups of EKS: what moto does not know of their launch templates and versions."""

from typing import Any

from moto.autoscaling.models import autoscaling_backends
from moto.core.responses import ActionResult
from moto.ec2.models import ec2_backends
from moto.eks.exceptions import InvalidParameterException
from moto.eks.models import EKSBackend, Nodegroup
from moto.eks.responses import EKSResponse
from moto.eks.urls import url_paths

CUSTOM = "CUSTOM"


def install() -> None:
    start_from_launch_templates()
    have_groups_of_machines()
    update_versions()


def start_from_launch_templates() -> None:
    """An image of its own and an image type of EKS exclude one another, and a group has its cluster's version."""
    created = EKSBackend.create_nodegroup

    def create(self: EKSBackend, *rest: Any, **more: Any) -> Nodegroup:
        template = template_of(self, more.get("launch_template"))
        image, ami_type = image_of(template), more.get("ami_type")
        if image and ami_type not in (None, CUSTOM):
            refuse("You cannot specify an AMI Type other than CUSTOM, when specifying an image id in your launch template.")
        if ami_type == CUSTOM and not image:
            refuse("You must specify an image id in your launch template, when specifying the AMI Type CUSTOM.")
        group = created(self, *rest, **more)
        group.version = self.clusters[group.cluster_name].version
        if template:
            group.launch_template["version"] = str(template.number)
        if image:
            group.ami_type, group.release_version = CUSTOM, image
        return group

    EKSBackend.create_nodegroup = create  # type: ignore[method-assign]


def have_groups_of_machines() -> None:
    """EKS makes an Auto Scaling group for each; moto names one that is not there. Here it stays empty: nobody would join."""
    created, deleted = EKSBackend.create_nodegroup, EKSBackend.delete_nodegroup

    def create(self: EKSBackend, *rest: Any, **more: Any) -> Nodegroup:
        group = created(self, *rest, **more)
        template = group.launch_template
        groups_of(self).create_auto_scaling_group(
            name=name_of(group),
            availability_zones=[],
            vpc_zone_identifier=",".join(group.subnets),
            launch_template={"LaunchTemplateId": template["id"], "Version": template["version"]},
            desired_capacity=0,
            min_size=0,
            max_size=group.scaling_config["maxSize"],
            launch_config_name="",
            default_cooldown=None,
            health_check_period=None,
            health_check_type=None,
            load_balancers=[],
            target_group_arns=[],
            placement_group=None,
            termination_policies=[],
            tags=[],
        )
        return group

    def delete(self: EKSBackend, *rest: Any, **more: Any) -> Nodegroup:
        group = deleted(self, *rest, **more)
        groups_of(self).delete_auto_scaling_group(name_of(group))
        return group

    EKSBackend.create_nodegroup = create  # type: ignore[method-assign]
    EKSBackend.delete_nodegroup = delete  # type: ignore[method-assign]


def groups_of(backend: EKSBackend) -> Any:
    return autoscaling_backends[backend.account_id][backend.region_name]


def name_of(group: Nodegroup) -> str:
    return group.resources["autoScalingGroups"][0]["name"]


def update_versions() -> None:
    """The machines of an own image change with the launch template alone; EKS does not know what is in them."""

    def update_nodegroup_version(self: EKSResponse) -> ActionResult:
        backend = self.eks_backend
        group = backend.describe_nodegroup(self._get_param("name"), self._get_param("nodegroupName"))
        version, template = self._get_param("version"), self._get_param("launchTemplate")
        if version and group.ami_type == CUSTOM:
            refuse("You cannot specify the field kubernetesVersion when using custom AMIs.")
        if version:
            group.version = version
        if template:
            made = template_of(backend, template)
            group.launch_template["version"] = str(made.number)
            group.release_version = image_of(made) or group.release_version
        return ActionResult({"update": {"id": "1", "status": "Successful", "type": "VersionUpdate"}})

    EKSResponse.update_nodegroup_version = update_nodegroup_version  # type: ignore[attr-defined]
    update = "{0}/clusters/(?P<name>[^/]+)/node-groups/(?P<nodegroupName>[^/]+)/update-version$"
    url_paths[update] = url_paths["{0}/clusters$"]


def template_of(backend: EKSBackend, wanted: dict[str, str] | None) -> Any:
    """The version of a launch template that is meant; the default one where none is said."""
    if not wanted:
        return None
    templates = ec2_backends[backend.account_id][backend.region_name]
    by_name = templates.get_launch_template_by_name
    template = templates.get_launch_template(wanted["id"]) if "id" in wanted else by_name(wanted["name"])
    return template.get_version(int(wanted.get("version") or template.default_version_number))


def image_of(version: Any) -> str:
    return version.image_id if version else ""


def refuse(why: str) -> None:
    raise InvalidParameterException(message=why)
