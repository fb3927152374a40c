"""Scenes of one person each: an investor, an emigrant, a company, someone who asks the price and is gone."""

from sokhach.sandbox.personas.manners import GONE, THANKFUL, THINKING, reminder
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_LOTS_WAYS = (
    Route(Topic.REFUSAL, "walk", ("chủ không có chính sách riêng cho người mua nhiều ạ",)),
    Route(Topic.DISCOUNT, "terms", ("lấy từ 5 lô được chiết khấu 6%, thanh toán 3 đợt ạ",)),
    Route(Topic.DOCUMENT, "terms", ("[staff] gửi bảng giá sỉ và pháp lý cả block để anh xem ạ",)),
    Route(Topic.APPOINTMENT, "tour", ("sáng mai [staff] đón anh xuống xem đất rồi ngồi với chủ luôn ạ",)),
)

WHOLESALE = Scene(
    "wholesale",
    {
        "start": Beat(
            say(
                "{còn rổ hàng nào|bên em còn [lots] lô|gom cho anh [lots] lô} {ở|khu} [place] {[no]|sổ riêng "
                "từng nền|đường từ 7 mét}",
                "{lấy sỉ [lots] lô chiết khấu [much]|giá sỉ [how] [q]|nhóm anh vô [lots] lô, giá gốc [much]}, "
                "{tiền tươi|thanh toán 2 đợt|[day] anh xuống coi}",
            ),
            _LOTS_WAYS,
            otherwise="again",
            silence="nudge",
            patience_minutes=15,
        ),
        "nudge": reminder(_LOTS_WAYS, minutes=20),
        "again": Beat(
            say(
                "{nói gọn thôi|anh không có thời gian}, {[about] có hay không|[lots] lô thì bớt mấy phần "
                "trăm|cho con số [about]}"
            ),
            _LOTS_WAYS,
            otherwise="gone",
            silence="gone",
        ),
        "terms": Beat(
            say(
                "{chia 3 đợt mỏng [so]|được, mà đợt đầu nhẹ thôi|xem rồi}, {đợt đầu 20% thôi|cho anh sang tay "
                "trước sổ|lô góc tính bằng giá lô thường}, {được thì [day] ký|anh lấy luôn [lots] lô|[folks] "
                "đang chờ}"
            ),
            (
                Route(Topic.REFUSAL, "walk", ("sang tay trước khi có sổ thì chủ không thể cho phép ạ",)),
                Route(Topic.APPOINTMENT, "tour", ("chủ gật đợt đầu 20%, hẹn anh [day] ký thỏa thuận nhé",)),
                Route(Topic.CALL, "tour", ("để [staff] gọi chủ chốt điều khoản rồi báo anh trong trưa nay ạ",)),
            ),
            otherwise="walk",
        ),
        "tour": Beat(
            say(
                "{ok [day]|được, [hour] giờ|hẹn vậy đi}, {đón anh ở [near]|anh chạy xe riêng xuống [place]|kêu "
                "chủ mang trích lục}, {anh dẫn theo 2 ông anh|coi lô góc trước|trưa ăn cơm luôn}"
            )
        ),
        "walk": Beat(
            say(
                "{vậy thôi|khó [so] thì thôi}, {anh qua [rival] gom|bên [rival] mời anh cả tuần|[lots] lô chứ có "
                "ít đâu}, {khi nào chủ kẹt tiền nhắn anh|cuối quý chủ hạ thì gọi [phone]|để anh chờ thêm tới "
                "[soon]}"
            )
        ),
        "gone": GONE,
    },
    facts={
        "about": ("giá sỉ [lots] lô", "[lots] nền ở [place]", "chiết khấu lấy sỉ"),
        "lots": ("5", "6", "8", "10", "12"),
    },
    mood="orders",
)

_OVERSEAS_WAYS = (
    Route(Topic.REFUSAL, "how", ("quốc tịch nước ngoài chưa thể đứng tên đất nền ạ, căn hộ thì được",)),
    Route(
        Topic.DOCUMENT,
        "how",
        ("[client] cần hộ chiếu còn hạn và giấy tờ chứng minh gốc Việt Nam, hợp đồng ủy quyền làm ở lãnh sự ạ",),
    ),
    Route(Topic.CALL, "zoom", ("[staff] gọi cho [client] theo giờ bên đó nhé, [client] rảnh lúc nào ạ",)),
    Route(Topic.APPOINTMENT, "zoom", ("[staff] đặt lịch gặp luật sư online cho [client] nhé",)),
)

OVERSEAS = Scene(
    "overseas",
    {
        "start": Beat(
            say(
                "mình ở [abroad] {20 năm rồi|hơn 10 năm|từ hồi nhỏ}, {có quốc tịch bên này|giữ cả hai quốc "
                "tịch|còn giữ giấy khai sinh Việt Nam}",
                "{mình đứng tên căn [flat] được [no]|mua [project] thì tên mình hay tên ba má|chuyển tiền về "
                "[how] cho đúng luật}, {tháng [flight] mình về|mình về ăn Tết|không về được, ủy quyền cho "
                "[folks] được [no]}",
            ),
            _OVERSEAS_WAYS,
            otherwise="again",
            silence="nudge",
            patience_minutes=60,
        ),
        "nudge": reminder(_OVERSEAS_WAYS, minutes=120),
        "again": Beat(
            say(
                "{sorry|xin lỗi} {tiếng Việt mình không giỏi lắm|bên mình đang khuya}, {cho mình hỏi rõ về "
                "[about]|ý mình là [about]|[about] làm [how] [q]}"
            ),
            _OVERSEAS_WAYS,
            otherwise="gone",
            silence="gone",
        ),
        "how": Beat(
            say(
                "{luật mới 2024 mình đọc rồi mà|vậy còn căn hộ [q]|hiểu rồi}, {giấy tờ nộp bản dịch công chứng "
                "hả|ủy quyền cho [folks] ký hết được [no]|chuyển từ ngân hàng [abroad] về thẳng chủ đầu tư được "
                "[no]}"
            ),
            (
                Route(Topic.REFUSAL, "home", ("chuyển thẳng thì không được ạ, phải qua tài khoản vốn trong nước",)),
                Route(
                    Topic.DOCUMENT,
                    "grateful",
                    ("[staff] gửi mẫu hợp đồng ủy quyền và danh sách giấy tờ, [client] ra lãnh sự làm trước ạ",),
                ),
                Route(Topic.APPOINTMENT, "zoom", ("[staff] đặt lịch luật sư [day] theo giờ bên [client] nhé",)),
            ),
            otherwise="home",
        ),
        "zoom": Beat(
            (
                Line(
                    "{[hour] giờ tối bên này được|cuối tuần mình rảnh|[day] gọi qua Zalo nha}, {nhớ múi giờ "
                    "[abroad]|có [folks] ngồi nghe cùng|mình gửi email trước câu hỏi về [about]}"
                ),
                Line(type="sticker"),
            )
        ),
        "grateful": THANKFUL,
        "home": THINKING,
        "gone": GONE,
    },
    facts={
        "about": ("cách đứng tên", "giấy ủy quyền", "thủ tục cho Việt kiều", "chuyển tiền về mua [project]"),
        "abroad": ("Cali", "Texas", "Sydney", "Toronto", "Melbourne", "Paris"),
        "flight": ("12", "1", "6", "7"),
    },
)

_LEASE_WAYS = (
    Route(Topic.OUT_OF_STOCK, "smaller", ("sàn [office] hiện tạm hết, bên [staff] còn sàn 80 m² trống ngay ạ",)),
    Route(Topic.DOCUMENT, "terms", ("[staff] gửi báo giá và hợp đồng thuê mẫu, xuất được hóa đơn VAT ạ",)),
    Route(Topic.APPOINTMENT, "visit", ("[staff] xin hẹn [client] khảo sát mặt bằng [day] ạ",)),
    Route(Topic.PRICE, "terms", ("đơn giá 380.000đ/m² chưa VAT, phí dịch vụ 95.000đ/m² ạ",)),
)

OFFICE_LEASE = Scene(
    "office_lease",
    {
        "start": Beat(
            say(
                "Kính gửi {bộ phận kinh doanh|Quý công ty|anh/chị phụ trách}, công ty {Hoàng Phát|TNHH Hoàng "
                "Phát} cần thuê văn phòng {khoảng [office]|diện tích [office]} {tại khu vực [ward]|gần [near]}",
                "Nhờ anh/chị {gửi báo giá có VAT|báo giá trọn gói gồm phí quản lý|cho biết điều kiện thuê "
                "[term]}, {dự kiến vào từ [soon]|cho [people] nhân sự|có chỗ đậu [people] xe máy}",
            ),
            _LEASE_WAYS,
            otherwise="again",
            silence="nudge",
            patience_minutes=120,
        ),
        "nudge": Beat(
            say(
                "Em nhắc lại giúp ạ, {bên em đang cần [about]|ban giám đốc hỏi [about]|chiều nay em phải trình "
                "[about]}, {anh/chị phản hồi giúp|mong nhận thông tin trước [hour] giờ|nếu không còn cũng báo em "
                "một tiếng}"
            ),
            _LEASE_WAYS,
            otherwise="again",
            silence="gone",
            patience_minutes=180,
        ),
        "again": Beat(
            say(
                "{Em chưa thấy|Phần em cần là|Xin phép hỏi lại} [about], {để em trình ký|vì bên em chốt trong "
                "[day]|có con số mới so sánh được ạ}"
            ),
            _LEASE_WAYS,
            otherwise="gone",
            silence="gone",
            patience_minutes=180,
        ),
        "terms": Beat(
            (
                Line(
                    "{Em đã nhận|Ban giám đốc đã xem|Em xem rồi ạ}, {cho em hỏi phí ngoài giờ tính thế nào|giá "
                    "này có điều chỉnh sau năm đầu không ạ|tiền cọc mấy tháng ạ}{|, bên em ký [term]|, sàn "
                    "[office] ạ|, vào [soon] ạ}"
                ),
                Line(
                    "{Yêu cầu sàn [office] em để trong tệp|Kèm tệp cho thời hạn [term]|Em gửi tệp [about] ạ|Em "
                    "gửi yêu cầu chi tiết|Thông tin xuất hóa đơn em để trong tệp}",
                    type="file",
                    variant="yeu-cau-bao-gia.pdf",
                ),
            ),
            (
                Route(Topic.REFUSAL, "other", ("phần phí ngoài giờ tòa nhà thu nên bên [staff] không thể miễn ạ",)),
                Route(
                    Topic.DISCOUNT,
                    "visit",
                    ("ký 3 năm bên [staff] miễn phí 2 tháng thi công, giá giữ nguyên 24 tháng ạ",),
                ),
                Route(Topic.PRICE, "visit", ("ngoài giờ tính 250.000đ/giờ, cọc 3 tháng ạ",)),
            ),
            otherwise="other",
        ),
        "smaller": Beat(
            say(
                "{80 m² hơi nhỏ ạ|Bên em [people] người, sợ chật}, {có thể ghép hai sàn không ạ|khi nào có lại "
                "sàn [office] ạ|tòa nhà khác quanh [near] có không ạ}"
            ),
            (
                Route(Topic.IN_STOCK, "visit", ("dạ có sẵn hai sàn liền nhau ghép được ạ, cùng tầng 6",)),
                Route(Topic.APPOINTMENT, "visit", ("[staff] mời [client] ghé xem tòa nhà bên cạnh [day] ạ",)),
                Route(Topic.DOCUMENT, "other", ("[staff] gửi catalogue các tòa nhà còn trống quanh đây ạ",)),
            ),
            otherwise="other",
        ),
        "visit": Beat(
            say(
                "Vâng, {[day] lúc [hour] giờ|đầu giờ [day]|chiều [day]} {bên em qua khảo sát|sếp em và em sẽ "
                "sang|có kế toán đi cùng} ạ, {liên hệ em [called], [phone]|anh/chị gửi sơ đồ mặt bằng [office] "
                "trước|nhờ chuẩn bị hồ sơ phòng cháy}"
            )
        ),
        "other": Beat(
            say(
                "Em cảm ơn, {bên em đang có thêm báo giá của [rival]|em trình ban giám đốc về [about]|em xin "
                "phép cân nhắc thêm}, {có kết quả em báo trước [day]|tuần sau em phản hồi|nếu điều chỉnh được "
                "anh/chị nhắn em}"
            )
        ),
        "gone": Beat(
            say(
                "Em không nhận được phản hồi về [about] nên {bên em đã chọn [rival]|bên em xin dừng tại đây|em "
                "khép hồ sơ này}, {cảm ơn anh/chị|hẹn dịp khác|mong lần sau được trả lời sớm hơn}"
            )
        ),
    },
    facts={
        "about": ("báo giá sàn [office]", "văn phòng [office]", "điều kiện thuê [term]", "đơn giá [office]"),
        "office": ("100 m²", "120 m²", "150 m²", "200 m²"),
        "term": ("2 năm", "3 năm", "5 năm"),
    },
    mood="orders",
)

_ONLY_WAYS = (
    Route(
        Topic.DETAILS,
        "lazy",
        (
            "cho [staff] xin nhu cầu của [client] để [staff] báo giá đúng căn ạ",
            "[client] quan tâm loại nào, ngân sách tầm bao nhiêu ạ",
        ),
    ),
    Route(Topic.PRICE, "quiet", ("dạ [price] ạ, [client] cần [staff] gửi thêm gì không",)),
    Route(Topic.PHONE, "number", ("[client] để lại số điện thoại [staff] tư vấn kỹ hơn nhé",)),
)

PRICE_ONLY = Scene(
    "price_only",
    {
        "start": Beat(
            say(
                "{giá|nhiêu|bao nhiêu tiền|ib giá|xin giá|giá sao} {căn [flat]|[project]|căn [area]|căn tầng "
                "[floor]|lô [land]|[room] ở [ward]|đất [place]}"
            ),
            _ONLY_WAYS,
            otherwise="lazy",
            silence="gone",
            patience_minutes=10,
        ),
        "lazy": Beat(
            say(
                "{hỏi giá [about] thôi mà|giá [about] nhiêu nói đi|có [about] mà cũng hỏi ngược|xin cái giá "
                "[about]}{|, lằng nhằng|, rườm rà [so]|, bận lắm}"
            ),
            (
                Route(Topic.PRICE, "quiet", ("dạ [price] [client] nhé",)),
                Route(Topic.APOLOGY, "quiet", ("[staff] xin lỗi, giá thay đổi theo tầng nên [staff] phải hỏi kỹ ạ",)),
                Route(Topic.DOCUMENT, "quiet", ("[staff] gửi bảng giá đầy đủ ạ",)),
            ),
            otherwise="gone",
            silence="gone",
        ),
        "number": Beat(
            say(
                "{[phone]|khỏi gọi nha|không để số đâu}, {nhắn giá [about] là được|nhắn Zalo thôi|giá [about] "
                "trước đi|tầm [budget] thì nhắn}"
            )
        ),
        "quiet": Beat(
            (
                Line(
                    "{ok|ừ|vậy hả|mắc|để coi|hơi cao|thanks} {[about]|căn [area]|[project]}{ để tính| tham khảo "
                    "thôi| để hỏi [folks]| lúc khác}"
                ),
            )
        ),
        "gone": Beat(
            say(
                "{khỏi|thôi|hết hứng}, {chậm [so]|bán căn [flat] mà im re|hỏi [project] chỗ khác cho lẹ|bên "
                "[rival] rep trong một phút}"
            )
        ),
    },
    facts={"about": ("căn [flat]", "[project]", "[area]", "lô [land]", "tầng [floor]")},
)
