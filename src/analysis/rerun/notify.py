"""Tell people how a run ended: by mail, or by a webhook."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analysis.project import Project
    from analysis.rerun.summary import RunSummary

# Secrets stand in the environment, never in a file of the project.
PASSWORD = "REPORT_FIGURES_SMTP_PASSWORD"  # noqa: S105 - a variable's name
WEBHOOK = "REPORT_FIGURES_WEBHOOK"
_SECONDS = 30
_WORDS = {
    "success": {"zh-Hant": "完成", "zh-Hans": "完成", "en": "done"},
    "failure": {"zh-Hant": "有失敗", "zh-Hans": "有失败", "en": "failures"},
    "missing": {"zh-Hant": "缺報", "zh-Hans": "缺报", "en": "missing reports"},
}


@dataclass(frozen=True, slots=True)
class Notice:
    """What people are told: its kinds (success, failure, missing), a subject, lines, all of it as data."""

    kinds: tuple[str, ...]
    subject: str
    lines: tuple[str, ...]
    data: Mapping[str, Any]


def notice_of(
    project: Project, summary: RunSummary | None, error: BaseException | None = None
) -> Notice | None:
    """Put into words how a run ended; nothing where it had nothing to do and nothing is wrong.

    Parameters
    ----------
    project : the project.
    summary : what the run did; None where it did not come so far.
    error : what ended it then.
    """
    if summary is None:
        kinds: tuple[str, ...] = ("failure",)
        lines = [" ".join(str(error).split()) or type(error).__name__]
        data: dict[str, Any] = {"error": lines[0]}
    else:
        if summary.idle and not summary.exit_code:
            return None
        lines = summary.lines()
        kinds = ("failure",) if summary.exit_code else ("success",)
        kinds += ("missing",) if summary.missing else ()
        data = {
            "run": summary.run,
            "periods": list(summary.periods),
            "failed": [f"{item.name}: {item.reason}" for item in summary.failed],
            "unreadable": [item.path for item in summary.left_out if item.unreadable],
            "missing": list(summary.missing),
        }
    said = ", ".join(_WORDS[kind][project.locale] for kind in kinds)
    periods = f" {summary.period}" if summary else ""
    subject = f"{project.name}{periods}: {said}"
    # The text is what chat systems show of such a call.
    text = "\n".join([subject, *lines])
    return Notice(
        kinds, subject, tuple(lines), {"text": text, "project": project.name, "kinds": list(kinds), **data}
    )


def notify(project: Project, notice: Notice | None) -> list[str]:
    """Send a notice as [notify] of analysis.toml says.

    Returns
    -------
    Why it could not be sent, a line a way: that a notice is lost is no reason to lose the run.
    """
    setting = project.settings.get("notify", {})
    if notice is None or not set(notice.kinds) & set(setting.get("on", ())):
        return []
    problems: list[str] = []
    address = os.environ.get(WEBHOOK) or setting.get("webhook")
    ways: list[tuple[str, Any]] = []
    if address:
        ways.append(("webhook", lambda: _call(address, notice)))
    if setting.get("mail_to") and setting.get("smtp_host"):
        ways.append(("mail", lambda: _mail(setting, notice)))
    for name, send in ways:
        try:
            send()
        except (OSError, ValueError) as error:
            problems.append(f"the notice by {name} could not be sent: {type(error).__name__}: {error}")
    return problems


def _call(address: str, notice: Notice) -> None:
    from urllib.request import Request, urlopen

    if not address.startswith(("http://", "https://")):
        raise ValueError("the webhook is no http address")
    body = json.dumps(notice.data, ensure_ascii=False).encode()
    request = Request(address, body, {"Content-Type": "application/json; charset=utf-8"})  # noqa: S310 - checked above
    with urlopen(request, timeout=_SECONDS):  # noqa: S310 - checked above
        pass


def _mail(setting: Mapping[str, Any], notice: Notice) -> None:
    import smtplib
    import ssl
    from email.message import EmailMessage

    message = EmailMessage()
    message["Subject"] = " ".join(notice.subject.split())
    message["From"] = setting.get("mail_from") or setting["mail_to"][0]
    message["To"] = ", ".join(setting["mail_to"])
    message.set_content("\n".join(notice.lines) + "\n")
    with smtplib.SMTP(setting["smtp_host"], setting["smtp_port"], timeout=_SECONDS) as server:
        if setting["starttls"]:
            server.starttls(context=ssl.create_default_context())
        if setting.get("smtp_user"):
            server.login(setting["smtp_user"], os.environ.get(PASSWORD, ""))
        server.send_message(message)
