"""What it takes to live there: loans, and rooms to let."""

from sokhach.sandbox.personas.manners import GONE, THANKFUL, THINKING, reminder
from sokhach.sandbox.personas.script import Beat, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_LOAN_WAYS = (
    Route(
        Topic.DETAILS,
        "income",
        ("cho [staff] hỏi thu nhập hai vợ chồng một tháng và [client] có sẵn bao nhiêu tiền ạ",),
    ),
    Route(
        Topic.PRICE,
        "monthly",
        (
            "vay 70% trong 25 năm, hai năm đầu lãi 6,5% rồi thả nổi ạ",
            "vay 1,5 tỷ thì tháng đầu gốc và lãi khoảng 13 triệu ạ",
        ),
    ),
    Route(Topic.CALL, "leave_number", ("[staff] nhờ bạn bên ngân hàng gọi cho [client] tư vấn nhé",)),
    Route(
        Topic.DOCUMENT, "docs", ("hồ sơ gồm căn cước, hợp đồng lao động, sao kê 6 tháng và giấy tờ thu nhập khác ạ",)
    ),
)

LOAN = Scene(
    "loan",
    {
        "start": Beat(
            say(
                "{[me] tính mua|nhà [me] định mua|đang nhắm} căn [flat] {bên|ở} [project] {mà thiếu tiền|nhưng "
                "phải vay thêm|}",
                "{có sẵn [cash] thì vay ngân hàng [how] [q]|lương [salary] vay được [much] [q]|lãi suất giờ "
                "[much] vậy [you]|góp mỗi tháng [much] [q]}",
            ),
            _LOAN_WAYS,
            otherwise="again",
            silence="nudge",
        ),
        "nudge": reminder(_LOAN_WAYS),
        "again": Beat(
            say(
                "{nói cụ thể giùm [me] [about]|[me] cần biết [about] trước|cái [me] hỏi là [about]}, {chứ [me] "
                "sợ gãy giữa đường|còn về tính với [folks]|lương [salary] lo lắm}"
            ),
            _LOAN_WAYS,
            otherwise="gone",
            silence="gone",
        ),
        "income": Beat(
            say(
                "{hai vợ chồng|một mình [me]|cả nhà} {được [salary] một tháng|thu nhập [salary]|lương [salary]}, "
                "{có sẵn [cash]|để dành được [cash]}",
                "{vậy vay tới [much] [q]|liệu có duyệt [no]|tháng góp [much] thì vừa [q]}",
            ),
            (
                Route(
                    Topic.REFUSAL,
                    "worry",
                    ("mức đó ngân hàng chưa thể duyệt 70% ạ, [client] cần thêm người đồng trả nợ",),
                ),
                Route(
                    Topic.PRICE, "monthly", ("với mức này [client] vay được khoảng 1,6 tỷ, tháng trả chừng 14 triệu ạ",)
                ),
                Route(
                    Topic.DOCUMENT,
                    "docs",
                    ("[client] gửi sao kê và hợp đồng lao động, ngân hàng trả lời trong 3 ngày ạ",),
                ),
            ),
            otherwise="worry",
        ),
        "monthly": Beat(
            say(
                "{hết ưu đãi rồi lãi lên [how] [q]|tất toán sớm phạt [much] [q]|thả nổi có khi nào lên chục "
                "phần trăm [no]}",
                "{[me] lo khúc sau hai năm|[month] bạn [me] bị lên lãi chóng mặt|lương [salary] mà gánh là hụt}",
            ),
            (
                Route(
                    Topic.DISCOUNT,
                    "fine",
                    ("chủ đầu tư hỗ trợ ân hạn gốc 24 tháng, miễn phí trả trước từ năm thứ ba ạ",),
                ),
                Route(Topic.PRICE, "worry", ("hết hai năm đầu lãi khoảng 9,8% một năm, tất toán sớm phí 2% ạ",)),
                Route(
                    Topic.DOCUMENT, "fine", ("[staff] gửi bảng minh họa dòng tiền từng tháng để [client] yên tâm ạ",)
                ),
            ),
            otherwise="worry",
        ),
        "docs": Beat(
            say(
                "{[me] làm nghề tự do|[me] buôn bán ở chợ|lương [me] nhận tiền mặt} {không có sao kê thì [how] "
                "[q]|chứng minh [how] [q]}",
                "{để [me] hỏi kế toán rồi gửi|[day] [me] đem hồ sơ qua|nhờ [you] soạn sẵn giùm bộ vay căn [flat]}",
            )
        ),
        "leave_number": Beat(
            say(
                "{ok gọi|số [me]} [phone] [end], {sau [hour] giờ|trưa [day]|đừng gọi giờ làm}, {nói rõ là vay "
                "mua [project]|hỏi khoản vay căn [flat]}"
            )
        ),
        "worry": THINKING,
        "fine": THANKFUL,
        "gone": GONE,
    },
    facts={"about": ("lãi vay căn [flat]", "số tiền góp mỗi tháng", "khoản vay mua [project]", "lãi sau ưu đãi")},
)

_RENT_WAYS = (
    Route(
        Topic.OUT_OF_STOCK, "wait_list", ("tầm đó ở [ward] tạm hết phòng ạ, đầu tháng có khách trả thì [staff] báo",)
    ),
    Route(
        Topic.PICTURE,
        "see",
        ("[staff] gửi hình với video phòng ở [ward] cho [client] xem nhé", "có 2 phòng hợp, [staff] gửi ảnh ngay ạ"),
    ),
    Route(Topic.PRICE, "fees", ("phòng [rent] một tháng, cọc 1 tháng, điện 3.800đ, nước 100k mỗi người ạ",)),
    Route(Topic.DETAILS, "people", ("cho [staff] hỏi [client] ở mấy người, có nuôi thú cưng hay xe điện không ạ",)),
)

RENT = Scene(
    "rent",
    {
        "start": Beat(
            say(
                "{[me] cần thuê|kiếm giùm [me]|tìm thuê} {[room]} {khu|gần|ở} [ward]",
                "{tầm [rent] trở lại|giá khoảng [rent]|ngân sách [rent]}, {[wish]|vô ở [day] được là tốt|dọn vô "
                "đầu tháng}",
            ),
            _RENT_WAYS,
            otherwise="again",
            silence="nudge",
        ),
        "nudge": reminder(_RENT_WAYS),
        "again": Beat(
            say(
                "{là sao [q]|[me] chưa rõ}, {[about] có hay [no]|còn [about] thì cho [me] xin hình|[me] sắp hết "
                "hạn phòng cũ, cần [about]}"
            ),
            _RENT_WAYS,
            otherwise="gone",
            silence="gone",
        ),
        "people": Beat(
            say(
                "{[people] người|[me] ở với {đứa em|con bạn|[folks]}|một mình [me] thôi}, {[wish]|có con mèo|hai "
                "xe máy|làm ca đêm về khuya}",
                "{vậy [rent] có [no]|thuê được [room] [no]|chủ có khó [no]}",
            ),
            (
                Route(
                    Topic.REFUSAL,
                    "wait_list",
                    ("chủ nhà đó không nhận nuôi thú cưng ạ, [staff] tìm chỗ khác cho [client]",),
                ),
                Route(
                    Topic.IN_STOCK,
                    "see",
                    ("dạ vẫn còn phòng tầng 3, giờ giấc tự do ạ", "còn nhé, chủ dễ lắm, ở riêng lối đi"),
                ),
                Route(Topic.PRICE, "fees", ("phòng đó [rent] bao nước và rác ạ",)),
            ),
            otherwise="wait_list",
        ),
        "fees": Beat(
            say(
                "{điện tính [this] cao [so]|nước tính đầu người hả|còn phí [what] nữa [no]|giữ xe [much] [q]}",
                "{ở [people] người thì tháng hết [much]|cọc một tháng thôi được [no]|hợp đồng sáu tháng được [no]}",
            ),
            (
                Route(Topic.REFUSAL, "wait_list", ("chủ không nhận hợp đồng dưới 1 năm ạ",)),
                Route(Topic.DISCOUNT, "see", ("ký một năm chủ giảm tháng đầu 10% và miễn phí giữ xe ạ",)),
                Route(Topic.PRICE, "see", ("thêm phí quản lý 150k, giữ xe 120k một chiếc, không còn gì khác ạ",)),
            ),
            otherwise="see",
        ),
        "see": Beat(
            say(
                "{nhìn cũng được|sạch sẽ [so]|[me] ưng đó}, [day] {[me] qua coi [room]|[hour] giờ [me] chạy "
                "qua|ghé được [no]}{|, gửi định vị [ward]|, [me] gọi trước số nào}"
            )
        ),
        "wait_list": Beat(
            say(
                "{[sigh]|tiếc [so]|thôi cũng được}, {có [room] nào khu [ward]|khi nào trống|có chỗ [rent]} {nhắn "
                "[me]|hú [me] tiếng|báo số [phone]} [end]"
            )
        ),
        "gone": GONE,
    },
    facts={
        "about": ("[room] ở [ward]", "chỗ thuê tầm [rent]", "[room] [rent]"),
        "rent": ("3,5 triệu", "4,2 triệu", "4,8 triệu", "5,5 triệu", "6 triệu", "7,5 triệu"),
    },
    weight=2,
)
