"""Numbers that get a refusal whoever sends: `8490000NNNN` gives the error -NNNN.

They serve tests of clients, and stand for the few refusals that no rule here leads to.
"""

import re

from sokhach.sandbox.zns_records import phone_hash

MESSAGES = {
    100: "Unknown error", 101: "Application invalid", 102: "Application not existed",
    103: "Application not activated", 104: "App secret key invalid", 105: "Application not link to any OA",
    106: "Method unsupported", 107: "Message ID invalid", 108: "Phone number invalid", 109: "Template ID invalid",
    1091: "Template cannot be edited", 110: "Zalo version unsupported", 111: "Template data empty",
    112: "Template data type not defined", 1121: "Parameter data exceeds max length",
    1122: "Template data missing parameter", 1123: "QR code cannot be generated",
    1124: "Parameter has an invalid format", 113: "Button invalid", 1131: "Button content invalid",
    114: "User cannot receive the message", 115: "Out of quota", 116: "Text invalid",
    117: "OA or App does not have permission to access this template", 118: "Zalo account not existed",
    119: "Account can not receive message", 120: "OA does not have permission to use this feature",
    1201: "OA cannot create templates of this tag", 1202: "OA does not have permission to use media",
    121: "Body data empty", 122: "Body request is not valid JSON", 123: "Decode RSA message failed",
    124: "Access token invalid", 1241: "appsecret_proof invalid", 125: "Official Account ID invalid",
    126: "Out of quota of development mode", 127: "Template test can only be sent to administrators",
    128: "Encoding key not existed", 129: "RSA key cannot be generated", 130: "Content exceeds the limit",
    131: "Template is not approved", 132: "Parameter invalid", 133: "Template cannot be sent at night",
    134: "User has not answered the invitation", 135: "OA does not have permission to send ZNS",
    1351: "OA is blocked from sending ZNS", 136: "OA must be connected with a ZCA", 137: "ZCA charge failed",
    138: "App does not have permission to use this feature", 1381: "Extension permission was not granted",
    139: "User refused this type of ZNS", 140: "User is not eligible for this type of ZNS",
    141: "User refused ZNS from this OA", 142: "RSA key not existed", 143: "RSA key already existed",
    144: "OA exceeded the daily limit", 1441: "OA exceeded the monthly promotion limit",
    145: "OA is not allowed to send this type of ZNS", 146: "Template is disabled for low quality",
    147: "Template exceeded its daily limit", 1471: "OA exceeded the follow-up limit of this user",
    1472: "OA exceeded the promotion limit of this user", 148: "Journey token not found",
    149: "Journey token invalid", 1491: "Journey token of another type", 150: "Journey token expired",
    151: "Not an E2EE template", 152: "Get E2EE key failed", 153: "Data violates the specification",
    158: "File size exceeds the limit", 159: "File format not allowed", 160: "Daily quota exceeded",
    161: "sending_mode invalid", 162: "sending_mode not supported for this tag",
}  # fmt: skip
"""By number without sign; the wording is ours, and no client may build on it."""

NUMBER = re.compile(r"8490000(\d{4})")
HASHES = {phone_hash(f"8490000{number:04d}"): number for number in MESSAGES}


def magic_code(phone: str) -> int | None:
    """The error for a number as `84…`, or for its hash."""
    match = NUMBER.fullmatch(phone)
    number = int(match[1]) if match else HASHES.get(phone)
    return -number if number in MESSAGES else None
