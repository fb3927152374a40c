"""Who may have a group, and what may be done in it (reference §1.7)."""

from sokhach.sandbox.accounts import DAY_MS, Customer, OfficialAccount
from sokhach.sandbox.group_records import Group
from sokhach.sandbox.quotas import QuotaAsset
from sokhach.sandbox.refusals import Refusal, invalid
from sokhach.sandbox.world import World

CAPACITY = {"gmf10": 10, "gmf50": 50, "gmf100": 100, "gmf1000": 1000}
AFTERLIFE_MS = 45 * DAY_MS
"""A group whose asset ended is deleted so much later."""

MAX_INVITED = 99


def check_account(world: World, oa: OfficialAccount) -> None:
    """Groups need a verified account with a paid package that runs."""
    if not oa.verified:
        raise Refusal(-221, "OA needs to be verified to use this feature")
    if not oa.package_name or oa.package_until_ms <= world.clock.now_ms():
        raise Refusal(-224, "OA needs to upgrade its package to use this feature")
    _bury(world, oa)


def group_of(world: World, oa: OfficialAccount, group_id: str) -> Group:
    """One that the account is in, whatever its asset."""
    group = world.groups.find(oa.oa_id, group_id)
    if group is None:
        raise Refusal(-403, "OA is not in this group")
    return group


def live_group(world: World, oa: OfficialAccount, group_id: str) -> Group:
    """One whose asset is paid for and running."""
    group = group_of(world, oa, group_id)
    asset = world.quotas.asset(oa.oa_id, group.asset_id)
    if asset is None or asset.disabled or asset.valid_through_ms <= world.clock.now_ms():
        raise Refusal(-237, "Group has been disabled because its package has expired")
    return group


def free_asset(world: World, oa: OfficialAccount, asset_id: str) -> QuotaAsset:
    asset = world.quotas.asset(oa.oa_id, asset_id)
    if asset is None or asset.product_type not in CAPACITY:
        raise invalid("asset_id")
    if asset.group_id is not None:
        raise Refusal(-238, "Asset has been used")
    if asset.disabled or asset.valid_through_ms <= world.clock.now_ms():
        raise Refusal(-241, "Asset has been disabled")
    return asset


def check_invited(world: World, oa: OfficialAccount, users: list[str]) -> list[str]:
    """1 to 99 people that the account knows, none of whom blocks invitations."""
    if not users or len(set(users)) != len(users):
        raise invalid("member_user_ids")
    if len(users) > MAX_INVITED:
        raise Refusal(-210, f"member_user_ids is over the limit of {MAX_INVITED}")
    for user_id in users:
        if _person(world, oa, user_id).blocks_invitations:
            raise Refusal(-217, "User has blocked invitations from the OA")
    return users


def check_room(asset: QuotaAsset | None, count: int) -> None:
    if asset is None or count > CAPACITY[asset.product_type]:
        raise Refusal(-210, "The group has no room for so many members")


def check_states(world: World, group: Group, users: list[str], *states: str) -> list[str]:
    if not users or any(world.groups.state_of(group, user_id) not in states for user_id in users):
        raise invalid("member_user_ids")
    return users


def _person(world: World, oa: OfficialAccount, user_id: str) -> Customer:
    customer = world.accounts.find_customer(oa.oa_id, user_id)
    if customer is None or customer.anonymous or customer.last_interaction_ms is None:
        raise invalid("member_user_ids")
    return customer


def _bury(world: World, oa: OfficialAccount) -> None:
    for group in world.groups.groups(oa.oa_id):
        asset = world.quotas.asset(oa.oa_id, group.asset_id)
        if asset is not None and asset.valid_through_ms + AFTERLIFE_MS <= world.clock.now_ms():
            world.groups.delete(group)
