"""What people ask before they see a house: price and papers."""

from sokhach.sandbox.personas.manners import GONE, THANKFUL, THINKING, reminder
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_PRICE_WAYS = (
    Route(
        Topic.OUT_OF_STOCK,
        "sold",
        (
            "căn đó vừa có khách cọc hôm qua nên đã bán hết rồi, bên [staff] còn căn tương tự tầng khác, [client] xem "
            "thử nhé",
            "rất tiếc căn này không còn nữa ạ, cùng diện tích thì tháng sau mới mở thêm",
        ),
    ),
    Route(
        Topic.PRICE,
        "dear",
        (
            "căn [flat] hiện giá [price], đã gồm VAT và phí bảo trì, [client] nhé",
            "giá bán [price] bao thuế phí, [area] tim tường, hướng [facing] ạ",
        ),
    ),
    Route(Topic.DETAILS, "needs", ("cho [staff] hỏi [client] mua để ở hay đầu tư, ngân sách khoảng bao nhiêu ạ",)),
    Route(
        Topic.CALL,
        "no_call",
        ("để [staff] gọi lại tư vấn cho [client] rõ hơn, tiện giờ nào ạ", "[staff] gọi ngay cho [client] được không ạ"),
    ),
)

FLAT_PRICE = Scene(
    "flat_price",
    {
        "start": Beat(
            say(
                "{[you] ơi,|chào [you],|[you] cho [me] hỏi|hỏi chút [you],} {căn [flat] ở [project]|[me] thấy "
                "tin đăng căn [flat] bên [project]|căn [area] tầng [floor] [project]|căn [flat] hướng [facing] "
                "[project]}",
                "{giá [much] [q]|căn [this] [much] vậy [you]|tổng [much] luôn thuế phí [q]|giá hiện giờ [how] "
                "[q], còn [no]}",
            ),
            _PRICE_WAYS,
            otherwise="again",
            silence="nudge",
        ),
        "nudge": reminder(_PRICE_WAYS),
        "again": Beat(
            say(
                "{ý [me] là hỏi|[me] hỏi|cho [me] xin} [about] {thôi [end]|trước đã|, mấy cái khác tính sau|, "
                "nói con số giùm}"
            ),
            _PRICE_WAYS,
            otherwise="gone",
            silence="gone",
        ),
        "gone": GONE,
        "sold": Beat(
            say(
                "{ủa hết rồi hả|tiếc [so]|[sigh], chậm mất rồi}, {mới thấy đăng hôm qua mà|[me] ưng đúng căn "
                "hướng [facing] đó|"
                "căn [area] là vừa nhà [me] ở}",
                "{vậy có căn nào giống dị|còn căn nào tầng [floor]|dưới [budget] còn căn nào} {[no]|thì nhắn [me]}",
            ),
            (
                Route(
                    Topic.IN_STOCK,
                    "look",
                    (
                        "dạ còn căn tầng [floor], cùng [area], hướng [facing] ạ",
                        "bên [staff] còn căn góc, view thoáng hơn",
                    ),
                ),
                Route(Topic.PICTURE, "look", ("[staff] gửi hình căn tầng [floor] cho [client] xem trước nhé",)),
                Route(
                    Topic.PHONE,
                    "leave_number",
                    ("[client] cho [staff] xin số điện thoại, có căn ra hàng [staff] báo liền ạ",),
                ),
            ),
            otherwise="later",
        ),
        "dear": Beat(
            say(
                "{cao [so]|hơi căng|[sigh], mắc [so]|[truly] là hơi quá}, {[month] [me] hỏi còn rẻ hơn|bên "
                "[rival] chào mềm hơn|"
                "tài chính [me] cỡ [budget] thôi|bạn [me] mua đợt đầu rẻ hơn nhiều}",
                "{có bớt được [no]|chủ có thương lượng [no]|trả góp [how]|có gói vay [what] [no]}{|, [me] có sẵn "
                "[cash]|, căn tầng [floor] đó|, [day] [me] rảnh|, [folks] dặn hỏi}",
            ),
            (
                Route(
                    Topic.REFUSAL,
                    "later",
                    ("giá này chủ chốt rồi nên bên [staff] không thể bớt nữa ạ, mong [client] hiểu giúp [staff]",),
                ),
                Route(
                    Topic.DISCOUNT,
                    "bargain",
                    (
                        "thanh toán nhanh được chiết khấu thêm ạ",
                        "chủ đồng ý giảm cho khách thiện chí, [client] lên xem rồi [staff] xin thêm",
                    ),
                ),
                Route(
                    Topic.APPOINTMENT,
                    "look",
                    ("cuối tuần này [client] ghé xem nhà, ưng thì [staff] thương lượng trực tiếp với chủ ạ",),
                ),
                Route(
                    Topic.DOCUMENT,
                    "papers",
                    ("[staff] gửi bảng giá và hợp đồng mẫu để [client] xem phương án thanh toán nhé",),
                ),
            ),
            otherwise="later",
            silence="later",
        ),
        "needs": Beat(
            say(
                "{mua để ở|ở là chính|mua cho con đi học đại học|để dành cho thuê}, {nhà [people] người|cần gần "
                "[near]|ngân sách [budget]}",
                "{có sẵn [cash], còn lại vay|tiền mặt có [cash] thôi|vay cỡ phân nửa được [no]}",
            ),
            (
                Route(Topic.IN_STOCK, "look", ("vậy [staff] còn căn [flat] rất vừa, gần [near] luôn ạ",)),
                Route(
                    Topic.PRICE,
                    "bargain",
                    ("tầm tiền đó [client] hợp căn [price] ạ, trả trước 30% rồi góp theo tiến độ",),
                ),
                Route(Topic.APPOINTMENT, "look", ("[staff] hẹn [client] xem 2 căn phù hợp vào chiều mai nhé",)),
            ),
            otherwise="later",
        ),
        "no_call": Beat(
            say(
                "{đừng gọi [end]|khỏi gọi, cho [about] là được|thôi đừng gọi số [phone]|[me] đang {họp|ở cơ "
                "quan|trên xe|ru con} không nghe máy được}",
                "{nhắn ở đây|cứ nhắn tin}, {[me] chỉ cần [about]|cho [me] con số là được|có [about] rồi mới nói tiếp}",
            ),
            (
                Route(Topic.PRICE, "bargain", ("dạ vâng, căn đó [price] bao sang tên ạ",)),
                Route(Topic.DOCUMENT, "papers", ("[staff] gửi file bảng tính để [client] xem lúc rảnh ạ",)),
                Route(
                    Topic.APOLOGY, "later", ("[staff] xin lỗi vì làm phiền giờ này, [client] rảnh [staff] nhắn sau ạ",)
                ),
            ),
            otherwise="gone",
        ),
        "bargain": Beat(
            say(
                "{nếu chủ bớt còn [budget]|[budget] chốt được|cỡ [budget]} {thì [me] lên xem liền|là [me] "
                "cọc|thì [me] nói [folks] xuống tiền}",
                "{ngày nào coi nhà được [q]|[day] [me] rảnh|cuối tuần ghé được [no]}",
            ),
            (
                Route(Topic.REFUSAL, "later", ("mức đó chủ không thể bán được ạ",)),
                Route(
                    Topic.APPOINTMENT,
                    "look",
                    ("[staff] đặt lịch xem [day] cho [client] nhé, [staff] đón ở sảnh [project]",),
                ),
                Route(Topic.CALL, "leave_number", ("để [staff] gọi chủ hỏi rồi gọi lại cho [client] trong chiều nay",)),
            ),
            otherwise="later",
        ),
        "look": Beat(
            say(
                "{ok|[yes]|được} [day] {[me] qua coi|[me] với [folks] ghé|qua xem}, {gửi [me] vị trí|đậu xe ở "
                "[where]|nhớ mượn chìa khóa căn [facing] [end]|số [me] [phone]}"
            ),
        ),
        "leave_number": Beat(
            say(
                "{số [me]|đây|gọi số} [phone], {gọi sau [hour] giờ [end]|có căn dưới [budget] hẵng báo|nhắn Zalo "
                "trước rồi gọi}"
            )
        ),
        "papers": THANKFUL,
        "later": THINKING,
    },
    facts={"about": ("giá căn [flat]", "căn [flat] bên [project]", "giá [project]", "giá căn [area]")},
    weight=3,
)

_LEGAL_WAYS = (
    Route(
        Topic.DOCUMENT,
        "papers",
        (
            "lô này sổ hồng riêng, công chứng trong ngày ạ, [staff] gửi bản chụp để [client] đối chiếu",
            "đất có sổ đỏ đứng tên chủ, thổ cư [ground], không tranh chấp ạ",
        ),
    ),
    Route(Topic.PICTURE, "papers", ("[staff] gửi hình trích lục bản đồ, [client] xem ranh và lộ giới nhé",)),
    Route(Topic.APPOINTMENT, "go_see", ("sáng mai [client] ghé xem đất, [staff] dẫn ra phường hỏi quy hoạch luôn ạ",)),
    Route(Topic.WAIT, "wait", ("để [staff] kiểm tra quy hoạch trên cổng thông tin rồi báo [client] ạ",)),
)

LAND_LEGAL = Scene(
    "land_legal",
    {
        "start": Beat(
            say(
                "{cho [me] hỏi|[you] ơi|[me] quan tâm} lô đất [land] {ở|chỗ|bên} [place]",
                "{sổ sách [how] [q]|đất [this] lên thổ cư chưa|có dính quy hoạch [what] [no]|có sổ riêng [no] "
                "hay sổ chung}",
            ),
            _LEGAL_WAYS,
            otherwise="again",
            silence="nudge",
            patience_minutes=45,
        ),
        "nudge": reminder(_LEGAL_WAYS),
        "again": Beat(
            say(
                "{chưa trúng ý [me]|[me] hỏi giấy tờ mà}, {[about] [how] [q]|cái [me] lo là [about]|lần trước "
                "[me] dính đất sổ chung nên kỹ chỗ [about]}"
            ),
            _LEGAL_WAYS,
            otherwise="gone",
            silence="gone",
        ),
        "wait": Beat(
            say(
                "{ok [me] chờ|[yes] [you] coi giùm}, {thửa ngay khúc [near]|mặt đường [road]|lô [land] đó}, {coi "
                "luôn lộ giới|coi có đất công xen vô [no]|tra giùm [about]}"
            ),
            (
                Route(
                    Topic.DOCUMENT,
                    "papers",
                    ("[staff] tra xong rồi ạ, sổ hồng sạch, đường trước đất quy hoạch 12 mét",),
                ),
                Route(Topic.APOLOGY, "doubt", ("[staff] xin lỗi, phần hậu dính lộ giới 4 mét ạ",)),
                Route(Topic.CALL, "go_see", ("có kết quả rồi, [staff] gọi cho [client] giải thích nhé",)),
            ),
            otherwise="doubt",
            silence="doubt",
            patience_minutes=90,
        ),
        "papers": Beat(
            (
                Line(
                    "{ủa|[me] coi rồi}, {cái [this] {sao tên chủ khác|ghi đất trồng cây lâu năm} mà|diện tích "
                    "trên sổ nhỏ hơn tin đăng|lối đi ghi là đường [road] hả}"
                ),
                Line(
                    "{chỗ [this] nè|khoanh đỏ đó|hình [me] khoanh ở} {lô [land]|khúc [near]|bên đường [road]|góc dưới}",
                    type="image",
                ),
            ),
            (
                Route(
                    Topic.APOLOGY,
                    "doubt",
                    ("[staff] xin lỗi vì tin đăng ghi thiếu, đúng là sổ [ground] thổ cư thôi ạ",),
                ),
                Route(Topic.APPOINTMENT, "go_see", ("[client] ghé văn phòng xem sổ gốc, [staff] hẹn chủ ra luôn ạ",)),
                Route(
                    Topic.DOCUMENT,
                    "go_see",
                    ("chủ mới nhận thừa kế nên tên trên sổ hồng đang cập nhật, có biên nhận của văn phòng đăng ký ạ",),
                ),
            ),
            otherwise="doubt",
        ),
        "go_see": Beat(
            say(
                "{ok|[yes]|được đó}, [day] {[me] chạy xuống|[me] qua|đi coi luôn}, {nói chủ mang bản gốc|hẹn "
                "[hour] giờ ở [near]|[me] rủ thêm thằng em rành đất [place]|[me] đi với [folks]}"
            )
        ),
        "doubt": Beat(
            say(
                "{vậy thôi|[sigh]}, {đất kiểu [this] [me] không dám|dính lộ giới là [me] sợ rồi|giấy tờ chưa "
                "xong mà rao bán}",
                "{có lô nào sạch ở [place]|khi nào xong sổ lô [land]|có lô khác dưới [budget]} thì {nhắn|báo} [me]",
            )
        ),
        "gone": GONE,
    },
    facts={"about": ("sổ lô [land]", "quy hoạch lô [land]", "thổ cư lô ở [place]", "giấy tờ đất [place]")},
    weight=2,
)
