"""A centre for languages, school subjects and skills."""

from sokhach.sandbox.personas.education.people import PEOPLE
from sokhach.sandbox.personas.script import Trade

TRADE = Trade(
    "education",
    "Trung tâm đào tạo",
    PEOPLE,
    facts={
        "fee": ("4.200.000đ", "4.800.000đ", "5.400.000đ", "6.300.000đ", "7.200.000đ", "3.600.000đ", "2.950.000đ"),
        "cheap": ("hơn ba triệu", "rẻ hơn năm trăm", "có hai triệu mấy", "giảm nửa khóa đầu"),
        "rival": ("Ánh Dương", "Nắng Mai", "Bút Chì", "Ngôi Sao Nhỏ", "Tri Thức Trẻ", "Sao Khuê"),
        "slot": ("tối 2-4-6", "tối 3-5-7", "sáng thứ Bảy", "chiều Chủ nhật", "17 giờ 30", "19 giờ 30", "cuối tuần"),
        "branch": ("Lê Lợi", "Nguyễn Trãi", "Quang Trung", "Phạm Văn Đồng", "chợ mới"),
        "branch2": ("Hùng Vương", "Cách Mạng Tháng 8", "Trần Phú", "khu dân cư mới"),
        "opening": ("mùng 5 tháng sau", "đầu tháng sau", "thứ Hai tới", "ngày 15", "giữa tháng", "ngày 20"),
        "goal": ("lên 6.5", "giao tiếp được", "đậu vào 10", "lấy chứng chỉ", "theo kịp bạn", "qua môn", "đi phỏng vấn"),
        "weak": (
            "từ vựng không nhớ nổi",
            "nghe không ra chữ nào",
            "mất gốc từ lâu",
            "viết sai chính tả hoài",
            "học thuộc mà không hiểu",
            "cứ tới kiểm tra là run",
            "ngồi mười phút là chán",
        ),
        "busy": (
            "học thêm toán",
            "tăng ca",
            "lớp võ",
            "ca chiều",
            "học bán trú tới 5 giờ",
            "trực cơ quan",
            "sinh hoạt câu lạc bộ",
        ),
        "reason": (
            "nhà chuyển đi xa",
            "lịch học trùng trường",
            "thầy cô đổi liên tục",
            "lớp đông [so]",
            "học không hợp",
            "khai giảng dời hoài",
            "sức khỏe không theo được",
        ),
        "busy2": (
            "nhà chuyển xa",
            "lịch làm đổi liên tục",
            "sức khỏe hơi yếu",
            "nhà có việc",
            "cơ quan cử đi công tác",
            "thi cử dồn dập",
        ),
        "ward": ("Thủ Đức", "Gò Vấp", "Tân Phú", "Dĩ An", "Bình Thạnh", "quận 12"),
        "day": ("mai", "thứ Bảy", "Chủ nhật", "thứ Tư", "thứ Năm", "mốt", "thứ Sáu"),
        "day2": ("tuần sau", "thứ Hai tới", "cuối tuần sau", "thứ Ba tuần tới"),
        "hour": ("8", "9", "10", "14", "15", "17"),
    },
    pictures=("phieu-diem.png", "giay-to.png"),
)
