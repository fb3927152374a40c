"""Complaints: the wrong thing in the parcel, a flaw."""

from sokhach.sandbox.personas.openings import opening
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_wrong_routes = (
    Route(Topic.REFUSAL, "refused", ("Dạ hàng sale bên em không nhận đổi trả ạ",)),
    Route(
        Topic.REFUND,
        "exchange",
        ("Dạ bên em gửi nhầm, em đổi hàng đúng cho mình liền ạ", "Dạ em đổi cái mới hoặc hoàn tiền tùy mình chọn ạ"),
    ),
    Route(Topic.PICTURE, "shown", ("Dạ mình chụp giúp em cái tem và phiếu trong gói ạ",)),
    Route(Topic.APOLOGY, "sorry", ("Dạ em xin lỗi mình nhiều ạ",)),
)

wrong = Scene(
    key="fashion.wrong",
    mood="complains",
    facts={
        "product": (
            "váy",
            "áo khoác",
            "quần tây",
            "đầm maxi",
            "đôi sandal",
            "bộ đồ ngủ",
            "áo dài cách tân",
            "set đồ bé",
        ),
        "ordered": ("màu kem", "size M", "size L", "màu đen", "mẫu tay dài", "màu xanh rêu"),
        "came": (
            "màu cháo lòng",
            "size S bé tí",
            "màu hồng sến",
            "cái khác hoàn toàn",
            "đồ như giẻ lau",
            "mẫu tay ngắn",
        ),
        "about": ("đơn giao nhầm", "chuyện đổi [product]", "[product] giao sai"),
    },
    beats={
        **opening(
            (
                Line(
                    "{[you] ơi|ủa [you]|[sigh]|alo [you]} [me] đặt [product] [ordered] mà {gửi|nhận được|khui ra} "
                    "[came] {là sao|[q]|vậy trời}"
                ),
                Line(
                    "{[look] nè|hình đây|mới khui xong}, {đặt [ordered] rõ ràng|khác một trời một vực|đúng là [came]}",
                    type="image",
                ),
            ),
            _wrong_routes,
            say(
                "{giờ tính sao|[me] hỏi|nói [please] [me]}: đặt [ordered] giao [came], {đổi được [no]|ai chịu "
                "tiền ship|"
                "bao giờ có cái đúng}"
            ),
            minutes=15,
        ),
        "shown": Beat(
            (
                Line("{tem đó|phiếu ghi [ordered] nè|rõ chưa}", type="image"),
                Line(
                    "{phiếu ghi đúng [ordered] mà trong bọc là [came]|bên đóng gói ẩu [so]|[me] chưa mặc, tem còn "
                    "nguyên}, {giờ đổi [no]|[you] xử lý đi}"
                ),
            ),
            _wrong_routes[:2],
            otherwise="facebook",
            silence="facebook",
        ),
        "sorry": Beat(
            say(
                "{xin lỗi thì cũng phải đổi chứ|ừ, rồi sao nữa|[me] không cần nghe xin lỗi}, {[product] [me] cần "
                "mặc thứ bảy|[came] ai mà mặc|mất công chờ cả tuần}"
            ),
            (
                Route(Topic.REFUND, "exchange", ("Dạ em đổi hàng đúng mẫu, phí hai chiều em chịu ạ",)),
                Route(Topic.DISCOUNT, "voucher", ("Dạ em tặng mình mã giảm 50k nhé ạ",)),
                Route(Topic.CALL, "exchange", ("Dạ quản lý gọi lại mình ngay ạ",)),
            ),
            otherwise="facebook",
        ),
        "voucher": Beat(
            say(
                "{mã giảm làm gì|[me] có đòi mã đâu|50k rồi để [me] mặc [came] [huh]}, {muốn đúng [product] [ordered]|"
                "đổi [please] là được|trả tiền lại đi}"
            ),
            (
                Route(Topic.REFUSAL, "refused", ("Dạ đơn khuyến mãi nên bên em chưa hỗ trợ đổi ạ",)),
                Route(Topic.REFUND, "exchange", ("Dạ vậy em đổi cái đúng cho mình ạ",)),
                Route(Topic.WAIT, "waits", ("Dạ mình đợi em hỏi kho một lát ạ",)),
            ),
            otherwise="refused",
        ),
        "waits": Beat(
            say(
                "{ừ hỏi đi|[quick] [end]|cho tới trưa}, {[product] [ordered] còn thì gửi hỏa tốc|hết hàng thì trả "
                "tiền|cần "
                "đúng [ordered]}, {[me] không rảnh chờ hoài|đơn tên [called]|[phone]}"
            ),
            (
                Route(Topic.OUT_OF_STOCK, "facebook", ("Dạ mẫu đúng đã hết hàng mất rồi ạ",)),
                Route(Topic.REFUND, "exchange", ("Dạ kho còn, em đổi hàng cho mình sáng mai ạ",)),
                Route(Topic.DELIVERY, "exchange", ("Dạ em giao ngay cái đúng bằng xe công nghệ ạ",)),
            ),
            otherwise="facebook",
            silence="facebook",
        ),
        "exchange": Beat(
            say(
                "{ship hai chiều ai trả|[me] gửi lại bằng cách nào|gửi cái đúng trước được [no]}",
                "{nhà [me] [addr]|[addr], có ai qua lấy [no]}, {lần này đúng [ordered] [end]|[look] kỹ trước "
                "khi gói|sai "
                "nữa là hết nói}",
            ),
            (
                Route(Topic.REFUSAL, "refused", ("Dạ phí chiều về mình chịu giúp, bên em không hỗ trợ ạ",)),
                Route(Topic.DISCOUNT, "calm", ("Dạ miễn phí cả hai chiều cho mình ạ",)),
                Route(Topic.DELIVERY, "calm", ("Dạ shipper đem cái đúng tới rồi nhận lại cái cũ ạ",)),
            ),
            otherwise="calm",
        ),
        "refused": Beat(
            say(
                "{lỗi của shop mà khách chịu [huh]|ủa ngược đời|gửi sai mà đổ cho chính sách}",
                "{cho gặp chủ shop|[me] báo sàn|[me] bóc phốt trên group} {luôn|đó|}, {[came] để chủ shop mặc|"
                "[product] đúng [ordered] [me] mới yên|đơn tên [called], tra đi}",
            ),
            (
                Route(Topic.REFUND, "calm", ("Dạ em là quản lý, em hoàn tiền đầy đủ cho mình ạ",)),
                Route(Topic.APOLOGY, "calm", ("Dạ em xin lỗi, bạn nhân viên tư vấn sai, em xử lý liền ạ",)),
                Route(Topic.CALL, "calm", ("Dạ chủ shop gọi lại mình trong ít phút ạ",)),
            ),
            otherwise="facebook",
            silence="facebook",
        ),
        "facebook": Beat(
            say(
                "{thôi được|hết kiên nhẫn|rồi, biết rồi}, {[me] đăng lên hội review|đánh giá 1 sao kèm hình|up "
                "story tag shop}, {đặt [ordered] giao [came]|bán [product] kiểu ăn cướp}",
                "{khỏi inbox|chào|đừng nhắn nữa}{, [product] giữ mà mặc|, tiền [look] như cúng|, bạn bè [me] ai "
                "cũng biết|}",
            )
        ),
        "calm": Beat(
            say(
                "{ok vậy được|ừ vậy nghe êm|làm vậy từ đầu có phải hay không}, {[me] gói lại sẵn|để ở chốt bảo vệ|"
                "tới nhớ gọi [phone]}, {mong [product] đúng [ordered]|sai nữa là thôi đó|[called] nhận}"
            )
        ),
    },
)

_flaw_routes = (
    Route(Topic.REFUSAL, "refused", ("Dạ sản phẩm đã giặt nên bên em không nhận đổi ạ",)),
    Route(Topic.REFUND, "exchange", ("Dạ lỗi này em đổi mới cho mình ạ", "Dạ hàng lỗi bên em hoàn tiền 100% ạ")),
    Route(Topic.DISCOUNT, "keep", ("Dạ mình giữ lại giúp em, em giảm 30% tiền nhé ạ",)),
    Route(Topic.PICTURE, "shown", ("Dạ mình quay video chỗ lỗi giúp em ạ",)),
    Route(Topic.APOLOGY, "shown", ("Dạ em xin lỗi mình, lỗi này do khâu kiểm hàng ạ",)),
)

flaw = Scene(
    key="fashion.flaw",
    mood="complains",
    facts={
        "product": ("áo sơ mi", "quần jean", "đầm", "áo dài", "giày", "áo len", "bộ đồ bé", "chân váy"),
        "fault": (
            "đường may bung chỉ",
            "ra màu lem hết cả thau",
            "rách nách",
            "dây kéo kẹt cứng",
            "có vết ố vàng",
            "bong keo đế",
            "xù lông như mèo",
            "mất nút",
        ),
        "when": ("mới mặc 1 lần", "giặt lần đầu", "chưa mặc [day] nào", "đi được 2 [day]", "mặc đúng hôm cưới"),
        "about": ("[product] bị lỗi", "chuyện cái [product]", "đổi [product] lỗi"),
    },
    beats={
        **opening(
            (
                Line(
                    "[product] mua {bên [you]|của [you]|hôm trước} [when] mà {đã [fault]|[fault] rồi}, {hàng gì kỳ "
                    "[q]|thất vọng [so]|tiền thật mà hàng vậy}"
                ),
                Line(
                    "{[look] đi|nè|chụp rõ luôn nè}, {chỗ [fault] đó|[product] đó|nhìn mà tức}",
                    type="image",
                    variant="duong-may-loi.jpg",
                ),
            ),
            _flaw_routes,
            say(
                "[me] {chỉ hỏi|nói} {chuyện [product] [fault]|[product] lỗi} {đổi hay trả tiền|tính [how]|có ai "
                "chịu trách nhiệm [no]}, [when] thôi đó"
            ),
        ),
        "shown": Beat(
            (
                Line(type="video"),
                Line(
                    "{quay rồi đó|clip đó|[look] kỹ [end]}, [fault] {rõ chưa|không phải tại [me] [end]|do hàng "
                    "chứ ai}, "
                    "{đổi cho [me] [no]|[when] mà|giờ sao}"
                ),
            ),
            _flaw_routes[:3],
            otherwise="angry",
            silence="angry",
        ),
        "keep": Beat(
            say(
                "{giảm vậy cũng được|30 phần trăm [huh]|giữ thì mặc ở nhà thôi}, {mà sửa chỗ [fault] ai trả|trả tiền "
                "mặt hay mã|[product] này mấy trăm ngàn lận}"
            ),
            (
                Route(Topic.REFUSAL, "angry", ("Dạ bên em không hỗ trợ tiền sửa ạ",)),
                Route(Topic.REFUND, "calm", ("Dạ em hoàn lại tiền mặt cho mình ạ",)),
                Route(Topic.DISCOUNT, "calm", ("Dạ em tặng kèm voucher 50k nữa ạ",)),
            ),
            otherwise="calm",
        ),
        "exchange": Beat(
            say(
                "{đổi cái mới kiểm kỹ [please]|đổi xong lại [fault] thì sao|gửi về đâu [q]}, {[me] giặt rồi có "
                "sao [no]|"
                "tem cắt rồi|bịch [me] bỏ mất rồi}, {[when] thôi|[product] này thích mới giữ}"
            ),
            (
                Route(Topic.REFUSAL, "refused", ("Dạ đã cắt tem thì bên em không được đổi ạ",)),
                Route(Topic.ADDRESS, "calm", ("Dạ không sao ạ, mình gửi về địa chỉ 214 Đại lộ Bình Dương",)),
                Route(Topic.DELIVERY, "calm", ("Dạ không sao ạ, shipper tới tận nhà lấy",)),
            ),
            otherwise="calm",
        ),
        "refused": Beat(
            say(
                "{không giặt sao biết [fault]|cắt tem mới mặc được chứ|vậy bán chi}, {[product] tiền triệu chứ ít|"
                "mua cả chục món ở đây rồi|[when] mà bắt chịu}",
                "{cho gặp quản lý|ai là chủ vậy|nói lại lần nữa [look]} {đi|, [me] đợi|}, {[called] [phone]|trả lời "
                "đàng hoàng|[fault] vậy mà cãi}",
            ),
            (
                Route(Topic.REFUND, "calm", ("Dạ quản lý đã duyệt đổi mới cho mình ạ",)),
                Route(Topic.APOLOGY, "calm", ("Dạ em xin lỗi, em xin ngoại lệ cho mình ạ",)),
                Route(Topic.CALL, "calm", ("Dạ quản lý gọi cho mình ngay ạ",)),
            ),
            otherwise="angry",
            silence="angry",
        ),
        "angry": Beat(
            say(
                "{bán đồ [fault] rồi phủi tay|hàng chợ mà giá trung tâm|[look] thường khách [so]}, {[me] đăng hình lên|"
                "tiktok thẳng tiến|hội chị em sẽ biết}",
                "{[product] vứt sọt rác|từ nay né|mua một lần cho tởn} {luôn|thôi|nha}, {[when] mà nát|tiếc tiền|"
                "[fault] rành rành}",
            )
        ),
        "calm": Beat(
            say(
                "{ok|được|ừ vậy đi}, {gửi về [addr]|lần này kiểm kỹ [end]|[called] [phone]}, {hết [fault] là được|có "
                "xử lý vậy mới mua nữa|[product] [me] thích nên mới đổi}"
            )
        ),
    },
)
