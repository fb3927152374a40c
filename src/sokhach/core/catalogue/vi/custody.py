"""Custody, shares and internal notes in the audit log."""

TEXTS: dict[str, str] = {
    "audit.channel_account:set_pool": "Đổi hàng chờ chung của tài khoản kênh",
    "audit.contact:transfer": "Chuyển khách hàng",
    "audit.conversation:assign": "Giao hội thoại",
    "audit.conversation:claim": "Nhận khách từ hàng chờ chung",
    "audit.conversation:mention": "Nhắc đồng nghiệp trong ghi chú nội bộ",
    "audit.conversation:share": "Chia sẻ hội thoại",
    "audit.conversation:transfer": "Chuyển hội thoại",
    "audit.note:delete": "Xóa ghi chú nội bộ",
    "audit.share:end": "Kết thúc chia sẻ",
}
