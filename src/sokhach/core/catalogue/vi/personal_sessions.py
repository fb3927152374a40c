"""Sessions of personal accounts: their states, logins, the holder's consent."""

TEXTS: dict[str, str] = {
    "health.personal-frames": "Zalo gửi những gói tin chưa đọc được. Bản gốc được giữ lại để đọc sau; có thể còn tin "
    "chưa hiện.",
    "health.personal-offline": "Tài khoản Zalo đang mất kết nối. Sổ Khách đang tự nối lại, tin gửi đi sẽ chờ.",
    "health.personal-silent": "Kết nối với Zalo không còn tín hiệu. Sổ Khách đang tự nối lại.",
    "health.personal-taken-over": "Tài khoản đang mở Zalo Web ở nơi khác. Hãy đóng nơi đó, rồi bấm Kết nối lại.",
    "health.personal-kicked": "Zalo đã đóng phiên của tài khoản. Hãy bấm Kết nối lại.",
    "health.personal-needs-login": "Phiên Zalo đã hết hạn. Người giữ tài khoản cần quét mã QR để đăng nhập lại.",
    "health.personal-stopped": "Tài khoản đang được tạm dừng: không nhận và không gửi tin.",
    # Why a session is in its state, and what to do.
    "personal-state.network": "Mất kết nối với Zalo. Sổ Khách tự nối lại.",
    "personal-state.silent": "Kết nối mở mà không còn tín hiệu. Sổ Khách đã đóng và tự nối lại.",
    "personal-state.dead": "Kết nối mở mà không còn tín hiệu. Sổ Khách đã đóng và tự nối lại.",
    "personal-state.offline": "Mất kết nối với Zalo. Sổ Khách tự nối lại.",
    "personal-state.refused": "Zalo từ chối kết nối. Sổ Khách thử lại sau.",
    "personal-state.unreadable": "Zalo trả lời khác thường lệ nên chưa kết nối được. Sổ Khách thử lại sau.",
    "personal-state.restarted": "Chương trình giữ kết nối vừa khởi động lại. Sổ Khách tự nối lại.",
    "personal-state.sidecar-ended": "Chương trình giữ kết nối vừa khởi động lại.",
    "personal-state.host-lost": "Máy chủ giữ kết nối đã dừng đột ngột.",
    "personal-state.moved": "Đang chuyển kết nối, sẽ nối lại ngay.",
    "personal-state.replaced": "Kết nối đã được thay bằng kết nối mới.",
    "personal-state.taken-over": "Có người mở Zalo Web bằng tài khoản này, nên Zalo ngắt Sổ Khách. Điện thoại không "
    "bị ảnh hưởng. Hãy đóng Zalo Web ở nơi đó, rồi bấm Kết nối lại.",
    "personal-state.kicked": "Zalo đã đóng phiên này, thường vì tài khoản đăng nhập ở máy khác hoặc người giữ chọn "
    "đăng xuất khỏi các máy. Hãy bấm Kết nối lại; nếu không được, hãy quét mã QR.",
    "personal-state.expired": "Phiên đăng nhập đã hết hạn. Người giữ tài khoản cần mở Zalo trên điện thoại và quét mã "
    "QR.",
    "personal-state.needs-login": "Phiên đăng nhập đã hết hạn. Người giữ tài khoản cần mở Zalo trên điện thoại và "
    "quét mã QR.",
    "personal-state.other-person": "Phiên đã lưu thuộc về một tài khoản Zalo khác. Hãy quét mã QR bằng đúng tài khoản.",
    "personal-state.undecipherable": "Không đọc được thông tin đăng nhập đã lưu: khóa bí mật đã đổi. Hãy quét mã QR.",
    "personal-state.stopped": "Người quản trị đã tạm dừng tài khoản. Trong lúc dừng, tin mới không được ghi lại; khi "
    "chạy lại, Sổ Khách lấy những tin mà Zalo còn giữ.",
    "personal-state.connecting": "Đang kết nối.",
    "personal-state.other": "Chưa kết nối: {reason}.",
    "personal-login.other-account": "Mã vừa được quét bằng một tài khoản Zalo khác. Hãy quét bằng đúng tài khoản cần "
    "kết nối lại.",
    "personal-login.held-by-other": "Tài khoản Zalo này đã được kết nối cho một người khác. Hãy nhờ người quản trị "
    "đổi người giữ trước.",
    "personal-login.unreachable": "Chưa lấy được mã từ Zalo. Hãy thử lại sau ít phút.",
    "personal-login.other": "Chưa đăng nhập được. Hãy thử lại.",
    "personal-action.not-found": "Không tìm thấy tài khoản này.",
    "personal-action.not-permitted": "Bạn chưa có quyền làm việc này với tài khoản này.",
    "personal-action.stopped-already": "Tài khoản này đã dừng từ trước.",
    "personal-action.needs-login": "Phiên đã hết hạn: cần quét mã QR.",
    "personal-action.online-already": "Tài khoản này đang kết nối.",
    "personal-action.stopped": "Người quản trị đã tạm dừng tài khoản này.",
    "personal-action.no-credentials": "Tài khoản này chưa đăng nhập lần nào: cần quét mã QR.",
    "frame.undecryptable": "Gói tin loại {cmd} không giải mã được. Bản gốc vẫn được giữ.",
    "frame.unreadable": "Gói tin loại {cmd} không đọc được. Bản gốc vẫn được giữ.",
    "frame.no-key": "Gói tin loại {cmd} đến trước khi có khóa. Bản gốc vẫn được giữ.",
    "frame.unknown-opcode": "Gói tin loại {cmd} chưa biết cách hiểu. Nội dung vẫn được giữ để đọc lại sau.",
    # What a holder agrees to. Other words: a new version.
    "personal-consent.text": """\
Trước khi kết nối một tài khoản Zalo cá nhân, người giữ tài khoản và người kết nối giúp cần biết:

1. Đây không phải kết nối chính thức. Zalo không cung cấp cách kết nối tài khoản cá nhân với phần mềm quản lý. Sổ \
Khách hoạt động như một trình duyệt đang mở Zalo Web bằng tài khoản này. Điều khoản của Zalo không cho phép sử dụng tự \
động; Zalo có thể hạn chế hoặc khóa tài khoản, và không ai bảo đảm được điều đó sẽ không xảy ra. Sổ Khách giới hạn số \
tin gửi đi để giảm rủi ro này.

2. Zalo chỉ cho một phiên Zalo Web. Khi Zalo Web hoặc Zalo trên máy tính được mở ở nơi khác bằng tài khoản này, Sổ \
Khách bị ngắt kết nối. Ứng dụng Zalo trên điện thoại vẫn dùng bình thường.

3. Tin nhắn được ghi lại. Với số của công ty, Sổ Khách lưu mọi hội thoại của tài khoản, kể cả tin người giữ gõ trên \
điện thoại và tin bị thu hồi. Với số riêng của người giữ, Sổ Khách chỉ lưu nội dung của những người và nhóm mà chính \
người giữ đánh dấu là công việc; với phần còn lại, Sổ Khách chỉ ghi thời điểm và số lượng tin, không ghi nội dung, \
cũng không ghi người nhắn.

4. Mục đích và người xem. Dữ liệu được dùng để chăm sóc khách hàng, bàn giao công việc và giải quyết khiếu nại. Người \
được phân quyền trong công ty xem được, và mỗi lần xem được ghi vào nhật ký. Dữ liệu nằm trên máy chủ của công ty.

5. Quyền của người giữ theo Luật Bảo vệ dữ liệu cá nhân (Luật số 91/2025/QH15). Người giữ có quyền được biết, xem, yêu \
cầu chỉnh sửa, yêu cầu xóa dữ liệu về mình và rút lại sự đồng ý bằng cách báo người quản trị. Khi rút lại, tài khoản \
được ngắt kết nối và không ghi thêm; việc đã ghi trước đó vẫn hợp lệ.

6. Thông tin đăng nhập của phiên được mã hóa khi lưu. Người giữ có thể đăng xuất phiên này bất cứ lúc nào trong mục \
Thiết bị đăng nhập của ứng dụng Zalo.

Người giữ tài khoản đã đọc, hiểu các rủi ro trên và đồng ý kết nối tài khoản của mình.""",
    "fault.proxy-form": "cần có dạng http://máy-chủ:cổng hoặc https://máy-chủ:cổng. Không dùng được SOCKS",
    "fault.proxy-inner": "là địa chỉ trong mạng nội bộ. Muốn dùng, người vận hành cần bật proxy_inside",
    "field.proxy": "địa chỉ proxy",
    "problem.holder-must-agree.title": "Cần người giữ số đồng ý",
    "problem.holder-must-agree.detail": "Số riêng chỉ thành số của công ty khi chính người giữ kết nối lại: mở trang "
    "Kết nối tài khoản Zalo, chọn số của công ty, đồng ý và quét mã QR. Tin trước lúc đó vẫn là riêng tư.",
    "audit.personal_account:change": "Sửa tài khoản Zalo cá nhân",
    "audit.personal_account:connect": "Kết nối tài khoản Zalo cá nhân",
    "audit.personal_account:return": "Nối lại tài khoản Zalo cá nhân",
    "audit.personal_account:start": "Chạy lại tài khoản Zalo cá nhân",
    "audit.personal_account:stop": "Tạm dừng tài khoản Zalo cá nhân",
    "audit.personal_call:ask": "Tìm hoặc kết bạn trên Zalo cá nhân",
    "audit.personal_login:ask": "Xin mã đăng nhập Zalo cá nhân",
    "audit.personal_switch:turn": "Tạm dừng hoặc mở lại việc gửi của mọi tài khoản Zalo cá nhân",
    "audit-field.login_id": "Lượt đăng nhập",
    "audit-field.op": "Việc",
    "audit-field.proxy": "Dùng proxy",
    "audit-field.sim": "Loại SIM",
    "audit-field.state": "Trạng thái",
    "audit-field.stopped": "Dừng gửi",
    "audit-field.uid": "Mã Zalo",
    "audit-value.sim.company": "SIM công ty",
    "audit-value.sim.own": "SIM riêng của nhân viên",
}
