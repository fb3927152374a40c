"""Who brings many learners at once: a company, a teacher with her class."""

from sokhach.sandbox.personas.manners import GONE, THINKING, reminder
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_COMPANY_WAYS = (
    Route(Topic.DOCUMENT, "reads", ("[staff] gửi báo giá và đề cương đào tạo, xuất hóa đơn VAT đầy đủ ạ",)),
    Route(Topic.APPOINTMENT, "meets", ("[staff] xin hẹn sang công ty khảo sát nhu cầu [day] ạ",)),
    Route(Topic.DETAILS, "tells", ("cho [staff] hỏi trình độ chung và ngân sách dự kiến của công ty ạ",)),
    Route(Topic.PRICE, "reads", ("trọn khóa 30 buổi tại công ty là 48.000.000đ chưa VAT ạ",)),
)

COMPANY = Scene(
    "company",
    {
        "start": Beat(
            say(
                "Kính gửi {trung tâm|Quý trung tâm|bộ phận đào tạo doanh nghiệp}, công ty {Tín Nghĩa|cổ phần Tín "
                "Nghĩa} cần {tổ chức|mở} lớp [topic] cho [count] {nhân viên|cán bộ|anh chị em} {khối văn "
                "phòng|khối kinh doanh|nhà máy}",
                "{Nhờ anh/chị báo giá|Mong nhận báo giá|Xin gửi giúp báo giá} {có VAT|gồm giáo trình và chứng "
                "nhận|dạy tại công ty}, {học sau giờ làm|mỗi tuần hai buổi|bắt đầu từ [opening]|cần hồ sơ năng "
                "lực giảng viên}",
            ),
            _COMPANY_WAYS,
            otherwise="again",
            silence="nudge",
            patience_minutes=120,
        ),
        "nudge": Beat(
            say(
                "Em xin phép nhắc lại, {bên em đang đợi [about]|giám đốc hỏi em [about]|em cần [about] để trình "
                "ký}, {anh/chị phản hồi giúp trước [hour] giờ|nếu không nhận lớp cũng báo em một tiếng|cuối ngày "
                "em phải tổng hợp}"
            ),
            _COMPANY_WAYS,
            otherwise="again",
            silence="gone",
            patience_minutes=180,
        ),
        "again": Beat(
            say(
                "{Phần em cần trước là|Anh/chị cho em xin|Em xin nhắc lại yêu cầu} [about], {[count] người, "
                "[topic]|kinh phí quý này đã duyệt|để so với [rival]}"
            ),
            _COMPANY_WAYS,
            otherwise="gone",
            silence="gone",
            patience_minutes=180,
        ),
        "tells": Beat(
            say(
                "Trình độ {chưa đồng đều|đa số mới bắt đầu|khoảng một nửa đã biết cơ bản} ạ, {ngân sách tầm 50 "
                "triệu|kinh phí chưa chốt|tối đa 60 triệu cả VAT}{|, lớp [topic] [count] người|, học [slot] thì "
                "tiện|, quý này phải xong}",
                "{Có chia hai nhóm được không ạ|Có kiểm tra đầu vào không ạ|Cuối khóa có báo cáo từng người "
                "không ạ}, {lớp [count] người|học [slot]|dạy tại [branch]}",
            ),
            (
                Route(Topic.REFUSAL, "declines", ("ngân sách này bên [staff] chưa thể dạy tại công ty ạ",)),
                Route(
                    Topic.DOCUMENT,
                    "reads",
                    ("[staff] chia 2 nhóm, gửi đề cương và báo giá chi tiết trong chiều nay ạ",),
                ),
                Route(Topic.APPOINTMENT, "meets", ("[staff] xin lịch sang gặp phòng nhân sự [day] để test đầu vào ạ",)),
            ),
            otherwise="declines",
        ),
        "reads": Beat(
            (
                Line(
                    "Em đã nhận, {ban giám đốc đề nghị giảm thêm cho [count] người|chi phí đi lại tính riêng "
                    "phải không ạ|phần giáo trình có tính phí không ạ}, {lớp [topic] khai giảng [opening] kịp "
                    "không|em cần chốt [day]|so với [rival] thì nhỉnh hơn một chút}"
                ),
                Line(
                    "{Em gửi danh sách học viên|Danh sách [count] người em để trong tệp|Yêu cầu chi tiết lớp "
                    "[topic] em gửi kèm}",
                    type="file",
                    variant="danh-sach-can-mua.csv",
                ),
            ),
            (
                Route(Topic.REFUSAL, "declines", ("giá này đã sát nên bên [staff] không thể bớt ạ",)),
                Route(Topic.DISCOUNT, "meets", ("từ 20 người bên [staff] chiết khấu 8%, giáo trình miễn phí ạ",)),
                Route(Topic.DOCUMENT, "meets", ("[staff] cập nhật hợp đồng và báo giá mới trong hôm nay ạ",)),
            ),
            otherwise="declines",
        ),
        "meets": Beat(
            say(
                "Vâng ạ, {[day] lúc [hour] giờ|đầu giờ [day]|chiều [day]} {mời anh/chị sang công ty|phòng họp "
                "bên em đã giữ|sếp em sẽ dự}, {liên hệ [name], [phone]|nhờ mang bản hợp đồng|em gửi vị trí "
                "sau|cho em xin biển số xe để đăng ký cổng}"
            )
        ),
        "declines": Beat(
            say(
                "{Em cảm ơn|Dạ em ghi nhận}, {bên em cân nhắc thêm [rival]|em trình lại ban giám đốc về "
                "[about]|em xin dừng ở đây đợt này}, {có thay đổi anh/chị báo em|hẹn quý sau|lớp [topic] chắc "
                "dời sang [opening]}"
            )
        ),
        "gone": Beat(
            say(
                "Em không nhận được [about] nên {công ty em đã chọn [rival]|bên em làm việc với đơn vị khác}, "
                "{cảm ơn anh/chị|mong lần sau phản hồi sớm hơn|hẹn dịp khác ạ}"
            )
        ),
    },
    facts={
        "about": ("báo giá lớp [topic]", "đề cương lớp [topic]", "báo giá cho [count] người"),
        "topic": (
            "tiếng Anh giao tiếp",
            "Excel nâng cao",
            "kỹ năng thuyết trình",
            "an toàn lao động",
            "tiếng Nhật văn phòng",
            "kỹ năng quản lý tổ trưởng",
        ),
        "count": ("12", "15", "18", "20", "25", "30"),
    },
    mood="orders",
)

_GROUP_WAYS = (
    Route(Topic.REFUSAL, "leaves", ("nhóm dưới 10 bạn bên [staff] không có chính sách mở lớp riêng ạ",)),
    Route(Topic.DISCOUNT, "bargains", ("nhóm 8 bạn trở lên chiết khấu 20% và mở lớp riêng ạ",)),
    Route(Topic.PRICE, "bargains", ("lớp riêng 8 bạn 3.900.000đ một bạn, học tại khu [client] luôn ạ",)),
    Route(Topic.APPOINTMENT, "sets", ("[staff] hẹn cô ghé xem phòng học chỗ [client] rồi xếp giờ nhé",)),
)

GROUP = Scene(
    "group",
    {
        "start": Beat(
            say(
                "{cô gom được|bên cô có|lớp cô chủ nhiệm có} [count] {em|đứa|học trò} {muốn học|cần học} [course]",
                "{lấy nguyên nhóm|đi cả nhóm|mở riêng một lớp} {chiết khấu [much]|giá [how] [q]|có phần cho giáo "
                "viên [no]}, {dạy ở trường cô được [no]|học [slot] [no]|khai giảng [opening] kịp [no]}",
            ),
            _GROUP_WAYS,
            otherwise="again",
            silence="nudge",
        ),
        "nudge": reminder(_GROUP_WAYS),
        "again": Beat(
            say(
                "{cô hỏi|em trả lời cô} [about] {thôi|đi, phụ huynh đang chờ|để cô còn họp phụ huynh|, [count] "
                "đứa chứ ít đâu}"
            ),
            _GROUP_WAYS,
            otherwise="gone",
            silence="gone",
        ),
        "bargains": Beat(
            say(
                "{nhóm [count] đứa mà giảm vậy thôi hả|bên [rival] chịu bớt 30%|cô giới thiệu mấy khóa rồi}, "
                "{tặng sách cho tụi nhỏ đi|miễn cho 2 đứa nhà khó|tính tròn cho dễ thu}",
                "{được thì [day] cô đưa danh sách|phụ huynh đóng từng người được [no]|có giáo viên nước ngoài [no]}",
            ),
            (
                Route(Topic.REFUSAL, "leaves", ("mức đó là tối đa rồi nên bên [staff] không thể thêm ạ",)),
                Route(Topic.DISCOUNT, "sets", ("[staff] xin được 2 suất miễn phí cho các bạn khó khăn ạ",)),
                Route(Topic.DOCUMENT, "sets", ("[staff] gửi hợp đồng lớp nhóm và phiếu thu từng bạn cho cô ạ",)),
            ),
            otherwise="leaves",
        ),
        "sets": Beat(
            (
                Line(
                    "{danh sách nè|cô gửi [count] tên trong tệp|tên tuổi tụi nhỏ đây|cô ghi đủ số phụ huynh "
                    "rồi}, {lớp [course]|[count] em|học [slot] nha|có 2 em cận thị xếp bàn đầu}",
                    type="file",
                    variant="danh-sach-can-mua.csv",
                ),
                Line(
                    "{[day] cô rảnh|liên hệ cô [phone]|trường gần [branch]}, {nhớ cho thầy nào vui tính|có "
                    "[count] đứa đó, đừng thiếu sách|sáng [day2] phụ huynh họp}"
                ),
            )
        ),
        "leaves": THINKING,
        "gone": GONE,
    },
    facts={
        "about": ("lớp nhóm [count] đứa", "giá cả nhóm học [course]", "chiết khấu lớp nhóm"),
        "count": ("6", "8", "9", "11", "14"),
    },
    mood="orders",
)
