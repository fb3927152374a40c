"""Questions about wires: the size of a cable, a breaker that trips."""

from sokhach.sandbox.personas.manners import THANKFUL
from sokhach.sandbox.personas.openings import opening
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_cable_routes = (
    Route(
        Topic.WARRANTY,
        "technician",
        (
            "Dạ chỗ này nên có thợ xem tủ điện rồi mới chọn cỡ dây ạ",
            "Dạ để chắc ăn em nhờ kỹ thuật bên em gọi tư vấn mình ạ",
        ),
    ),
    Route(
        Topic.PRICE,
        "price",
        (
            "Dạ [load] mình đi dây [size], giá [price]/mét, kèm aptomat [breaker] ạ",
            "Dạ dây [size] đồng nguyên chất [price] một mét, cuộn 100 mét giá tốt hơn ạ",
        ),
    ),
    Route(
        Topic.DETAILS,
        "details",
        ("Dạ [load] công suất bao nhiêu và kéo bao nhiêu mét từ tủ điện ạ", "Dạ nhu cầu mình đi âm tường hay đi nổi ạ"),
    ),
)

cables = Scene(
    key="electrical.cables",
    facts={
        "load": (
            "bếp từ đôi 4kW",
            "máy lạnh 2 ngựa",
            "máy nước nóng gián tiếp",
            "máy bơm 3 ngựa",
            "trạm sạc xe điện 7kW",
            "lò nướng với máy rửa chén",
            "máy hàn",
            "dãy 6 phòng trọ",
        ),
        "size": ("2x4.0", "2x6.0", "2x2.5", "3x6.0", "2x10"),
        "breaker": ("25A", "32A", "40A", "chống giật 32A"),
        "length": ("15", "18", "22", "30", "45", "60"),
        "price": ("28.500đ", "36k", "42.000đ", "54k", "61.500đ"),
        "about": ("cỡ dây", "vụ dây cáp", "dây điện cho [load]"),
    },
    beats={
        **opening(
            say(
                "{[you] ơi|cho [me] hỏi kỹ thuật chút|hỏi ngu xíu} {kéo dây cho|đi dây riêng cho|gắn} [load] thì "
                "{xài dây mấy chấm|dùng cỡ dây nào|dây [size] chịu nổi [no]}",
                "từ tủ điện ra {chừng|khoảng} [length] mét, {thợ nói [size]|nhà cũ đi dây từ hồi 2005|[me] sợ nóng "
                "dây cháy nhà}",
            ),
            _cable_routes,
            say("{[me] chưa rành|là [me] hỏi} [load] đi dây [size] {được [no]|có đủ tải [no]} á, kéo [length] mét"),
        ),
        "details": Beat(
            (
                Line(
                    "[load], {ghi trên tem á|thấy ghi vậy|catalog ghi vậy}, kéo [length] mét {âm tường|trong ống "
                    "nổi|luồn trần}"
                ),
                Line(
                    "{hình cái tem nè|tem máy|tủ điện nhà [me]}, {[look] [please]|đọc không hiểu [what]|nhờ "
                    "[you] [look]}",
                    type="image",
                ),
            ),
            (
                Route(Topic.PRICE, "price", ("Dạ vậy dùng [size], [price]/mét là dư tải ạ",)),
                Route(Topic.CALL, "technician", ("Dạ em nhờ anh Phúc gọi lại tư vấn trực tiếp cho mình ạ",)),
                Route(Topic.IN_STOCK, "order", ("Dạ dây [size] với aptomat [breaker] bên em có sẵn ạ",)),
            ),
            otherwise="doubt",
        ),
        "price": Beat(
            say(
                "{dây đồng [truly] hay đồng pha nhôm [q]|[price] một mét là lõi mấy sợi [q]|cắt lẻ [length] mét "
                "được [no]}",
                "{với lại|à} aptomat [breaker] {loại nào tốt|lấy chống giật luôn được [no]|giá sao [q]}",
            ),
            (
                Route(Topic.DOCUMENT, "order", ("Dạ đồng 99,99%, em gửi chứng nhận và hóa đơn kèm ạ",)),
                Route(Topic.PRICE, "order", ("Dạ cắt lẻ được, aptomat chống giật [breaker] giá 420.000đ ạ",)),
                Route(Topic.REFUSAL, "doubt", ("Dạ dây này không thể cắt lẻ, bán nguyên cuộn 100 mét ạ",)),
            ),
            otherwise="doubt",
        ),
        "technician": Beat(
            say(
                "{vậy kêu [please] [me]|ừ gọi [me] số|có gì gọi} [phone], {gọi giờ trưa|sau 6 giờ|lúc nào cũng được}, "
                "{[load] sắp giao tới rồi|chủ nhà hối quá|[me] không rành điện}"
            ),
            (
                Route(Topic.APPOINTMENT, "order", ("Dạ em hẹn thợ chiều mai 2 giờ qua [addr] ạ",)),
                Route(Topic.CALL, "order", ("Dạ 5 phút nữa kỹ thuật gọi lại mình liền ạ",)),
                Route(Topic.REFUSAL, "doubt", ("Dạ hôm nay kín việc, bên em không thể qua ngay ạ",)),
            ),
            otherwise="doubt",
        ),
        "order": Beat(
            say(
                "{ok cắt|vậy lấy|cho [me]} [length] mét [size] với một con [breaker], {chiều ghé lấy|ship về [addr]|"
                "để ở quầy, [called] tới lấy}"
            )
        ),
        "doubt": Beat(
            say(
                "{thôi để hỏi lại thợ|vậy thôi để [me] đo lại|[sigh], rắc rối [so]}, {đủ [length] mét không đã|"
                "[load] chưa gấp|sợ mua dây [size] về không đúng}"
            )
        ),
    },
)
_trip_routes = (
    Route(Topic.APPOINTMENT, "visit", ("Dạ em xếp lịch thợ qua {chiều nay 3 giờ|sáng mai 8 giờ|tối nay sau 6 giờ} ạ",)),
    Route(
        Topic.WARRANTY,
        "try",
        (
            "Dạ mình rút hết phích [load] rồi bật lại thử, nếu còn nhảy em cho thợ qua ạ",
            "Dạ trường hợp này thường do rò điện ở [load], kỹ thuật bên em cần đo ạ",
        ),
    ),
    Route(Topic.PRICE, "price", ("Dạ thay aptomat chống giật mới giá [price], gồm công ạ",)),
    Route(Topic.DETAILS, "details", ("Dạ cho em hỏi nhảy con tổng hay con nhánh, tình trạng từ khi nào ạ",)),
)

tripping = Scene(
    key="electrical.tripping",
    facts={
        "load": ("máy nước nóng", "bếp từ", "máy giặt", "máy lạnh phòng ngủ", "tủ lạnh", "máy bơm", "ổ cắm ngoài sân"),
        "when": ("từ tối qua tới giờ", "hễ trời mưa là", "cứ tầm 7 giờ tối là", "từ [day] sửa nhà", "sáng nào cũng"),
        "price": ("480.000đ", "620k", "350.000đ", "750k"),
        "about": ("vụ aptomat nhảy", "chuyện cúp điện", "cái CB"),
    },
    beats={
        **opening(
            (
                Line(
                    "{[you] ơi cứu|[sigh]|[you] ơi gấp}, [when] aptomat {nhảy hoài|tự ngắt|sập cái rụp}, {mở [load] "
                    "là tắt|không dám mở [load]|bật lên được 5 phút}"
                ),
                Line(
                    "{nó đây|cái CB nè|tủ điện nhà [me]}, {có mùi khét|thấy hơi đen|nóng lắm}, {hư chưa [q]|có sao "
                    "[no]|nguy hiểm [no]}",
                    type="image",
                ),
            ),
            _trip_routes,
            say(
                "nhà [me] [when] {mất điện|nhảy CB}, nghi do [load], {giờ làm [how]|có ai qua [look] được [no]|con nhỏ "
                "khóc quá trời}"
            ),
            minutes=10,
        ),
        "details": Beat(
            say(
                "{con tổng|con nhánh bếp|con 40A ở ngoài}, [when], {nhà xây 12 năm rồi|mới thay năm ngoái|chung cư "
                "nên không rành}, {hồi nãy có mưa|[load] mới mua|dây chuột cắn hay sao á}"
            ),
            (
                Route(Topic.APPOINTMENT, "visit", ("Dạ em hẹn thợ qua đo trong chiều nay ạ",)),
                Route(
                    Topic.WARRANTY,
                    "try",
                    ("Dạ mình tắt con nhánh [load], bật tổng lại xem, cần thì kỹ thuật gọi mình ạ",),
                ),
                Route(Topic.PRICE, "price", ("Dạ khả năng hư aptomat, thay mới [price] ạ",)),
            ),
            otherwise="angry",
            silence="angry",
        ),
        "try": Beat(
            say(
                "{rút hết rồi|làm y vậy rồi|mới thử xong}, {vẫn nhảy|được 10 phút lại nhảy|hết nhảy mà [load] không "
                "lên}, {giờ sao [q]|làm gì tiếp [q]|có cần thay [no]}"
            ),
            (
                Route(
                    Topic.APPOINTMENT, "visit", ("Dạ vậy em hẹn thợ qua ngay chiều nay, mình đừng bật [load] nữa ạ",)
                ),
                Route(Topic.PRICE, "price", ("Dạ khả năng cao phải thay, trọn gói [price] ạ",)),
                Route(Topic.APOLOGY, "angry", ("Dạ rất tiếc hôm nay thợ bên em đi hết rồi ạ",)),
            ),
            otherwise="angry",
        ),
        "price": Beat(
            say(
                "[price] là {thay luôn con mới|tính cả công|loại mấy ampe} [q]",
                "{thợ đầu hẻm kêu [me] 300k|mua về tự thay được [no]|làm liền trong hôm nay [no]}, {nhà đang tối "
                "thui|[load] hư thêm ai chịu|đồ trong tủ lạnh chảy nước hết}",
            ),
            (
                Route(Topic.DISCOUNT, "visit", ("Dạ em giảm công còn 100k và qua liền ạ",)),
                Route(Topic.WARRANTY, "visit", ("Dạ thợ có chứng chỉ, làm xong bảo hành 12 tháng ạ",)),
                Route(Topic.REFUSAL, "angry", ("Dạ tự thay nguy hiểm nên bên em không hỗ trợ bán lẻ con này ạ",)),
            ),
            otherwise="angry",
        ),
        "visit": Beat(
            (
                Line(
                    "{được|ok|[yes] được}, {qua [quick] [end]|[me] đợi ở nhà|kêu thợ đem sẵn con mới}, địa chỉ [addr], "
                    "{hỏi nhà [called]|cổng xanh|cạnh tiệm tạp hóa}"
                ),
                Line(type="location"),
            ),
            (
                Route(Topic.APOLOGY, "angry", ("Dạ xin lỗi mình, khu đó thợ qua trễ tới tối ạ",)),
                Route(Topic.CALL, "thanks", ("Dạ thợ gọi lại mình trong 10 phút nữa ạ",)),
                Route(Topic.PHONE, "phone", ("Dạ mình cho em số điện thoại để thợ liên lạc ạ",)),
            ),
            otherwise="thanks",
        ),
        "phone": Beat(
            say(
                "[phone], {tên [called]|gặp [called]}, {gọi không được thì nhắn zalo|máy sắp hết pin đó|điện thoại "
                "chồng [me] đó}, {[quick] [please] [load] không chạy được|sợ [load] cháy luôn quá}"
            )
        ),
        "angry": Beat(
            say(
                "{bán thì nhanh mà|mua thì niềm nở|nhà người ta mất điện mà} {kêu thợ thì vòng vo|hỏi chút là né}, "
                "[load] cháy {thì [you] đền [huh]|ai chịu trách nhiệm}",
                "{thôi gọi thợ ngoài|[me] kêu điện lực|khỏi, kêu thằng em qua [look]} {cho [quick]|còn hơn chờ|"
                "liền bây giờ}",
            )
        ),
        "thanks": THANKFUL,
    },
)
