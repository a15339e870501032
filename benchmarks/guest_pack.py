"""How long the guest pack takes, from the chat to the bytes of its PDF, with ten long questions."""

from __future__ import annotations

import time
from dataclasses import replace

from benchmarks import report

ROUNDS = 30
LONG = "Que peuvent faire les écoles, les familles et les responsables de nos quartiers ? " * 3


def run() -> bool:
    """Print the figures; whether the goal is met."""
    from PySide6.QtWidgets import QApplication

    from tchat_desktop.adapters.exports.guest_pack import guest_pack_page
    from tchat_desktop.adapters.exports.stationery import ExportTemplates
    from tchat_desktop.adapters.tchat_file import TchatFiles
    from tchat_desktop.domain.chat import Question
    from tchat_desktop.domain.letters import guest_pack
    from tchat_desktop.platform.paths import resource
    from tchat_desktop.start.data_directory import texts_of
    from tchat_desktop.start.network import network_rules
    from tchat_desktop.ui.visuals.paper import pdf_of
    from tchat_desktop.wording import i18n
    from tchat_desktop.wording.when_words import when_for

    _qt = QApplication.instance() or QApplication([])
    stationery = ExportTemplates(resource(), i18n, network_rules())
    example = TchatFiles().read(resource("languages", "fr", "example.tchat")).chat
    chat = replace(example, questions=tuple(Question(str(n), LONG) for n in range(10)))
    guest = chat.guests[0]
    times: list[float] = []
    for _round in range(ROUNDS + 1):
        began = time.perf_counter()
        pack = guest_pack(chat, guest, texts_of(chat.language), when_for(chat, guest))
        html = guest_pack_page(pack, chat.language, stationery, paper=True)
        content = pdf_of(html, pack.title)
        times.append((time.perf_counter() - began) * 1e3)
        if not content.startswith(b"%PDF-"):
            raise RuntimeError("no PDF was made")
    print(f"guest pack as PDF ({len(chat.questions)} questions, {len(content) // 1024} KB)")
    report.line("the first, with what it imports", times[:1], "ms")
    report.line("the others", times[1:], "ms")
    return all(
        [
            report.goal("the first", times[0], 500, " ms"),
            report.goal("p99 of the others", report.percentile(times[1:], 0.99), 500, " ms"),
        ]
    )
