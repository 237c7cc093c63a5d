"""Who comes with a role's session has the role's rights; others, such as a rehearsal that looks around, have all."""

from fnmatch import fnmatchcase

from moto.core.authorization import ActionAuthenticatorMixin
from moto.core.exceptions import AccessDeniedError
from moto.core.responses import BaseResponse
from moto.iam.access_control import AssumedRoleAccessKey, IAMPolicy, create_access_key
from moto.utilities.utils import get_partition

# Services that sign with another name than their actions begin with.
PREFIXES = {"tagging": "tag"}


def install() -> None:
    """
    moto compares an action's resource with a policy's only in some services, so all that counts here is whether any
    statement allows the action: a right that is missing is found, one for the wrong resource is not.
    """

    def authorize(self: BaseResponse, resource: str = "*") -> None:
        key = session_of(self)
        if key is None:
            return
        signed_for = self.headers["Authorization"].split("/")[3]
        action = f"{PREFIXES.get(signed_for, signed_for)}:{self._get_action()}"
        if action != "sts:GetCallerIdentity" and not allows(key, action):
            raise AccessDeniedError(user_arn=key.arn, action=action)

    ActionAuthenticatorMixin._authenticate_and_authorize_normal_action = authorize  # type: ignore[assignment]


def session_of(response: BaseResponse) -> AssumedRoleAccessKey | None:
    if "X-Amz-Security-Token" not in response.headers:
        return None
    key = create_access_key(
        response.current_account, get_partition(response.region), response.get_access_key(), response.headers
    )
    return key if isinstance(key, AssumedRoleAccessKey) else None


def allows(key: AssumedRoleAccessKey, action: str) -> bool:
    for policy in key.collect_policies():
        statements = IAMPolicy(policy)._policy_json["Statement"]
        for statement in statements if isinstance(statements, list) else [statements]:
            actions = statement.get("Action", [])
            patterns = actions if isinstance(actions, list) else [actions]
            if statement["Effect"] == "Allow" and any(fnmatchcase(action, pattern) for pattern in patterns):
                return True
    return False
