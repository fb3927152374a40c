"""Templates such as a shop has: the control API makes them for an official account."""

import msgspec

from sokhach.sandbox.zns_data import PARAM_LENGTHS
from sokhach.sandbox.zns_records import TemplateButton, TemplateParam, ZnsTemplate


def _param(name: str, type: int, sample: str, **more: bool) -> TemplateParam:
    return TemplateParam(name=name, type=type, max_length=PARAM_LENGTHS[type], sample=sample, **more)


CUSTOMER = _param("ten_khach_hang", 1, "Nguyễn Thị Lan")
ORDER = _param("ma_don_hang", 4, "DH88213")
CALL = TemplateButton(type=2, title="Gọi cửa hàng", content="0901234567")
SITE = TemplateButton(type=1, title="Xem đơn hàng", content="https://changamocan.example/don-hang")


class Sample(msgspec.Struct, kw_only=True):
    """A template without owner; fields as in `ZnsTemplate`."""

    name: str
    text: str
    params: list[TemplateParam]
    buttons: list[TemplateButton] = []
    type: int = 1
    tag: str = "IN_TRANSACTION"
    status: str = "ENABLE"
    reason: str = ""
    quality: str = "HIGH"
    price_dong: int = 200
    price_uid_dong: int = 140
    journey: str | None = None
    quick_reply: bool = False
    night: bool = True

    def owned(self, *, template_id: str, oa_id: str, app_id: str, created_ms: int) -> ZnsTemplate:
        owner = {"template_id": template_id, "oa_id": oa_id, "app_id": app_id, "created_ms": created_ms}
        return msgspec.convert(msgspec.structs.asdict(self) | owner, ZnsTemplate)


SAMPLES = (
    Sample(
        name="Xác nhận đơn hàng",
        text="Chào <ten_khach_hang>, shop đã nhận đơn <ma_don_hang> đặt lúc <thoi_gian>, tổng tiền <so_tien> đ.",
        params=[CUSTOMER, ORDER, _param("thoi_gian", 11, "09:30 12/08/2026"), _param("so_tien", 14, "1250000")],
        buttons=[SITE, CALL],
        price_dong=300,
        price_uid_dong=210,
    ),
    Sample(
        name="Thông báo giao hàng",
        text="Đơn <ma_don_hang> đang được giao bởi <don_vi_van_chuyen>, mã vận đơn <ma_van_don>.",
        params=[
            CUSTOMER, ORDER, _param("don_vi_van_chuyen", 5, "Giao Hàng Nhanh"),
            _param("ma_van_don", 4, "GHN123456789", qr=True), _param("dia_chi", 3, "12 Lê Lợi, Quận 1", required=False),
        ],
        buttons=[TemplateButton(type=1, title="Theo dõi đơn hàng", content="https://changamocan.example/van-don")],
    ),
    Sample(
        name="Nhắc lịch hẹn",
        text="Chào <ten_khach_hang>, lịch hẹn của bạn lúc <thoi_gian> tại <dia_chi>.",
        params=[CUSTOMER, _param("thoi_gian", 11, "14:00 15/08/2026"), _param("dia_chi", 3, "12 Lê Lợi, Quận 1")],
        buttons=[CALL],
    ),
    Sample(
        name="Mã xác thực",
        text="Mã xác thực của bạn là <otp>. Mã có hiệu lực trong 5 phút.",
        params=[_param("otp", 12, "482913")],
        type=2,
        tag="OTP",
        price_dong=300,
        price_uid_dong=210,
    ),
    Sample(
        name="Yêu cầu thanh toán",
        text="Đơn <ma_don_hang> cần thanh toán <so_tien> đ, nội dung chuyển khoản: <noi_dung>.",
        params=[CUSTOMER, ORDER, _param("so_tien", 14, "1250000"), _param("noi_dung", 15, "THANH TOAN DH88213")],
        type=3,
        price_dong=300,
        price_uid_dong=210,
    ),
    Sample(
        name="Đánh giá dịch vụ",
        text="Cảm ơn <ten_khach_hang> đã mua hàng. Bạn hài lòng với đơn <ma_don_hang> không?",
        params=[CUSTOMER, ORDER],
        type=5,
        tag="POST_TRANSACTION",
    ),
    Sample(
        name="Khảo sát nhu cầu",
        text="Chào <ten_khach_hang>, bạn muốn shop tư vấn thêm về dịch vụ nào?",
        params=[CUSTOMER],
        tag="POST_TRANSACTION",
        quick_reply=True,
    ),
    Sample(
        name="Hành trình giao vận",
        text="Đơn <ma_don_hang>: <trang_thai>.",
        params=[ORDER, _param("trang_thai", 6, "Đã đến kho phân loại")],
        journey="token_logistics_7",
    ),
    Sample(
        name="Ưu đãi tháng này",
        text="Chào <ten_khach_hang>, mã <ma_uu_dai> giảm giá đến hết <thoi_gian>.",
        params=[CUSTOMER, _param("ma_uu_dai", 4, "MOCAN10"), _param("thoi_gian", 11, "31/08/2026")],
        type=4,
        tag="PROMOTION",
        night=False,
        price_dong=300,
        price_uid_dong=210,
    ),
    Sample(
        name="Chúc mừng sinh nhật",
        text="Chúc mừng sinh nhật <ten_khach_hang>!",
        params=[CUSTOMER],
        tag="POST_TRANSACTION",
        status="REJECT",
        reason="Nội dung không thuộc nhóm chăm sóc khách hàng.",
        quality="UNDEFINED",
    ),
    Sample(
        name="Thông báo đổi hàng",
        text="Yêu cầu đổi hàng của đơn <ma_don_hang> đã được tiếp nhận.",
        params=[CUSTOMER, ORDER],
        status="PENDING_REVIEW",
        quality="UNDEFINED",
    ),
    Sample(
        name="Nhắc mua lại",
        text="Chào <ten_khach_hang>, đã đến lúc thay bộ chăn ga mới.",
        params=[CUSTOMER],
        tag="POST_TRANSACTION",
        status="DISABLE",
        reason="Mẫu bị vô hiệu hóa do chất lượng gửi thấp.",
        quality="LOW",
    ),
)  # fmt: skip
