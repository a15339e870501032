"""Reads a page as strictly as a validator would in what matters to its readers."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"meta", "br", "img", "link", "input", "hr", "path", "rect"}
ACTIVE = {"script", "iframe", "object", "embed", "form", "base", "link", "img", "video", "audio"}


class Page(HTMLParser):
    """What a page holds; `faults` says what is wrong with it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.tags: list[str] = []
        self.visible = ""
        self.title = ""
        self.language = ""
        self._open: list[str] = []
        self._references: list[str] = []
        self.feed(html)
        self.close()
        self._finish()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        self.tags.append(tag)
        if len(values) != len(attrs):
            self.faults.append(f"twice the same attribute on <{tag}>")
        is_inside = tag == "img" and values.get("src", "").startswith("data:image/png;base64,")
        if is_inside and not values.get("alt"):
            self.faults.append("a picture without words")
        if tag in ACTIVE and not is_inside:
            self.faults.append(f"<{tag}> has no place here")
        self.faults += [f"{key} on <{tag}>" for key in values if key.startswith("on")]
        loading = {"srcset", "background"} if is_inside else {"src", "srcset", "background"}
        if not loading.isdisjoint(values):
            self.faults.append(f"<{tag}> loads something")
        if "id" in values:
            self.ids.append(values["id"])
        self._references += values.get("aria-labelledby", "").split()
        if tag == "html":
            self.language = values.get("lang", "")
        if tag == "a":
            self.links.append(values.get("href", ""))
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))
        if (
            tag == "svg"
            and values.get("aria-hidden") != "true"
            and not (values.get("role") == "img" and values.get("aria-labelledby"))
        ):
            self.faults.append("a picture without words")
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self._open[-1:]}")
        else:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if "style" in self._open:
            return
        if self._open[-1:] == ["title"] and "svg" not in self._open:
            self.title += data
        elif "body" in self._open:
            self.visible += data

    def _finish(self) -> None:
        self.faults += [f"<{tag}> stays open" for tag in self._open]
        self.faults += [f"id {one} twice" for one in set(self.ids) if self.ids.count(one) > 1]
        self.faults += [f"no id {one}" for one in self._references if one not in self.ids]
        fragments = [link[1:] for link in self.links if link.startswith("#")]
        self.faults += [f"no id {one}" for one in fragments if one not in self.ids]
        outside = [link for link in self.links if not link.startswith("#")]
        self.faults += [f"leads to {one}" for one in outside if not one.startswith("https://")]
        if self.headings[:1] != [1] or self.headings.count(1) != 1:
            self.faults.append(f"headings {self.headings}")
        for higher, lower in zip(self.headings, self.headings[1:], strict=False):
            if lower > higher + 1:
                self.faults.append(f"h{higher} then h{lower}")
        if not self.language:
            self.faults.append("no language")
        if not self.title.strip():
            self.faults.append("no title")
