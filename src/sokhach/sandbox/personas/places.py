"""Where people live: slots `ward road street place branch branch2` for who is not from Thành phố Hồ Chí Minh."""

from sokhach.sandbox.personas.manners import Facts

HANOI: Facts = {
    "ward": ("Cầu Giấy", "Thanh Xuân", "Hà Đông", "Mỹ Đình", "Hoàng Mai", "Long Biên"),
    "road": ("Nguyễn Trãi", "Trần Duy Hưng", "Minh Khai", "Xuân Thủy", "Láng Hạ", "Ngọc Lâm"),
    "street": ("ngõ 68 phố Vọng", "số 9 ngách 42/15 Minh Khai", "12 Ngọc Lâm", "ngõ 175 Xuân Thủy"),
    "place": ("ngã tư Sở", "cầu Vĩnh Tuy", "bến xe Mỹ Đình", "Đông Anh", "hầm Kim Liên", "đường Láng"),
    "branch": ("Nguyễn Trãi", "Xuân Thủy", "Minh Khai", "Hà Đông"),
    "branch2": ("Long Biên", "Mỹ Đình", "Láng Hạ"),
}
HAIPHONG: Facts = {
    "ward": ("Lê Chân", "Ngô Quyền", "Hải An", "Kiến An"),
    "road": ("Lạch Tray", "Tô Hiệu", "Nguyễn Bỉnh Khiêm"),
    "street": ("ngõ 130 Lạch Tray", "25 Tô Hiệu", "số 4 lô 22 Lê Hồng Phong"),
    "place": ("cầu Rào", "ngã năm", "Lạch Tray", "cầu Bính"),
    "branch": ("Lạch Tray", "Tô Hiệu", "Cầu Đất"),
    "branch2": ("Kiến An", "Văn Cao"),
}
HUE: Facts = {
    "ward": ("Vỹ Dạ", "An Cựu", "Kim Long", "Thủy Xuân"),
    "road": ("Nguyễn Sinh Cung", "Hùng Vương", "Điện Biên Phủ", "Bà Triệu"),
    "street": ("kiệt 42 Nguyễn Sinh Cung", "7/18 Bà Triệu", "31 Kim Long"),
    "place": ("Hương Thủy", "Kim Long", "chợ Đông Ba", "cầu Trường Tiền"),
    "branch": ("Hùng Vương", "Bà Triệu", "An Cựu"),
    "branch2": ("Vỹ Dạ", "Điện Biên Phủ"),
}
DANANG: Facts = {
    "ward": ("Hải Châu", "Thanh Khê", "Cẩm Lệ", "Liên Chiểu", "Sơn Trà"),
    "road": ("Núi Thành", "Nguyễn Hữu Thọ", "Tôn Đức Thắng", "Ngô Quyền"),
    "street": ("K120 Núi Thành", "56 Nguyễn Hữu Thọ", "kiệt 8 Tôn Đức Thắng"),
    "place": ("Hòa Xuân", "Điện Bàn", "cầu Rồng", "ngã ba Huế"),
    "branch": ("Núi Thành", "Nguyễn Hữu Thọ", "Hòa Khánh"),
    "branch2": ("Sơn Trà", "Cẩm Lệ"),
}
MEKONG: Facts = {
    "ward": ("Ninh Kiều", "Cái Răng", "Bình Thủy", "Ô Môn"),
    "road": ("Trần Hoàng Na", "Mậu Thân", "lộ Vòng Cung", "quốc lộ 1"),
    "street": ("15 Trần Hoàng Na", "hẻm 11 Mậu Thân", "ấp Mỹ Thuận, đối diện chợ"),
    "place": ("Cái Răng", "Ninh Kiều", "cầu Cần Thơ", "bến phà", "Phong Điền", "Bình Minh"),
    "branch": ("Mậu Thân", "chợ Cái Răng", "Ba Tháng Hai"),
    "branch2": ("Ô Môn", "Vĩnh Long"),
}
