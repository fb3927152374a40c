"""Companies: lorries, and the health of a whole staff."""

from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic


def _nudge(ways: tuple[Route, ...]) -> Beat:
    asked = (
        "Em xin phép nhắc lại về [about], {anh/chị phản hồi giúp trước [hour] giờ|hạn trình ký là [day]|nếu chậm "
        "em phải "
        "chọn [rival] ạ|ban giám đốc vừa hỏi lại em}"
    )
    return Beat(say(asked), ways, otherwise="again", silence="gone", patience_minutes=180)


_GONE = Beat(
    say(
        "Do không nhận được [about], {công ty em đã ký với [rival]|bên em xin dừng làm việc|em chuyển sang đơn "
        "vị khác}, {cảm ơn anh/chị|mong lần sau được trả lời sớm hơn|hẹn kỳ sau ạ}"
    )
)
_DECLINES = Beat(
    say(
        "{Em cảm ơn|Em ghi nhận ạ|Vâng em hiểu}, {bên em cân nhắc thêm [rival]|để em trình lại về [about]|mức "
        "này vượt ngân sách}, {[day] em phản hồi|có điều chỉnh anh/chị báo em|chắc dời sang kỳ sau}"
    )
)

_FLEET_WAYS = (
    Route(Topic.DOCUMENT, "reads", ("[staff] gửi báo giá đội xe, xuất hóa đơn VAT theo từng kỳ ạ",)),
    Route(Topic.DETAILS, "tells", ("cho [staff] xin danh sách biển số, năm sản xuất và tuyến chạy ạ",)),
    Route(Topic.DISCOUNT, "reads", ("đội xe từ 10 chiếc được chiết khấu 22% ạ",)),
    Route(Topic.APPOINTMENT, "meets", ("[staff] xin lịch khảo sát đội xe [day] ạ",)),
)

FLEET = Scene(
    "fleet",
    {
        "start": Beat(
            say(
                "Kính gửi {Quý công ty|phòng bảo hiểm xe|anh/chị phụ trách}, công ty {vận tải|TNHH vận tải} {Phú "
                "Cường|Phú Cường Logistics} cần {mua mới|tái tục} bảo hiểm cho [count] {xe tải|xe đầu kéo|xe "
                "khách|xe bồn}",
                "{Nhờ báo giá có VAT|Xin báo giá vật chất và hàng hóa|Mong gửi giúp báo giá trọn gói}, {hạn hiện "
                "tại tới [start]|chạy tuyến Bắc Nam|[count] xe chia 2 kỳ thanh toán|năm trước tổn thất thấp}",
            ),
            _FLEET_WAYS,
            otherwise="again",
            silence="nudge",
            patience_minutes=120,
        ),
        "nudge": _nudge(_FLEET_WAYS),
        "again": Beat(
            say(
                "{Nội dung em cần là|Anh/chị giúp em|Em chưa thấy} [about], {[count] xe đời 2019 tới 2024|hạn "
                "[start]|để so với [rival]|kế toán đang chờ}"
            ),
            _FLEET_WAYS,
            otherwise="gone",
            silence="gone",
            patience_minutes=180,
        ),
        "tells": Beat(
            (
                Line(
                    "{Danh sách xe em gửi kèm|Em gửi tệp biển số|Chi tiết [count] xe trong tệp}, {có {2|3} xe "
                    "mới mua|{1|2} xe từng ngập nước|tuyến chạy ghi cột cuối}",
                    type="file",
                    variant="danh-sach-can-mua.csv",
                ),
                Line(
                    "{Mức khấu trừ nào hợp lý ạ|Có giám định ở tỉnh không ạ|Xe hỏng giữa đường cứu hộ tính sao "
                    "ạ}, {tài xế bên em [people] người|hàng trên xe có bảo hiểm chung không|hay chạy đêm qua đèo}"
                ),
            ),
            (
                Route(Topic.REFUSAL, "declines", ("xe trên 15 năm bên [staff] không nhận vật chất ạ",)),
                Route(Topic.DOCUMENT, "reads", ("[staff] gửi báo giá theo từng xe trong chiều nay ạ",)),
                Route(Topic.CALL, "meets", ("phụ trách đội xe sẽ gọi [client] trao đổi mức khấu trừ ạ",)),
            ),
            otherwise="declines",
        ),
        "reads": Beat(
            say(
                "{Em đã xem|Ban giám đốc đã xem|Kế toán đã đối chiếu}, {phí vật chất cao hơn [rival]|mức khấu "
                "trừ 2 triệu hơi cao|phần hàng hóa chưa thấy ghi}",
                "{Anh/chị chiết khấu thêm cho [count] xe được không|Thanh toán 4 kỳ được không ạ|Bổ sung cứu hộ "
                "toàn quốc giúp em}, {[day] bên em chốt|để em trình ký|kịp trước [start]}",
            ),
            (
                Route(Topic.REFUSAL, "declines", ("phí này đã sát nên bên [staff] không thể bớt ạ",)),
                Route(Topic.DISCOUNT, "meets", ("[staff] xin được thêm 3% và miễn phí cứu hộ ạ",)),
                Route(Topic.DOCUMENT, "meets", ("[staff] gửi hợp đồng bản sửa, có cả phụ lục hàng hóa ạ",)),
            ),
            otherwise="declines",
        ),
        "meets": Beat(
            say(
                "Vâng, {[day] lúc [hour] giờ|đầu giờ [day]} {mời anh/chị qua bãi xe|bên em có đủ hồ sơ|anh "
                "trưởng đội xe tiếp}, {bãi ở [street]|liên hệ em [called], [phone]|chụp giúp cả [count] xe một "
                "lượt|xe đi tuyến về lúc trưa ạ}"
            )
        ),
        "declines": _DECLINES,
        "gone": _GONE,
    },
    facts={
        "about": ("báo giá [count] xe", "phí bảo hiểm đội xe", "phương án cho [count] xe"),
        "count": ("8", "12", "16", "20", "24", "35"),
    },
    mood="orders",
)

_STAFF_WAYS = (
    Route(Topic.DOCUMENT, "reads", ("[staff] gửi báo giá ba mức và danh sách bệnh viện bảo lãnh ạ",)),
    Route(Topic.APPOINTMENT, "meets", ("[staff] xin hẹn trình bày với phòng nhân sự [day] ạ",)),
    Route(Topic.DETAILS, "tells", ("cho [staff] xin cơ cấu tuổi và ngân sách mỗi người ạ",)),
    Route(Topic.PRICE, "reads", ("mức trung bình 2.100.000đ mỗi nhân viên một năm ạ",)),
)

STAFF_HEALTH = Scene(
    "staff_health",
    {
        "start": Beat(
            say(
                "Kính gửi anh/chị, {công ty em|công ty may Việt Thịnh|phòng nhân sự Việt Thịnh} đang {tìm|làm "
                "lại} bảo hiểm sức khỏe cho [count] {công nhân|nhân viên|lao động}, {đa số nữ|tuổi từ 19 tới "
                "50|có cả người thân đi kèm}",
                "{Nhờ báo giá theo nhóm|Xin báo giá ba mức|Anh/chị gửi phương án giúp em}, {có [benefit] càng "
                "tốt|cần bảo lãnh ở [hospital]|hiệu lực từ [start]|hóa đơn VAT theo quý}",
            ),
            _STAFF_WAYS,
            otherwise="again",
            silence="nudge",
            patience_minutes=120,
        ),
        "nudge": _nudge(_STAFF_WAYS),
        "again": Beat(
            say(
                "{Ý em là|Em cần trước|Nhờ anh/chị gửi} [about], {công đoàn đang hỏi|[day] họp rồi ạ|[count] "
                "người nên làm sớm|để so với [rival]}"
            ),
            _STAFF_WAYS,
            otherwise="gone",
            silence="gone",
            patience_minutes=180,
        ),
        "tells": Beat(
            say(
                "{Ngân sách 2 triệu một người|Tối đa 2,3 triệu một người|Công ty chi nửa, nhân viên nửa} ạ, "
                "{khoảng 60% dưới 35 tuổi|có {6|9|12} chị đang mang thai|{10|15} anh chị trên 50}",
                "{Thai sản tính thế nào ạ|Bệnh có sẵn có được nhận không ạ|Người nghỉ việc giữa năm hoàn phí sao "
                "ạ}, {thêm [benefit] thì bao nhiêu|nộp hồ sơ qua app được không|có người trực ở nhà máy không}",
            ),
            (
                Route(Topic.REFUSAL, "declines", ("dưới 50 người bên [staff] chưa thể bỏ thời gian chờ ạ",)),
                Route(Topic.REFUND, "reads", ("nghỉ giữa năm bên [staff] hoàn phí theo ngày còn lại ạ",)),
                Route(Topic.DOCUMENT, "reads", ("[staff] gửi phương án riêng cho thai sản trong tài liệu kèm theo ạ",)),
            ),
            otherwise="declines",
        ),
        "reads": Beat(
            (
                Line(
                    "{Em nhận tài liệu rồi|Sếp em đọc rồi|Công đoàn góp ý}, {mức 1 thiếu [benefit]|danh sách "
                    "bệnh viện chưa có [hospital]|phí mức 2 hơi cao}, {anh/chị xem lại giúp|điều chỉnh được "
                    "không ạ|có chiết khấu cho [count] người không}"
                ),
                Line(
                    "{Yêu cầu bổ sung em để trong tệp|Em gửi lại bảng yêu cầu|Góp ý của công đoàn ở tệp này}, "
                    "{mục 3 quan trọng nhất|phần [benefit]|cho [count] người ạ}",
                    type="file",
                    variant="yeu-cau-bao-gia.pdf",
                ),
            ),
            (
                Route(
                    Topic.REFUSAL, "declines", ("[hospital] không có trong mạng lưới nên bên [staff] chưa thể thêm ạ",)
                ),
                Route(
                    Topic.DISCOUNT, "meets", ("[staff] chiết khấu 12% cho nhóm và tặng kèm khám sức khỏe tại xưởng ạ",)
                ),
                Route(Topic.DOCUMENT, "meets", ("[staff] gửi hợp đồng nháp đã bổ sung các mục ạ",)),
            ),
            otherwise="declines",
        ),
        "meets": Beat(
            say(
                "Vâng ạ, {[day] lúc [hour] giờ|[hour] giờ [day]} {mời anh/chị sang trình bày|bên em họp công "
                "đoàn|phòng họp có máy chiếu}, {em [called], [phone]|cổng số 2, [street]|nhờ in sẵn [people] bộ|có "
                "chị trưởng phòng dự}"
            )
        ),
        "declines": _DECLINES,
        "gone": _GONE,
    },
    facts={
        "about": ("báo giá cho [count] người", "phương án bảo hiểm nhóm", "bảo hiểm [count] nhân viên"),
        "count": ("45", "80", "120", "200", "350"),
    },
    mood="orders",
)
