"""Provocations of §1.8 at groups, articles, templates by user id, and advertisements' forms."""

from sokhach.sandbox.selftest.oa import OA
from sokhach.sandbox.selftest.shop import DATA, DAY, Json, Shop, new_id

PROMOTION = "Ưu đãi tháng này"


@OA.shows(-235, "the follower list of the old API, closed to business accounts")
async def old_follower_list(shop: Shop) -> Json:
    return await shop.get("/v2.0/oa/getfollowers", offset=0, count=10)


# Groups


async def _asset(shop: Shop, **order: object) -> str:
    return (await shop.of_oa("POST", "/quota-assets", product_type="gmf10", **order))["asset_id"]


async def _create_group(shop: Shop, asset_id: str, **member_state: bool) -> Json:
    member = await shop.customer(**member_state)
    body = {"group_name": "Khách sỉ", "asset_id": asset_id, "member_user_ids": [member]}
    return await shop.call("POST", "/v3.0/oa/group/creategroupwithoa", body)


async def _write(shop: Shop, group_id: str) -> Json:
    body = {"recipient": {"group_id": group_id}, "message": {"text": "Chào cả nhà"}}
    return await shop.call("POST", "/v3.0/oa/group/message", body)


@OA.shows(-217, "a new group with somebody who blocks invitations")
async def blocks_invitations(shop: Shop) -> Json:
    return await _create_group(shop, await _asset(shop), blocks_invitations=True)


@OA.shows(-221, "a new group of an OA that is not verified")
async def unverified(shop: Shop) -> Json:
    asset = await _asset(shop)
    await shop.oa(verified=False)
    return await _create_group(shop, asset)


@OA.shows(-224, "a new group of an OA with the free package")
async def free_package(shop: Shop) -> Json:
    asset = await _asset(shop)
    await shop.oa(package_name="")
    return await _create_group(shop, asset)


@OA.shows(-237, "a message to a group after its asset ended")
async def group_asset_ended(shop: Shop) -> Json:
    group = (await _create_group(shop, await _asset(shop, valid_days=1)))["data"]["group_id"]
    await shop.advance(DAY + 60)
    return await _write(shop, group)


@OA.shows(-238, "a second group with one asset")
async def used_asset(shop: Shop) -> Json:
    asset = await _asset(shop)
    await _create_group(shop, asset)
    return await _create_group(shop, asset)


@OA.shows(-241, "a new group with an asset that Zalo disabled")
async def disabled_asset(shop: Shop) -> Json:
    asset = await _asset(shop)
    await shop.of_oa("PATCH", f"/quota-assets/{asset}", disabled=True)
    return await _create_group(shop, asset)


@OA.shows(-403, "a message to a group that the OA is not in")
async def foreign_group(shop: Shop) -> Json:
    other = await Shop(shop.http).open()
    group = (await _create_group(other, await _asset(other)))["data"]["group_id"]
    return await _write(shop, group)


# Articles


async def _article(shop: Shop) -> Json:
    body = {
        "type": "normal",
        "title": "Chăm sóc chăn ga mùa nồm",
        "author": "Mộc An",
        "description": "Ba điều nên nhớ.",
        "cover": {"cover_type": "photo", "photo_url": "https://shop.example/a.jpg", "status": "show"},
        "body": [{"type": "text", "content": "Phơi nơi thoáng."}],
        "status": "hide",
        "comment": "show",
    }
    return await shop.call("POST", "/v2.0/article/create", body)


@OA.shows(-214, "asking for an article the moment it was sent in")
async def article_in_the_making(shop: Shop) -> Json:
    made = await _article(shop)
    return await shop.call("POST", "/v2.0/article/verify", {"token": made["data"]["token"]})


@OA.shows(-223, "a second article in a month that allows one", meaning="article quota reached")
async def article_quota(shop: Shop) -> Json:
    await shop.oa(articles_per_month=1)
    await _article(shop)
    return await _article(shop)


# Templates by user id


async def _by_uid(shop: Shop, template: str) -> Json:
    body = {"user_id": await shop.customer(), "template_id": shop.templates[template], "template_data": DATA[template]}
    return await shop.call("POST", "/v3.0/oa/message/template", body)


@OA.shows(-249, "a one-time password by user id")
async def otp_by_uid(shop: Shop) -> Json:
    await shop.with_templates()
    return await _by_uid(shop, "Mã xác thực")


@OA.shows(-234, "a promotion by user id at 23:30 in Vietnam")
async def promotion_at_night(shop: Shop) -> Json:
    await shop.with_templates()
    await shop.until_hour(23)
    return await _by_uid(shop, PROMOTION)


# Forms


@OA.shows(-1340, "the leads of a form that does not exist")
async def no_form(shop: Shop) -> Json:
    return await shop.get("/v2.0/oa/form/get", form_id=new_id())


@OA.shows(-1341, "the leads of another OA's form")
async def foreign_form(shop: Shop) -> Json:
    other = await Shop(shop.http).open()
    form_id = new_id()
    await other.of_oa("POST", "/ad-forms", form_id=form_id)
    return await shop.get("/v2.0/oa/form/get", form_id=form_id)
