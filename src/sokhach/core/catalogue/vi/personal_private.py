"""What is private on personal accounts."""

TEXTS: dict[str, str] = {
    "problem.not-the-holder.title": "Chỉ người giữ số",
    "problem.not-the-holder.detail": "Chỉ người giữ số này mới chọn được ai là khách của công việc.",
    "problem.holder-must-scan.title": "Cần quét mã QR trước",
    "problem.holder-must-scan.detail": "Số này vừa đổi người giữ. Hãy kết nối lại bằng mã QR trên điện thoại dùng số "
    "này, rồi chọn ai là khách của công việc.",
    "problem.captures-everything.title": "Số của công ty",
    "problem.captures-everything.detail": "Số của công ty lưu mọi hội thoại, nên không có mục riêng tư.",
    "audit.personal_account:mark_work": "Đánh dấu là công việc trên số riêng",
    "audit.personal_account:mark_private": "Đánh dấu là riêng tư trên số riêng",
}
