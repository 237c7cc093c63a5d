"""Elastic Load Balancing: what moto answers otherwise than AWS."""

from collections.abc import Iterable
from typing import Any

from moto.elbv2.exceptions import TargetGroupNotFoundError
from moto.elbv2.models import ELBv2Backend, FakeLoadBalancer


def install(address: str) -> None:
    """
    :param address: what the names of load balancers lead to.
    """
    find_no_target_groups()
    lead_to(address)


def find_no_target_groups() -> None:
    """AWS answers with an empty list where a load balancer has none yet, and with an error to an unknown name alone."""
    described = ELBv2Backend.describe_target_groups

    def describe(self: ELBv2Backend, load_balancer: str | None, arns: list[str], names: list[str] | None) -> Iterable[Any]:
        try:
            return described(self, load_balancer, arns, names)
        except TargetGroupNotFoundError:
            if load_balancer:
                return []
            raise

    ELBv2Backend.describe_target_groups = describe  # type: ignore[method-assign]


def lead_to(address: str) -> None:
    """CAPA looks the name of a load balancer up before it goes on, and nobody serves it: an address is its own answer."""
    made = FakeLoadBalancer.__init__

    def make(self: FakeLoadBalancer, *rest: Any, **more: Any) -> None:
        made(self, *rest, **{**more, "dns_name": address})

    FakeLoadBalancer.__init__ = make  # type: ignore[method-assign]
