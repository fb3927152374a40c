"""Life insurance nobody is sure of, and comparing with another company."""

from sokhach.sandbox.personas.manners import GONE, THANKFUL, THINKING, reminder
from sokhach.sandbox.personas.script import Beat, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_LIFE_WAYS = (
    Route(
        Topic.DETAILS,
        "tells",
        (
            "cho [staff] hỏi thu nhập và số con nhỏ để [staff] tính mức vừa sức ạ",
            "cho [staff] xin năm sinh, nhu cầu của [client] là bảo vệ hay để dành ạ",
        ),
    ),
    Route(
        Topic.DOCUMENT, "reads", ("[staff] gửi bảng minh họa từng năm, có cả phần rút sớm bị lỗ để [client] thấy rõ ạ",)
    ),
    Route(Topic.PRICE, "worried", ("mức 1.200.000đ một tháng, bảo vệ 1 tỷ ạ",)),
    Route(Topic.APPOINTMENT, "meets", ("[staff] hẹn [client] cà phê [day], nghe xong không mua cũng được ạ",)),
)

LIFE = Scene(
    "life",
    {
        "start": Beat(
            say(
                "{[me] tính mua|[me] cũng muốn có|bạn [me] rủ mua} bảo hiểm nhân thọ {cho [who]|phòng khi có "
                "chuyện|để dành cho con} mà {[folks] {phản đối|không tin|nói lừa đảo}|phân vân [so]|đọc trên "
                "mạng thấy ghê}",
                "{mỗi năm đóng [much] là vừa [q]|đóng 15 năm lỡ kẹt tiền thì sao|rút giữa chừng mất [much] "
                "[q]|công ty phá sản thì [how]}, {[you] nói [truly] nghe coi|đừng nói hay không thôi|[me] thu "
                "nhập [salary]}",
            ),
            _LIFE_WAYS,
            otherwise="again",
            silence="nudge",
            patience_minutes=40,
        ),
        "nudge": reminder(_LIFE_WAYS, minutes=60),
        "again": Beat(
            say(
                "{nghe như học thuộc|[me] cần người nói dễ hiểu|chưa ưng}, {[about] lỗ chỗ nào|cái [me] sợ là "
                "[about]|[folks] hỏi [about] [me] không trả lời được}"
            ),
            _LIFE_WAYS,
            otherwise="later",
            silence="gone",
        ),
        "tells": Beat(
            say(
                "{sinh [born]|[born]}, {hai đứa nhỏ|chưa có con|nuôi mẹ già}, {thu nhập [salary]|tháng dư cỡ 3 "
                "triệu|lúc có lúc không}",
                "{vậy đóng [much] [q]|có bệnh [illness] có được [no]|muốn bảo vệ là chính|lỡ thất nghiệp thì sao}",
            ),
            (
                Route(
                    Topic.REFUSAL,
                    "later",
                    ("thu nhập vậy [staff] khuyên không nên mua lúc này, [client] chưa thể gánh 15 năm đâu ạ",),
                ),
                Route(Topic.PRICE, "worried", ("khoảng 900.000đ một tháng là vừa, dưới 10% thu nhập ạ",)),
                Route(Topic.DOCUMENT, "reads", ("[staff] làm bảng minh họa 2 mức gửi [client] so sánh ạ",)),
            ),
            otherwise="later",
        ),
        "worried": Beat(
            say(
                "{tháng vậy cũng được mà|một năm thành chục triệu rồi|[sigh]}, {lỡ [when_broke] thì [how] "
                "[q]|năm thứ ba rút được [much]|[folks] mà biết là cãi}",
                "{tạm ngưng đóng được [no]|có bị mất hết [no]|giảm mức xuống được [no]}, {[folks] hỏi câu "
                "đó|[salary] một tháng thôi|ký rồi mới hỏi thì muộn|cho [who] yên tâm}",
            ),
            (
                Route(
                    Topic.REFUSAL,
                    "later",
                    ("hai năm đầu dừng thì không thể lấy lại phí ạ, [staff] nói trước cho [client] cân nhắc",),
                ),
                Route(Topic.DISCOUNT, "agrees", ("được giảm mức đóng hoặc miễn phí đóng 1 năm khi khó khăn ạ",)),
                Route(Topic.REFUND, "agrees", ("21 ngày đầu đổi ý bên [staff] hoàn lại 100% ạ",)),
                Route(
                    Topic.DOCUMENT,
                    "reads",
                    ("[staff] gửi bảng minh họa số tiền nhận về từng năm, [client] cho người nhà cùng xem ạ",),
                ),
            ),
            otherwise="later",
            silence="later",
        ),
        "agrees": Beat(
            say(
                "{nói vậy [me] mới dám|ok nghe được|ừ, có đường lui}, {[day] làm hồ sơ|ghi tên [called], "
                "[phone]|để [folks] ký cùng|mức thấp thôi nha}, {có khám sức khỏe [no]|người thụ hưởng là "
                "con|[me] sinh [born]|gửi [me] bản hợp đồng trước}"
            )
        ),
        "meets": Beat(
            say(
                "{ok cà phê|gặp thì được|[day] hả}, {[place] nha|[folks] đi cùng|[me] nghe chớ chưa mua "
                "đâu|{trưa|chiều} [day] [me] rảnh|nhớ mang giấy tính sẵn}, {gọi [phone]|đừng rủ thêm sếp|nửa "
                "tiếng thôi}"
            )
        ),
        "reads": THANKFUL,
        "later": THINKING,
        "gone": GONE,
    },
    facts={
        "about": ("bảo hiểm nhân thọ", "vụ rút giữa chừng", "hợp đồng 15 năm", "nhân thọ cho [who]"),
        "when_broke": ("mất việc", "[folks] bệnh", "mất mùa", "có thêm con", "nhà hàng đóng cửa", "năm nay khó khăn"),
    },
    mood="wavers",
    weight=2,
)

_COMPARE_WAYS = (
    Route(Topic.PICTURE, "shows", ("[staff] gửi hình bảng so sánh từng quyền lợi hai bên ạ",)),
    Route(Topic.DOCUMENT, "shows", ("[staff] gửi file điều khoản loại trừ, chỗ đó hai bên khác nhau nhiều ạ",)),
    Route(Topic.DISCOUNT, "tempted", ("chuyển từ công ty khác sang được giảm 10% và giữ thâm niên ạ",)),
    Route(Topic.REFUND, "shows", ("bên [staff] bồi thường trong 5 ngày, trễ là trả thêm lãi ạ",)),
)

COMPARE = Scene(
    "compare",
    {
        "start": Beat(
            say(
                "{[rival] chào [me]|[me] đang có bên [rival]|thằng em giới thiệu [rival]} gói [plan] {cho "
                "[who]|[point]}",
                "{bên [you] [how] [q]|so với bên [you] thì sao|[you] có gì hơn [no]}, {họ [point]|[me] thấy "
                "[point] cũng ham|sắp hết hạn bên đó rồi|mua [people] người lận}",
            ),
            _COMPARE_WAYS,
            otherwise="again",
            silence="nudge",
            patience_minutes=40,
        ),
        "nudge": reminder(_COMPARE_WAYS, minutes=60),
        "again": Beat(
            say(
                "{nói chung chung vậy sao biết|có số liệu [no]|ai cũng nói mình tốt}, {[about] bên nào hơn|bên "
                "kia [point] kìa|[me] cần so [about] thôi}"
            ),
            _COMPARE_WAYS,
            otherwise="later",
            silence="gone",
        ),
        "shows": Beat(
            say(
                "{coi rồi|đọc muốn lòi con mắt|[me] coi sơ}, {cột loại trừ dài [so]|[hospital] có trong danh "
                "sách [no]|thời gian chờ bên nào ngắn hơn}",
                "{[benefit] được [much] [q]|chuyển qua có bị tính lại từ đầu [no]|bên kia [point] thì bên [you] sao}",
            ),
            (
                Route(Topic.REFUSAL, "later", ("quyền lợi đó bên [staff] chưa hỗ trợ ạ",)),
                Route(Topic.DISCOUNT, "tempted", ("chuyển sang [staff] miễn phí thời gian chờ ạ",)),
                Route(Topic.PRICE, "tempted", ("ngoại trú 12.000.000đ một năm, cao hơn bên kia ạ",)),
                Route(Topic.APPOINTMENT, "tempted", ("[staff] hẹn [client] [day] ngồi so từng dòng ạ",)),
            ),
            otherwise="later",
        ),
        "tempted": Beat(
            say(
                "{nghe cũng lọt tai|ừ có lý|[yes], vậy tính chuyển}, {[day] hết hạn bên kia thì làm|để [me] hỏi "
                "[rival] bớt nữa [no]|làm cho [who] trước|ghi tên [called] giữ ưu đãi}, {[phone]|còn [benefit] nhớ "
                "ghi vô|lên bảng phí [people] người giùm}"
            )
        ),
        "later": THINKING,
        "gone": GONE,
    },
    facts={
        "about": ("gói [plan] với bên [rival]", "quyền lợi [benefit]", "gói [plan]"),
        "point": (
            "rẻ hơn cả triệu",
            "không cần khám",
            "bao cả bệnh có sẵn",
            "trả trong ba ngày",
            "tặng voucher spa",
            "có app nộp hồ sơ",
            "nhận tới 75 tuổi",
        ),
    },
    mood="wavers",
)
