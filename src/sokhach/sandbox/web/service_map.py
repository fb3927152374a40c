"""The service map of a login (reference §4.3): each service has hosts of its own, and answers nowhere else."""

SERVICES = (
    "chat group group_poll file profile friend friend_board group_board reaction label conversation sticker"
    " quick_message alias auto_reply catalog zimsg aext group_cloud_message chat_e2e group_e2e workspace media_store"
    " zcloud sync_action voice_call up_file other_contact boards todo media_store_send2me push_act"
).split()


def host_of(service: str) -> str:
    return f"tt-{service.replace('_', '-')}-wpa.chat.zalo.me"


SERVICE_OF_HOST = {host_of(service): service for service in SERVICES}
SERVICE_MAP = {service: [f"https://{host_of(service)}"] for service in SERVICES}
