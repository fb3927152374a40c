"""Orders: of a household that changes its mind, of a contractor with a list."""

from sokhach.sandbox.personas.manners import THANKFUL
from sokhach.sandbox.personas.openings import opening
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_order_routes = (
    Route(Topic.OUT_OF_STOCK, "sold_out", ("Dạ [product] bên em vừa hết hàng, 3 ngày nữa mới có ạ",)),
    Route(Topic.ADDRESS, "address", ("Dạ mình cho em xin tên, địa chỉ với số điện thoại nhận hàng ạ",)),
    Route(Topic.PRICE, "sum", ("Dạ [count] [unit] [product] tổng [price], em lên đơn nhé", "Dạ hết [price] cả thuế ạ")),
    Route(Topic.IN_STOCK, "address_first", ("Dạ [product] còn hàng đủ [count] [unit] ạ",)),
)

order = Scene(
    key="electrical.order",
    mood="orders",
    facts={
        "product": (
            "ổ cắm 6 lỗ có công tắc",
            "đèn ốp trần 24W",
            "quạt treo có remote",
            "mặt ổ âm chống nước",
            "đèn sạc dự phòng",
            "đèn đường năng lượng 100W",
            "dây nối dài 5 mét",
        ),
        "unit": ("cái",),
        "count": ("2", "3", "4", "5", "6", "8"),
        "added": (
            "1 cuộn băng keo điện",
            "2 bóng đèn ngủ",
            "1 bút thử điện",
            "thêm 1 cái nữa",
            "3 công tắc đôi",
            "1 ổ hẹn giờ",
        ),
        "price": ("890.000đ", "1.140.000đ", "1.360.000đ", "725k", "1.980.000đ"),
        "about": ("đơn [product]", "đơn hàng", "[count] cái [product]"),
    },
    beats={
        **opening(
            say(
                "{[you] ơi đặt hàng|cho [me] đặt|lên đơn [please] [me]|[me] lấy} [count] [unit] [product] {[end]|}",
                "{giao trong hôm nay được [no]|mai cần rồi|tính tiền luôn đi [you]|cần trước chủ nhật|giao ngoài "
                "giờ hành chính}",
            ),
            _order_routes,
            say(
                "là [me] đặt [count] [unit] [product] á, {còn hàng thì lên đơn đi|xác nhận [please]|tính tiền sao [q]}"
            ),
        ),
        "sold_out": Beat(
            say(
                "{[sigh]|ủa hết rồi [huh]|xui [so]}, {mới hôm qua thấy còn|[product] mà cũng hết|thợ chiều tới rồi}, "
                "{có loại khác [no]|chi nhánh khác còn [no]|bao giờ có [q]}"
            ),
            (
                Route(Topic.IN_STOCK, "address_first", ("Dạ chi nhánh Hà Nội còn hàng, em chuyển về mất 2 ngày ạ",)),
                Route(Topic.PRICE, "sum", ("Dạ em lấy mẫu tương đương, tổng [price] ạ",)),
                Route(Topic.APOLOGY, "cancel", ("Dạ em xin lỗi, mẫu khác cũng chưa về ạ",)),
            ),
            otherwise="cancel",
        ),
        "address_first": Beat(
            say(
                "{ok vậy|hay [q], vậy|[yes]} {giao về|gửi tới|ship} [addr]",
                "{[called] nhận|tên [called]|người nhận [called]} [phone]",
            ),
            (
                Route(Topic.PRICE, "sum", ("Dạ tổng đơn [price] ạ",)),
                Route(Topic.DELIVERY, "change", ("Dạ mai bên em giao hàng trước 12 giờ ạ",)),
                Route(Topic.THANKS, "change", ("Dạ em lên đơn rồi, cảm ơn [who] ạ",)),
            ),
            otherwise="change",
        ),
        "address": Beat(
            (
                Line("{tên|người nhận} [called], {sđt|đt|số} [phone]"),
                Line(
                    "[addr], {giao giờ trưa|để bảo vệ tòa nhà|hẻm nhỏ xe máy vô được|tới gọi xuống lấy|nhà cửa "
                    "sắt xanh}"
                ),
            ),
            (
                Route(Topic.PRICE, "sum", ("Dạ tổng [price], giao trong ngày mai ạ",)),
                Route(Topic.DELIVERY, "change", ("Dạ em lên đơn, chiều mai giao tới, shipper gọi trước ạ",)),
                Route(Topic.THANKS, "change", ("Dạ em đã tạo đơn, cảm ơn mình ạ",)),
            ),
            otherwise="change",
        ),
        "sum": Beat(
            (
                Line("[price] {chuyển khoản hay đưa tiền lúc nhận|trả tiền mặt được [no]|cho xin số tài khoản} [q]"),
                Line("à {mà|quên}, {lấy thêm|bỏ vô chung} [added] {luôn [end]|[please]|}", type="text"),
            ),
            (
                Route(
                    Topic.REFUSAL, "cancel", ("Dạ đơn này đã đóng gói nên không thêm được ạ, mình không được đổi nữa",)
                ),
                Route(Topic.PHONE, "where", ("Dạ được ạ, mình cho em số điện thoại với chỗ giao nhé",)),
                Route(Topic.DELIVERY, "paid", ("Dạ em thêm rồi, mình nhận hàng rồi trả tiền ạ",)),
                Route(Topic.PRICE, "paid", ("Dạ thêm vào tổng là [price] ạ, em gửi số tài khoản công ty",)),
            ),
            otherwise="paid",
        ),
        "change": Beat(
            say(
                "{khoan|ấy chờ chút|[you] ơi sửa đơn [please]}, {đổi [count] thành 10|bớt 1 cái [product]|thêm [added]|"
                "đổi [product] sang màu trắng} {được [no]|kịp [no]|nha}"
            ),
            (
                Route(Topic.REFUSAL, "cancel", ("Dạ đơn đi rồi nên không thể sửa ạ",)),
                Route(Topic.PRICE, "paid", ("Dạ em sửa rồi, tổng mới [price] ạ",)),
                Route(Topic.WAIT, "paid", ("Dạ mình đợi em sửa lại rồi xác nhận ngay ạ",)),
            ),
            otherwise="paid",
        ),
        "paid": Beat(
            (
                Line(
                    "{[me] chuyển rồi đó|ck rồi [end]|xong rồi}, {[called] chuyển|nội dung [product]|đúng [price]}",
                    type="image",
                ),
                Line(
                    "{[look] nhận được chưa|có hóa đơn [no]|mấy giờ tới [q]|giao sớm [please]} {[end]|}, {tối "
                    "[me] ở nhà|"
                    "[added] nhớ bỏ vô|[phone]}"
                ),
            )
        ),
        "where": Beat(
            say(
                "[called], [phone]",
                "[addr]{, tới gọi trước|, hỏi nhà [called]|, giao giờ nào cũng có người|, trưa hay vắng nhà|, gửi "
                "bảo vệ cũng được}",
            )
        ),
        "cancel": Beat(
            say(
                "{vậy hủy [please] [me]|thôi hủy đơn đi|khỏi lấy nữa} {[end]|}, {[me] ra tiệm mua [product] cho nhanh|"
                "chờ không được|để [day] khác đặt [product]}"
            )
        ),
    },
)

_list_routes = (
    Route(
        Topic.DISCOUNT,
        "deal",
        ("Dạ đơn {công trình|thợ} em chiết khấu [cut] ạ", "Dạ số lượng vầy bên em giảm [cut] so với giá lẻ ạ"),
    ),
    Route(Topic.DOCUMENT, "quote", ("Dạ em lên báo giá gửi [who] trong 30 phút nữa ạ",)),
    Route(Topic.OUT_OF_STOCK, "partly", ("Dạ đủ hết, riêng [product] tạm hết, 4 ngày nữa về ạ",)),
    Route(Topic.PRICE, "quote", ("Dạ [product] giá sỉ [price] ạ",)),
    Route(Topic.DETAILS, "details", ("Dạ công trình cần giao đợt mấy và nhu cầu bao nhiêu cuộn ạ",)),
)

site = Scene(
    key="electrical.site",
    mood="orders",
    facts={
        "product": (
            "dây đơn 2.5",
            "aptomat 32A",
            "ống luồn phi 20",
            "đèn panel 60x60",
            "tủ điện 24 đường",
            "ổ cắm đôi 3 chấu",
            "cáp ngầm 4x16",
        ),
        "count": ("15 cuộn", "40 cái", "60 cái", "200 mét", "120 bộ", "25 thùng"),
        "job": (
            "nhà phố 4 tầng",
            "quán lẩu 300 mét",
            "trường mầm non",
            "xưởng gỗ",
            "homestay 12 phòng",
            "dãy trọ 20 phòng",
            "biệt thự bên Thủ Đức",
        ),
        "cut": ("18%", "22%", "25%", "30%", "15%"),
        "price": ("615.000đ", "128k", "1.050.000đ", "89.000đ"),
        "days": ("thứ hai tới", "trong 3 ngày", "trước mùng 10", "sáng mốt", "cuối tuần này"),
        "about": ("báo giá công trình", "đơn [job]", "giá [product]"),
    },
    beats={
        **opening(
            (
                Line(
                    "{[you] ơi|chào [you]|ê [you]} [me] đang làm {công trình|cái} [job], cần [count] [product] với "
                    "{mấy món lặt vặt|list kèm dưới|chục món nữa}"
                ),
                Line(type="file", variant="danh-sach-can-mua.csv"),
                Line(
                    "{lên giá thợ [please]|chiết khấu [much] [q]|báo giá tốt nhất [end]}, {cần hàng [days]|"
                    "[days] phải có|"
                    "đổ trần [days]}"
                ),
            ),
            _list_routes,
            say(
                "{list [me] gửi đó|[look] file chưa [you]}, {[count] [product] chiết khấu sao|giá công trình [job] "
                "tính [how]} [q]"
            ),
            minutes=40,
        ),
        "details": Beat(
            say(
                "{hai đợt|ba đợt|một lần luôn}, đợt đầu [count] [product] {giao tới công trình|[me] cho xe qua "
                "chở}, {[days]|trễ là anh em ngồi chơi}, {phần còn lại tháng sau|công nợ 15 ngày được [no]}"
            ),
            _list_routes[:4],
            otherwise="leave",
        ),
        "quote": Beat(
            say(
                "{[look] rồi|nhận được rồi}, {hơi cao|[product] cao hơn mối cũ|mấy món kia được}, {mối cũ cho [me] "
                "[cut]|bên Chợ Lớn rẻ hơn|[job] này [me] lãi có mấy đồng đâu}",
                "{bớt thêm đi|cho giá đại lý được [no]|[me] lấy thường xuyên mà|còn 2 công trình nữa}",
            ),
            (
                Route(Topic.REFUSAL, "leave", ("Dạ giá sỉ này là hết mức, em không giảm thêm được ạ",)),
                Route(Topic.DISCOUNT, "deal", ("Dạ em xin được chiết khấu [cut] với điều kiện lấy đủ list ạ",)),
                Route(Topic.WAIT, "later", ("Dạ mình đợi em hỏi sếp rồi chốt trong chiều nay ạ",)),
            ),
            otherwise="later",
        ),
        "partly": Beat(
            say(
                "{thiếu [product] là kẹt|[sigh], món chính mà hết}, {[days] phải kéo rồi|anh em chờ sẵn ở [job]}, "
                "{đổi hãng khác tương đương có [no]|gom từ kho khác được [no]}"
            ),
            (
                Route(Topic.REFUSAL, "leave", ("Dạ kho khác cũng không còn cách nào kịp ạ",)),
                Route(Topic.PRICE, "quote", ("Dạ có hãng khác giá [price] ạ",)),
                Route(Topic.DELIVERY, "deal", ("Dạ em gom từ Hà Nội, vận chuyển vào kịp [days] ạ",)),
            ),
            otherwise="leave",
        ),
        "deal": Beat(
            say(
                "{chốt|ok vậy chơi|được, làm tới luôn}, {lên đơn [count] [product]|cho xe chở tới [job]|xuất đợt 1 "
                "trước}, {xuất VAT cho công ty [me]|tiền mặt lấy liền|chuyển trước 50%}",
                "{giao [days]|[days] xe tới} {tại|ở} [addr], gọi {cai|chỉ huy|[called]} [phone]",
            ),
            (
                Route(Topic.DOCUMENT, "invoice", ("Dạ em xuất hóa đơn VAT 8%, mình gửi thông tin công ty ạ",)),
                Route(Topic.DELIVERY, "thanks", ("Dạ xe tải giao sau 7 giờ sáng, hạ hàng tận nơi ạ",)),
                Route(Topic.APOLOGY, "later", ("Dạ rất tiếc ngày đó xe kín, em xin dời một hôm ạ",)),
            ),
            otherwise="thanks",
        ),
        "invoice": Beat(
            (
                Line(
                    "{thông tin xuất hóa đơn đây|[you] chụp lại [end]}, {ghi nội dung vật tư điện [job]|tách riêng "
                    "[product]|gửi mail kế toán}",
                    type="image",
                ),
                Line(
                    "{tiền cọc [me] ck trong chiều|xong gửi bản nháp [me] [look]|mã số thuế nhớ ghi đúng} {hen|nha|"
                    "}, [phone]"
                ),
            )
        ),
        "later": Beat(
            say(
                "{ừ|ok} {có gì gọi|báo sớm|trễ nhất 4 giờ chiều} [end], {[days] cần rồi|không kịp là [me] lấy chỗ "
                "khác|anh em ngồi chờ [product]}, [phone]"
            )
        ),
        "leave": Beat(
            say(
                "{vậy chắc đợt này [me] lấy mối cũ|thôi [job] này [me] gom Chợ Lớn|không được giá thì thôi}, {lần "
                "sau có [product] ngon giá thì báo|công trình tới tính tiếp|làm ăn lâu dài mà [you] chặt quá}"
            )
        ),
        "thanks": THANKFUL,
    },
)
