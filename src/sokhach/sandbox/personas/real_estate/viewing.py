"""Appointments to see a house, deposits, and owners who want theirs sold."""

from sokhach.sandbox.personas.manners import GONE, THANKFUL, THINKING, reminder
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_VIEWING_WAYS = (
    Route(Topic.OUT_OF_STOCK, "other_day", ("[day] bên [staff] kín lịch rồi ạ, [client] dời qua hôm sau được không",)),
    Route(Topic.PHONE, "gives", ("[client] cho [staff] xin số điện thoại và tên để [staff] báo bảo vệ tòa nhà nhé",)),
    Route(Topic.ADDRESS, "gives", ("nhà ở ngay [near], địa chỉ [staff] nhắn riêng, [client] đi mấy người ạ",)),
    Route(
        Topic.APPOINTMENT,
        "change",
        (
            "vâng, [staff] đặt lịch [day] lúc [hour] giờ, [staff] đợi [client] ở sảnh ạ",
            "hẹn [client] [day] nhé, [staff] mượn chìa khóa sẵn",
        ),
    ),
)

VIEWING = Scene(
    "viewing",
    {
        "start": Beat(
            say(
                "{[me] muốn xem|cho [me] coi|đặt giùm [me] lịch coi|[me] định ghé coi} căn [flat] {bên|ở} [project]",
                "{[day] được [no]|[day] tầm [hour] giờ|[folks] rảnh [day]}{, có thang máy lên tận nơi [no]|, "
                "[me] đi [people] người|, xem ban ngày cho sáng}",
            ),
            _VIEWING_WAYS,
            otherwise="again",
            silence="nudge",
        ),
        "nudge": reminder(_VIEWING_WAYS),
        "again": Beat(
            say(
                "{là được hay không [q]|[you] chốt giùm|vậy có ai dắt đi [no]}, {[me] còn xin nghỉ làm "
                "[day]|[me] ở xa lên|để [me] báo [folks] [day] đi}"
            ),
            _VIEWING_WAYS,
            otherwise="gone",
            silence="gone",
        ),
        "gives": Beat(
            say(
                "{[called]|tên [called]|ghi [called]} [end], [phone]{, xem căn [flat]|, hẹn [day]|, [people] người|, "
                "đi từ [ward] qua}",
                "{[people] người đi|đi xe hơi, đậu [where]|đi xe máy thôi|[me] dẫn theo [folks]}{, tới [near] "
                "rồi quẹo [how] [q]|, gọi trước [hour] giờ|}",
            ),
            (
                Route(
                    Topic.APPOINTMENT, "change", ("[staff] chốt lịch [day] lúc [hour] giờ với [client] [called] nhé",)
                ),
                Route(Topic.ADDRESS, "meet", ("địa chỉ ở đường [road], tới [near] là thấy cổng ạ",)),
                Route(Topic.THANKS, "meet", ("[staff] cảm ơn, có gì trước giờ đi [client] nhắn [staff] nhé",)),
            ),
            otherwise="meet",
        ),
        "other_day": Beat(
            say(
                "{[sigh]|kẹt [so]|vậy hả}, {[day] [me] mới rảnh|mấy hôm khác [me] đi công tác|qua tuần [me] về "
                "quê rồi}",
                "{tối đi được [no]|gửi [me] clip quay căn [facing] được [no]|có ai khác dắt [me] đi [no]}",
            ),
            (
                Route(Topic.PICTURE, "clip", ("[staff] quay clip từng phòng gửi [client] xem tạm nhé",)),
                Route(Topic.APPOINTMENT, "meet", ("tối [staff] vẫn dẫn được, hẹn [hour] giờ ở cổng ạ",)),
                Route(Topic.CALL, "meet", ("để [staff] gọi bạn khác trong nhóm đi cùng [client] ạ",)),
            ),
            otherwise="gone",
        ),
        "change": Beat(
            say(
                "{ấy chết|[you] ơi|phiền [you] chút|quên mất}, {[day] bận đám giỗ|[folks] kẹt việc|[me] bị gọi "
                "vô họp|mưa [so], đường [road] ngập}",
                "{dời lại [day2] được [no]|cho [me] đổi qua [day2]|sớm hơn một tiếng nha|để [day2] đi luôn thể}",
            ),
            (
                Route(Topic.REFUSAL, "gone", ("giờ đó [staff] không thể mượn được chìa khóa ạ",)),
                Route(
                    Topic.OUT_OF_STOCK, "clip", ("[day2] kín lịch mất rồi ạ, [staff] gửi [client] clip xem trước nhé",)
                ),
                Route(Topic.APPOINTMENT, "meet", ("được ạ, [staff] dời lịch sang [day2], vẫn [hour] giờ nhé",)),
                Route(Topic.THANKS, "meet", ("[staff] cảm ơn [client] đã báo trước, [staff] đổi rồi ạ",)),
            ),
            otherwise="meet",
            silence="meet",
        ),
        "clip": Beat(
            (
                Line(
                    "{coi clip rồi|[me] xem rồi}, {bếp hơi nhỏ|phòng ngủ thứ hai bé [so]|ban công được|nhà sáng "
                    "[so]|thấy trần có vết ố}, {[day2] [me] ghé coi tận mắt|thôi để [folks] coi đã|tầng [floor] "
                    "hết rồi hả}"
                ),
                Line(type="sticker"),
            )
        ),
        "meet": Beat(
            (
                Line(
                    "{[me] tới [near] rồi|đang tới [road]|đứng trước cổng [project] rồi nè|[me] tới trễ mười "
                    "phút nha, kẹt xe [road]|[me] đậu xe chỗ [near]}, {[you] ra đón [me]|[you] đứng [where] "
                    "[q]|áo màu [what] để [me] nhận}"
                ),
                Line(type="location"),
            )
        ),
        "gone": GONE,
    },
    facts={"about": ("lịch coi căn [flat]", "hẹn xem [project]", "vụ coi nhà [day]", "buổi xem căn [flat]")},
    weight=3,
)

_DEPOSIT_WAYS = (
    Route(Topic.OUT_OF_STOCK, "lost", ("căn đó vừa có khách cọc trước nên đã bán hết tầng rồi ạ",)),
    Route(
        Topic.DOCUMENT,
        "pays",
        (
            "[staff] soạn hợp đồng cọc ngay, [client] gửi [staff] ảnh căn cước hai mặt nhé",
            "[client] cọc 50 triệu, [staff] lập giấy tờ cọc có chữ ký chủ ạ",
        ),
    ),
    Route(Topic.DETAILS, "pays", ("cho [staff] xin tên đầy đủ và người đứng tên để [staff] soạn giấy cọc ạ",)),
    Route(Topic.PRICE, "pays", ("giữ chỗ 50 triệu, 7 ngày sau ký cọc chính thức ạ",)),
)

DEPOSIT = Scene(
    "deposit",
    {
        "start": Beat(
            say(
                "{[me] chốt|thôi [me] lấy|[folks] ưng rồi, lấy|quyết rồi, giữ giùm [me]} căn [flat] {bên|ở} [project]",
                "{cọc [much] [q]|thủ tục cọc [how] [q]|cần giấy tờ [what] [q]|chuyển khoản được [no]}, {[day] "
                "[me] ký|nay [me] chuyển luôn|đứng tên hai vợ chồng}",
            ),
            _DEPOSIT_WAYS,
            otherwise="again",
            silence="nudge",
            patience_minutes=15,
        ),
        "nudge": reminder(_DEPOSIT_WAYS, minutes=20),
        "again": Beat(
            say(
                "{[me] hỏi|cho [me] rõ} [about] {thôi|đã, mấy cái kia tính sau|để còn ra ngân hàng|kẻo người "
                "khác lấy mất}"
            ),
            _DEPOSIT_WAYS,
            otherwise="gone",
            silence="gone",
        ),
        "pays": Beat(
            (
                Line(
                    "{[called], [phone]|đứng tên [called] [end]|ghi [called] giùm [me]}, {địa chỉ [street]|thường trú "
                    "[street]}"
                ),
                Line(
                    "{[me] chuyển rồi nè|biên lai đây [end]|coi giùm [me] tới chưa|nội dung ghi cọc căn "
                    "[flat]|chuyển giữ chỗ [project] rồi đó}",
                    type="image",
                ),
                Line(
                    "{mà [folks] kêu đổi sang đứng tên một người|cho [me] đổi sang tầng [floor] được [no]|[me] "
                    "dời ngày ký qua [day2] được [no]|ghi thêm tên [folks] được [no]}"
                ),
            ),
            (
                Route(
                    Topic.REFUSAL,
                    "firm",
                    ("phiếu đã nhập nên không thể đổi sang căn khác ạ, còn tên thì ký chính thức [client] sửa",),
                ),
                Route(Topic.IN_STOCK, "fine", ("tầng đó vẫn còn ạ, [staff] đổi cho [client] luôn",)),
                Route(Topic.WAIT, "slow", ("đợi [staff] kiểm tra với kế toán rồi báo [client] ngay ạ",)),
                Route(
                    Topic.DOCUMENT,
                    "fine",
                    ("[staff] nhận được rồi, hợp đồng cọc [staff] sửa lại rồi gửi [client] xem trước khi ký",),
                ),
                Route(Topic.THANKS, "fine", ("[staff] cảm ơn, tiền đã vào tài khoản công ty rồi ạ",)),
            ),
            otherwise="slow",
            silence="slow",
        ),
        "slow": Beat(
            say(
                "{tiền tới chưa [you]|có thấy tiền chưa [q]|[truly] là [me] hồi hộp}, {chuyển tiền nhà chứ ít "
                "gì|[folks] hỏi hoài|gửi [me] phiếu thu căn [flat]|cho [me] cái xác nhận [end]}"
            ),
            (
                Route(Topic.APOLOGY, "fine", ("[staff] xin lỗi vì báo chậm, kế toán vừa xác nhận đủ tiền ạ",)),
                Route(Topic.DOCUMENT, "fine", ("phiếu thu và hợp đồng cọc [staff] gửi [client] bản pdf ngay đây ạ",)),
                Route(Topic.CALL, "fine", ("[staff] gọi cho [client] ngay để xác nhận nhé",)),
            ),
            otherwise="firm",
            silence="firm",
        ),
        "lost": Beat(
            say(
                "{ủa [day] [you] nói giữ cho [me] mà|[sigh], [me] rút tiền sẵn rồi|làm ăn kỳ [so]|[me] vừa bán "
                "vàng để cọc}",
                "{có căn nào giống [no]|còn tầng [floor] [no]|khách kia có bỏ cọc thì báo [me]}",
            ),
            (
                Route(Topic.IN_STOCK, "pays_other", ("dạ còn căn y hệt ở tầng [floor], hướng [facing] ạ",)),
                Route(Topic.APOLOGY, "firm", ("[staff] xin lỗi vì không giữ kịp căn đó cho [client] ạ",)),
                Route(Topic.PICTURE, "pays_other", ("[staff] gửi hình căn tầng [floor] cùng thiết kế nhé",)),
            ),
            otherwise="firm",
        ),
        "pays_other": Beat(
            say(
                "{cũng được|lấy căn [floor] đó|thôi vậy cũng ưng}, {[day] [me] lên ký|soạn giấy cho [called] "
                "luôn|giữ giùm [me] tới [day2]|số [me] [phone]}"
            )
        ),
        "firm": THINKING,
        "fine": THANKFUL,
        "gone": GONE,
    },
    facts={"about": ("tiền cọc căn [flat]", "thủ tục cọc [project]", "giữ chỗ căn [flat]", "giấy tờ đặt cọc")},
    weight=2,
)

_LISTING_WAYS = (
    Route(Topic.PICTURE, "sends", ("[client] chụp giúp [staff] mặt tiền, phòng khách, bếp và gửi ảnh sổ nhé",)),
    Route(
        Topic.DETAILS,
        "sends",
        (
            "cho [staff] xin diện tích, số phòng và giá mong muốn ạ",
            "cho [staff] hỏi nhà [client] ở khu vực nào, giấy tờ sao ạ",
        ),
    ),
    Route(Topic.PRICE, "fee", ("phí môi giới 1% giá bán, thu sau công chứng ạ",)),
    Route(Topic.APPOINTMENT, "come", ("sáng mai [staff] ghé xem nhà rồi định giá cho [client] nhé",)),
)

LISTING = Scene(
    "listing",
    {
        "start": Beat(
            say(
                "{[me] có|nhà [me] có|bà con [me] gửi} {căn nhà|miếng đất|căn hộ [flat]} gần [near], "
                "{đường [road]|phường [ward]}",
                "{muốn ký gửi bán|gửi [you] bán giùm|muốn cho thuê lại|bán gấp lo việc nhà}, {phí [how] [q]|hoa "
                "hồng [much] [q]|được giá [much] [q]}",
            ),
            _LISTING_WAYS,
            otherwise="again",
            silence="nudge",
            patience_minutes=60,
        ),
        "nudge": reminder(_LISTING_WAYS, minutes=60),
        "again": Beat(
            say(
                "{bên [you] có nhận [about] [no]|nhận hay không nói [me] biết|[me] hỏi [about] mà}, {không thì "
                "[me] gửi sàn khác|mấy người gọi [me] hoài nè|[me] cần ra tiền trước [soon]}"
            ),
            _LISTING_WAYS,
            otherwise="gone",
            silence="gone",
        ),
        "sends": Beat(
            (
                Line(
                    "{phòng khách nè|mặt tiền đây|bếp mới làm lại|hẻm xe hơi vô tới|[me] chụp vội}, {nhà đường "
                    "[road]|hướng [facing]|chỗ gần [near]|chụp hồi [hour] giờ|nội thất để lại hết}",
                    type="image",
                ),
                Line("{nhà ở khúc [near]|định vị [me] gửi rồi đó|đường [road] đó}", type="location"),
                Line(
                    "{[area], sổ riêng|ngang bốn mét rưỡi, hai lầu|ba phòng ngủ, hướng [facing]}, {[me] muốn "
                    "[budget]|giá [budget] bớt chút lộc|[folks] đòi [budget]}, {bán nổi [no]|[you] coi được [no]}"
                ),
            ),
            (
                Route(Topic.REFUSAL, "low", ("giá đó khó ra hàng, khu này không thể bán trên mặt bằng chung ạ",)),
                Route(Topic.APPOINTMENT, "come", ("[day] [staff] qua xem thực tế, hẹn [client] [hour] giờ nhé",)),
                Route(Topic.PRICE, "low", ("khu này vừa giao dịch quanh 3,1 tỷ ạ",)),
                Route(Topic.DOCUMENT, "come", ("[staff] gửi hợp đồng ký gửi không độc quyền để [client] xem ạ",)),
            ),
            otherwise="low",
        ),
        "fee": Beat(
            say(
                "{ăn chia vậy cao [so]|bên [rival] lấy thấp hơn|bán hẻm mà lấy chừng đó}, {bớt cho [me] [no]|bao "
                "quảng cáo [no]|có bắt độc quyền [no]}, {nhà đường [road] dễ bán mà|[me] còn hai căn nữa gửi}"
            ),
            (
                Route(Topic.REFUSAL, "low", ("phí công ty quy định nên [staff] không thể bớt ạ",)),
                Route(Topic.DISCOUNT, "come", ("[client] gửi 2 căn thì [staff] giảm còn 0,8% và chạy tin miễn phí ạ",)),
                Route(Topic.PICTURE, "come", ("phí đã gồm quay clip, chụp hình và đăng tin VIP ạ",)),
            ),
            otherwise="low",
        ),
        "low": Beat(
            say(
                "{thấp [so]|ép giá [me] rồi|[me] mua còn hơn số đó}, {hàng xóm đường [road] mới bán [budget]|để "
                "[me] nói lại với [folks]|thôi treo chờ [soon] coi|[me] không gấp}"
            )
        ),
        "come": Beat(
            say(
                "{ok|[yes]|được}, {[day] [me] ở nhà|tới [near] rồi gọi|nhà [street] đó}, {số [phone]|gặp [called] "
                "[end]|nhớ đi trước [hour] giờ|[me] pha trà đợi}"
            )
        ),
        "gone": GONE,
    },
    facts={"about": ("ký gửi nhà đường [road]", "căn nhà gần [near]", "hoa hồng bán nhà", "miếng đất phường [ward]")},
)
