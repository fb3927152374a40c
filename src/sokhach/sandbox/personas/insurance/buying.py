"""Buying: papers for the road, a trip abroad."""

from sokhach.sandbox.personas.manners import GONE, THINKING, reminder
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_BUY_WAYS = (
    Route(Topic.PICTURE, "sends", ("[client] gửi hình căn cước và đăng ký xe giúp [staff] nhé",)),
    Route(Topic.PHONE, "sends", ("[client] cho [staff] xin số điện thoại và email để [staff] gửi giấy điện tử ạ",)),
    Route(Topic.DETAILS, "sends", ("cho [staff] xin họ tên, ngày sinh và ngày bắt đầu hiệu lực ạ",)),
    Route(Topic.PRICE, "sends", ("phí [fee], [client] chuyển khoản xong [staff] cấp giấy liền ạ",)),
    Route(Topic.WAIT, "slow", ("[client] đợi [staff] chút, [staff] lên đơn cho [client]",)),
)

BUY = Scene(
    "buy",
    {
        "start": Beat(
            say(
                "{[me] mua|làm cho [me]|lấy cho [me]|đăng ký giùm [me]} {gói [plan] cho [who]|bảo hiểm xe "
                "[car]|bảo hiểm [benefit]}",
                "{hiệu lực từ [start]|có liền trong ngày [no]|cần gửi [what] [q]|chuyển khoản hay trả góp [q]}, "
                "{bữa [you] tư vấn rồi đó|[folks] đồng ý rồi|[me] cần gấp|phí như hôm bữa hả}",
            ),
            _BUY_WAYS,
            otherwise="again",
            silence="nudge",
            patience_minutes=15,
        ),
        "nudge": reminder(_BUY_WAYS, minutes=20),
        "again": Beat(
            say(
                "{[me] đang mua mà|bán thì nói cần [what] đi|nhanh giùm}, {[about] tới đâu rồi|để [me] chuyển "
                "tiền|chậm là qua [start] đó|còn làm cho [who] nữa}"
            ),
            _BUY_WAYS,
            otherwise="gone",
            silence="gone",
        ),
        "sends": Beat(
            (
                Line(
                    "{[called], sinh [born]|tên [called]|ghi [called]}, {[phone]|số [phone]}, {nhận ở [street]|hiệu "
                    "lực [start]|gói [plan]|người thụ hưởng là [folks]}"
                ),
                Line(
                    "{căn cước đây|giấy tờ đủ nha|biên lai chuyển tiền nè|hình [me] chụp hai mặt|chuyển [fee] "
                    "rồi đó}, {tên [called]|lấy [start]|của [who]|cho gói [plan]}",
                    type="image",
                ),
                Line(
                    "{à cho [me] đổi|khoan, sửa giùm|[folks] kêu đổi} {ngày hiệu lực qua [start2]|địa chỉ nhận "
                    "qua cơ quan|tên người thụ hưởng|lên gói cao hơn một bậc|năm sinh, [me] ghi lộn} {được "
                    "[no]|nha [you]}"
                ),
            ),
            (
                Route(
                    Topic.REFUSAL, "stuck", ("giấy đã cấp nên [staff] không thể sửa, phải hủy cấp lại mất 3 ngày ạ",)
                ),
                Route(Topic.WAIT, "slow", ("đợi [staff] kiểm tra trên hệ thống rồi sửa cho [client] ạ",)),
                Route(Topic.DOCUMENT, "done", ("[staff] sửa xong, gửi [client] file giấy chứng nhận mới ạ",)),
                Route(Topic.REFUND, "done", ("[staff] đổi sang thông tin mới rồi ạ, phí giữ nguyên",)),
                Route(Topic.THANKS, "done", ("[staff] cảm ơn, thông tin mới [staff] cập nhật xong rồi ạ",)),
            ),
            otherwise="slow",
            silence="slow",
        ),
        "slow": Beat(
            say(
                "{có giấy chưa [you]|chuyển tiền rồi mà im|xong chưa [q]}, {[day] [me] cần xuất trình|[who] hỏi "
                "hoài|[fee] chứ đâu phải vài đồng|lỡ [start] có chuyện thì sao}"
            ),
            (
                Route(
                    Topic.APOLOGY,
                    "done",
                    ("[staff] xin lỗi vì chậm, hệ thống vừa cấp xong, [staff] gửi [client] ngay ạ",),
                ),
                Route(Topic.DOCUMENT, "done", ("giấy tờ đây ạ, [staff] gửi file có mã tra cứu",)),
                Route(Topic.DELIVERY, "done", ("bản cứng [staff] ship trong sáng mai ạ",)),
            ),
            otherwise="stuck",
            silence="gone",
        ),
        "done": Beat(
            (
                Line(
                    "{nhận được rồi|tới rồi nha|thấy file rồi}, {tên [called] đúng rồi|cảm ơn [you]|gọn lẹ "
                    "[so]|lưu số [you] lại}, {năm sau nhắc [me]|có [event] thì gọi số nào [q]|để [me] giới thiệu "
                    "thêm [folks]|hiệu lực [start] đúng ha}"
                ),
                Line(type="heart"),
            )
        ),
        "stuck": THINKING,
        "gone": GONE,
    },
    facts={
        "about": ("giấy bảo hiểm", "đơn gói [plan]", "đơn cho [who]", "giấy xe [car]"),
        "event": ("đụng xe", "nhập viện", "tai nạn", "mất giấy"),
        "start2": ("mùng 1", "ngày 10", "thứ Hai tới", "đầu tháng sau"),
    },
    mood="orders",
    weight=2,
)

_TRIP_WAYS = (
    Route(Topic.REFUSAL, "stuck", ("trên 80 tuổi bên [staff] chưa thể nhận bảo hiểm du lịch ạ",)),
    Route(
        Topic.DETAILS,
        "tells",
        (
            "cho [staff] xin ngày đi ngày về và năm sinh từng người ạ",
            "cho [staff] hỏi đi bao nhiêu người và ngày nào về ạ",
        ),
    ),
    Route(
        Topic.PRICE,
        "asks_more",
        ("[trip] 7 ngày phí 285.000đ một người, đủ chuẩn visa ạ", "gói cho [trip] là 320k mỗi khách ạ"),
    ),
    Route(Topic.DOCUMENT, "asks_more", ("[staff] gửi bảng giá theo số ngày đi [trip] ạ",)),
)

TRIP = Scene(
    "trip",
    {
        "start": Beat(
            say(
                "{[me] đi|nhà [me] đi|[people] người đi|công ty cho đi} [trip] {[start]|dịp lễ|{5|6|8|10} ngày}",
                "{bảo hiểm du lịch [how] [q]|mua bảo hiểm đi đường [much] [q]|xin visa cần bảo hiểm [how]}, "
                "{[who] cũng đi|có trễ chuyến, mất hành lý [no]|mua sát ngày được [no]|có người già nữa}",
            ),
            _TRIP_WAYS,
            otherwise="again",
            silence="nudge",
        ),
        "nudge": reminder(_TRIP_WAYS),
        "again": Beat(
            say(
                "{[me] hỏi [about] mà|chưa trúng ý, [about] á|vậy [about] có bán [no]}, {bay [start] rồi|nộp "
                "visa [day]|[people] người lận|để [me] còn mua vé}"
            ),
            _TRIP_WAYS,
            otherwise="gone",
            silence="gone",
        ),
        "tells": Beat(
            say(
                "{đi [start], về sau {5|7|9} ngày|[people] người|gồm [who]}, {sinh [born] hết|có một đứa 4 "
                "tuổi|ông bà ngoài 70}",
                "{tổng [much] [q]|đi chung một giấy được [no]|bên [trip] có số gọi tiếng Việt [no]}",
            ),
            (
                Route(Topic.REFUSAL, "stuck", ("trên 75 tuổi không thể mua chung, phải lập riêng ạ",)),
                Route(Topic.DISCOUNT, "buys", ("đi nhóm từ 4 người giảm 15% ạ",)),
                Route(Topic.PRICE, "asks_more", ("tổng 1.240.000đ cho cả đoàn ạ",)),
            ),
            otherwise="stuck",
        ),
        "asks_more": Beat(
            say(
                "{được đó|phí vậy ok|hơi mắc mà thôi}, {lỡ hủy chuyến có hoàn [no]|bên đó nằm viện thì trả trước "
                "hay sau|mất hộ chiếu có đền [no]}",
                "{hủy vì visa rớt thì sao|kẹt bão có tính [no]|leo núi, lặn biển có được [no]}, {đi [trip] hay "
                "bị vậy|[people] người lận|[folks] dặn hỏi kỹ|[start] bay rồi}",
            ),
            (
                Route(Topic.REFUSAL, "stuck", ("thể thao mạo hiểm thì không được chi trả ạ",)),
                Route(Topic.REFUND, "buys", ("rớt visa bên [staff] hoàn lại 100% phí ạ",)),
                Route(Topic.CALL, "buys", ("có tổng đài cứu trợ 24/7 nói tiếng Việt ạ",)),
                Route(Topic.DOCUMENT, "buys", ("[staff] gửi file quyền lợi tiếng Anh để [client] nộp visa luôn ạ",)),
            ),
            otherwise="stuck",
        ),
        "buys": Beat(
            (
                Line(
                    "{lấy luôn|ok mua|chốt}, {[people] người|đi [start]|tên [called]|gửi [phone]}, {hộ chiếu [me] "
                    "điền vô phiếu|gửi giấy trước [day] nha|[me] điền thông tin đây}"
                ),
                Line(type="info"),
            )
        ),
        "stuck": THINKING,
        "gone": GONE,
    },
    facts={
        "about": ("bảo hiểm đi [trip]", "phí đi [trip]", "bảo hiểm du lịch"),
        "trip": ("Thái", "Nhật", "Hàn", "châu Âu", "Đài Loan", "Singapore", "Úc", "Phú Quốc", "Côn Đảo"),
    },
    mood="orders",
)
