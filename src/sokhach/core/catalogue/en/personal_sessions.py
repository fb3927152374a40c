"""Sessions of personal accounts: their states, logins, the holder's consent."""

TEXTS: dict[str, str] = {
    "health.personal-frames": "Zalo sends frames that cannot be read yet. They are kept to be read later; messages "
    "may not show yet.",
    "health.personal-offline": "The Zalo account lost its connection. Sổ Khách reconnects by itself; messages wait.",
    "health.personal-silent": "The connection to Zalo went silent. Sổ Khách reconnects by itself.",
    "health.personal-taken-over": "Zalo Web is open elsewhere with this account. Close it there, then reconnect.",
    "health.personal-kicked": "Zalo closed the account's session. Please reconnect.",
    "health.personal-needs-login": "The Zalo session has expired. The holder has to scan a QR code to sign in again.",
    "health.personal-stopped": "The account is paused: nothing comes in and nothing goes out.",
    # Why a session is in its state, and what to do.
    "personal-state.network": "The connection to Zalo was lost. Sổ Khách reconnects by itself.",
    "personal-state.silent": "The connection was open without a sign of life. Sổ Khách closed it and reconnects.",
    "personal-state.dead": "The connection was open without a sign of life. Sổ Khách closed it and reconnects.",
    "personal-state.offline": "The connection to Zalo was lost. Sổ Khách reconnects by itself.",
    "personal-state.refused": "Zalo refused the connection. Sổ Khách tries again later.",
    "personal-state.unreadable": "Zalo answered in an unusual way. Sổ Khách tries again later.",
    "personal-state.restarted": "The program that keeps connections was restarted. Sổ Khách reconnects by itself.",
    "personal-state.sidecar-ended": "The program that keeps connections was restarted.",
    "personal-state.host-lost": "The server that kept the connection stopped suddenly.",
    "personal-state.moved": "The connection is being moved and comes back at once.",
    "personal-state.replaced": "A new connection took its place.",
    "personal-state.taken-over": "Somebody opened Zalo Web with this account, so Zalo cut Sổ Khách off. The phone is "
    "not affected. Close Zalo Web there, then reconnect.",
    "personal-state.kicked": "Zalo closed this session, usually because the account signed in on another computer or "
    "its holder signed out of all devices. Please reconnect; if that fails, scan a QR code.",
    "personal-state.expired": "The session has expired. The holder has to open Zalo on the phone and scan a QR code.",
    "personal-state.needs-login": "The session has expired. The holder has to open Zalo on the phone and scan a QR "
    "code.",
    "personal-state.other-person": "The stored session belongs to another Zalo account. Scan the code with the right "
    "one.",
    "personal-state.undecipherable": "The stored session cannot be read: the secret key has changed. Scan a QR code.",
    "personal-state.stopped": "An administrator paused the account. Meanwhile new messages are not recorded; once it "
    "runs again, Sổ Khách fetches those that Zalo still keeps.",
    "personal-state.connecting": "Connecting.",
    "personal-state.other": "Not connected: {reason}.",
    "personal-login.other-account": "The code was scanned with another Zalo account. Scan it with the one that is to "
    "be reconnected.",
    "personal-login.held-by-other": "This Zalo account is already connected for somebody else. Ask an administrator "
    "to change its holder first.",
    "personal-login.unreachable": "Zalo gave no code. Please try again in a few minutes.",
    "personal-login.other": "The sign-in did not succeed. Please try again.",
    "personal-action.not-found": "There is no such account.",
    "personal-action.not-permitted": "You may not do this with this account.",
    "personal-action.stopped-already": "This account is paused already.",
    "personal-action.needs-login": "The session has expired: a QR code has to be scanned.",
    "personal-action.online-already": "This account is connected.",
    "personal-action.stopped": "An administrator paused this account.",
    "personal-action.no-credentials": "This account never signed in: a QR code has to be scanned.",
    "frame.undecryptable": "Frames of type {cmd} could not be decrypted. The originals are kept.",
    "frame.unreadable": "Frames of type {cmd} could not be read. The originals are kept.",
    "frame.no-key": "Frames of type {cmd} came before the key. The originals are kept.",
    "frame.unknown-opcode": "Frames of type {cmd} are not understood yet. Their content is kept to be read later.",
    # What a holder agrees to. Other words: a new version.
    "personal-consent.text": """\
Before a personal Zalo account is connected, its holder, and whoever connects it for them, should know:

1. This is not an official connection. Zalo offers no way to connect personal accounts to business software. Sổ Khách \
works like a browser that has Zalo Web open with this account. Zalo's terms do not allow automated use; Zalo may \
restrict or lock the account, and nobody can promise that this will not happen. Sổ Khách limits what is sent to lower \
that risk.

2. Zalo allows one Zalo Web session. When Zalo Web or Zalo for computers is opened elsewhere with this account, Sổ \
Khách is cut off. The Zalo app on the phone works as before.

3. Messages are recorded. On a company number, Sổ Khách keeps all conversations of the account, also what the holder \
types on the phone and messages that are recalled. On the holder's own number, Sổ Khách keeps the content only of the \
people and groups that the holder marks as work; of the rest it notes when and how many messages there were, neither \
their content nor who wrote.

4. Purpose and readers. The data serve customer care, handing over work and settling complaints. Those whom the \
company entitles may read them, and each reading is logged. The data are on the company's server.

5. The holder's rights under the Law on Personal Data Protection (Law No. 91/2025/QH15). The holder may know of, see, \
have corrected and have deleted the data about them, and withdraw their consent by telling an administrator. Then the \
account is disconnected and nothing more is recorded; what was recorded before remains lawful.

6. The session's sign-in data are stored encrypted. The holder can end this session at any time under Signed-in \
devices in the Zalo app.

The holder of the account has read this, understands the risks, and agrees to connect their account.""",
    "fault.proxy-form": "must be like http://host:port or https://host:port; SOCKS does not work",
    "fault.proxy-inner": "is an address of an inner network. To use it, whoever runs the server sets proxy_inside",
    "field.proxy": "proxy address",
    "problem.holder-must-agree.title": "The holder has to agree",
    "problem.holder-must-agree.detail": "A staff member's own number becomes the company's only when its holder "
    "connects it again: open Connect a Zalo account, choose the company's number, agree and scan the QR code. Messages "
    "from before stay private.",
    "audit.personal_account:change": "Change a personal Zalo account",
    "audit.personal_account:connect": "Connect a personal Zalo account",
    "audit.personal_account:return": "Reconnect a personal Zalo account",
    "audit.personal_account:start": "Resume a personal Zalo account",
    "audit.personal_account:stop": "Pause a personal Zalo account",
    "audit.personal_call:ask": "Look up or befriend by a personal Zalo account",
    "audit.personal_login:ask": "Ask for a sign-in code of a personal Zalo account",
    "audit.personal_switch:turn": "Pause or resume sending by all personal Zalo accounts",
    "audit-field.login_id": "Sign-in",
    "audit-field.op": "Errand",
    "audit-field.proxy": "By a proxy",
    "audit-field.sim": "Kind of SIM",
    "audit-field.state": "State",
    "audit-field.stopped": "Sending paused",
    "audit-field.uid": "Zalo id",
    "audit-value.sim.company": "Company SIM",
    "audit-value.sim.own": "Staff's own SIM",
}
