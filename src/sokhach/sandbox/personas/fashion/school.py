"""A class orders its shirts: forty sizes, one purse, a date that does not wait."""

from sokhach.sandbox.personas.manners import THANKFUL, THINKING
from sokhach.sandbox.personas.openings import opening
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_routes = (
    Route(Topic.REFUSAL, "too_late", ("Dạ gấp vậy bên em không thể in kịp ạ",)),
    Route(Topic.DISCOUNT, "deal", ("Dạ từ [count] cái em giảm còn [low] một áo ạ",)),
    Route(Topic.PRICE, "price", ("Dạ [shirt] in [print] giá [price] một cái ạ",)),
    Route(Topic.PICTURE, "seen", ("Dạ em gửi hình mấy mẫu [shirt] lớp khác vừa làm ạ",)),
    Route(Topic.DETAILS, "details", ("Dạ lớp mình cần bao nhiêu cái, mẫu nào ạ",)),
)

class_shirts = Scene(
    key="fashion.class-shirts",
    mood="orders",
    facts={
        "shirt": ("áo thun cổ tròn", "áo polo", "áo varsity", "áo khoác gió", "áo baby tee"),
        "print": ("hai mặt", "logo ngực trái", "tên từng bạn sau lưng", "hình cả lớp", "số áo với tên lớp"),
        "count": ("38", "41", "43", "45", "47"),
        "event": ("chụp kỷ yếu", "hội trại 26/3", "bế giảng", "văn nghệ 20/11", "giải bóng đá khối 12"),
        "days": ("thứ sáu tuần sau", "trước ngày 15", "10 ngày nữa", "cuối tháng", "sáng thứ bảy tới"),
        "price": ("145k", "165.000đ", "189k", "210.000đ"),
        "low": ("129k", "139.000đ", "135k"),
        "about": ("áo lớp", "áo [event]", "đơn áo lớp"),
    },
    beats={
        **opening(
            (
                Line(
                    "{[you] ơi|[you] cho [me] hỏi|chào [you]}, lớp [me] đặt [count] {cái|} [shirt] in [print] {cho|"
                    "mặc} [event]"
                ),
                Line(
                    "{mẫu tụi [me] vẽ nè|bản vẽ đây|ý tưởng vầy}, {in ra có bị bong [no]|màu có lên đúng [no]|giá "
                    "bao nhiêu [q]}",
                    type="image",
                ),
                Line(
                    "{cần [days]|[days] phải có|[days] là mặc rồi}, {quỹ lớp có hạn|tụi [me] học sinh nên giá mềm "
                    "[end]|cô chủ nhiệm duyệt giá mới được}"
                ),
            ),
            _routes,
            say(
                "{[me] hỏi|là} [count] [shirt] in [print] {giá sao [q]|kịp [days] [no]|có bớt cho học sinh [no]}, "
                "{cả lớp đang chờ|tối nay [me] phải báo lớp}"
            ),
        ),
        "details": Beat(
            say(
                "[count] cái, {có 3 bạn size XXL|nữ form nhỏ nam form rộng|thêm 1 cái cho cô}, {in [print]|vải dày "
                "dày|màu đen chữ trắng}, {giá sao [q]|kịp [days] [no]|bớt cho lớp [no]}"
            ),
            _routes[:4],
            otherwise="think",
        ),
        "seen": Beat(
            say(
                "{mẫu lớp kia đẹp|mẫu xanh đẹp mà đụng hàng|ưng mẫu đầu}, {thêm [print] được [no]|mặc có nóng [no]|"
                "giặt bong [no]}, {giá [much] một cái [q]|[count] cái hết bao nhiêu [q]}"
            ),
            _routes[:3],
            otherwise="think",
        ),
        "price": Beat(
            say(
                "{[price] lận|[price] [huh]}, {lớp bên đặt có [low]|quỹ lớp còn có 5 triệu|[folks] chê mắc}, "
                "{[count] cái mà|bớt cho học sinh đi|tặng áo cho cô được [no]}, {tụi [me] pr cho|năm sau khóa dưới "
                "đặt tiếp|[event] có một lần}"
            ),
            (
                Route(Topic.REFUSAL, "think", ("Dạ giá in này bên em không bớt thêm được, không thể thấp hơn ạ",)),
                Route(Topic.DISCOUNT, "deal", ("Dạ em giảm còn [low] và tặng thêm áo cho cô ạ",)),
                Route(Topic.WAIT, "think", ("Dạ bạn đợi em hỏi xưởng rồi báo trong tối nay ạ",)),
            ),
            otherwise="think",
            silence="too_late",
        ),
        "deal": Beat(
            (
                Line(
                    "{quá đã|chốt luôn|cả lớp duyệt rồi}, {cọc bao nhiêu [q]|cọc 50% được [no]|thu tiền lớp xong "
                    "[me] ck}, {giao [days]|[days] có là được}"
                ),
                Line("{list size nè|size từng bạn đây|danh sách lớp}", type="file", variant="danh-sach-can-mua.csv"),
            ),
            (
                Route(Topic.APOLOGY, "too_late", ("Dạ em xin lỗi, xưởng kín việc nên trễ 3 hôm ạ",)),
                Route(Topic.ADDRESS, "address", ("Dạ cọc 30%, bạn cho em địa chỉ giao ạ",)),
                Route(Topic.DELIVERY, "thanks", ("Dạ cọc 30%, đúng hẹn em giao hàng tận lớp ạ",)),
            ),
            otherwise="thanks",
        ),
        "address": Beat(
            say(
                "[addr], [called] nhận, [phone]",
                "{giao giờ ra chơi|gửi phòng bảo vệ|tan học 11 rưỡi}, {[count] cái đếm đủ |kiểm tên [please] [me]|"
                "sai tên là lớp [me] khóc} {[end]|}",
            )
        ),
        "too_late": Beat(
            say(
                "{[sigh]|xong phim}, [event] mà {không có áo|mặc đồ thường}, {tụi [me] kiếm xưởng khác|cả lớp trách "
                "[me] mất|lớp bên [days] có áo rồi}, {[count] cái chứ ít gì|tiếc mẫu [shirt]|biết vậy đặt sớm}"
            )
        ),
        "think": THINKING,
        "thanks": THANKFUL,
    },
)
