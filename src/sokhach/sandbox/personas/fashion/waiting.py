"""A complaint: late for the wedding."""

from sokhach.sandbox.personas.openings import opening
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_late_routes = (
    Route(Topic.REFUND, "refund", ("Dạ nếu không kịp em hoàn tiền cho mình ạ",)),
    Route(Topic.CALL, "called", ("Dạ em gọi cho bưu cục rồi báo mình liền ạ", "Dạ em gọi ngay tài xế ạ")),
    Route(
        Topic.DELIVERY,
        "promise",
        ("Dạ đơn đang ở bưu cục, chiều nay giao trong 3 tiếng ạ", "Dạ shipper đang trên đường ạ"),
    ),
    Route(Topic.APOLOGY, "sorry", ("Dạ em xin lỗi mình, đơn bị kẹt ạ",)),
)

late = Scene(
    key="fashion.late",
    mood="complains",
    facts={
        "product": ("váy dự tiệc", "áo dài", "đồ đồng phục lớp", "vest", "giày cưới", "đồ bơi", "đầm bầu", "áo đôi"),
        "event": (
            "mai đám cưới rồi",
            "tối nay chụp hình",
            "thứ bảy tốt nghiệp",
            "mai bay rồi",
            "chiều mai họp lớp",
            "sáng mốt lễ khai giảng",
        ),
        "wait": (
            "6 ngày chưa tới",
            "đứng im ở kho 3 [day]",
            "app báo giao thành công mà có thấy đâu",
            "hẹn hôm qua",
            "shipper hủy 2 lần",
        ),
        "about": ("đơn [product]", "[product]", "giờ giao [product]"),
    },
    beats={
        **opening(
            say(
                "{[you] ơi|gấp [you] ơi|[sigh]} [product] của [me] {đâu rồi|tới đâu rồi|sao chưa tới} [q], [wait]",
                "[event] {mà chưa có đồ mặc|, kịp [no]|, [me] lo muốn khóc|, không có là đền đó}",
            ),
            _late_routes,
            say(
                "{trả lời đúng câu [me] hỏi [please]|nói [me] nghe}, [product] {mấy giờ tới|có tới hôm nay [no]|nằm ở "
                "đâu}, [event]"
            ),
            minutes=10,
        ),
        "sorry": Beat(
            say(
                "{xin lỗi cũng không có cái mặc|đừng xin lỗi, giải quyết đi}, [event] {đó|rồi}, {giao hỏa tốc được "
                "[no]|có cái khác ở cửa hàng [no]|[wait] ai chịu}"
            ),
            _late_routes[:3],
            otherwise="bitter",
            silence="bitter",
        ),
        "promise": Beat(
            say(
                "{chắc [no]|[truly] [end]|hứa hoài}, {[event] mà|trễ nữa là [me] không nhận|[me] đợi ở [addr]}, {số "
                "shipper đâu|tới gọi [phone]|[called] nhận}"
            ),
            (
                Route(Topic.PHONE, "calm", ("Dạ em gửi mình số điện thoại shipper ạ",)),
                Route(Topic.REFUND, "refund", ("Dạ trễ nữa em hoàn tiền đủ cho mình ạ",)),
                Route(Topic.APOLOGY, "calm", ("Dạ em xin lỗi, em theo sát tới lúc mình nhận ạ",)),
            ),
            otherwise="bitter",
            silence="bitter",
        ),
        "called": Beat(
            (
                Line(
                    "{gọi [quick] [end]|ừ [me] chờ|báo liền [please]}, {[event] đó|mã vận đơn trong hình|"
                    "[called] [phone]}"
                ),
                Line("{[wait] nè [look] đi|app hiện vầy nè}, {có lạ không chứ|[product] đi đâu mất}", type="image"),
            )
        ),
        "refund": Beat(
            say(
                "{tiền thì trả rồi nhưng đồ đâu mặc|ừ trả đi|hoàn hết cả ship [end]}, {[event]|[wait] làm [me] mất "
                "[day] vui}, {stk [phone] tên [called]|bao lâu có tiền|có voucher đền bù [no]}"
            ),
            (
                Route(Topic.WAIT, "calm", ("Dạ mình đợi em ít phút kế toán chuyển ạ",)),
                Route(Topic.DISCOUNT, "calm", ("Dạ em tặng thêm voucher 100k ạ",)),
                Route(Topic.REFUSAL, "bitter", ("Dạ phí ship bên em không hỗ trợ ạ",)),
            ),
            otherwise="calm",
        ),
        "bitter": Beat(
            say(
                "{thôi|hết cứu}, [event] {[me] mượn đồ bạn|[me] chạy ra tiệm mua đại|mặc đồ cũ}, {đơn [product] "
                "[me] bom|trả lại tiền [please]|khỏi giao nữa}",
                "{shop kiểu này|làm ăn vậy} {ai dám đặt [product] nữa|mất khách ráng chịu|[me] đánh giá 1 sao}",
            )
        ),
        "calm": Beat(
            say(
                "{ừ cảm ơn đã lo|ok vậy [me] đỡ lo|được rồi}, {[product] tới [me] báo|[event] mà có là mừng|lần sau "
                "gửi sớm [please]}, {tính [me] hơi nóng|có gì gọi [phone]|đừng để [wait] nữa}"
            )
        ),
    },
)
