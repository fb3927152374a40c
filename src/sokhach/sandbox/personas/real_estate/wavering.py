"""Those who compare, bargain and must ask at home; and those who come back."""

from sokhach.sandbox.personas.manners import GONE, THANKFUL, THINKING, reminder
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_COMPARE_WAYS = (
    Route(
        Topic.DISCOUNT,
        "tempted",
        (
            "ký trong tuần [client] được chiết khấu 3% và tặng kèm gói nội thất bếp ạ",
            "bên [staff] đang ưu đãi lãi suất 0 đồng 18 tháng ạ",
        ),
    ),
    Route(Topic.PICTURE, "details", ("[staff] gửi hình so sánh mặt bằng hai dự án để [client] dễ nhìn ạ",)),
    Route(Topic.DOCUMENT, "details", ("[staff] gửi bảng giá và pháp lý hai bên cho [client] đối chiếu nhé",)),
    Route(Topic.APPOINTMENT, "home", ("cuối tuần này [client] ghé xem nhà mẫu rồi hẵng quyết ạ",)),
)

COMPARE = Scene(
    "compare",
    {
        "start": Beat(
            say(
                "{[me] đang phân vân|[me] cân nhắc hoài|nhà [me] cãi nhau} giữa [project] với {bên [rival]|dự án "
                "[rival]|chỗ [rival]}",
                "{bên đó [point]|họ nói [point]|thấy đồn [point]}, {[you] có gì hơn [no]|mua căn [flat] bên "
                "[you] thì được [what]|nói [me] nghe coi khác [how]}",
            ),
            _COMPARE_WAYS,
            otherwise="again",
            silence="nudge",
            patience_minutes=40,
        ),
        "nudge": reminder(_COMPARE_WAYS, minutes=60),
        "again": Beat(
            say(
                "{bán hàng ai chẳng khen hàng mình|nói [truly] đi|nghe chung chung [so]}, {bên kia [point] "
                "kìa|vậy [about] hơn chỗ nào|[me] cần con số về [about]}"
            ),
            _COMPARE_WAYS,
            otherwise="home",
            silence="gone",
        ),
        "tempted": Beat(
            say(
                "{tặng vậy thôi hả|nghe cũng ham|có giấy trắng mực đen [no]}, {bên [rival] cũng tặng [gift]|thêm "
                "[gift] nữa đi|quy ra tiền mặt được [no]}",
                "{[day] ký còn được [no]|áp dụng căn tầng [floor] [no]|[folks] thích tiền mặt hơn}",
            ),
            (
                Route(Topic.REFUSAL, "home", ("quà không được quy đổi tiền mặt ạ, chính sách chung của chủ đầu tư",)),
                Route(Topic.DOCUMENT, "yes", ("ưu đãi ghi rõ trong hợp đồng, [staff] gửi văn bản cho [client] ạ",)),
                Route(Topic.DISCOUNT, "yes", ("[staff] xin thêm được voucher 30 triệu trừ thẳng vào giá ạ",)),
                Route(Topic.APPOINTMENT, "yes", ("[day] ký vẫn kịp, [staff] hẹn [client] [hour] giờ nhé",)),
            ),
            otherwise="home",
            silence="home",
        ),
        "details": Beat(
            say(
                "{coi rồi|[me] đọc rồi}, {mật độ xây dựng cao [so]|chỗ đậu xe ít [so]|gần [near] thì tiện "
                "[truly]|phí quản lý hơi cao}",
                "{[rival] thì [point]|bàn giao [soon] có chắc [no]|hàng xóm toàn người [what] [q]|ngập "
                "[no] mà gần kênh vậy}",
            ),
            (
                Route(Topic.REFUSAL, "home", ("phần đó [staff] không thể cam kết thay chủ đầu tư ạ",)),
                Route(
                    Topic.APPOINTMENT, "yes", ("[client] ghé xem thực tế một buổi, [staff] dẫn đi cả hai chỗ luôn ạ",)
                ),
                Route(Topic.DISCOUNT, "yes", ("phí quản lý được miễn phí 2 năm đầu ạ",)),
            ),
            otherwise="home",
        ),
        "yes": Beat(
            say(
                "{ok nghe được|vậy nghiêng về [project] rồi|[yes], [me] chịu}, {[day] [me] dẫn [folks] lên|giữ "
                "giùm căn [flat] tới [day2]|số [me] [phone]|nhớ xin thêm [gift] cho [me]}"
            )
        ),
        "home": THINKING,
        "gone": GONE,
    },
    facts={
        "about": ("căn [flat] với bên [rival]", "lựa chọn [project]", "[project]", "so sánh hai dự án"),
        "point": (
            "rẻ hơn hai trăm triệu",
            "sắp có metro",
            "bàn giao sớm hơn một năm",
            "có trường học trong khu",
            "trả góp 1% mỗi tháng",
            "cam kết thuê lại",
            "nội thất nhập khẩu",
        ),
        "gift": ("máy lạnh", "tủ bếp", "cây vàng", "hai năm phí quản lý", "chỗ đậu xe hơi", "bộ rèm"),
    },
    mood="wavers",
    weight=2,
)

_BARGAIN_WAYS = (
    Route(
        Topic.REFUSAL,
        "stuck",
        ("giá đó chủ không thể bán ạ, [client] thêm ít nữa nhé", "chủ báo không giảm nữa [client] ơi"),
    ),
    Route(Topic.DISCOUNT, "near", ("chủ giảm được 40 triệu nếu công chứng trong tuần ạ",)),
    Route(Topic.APPOINTMENT, "face", ("[client] ghé xem đất rồi [staff] hẹn chủ ngồi cà phê thương lượng ạ",)),
    Route(Topic.CALL, "face", ("để [staff] gọi chủ hỏi giúp [client] ngay ạ",)),
)

BARGAIN = Scene(
    "bargain",
    {
        "start": Beat(
            say(
                "{miếng|lô} đất [land] {ở|bên} [place] {rao [asked]|đăng [asked]|[asked]} {mắc [so]|cao [so]|hơi quá}",
                "{[bid] bán [no]|[me] trả [bid]|[bid] là [me] mang tiền xuống liền}, {[me] mua thiện chí|đất hẻm "
                "cụt mà|khu đó [month] ngập tới mắt cá|bên cạnh mới bán [bid]}",
            ),
            _BARGAIN_WAYS,
            otherwise="again",
            silence="nudge",
        ),
        "nudge": reminder(_BARGAIN_WAYS),
        "again": Beat(
            say(
                "{được hay không nói một tiếng|[you] hỏi chủ chưa|đừng vòng vo}, {[bid] thì lấy|[me] có tiền "
                "sẵn|[about] mà không bán [bid] là [me] mua lô khác}"
            ),
            _BARGAIN_WAYS,
            otherwise="gone",
            silence="gone",
        ),
        "near": Beat(
            say(
                "{bớt nhiêu đó ăn thua gì|thêm chút nữa đi|gần được rồi}, {chịu luôn thuế thì [me] gật|lấy lộc "
                "[bid] chẵn|[folks] chỉ cho tới [bid]}",
                "{chủ chịu thuế [no]|[day] công chứng luôn|giữ giấy lô [land] giùm [me] [end]}",
            ),
            (
                Route(Topic.REFUSAL, "stuck", ("thuế bên mua chịu theo thông lệ, chủ không hỗ trợ phần đó ạ",)),
                Route(Topic.APPOINTMENT, "deal", ("chủ đồng ý, [staff] hẹn phòng công chứng [day] lúc [hour] giờ ạ",)),
                Route(Topic.DOCUMENT, "deal", ("chủ gật rồi ạ, [staff] soạn hợp đồng cọc giá [bid] cho [client] nhé",)),
                Route(Topic.PRICE, "deal", ("chủ chốt 1,88 tỷ bao thuế, [client] lấy luôn nhé",)),
            ),
            otherwise="stuck",
            silence="stuck",
        ),
        "face": Beat(
            say(
                "{gặp chủ thì được|ngồi nói chuyện cho dễ|ừ hẹn đi}, {[day] [me] rảnh|gần [near] có quán}, {mà "
                "[you] đừng nói giá [me] trả nha|nhớ nói đỡ cho [me]|có chủ [truly] ra hay cò}"
            ),
            (
                Route(Topic.REFUSAL, "stuck", ("chủ đi xa nên không thể gặp tuần này ạ",)),
                Route(Topic.APPOINTMENT, "deal", ("[staff] hẹn chủ [day], [hour] giờ ở quán gần [near] ạ",)),
                Route(Topic.PHONE, "deal", ("[client] cho [staff] xin số điện thoại để [staff] báo giờ gặp ạ",)),
            ),
            otherwise="stuck",
        ),
        "deal": Beat(
            say(
                "{vậy chốt|ok chắc nha|[yes] vậy đi}, {[day] gặp|[me] rút tiền sẵn|[me] coi ngày rồi, [day] "
                "đẹp}, {[phone] đây|mang bản gốc sổ lô [land] [end]|dẫn thêm thằng em coi giấy tờ}"
            )
        ),
        "stuck": THINKING,
        "gone": GONE,
    },
    facts={
        "about": ("lô [land]", "giá lô ở [place]", "miếng đất [asked]"),
        "asked": ("2,1 tỷ", "2,25 tỷ", "1,98 tỷ", "2,4 tỷ", "3,05 tỷ"),
        "bid": ("1,75 tỷ", "1,8 tỷ", "1,85 tỷ", "1,9 tỷ"),
    },
    mood="wavers",
)

_BACK_WAYS = (
    Route(Topic.OUT_OF_STOCK, "missed", ("căn đó tuần trước đã bán hết rồi ạ, bên [staff] tạm hết căn cùng tầng",)),
    Route(Topic.IN_STOCK, "take", ("dạ còn ạ, chủ vẫn giữ giá cũ cho [client]", "căn [flat] vẫn còn nhé")),
    Route(Topic.PRICE, "rise", ("căn đó chủ mới tăng lên 2,68 tỷ ạ",)),
    Route(Topic.APPOINTMENT, "take", ("vẫn được ạ, hẹn [client] [day] lên ký cọc nhé",)),
)

BACK_AGAIN = Scene(
    "back_again",
    {
        "start": Beat(
            say(
                "{[you] nhớ [me] [no]|[called] nè|hôm bữa [me] coi nhà đó|lại là [me] đây}, {bữa [month] có "
                "xem căn [flat]|hôm trước xem [project]|người đi với [folks] đó}",
                "{[folks] bàn xong rồi|suy đi tính lại|coi mấy chỗ khác thì}{ vẫn ưng căn đó| thấy bên [you] "
                "được hơn|, [rival] không bằng}, {căn tầng [floor] còn [no]|giờ giá [how] [q]|còn giữ giá cũ "
                "[no]}",
            ),
            _BACK_WAYS,
            otherwise="again",
            silence="nudge",
        ),
        "nudge": reminder(_BACK_WAYS),
        "again": Beat(
            say(
                "{[me] hỏi|trả lời giùm} [about] {còn hay hết|giờ [how] rồi|để [me] về nói với [folks]|vì [day] "
                "[me] rảnh lên ký}"
            ),
            _BACK_WAYS,
            otherwise="gone",
            silence="gone",
        ),
        "rise": Beat(
            say(
                "{ủa mới mấy tuần mà tăng|[sigh], chậm chân rồi|biết vậy cọc từ [month]}, {xin chủ giá cũ được "
                "[no]|[me] khách quen mà|[me] cọc liền trong [day]}"
            ),
            (
                Route(Topic.REFUSAL, "missed", ("chủ không thể bớt nữa ạ, mặt bằng chung đều tăng",)),
                Route(Topic.DISCOUNT, "take", ("[staff] xin chủ giảm lại 30 triệu cho [client] rồi ạ",)),
                Route(Topic.CALL, "take", ("để [staff] gọi chủ nói giúp [client] ngay ạ",)),
            ),
            otherwise="missed",
        ),
        "take": Beat(
            (
                Line(
                    "{vậy [me] lấy|chốt luôn|mừng [so]}, {[day] cọc|[called], [phone]|đứng tên [folks] [end]|tầng "
                    "[floor] nghen}, {chuyển khoản bao nhiêu trước [q]|[me] mang căn cước theo|[folks] khen "
                    "[you] nhiệt tình}"
                ),
                Line(type="sticker"),
            )
        ),
        "missed": THINKING,
        "gone": GONE,
    },
    facts={"about": ("căn [flat] hôm trước", "căn tầng [floor]", "căn [project]", "giá căn [flat]")},
    mood="returns",
)

_KEYS_WAYS = (
    Route(Topic.WAIT, "waits", ("để [staff] kiểm tra tiến độ sổ với phòng pháp lý rồi báo [client] ạ",)),
    Route(Topic.APPOINTMENT, "fixed", ("sổ có lịch trả [day], hẹn [client] lên văn phòng ký nhận nhé",)),
    Route(Topic.DOCUMENT, "fixed", ("hồ sơ sổ hồng đã nộp, [staff] gửi [client] biên nhận ạ",)),
    Route(Topic.APOLOGY, "cross", ("[staff] xin lỗi, bên văn phòng đăng ký đang chậm hơn dự kiến ạ",)),
)

PINK_BOOK = Scene(
    "pink_book",
    {
        "start": Beat(
            say(
                "{[me] mua căn [flat] {bên|ở} [project] {[month]|được gần năm|qua [you] đó}|nhà [me] căn [flat] "
                "[project]}, {ở thích lắm|hàng xóm dễ thương|gần [near] tiện [so]}",
                "{mà [book] {tới đâu rồi [q]|khi nào có [q]|sao lâu [so]}|cho [me] hỏi [book]}, {[folks] nhắc "
                "hoài|ngân hàng đang đòi|[me] cần để nhập học cho con}",
            ),
            _KEYS_WAYS,
            otherwise="again",
            silence="nudge",
            patience_minutes=60,
        ),
        "nudge": reminder(_KEYS_WAYS, minutes=90),
        "again": Beat(
            say(
                "{[you] coi lại giùm|ý [me] là}, {[book] căn [flat] đó|hồ sơ tên [called]|[about] có ngày "
                "chưa|[me] cần cái ngày cụ thể}"
            ),
            _KEYS_WAYS,
            otherwise="cross",
            silence="cross",
        ),
        "waits": Beat(
            say(
                "{ok chờ|[yes] [you] coi giùm}, {tên [called]|căn [flat], tầng [floor]|số [phone]}, {có biết "
                "[book] vướng chỗ nào [no]|hợp đồng ký [month]}"
            ),
            (
                Route(Topic.APOLOGY, "cross", ("[staff] xin lỗi, hồ sơ phải bổ sung giấy xác nhận cư trú ạ",)),
                Route(Topic.DOCUMENT, "fixed", ("sổ hồng đã in xong, [client] cầm căn cước lên nhận ạ",)),
                Route(Topic.APPOINTMENT, "fixed", ("có lịch trả [day2] rồi ạ, [client] ghé [hour] giờ nhé",)),
            ),
            otherwise="cross",
            silence="cross",
            patience_minutes=120,
        ),
        "cross": Beat(
            say(
                "{hứa từ [month] tới giờ|lần thứ ba rồi đó|[sigh]}, {[book] mà cứ khất|[folks] nói [me] mua "
                "nhầm|chậm nữa [me] lên gặp chủ đầu tư}, {có tin nhắn liền cho [me]|[day] [me] ghé văn phòng|cho "
                "[me] văn bản trả lời}"
            )
        ),
        "fixed": THANKFUL,
        "gone": GONE,
    },
    facts={
        "about": ("[book]", "[book] căn [flat]", "hồ sơ căn [flat]"),
        "book": ("sổ hồng", "giấy chứng nhận", "cái sổ", "giấy tờ nhà", "thẻ cư dân", "hóa đơn phí bảo trì"),
    },
    mood="returns",
)
