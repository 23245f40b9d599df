"""Renderer: material and page plan -> HTML and style sheets."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import jinja2

from leaflets.base.project import Project
from leaflets.base.units import PAPERS, Paper
from leaflets.content.logo import Logo
from leaflets.editions.material import Material
from leaflets.editions.page_plan import PagePlan
from leaflets.html.compose import compose, other_way
from leaflets.html.environment import environment, forget
from leaflets.html.pack_view import PackView
from leaflets.html.scripts.on_paper import running_width, set_for_paper, sheet_with_leading, title_size, with_leading
from leaflets.html.style import declared, put_in, tokens
from leaflets.html.views import LeafletView
from leaflets.l10n.fonts import LATIN, stack

COMMON_STYLE = (
    "base.css",
    "parts.css",
    "alarm.css",
    "options.css",
    "forms.css",
    "diary.css",
    "closing.css",
    "easy.css",
)


@dataclass(frozen=True)
class StyleKey:
    """Inputs of an edition's style sheets; editions with the same key share them."""

    layout: str
    level: str
    region: str
    locale: str
    translated: bool
    fit: str
    title: str = ""
    """Title of a translation, whose longest word decides its size."""


@dataclass(frozen=True)
class Html:
    """A leaflet as HTML, and its style sheets in order: that of the layout, which many locales share, then that of the
    page. A web page has one."""

    text: str
    styles: tuple[str, ...]
    logo: Logo | None = None
    """Logo of the clinic, to which `text` refers by its hash."""
    files: tuple[tuple[str, ...], ...] = ()
    """Paths of the files of which each style sheet is made, below `templates/`, in their order."""

    @property
    def css(self) -> str:
        """All style sheets joined."""
        return "\n".join(self.styles)


@dataclass
class Renderer:
    """Renderer of one project; caches compiled templates, style sheets and the last HTML."""

    project: Project

    def __post_init__(self) -> None:
        self._styles: dict[StyleKey, tuple[str, ...]] = {}
        self._last: tuple[Material, PagePlan, Html] | None = None

    @cached_property
    def templates(self) -> jinja2.Environment:
        """Environment with the compiled templates."""
        return environment(self.project)

    @cached_property
    def mirrored(self) -> frozenset[str]:
        """Pictures with a right-to-left variant, as `folder/name`."""
        return frozenset(
            f"{folder}/{name.removesuffix('-rtl')}"
            for folder in ("pictograms", "stamps", "icons")
            for name in self.project.names(f"assets/{folder}", ".svg")
            if name.endswith("-rtl")
        )

    def forget(self, name: str = "") -> None:
        """Drop what was cached of the template or style sheet `name` (path below `templates/`), of regions, words and
        the list of pictures."""
        self._styles.clear()
        self._last = None
        self.__dict__.pop("mirrored", None)
        forget(self.templates, name)

    def view(self, material: Material, page_plan: PagePlan) -> LeafletView:
        return compose(material, self.mirrored, page_plan)

    def html(self, material: Material, page_plan: PagePlan | None = None) -> Html:
        """HTML of an edition by a page plan. Raises whatever a template raises; `template_diagnostic` locates it."""
        page_plan = page_plan or PagePlan()
        if self._last and self._last[0] is material and self._last[1] == page_plan:
            return self._last[2]
        return self._html(material, self.view(material, page_plan))

    def both_ways(self, material: Material) -> tuple[Html, str]:
        """HTML by a page plan with everything optional, and the HTML text by a plan with the opposite choices (empty
        for a web page). Together they contain everything that any page plan can show."""
        page_plan = PagePlan(flags_apart=True, contents=True)
        view = self.view(material, page_plan)
        html = self._html(material, view)
        self._last = material, page_plan, html  # usually the first page plan to be tried
        if not material.layout.on_paper:  # without pages there is one plan
            return html, ""
        return html, self._text(material, other_way(view))

    def _html(self, material: Material, view: LeafletView) -> Html:
        edition = material.edition
        translated = material.localised.translated
        title = view.title.striptags() if translated else ""
        key = StyleKey(edition.layout, edition.level, material.region.id, edition.locale, translated, view.fit, title)
        if key not in self._styles:
            on_paper = material.layout.on_paper
            self._styles[key] = self._style(material, view) if on_paper else (self._screen_style(material, view),)
        logo = material.details.logo if material.details else None
        return Html(
            self._text(material, view), self._styles[key], logo, self._files(material, material.layout.template)
        )

    def _text(self, material: Material, view: LeafletView) -> str:
        template = self.templates.get_template(f"{material.layout.template}/leaflet.html")
        found: str = template.render(leaflet=view, words=material.words)
        if not material.layout.on_paper:
            return found
        return set_for_paper(found, material.localised.locale, material.edition.level)

    def pack(self, model: Material, view: PackView, landscape: bool = False) -> Html:
        """HTML of a pack's cover in the style of the edition `model`; `landscape`: on the turned paper, for sheets."""
        template = self.templates.get_template("pack/leaflet.html")
        style, files = self._style(model, view, landscape), self._files(model, "pack")
        return Html(template.render(leaflet=view, words=model.words), style, files=files)

    def sheets(self, material: Material) -> tuple[str, ...]:
        """File names of the style sheets of an edition, below `templates/css`, tokens first."""
        layout = material.layout
        common = () if not layout.on_paper else ("base.css",) if layout.alone else COMMON_STYLE
        return ("tokens.css", *common, *layout.style)

    def _files(self, material: Material, folder: str) -> tuple[tuple[str, ...], ...]:
        """Paths of the files of each style sheet, below `templates/`."""
        more = ("css/pack.css",) if folder == "pack" else ()
        return (*(f"css/{name}" for name in self.sheets(material)[1:]), *more), (f"{folder}/page.css.j2",)

    def _screen_style(self, material: Material, view: LeafletView) -> str:
        """Style sheet of a web page, with tokens as custom properties, since dark mode changes some."""
        sheet = "\n".join(self.project.read_text(f"templates/css/{name}") for name in self.sheets(material)[1:])
        values = self._tokens(view) | {"--font": stack(material.localised.locale.font), "--latin": stack(LATIN)}
        return f"{declared(sheet, values)}\n{sheet}"

    def _tokens(self, view: LeafletView | PackView) -> dict[str, str]:
        attributes = {
            "data-layout": view.layout,
            "data-level": view.level,
            "data-profile": view.profile,
            "data-fit": view.fit,
        }
        return tokens(self.project.read_text("templates/css/tokens.css"), attributes, view.lang)

    def _style(self, material: Material, view: LeafletView | PackView, landscape: bool = False) -> tuple[str, ...]:
        font = stack(material.localised.locale.font)
        layout, paper = material.layout, material.page
        folder = "pack" if isinstance(view, PackView) else layout.template
        if landscape:
            sheet = PAPERS[material.region.paper]
            paper = Paper(sheet.id, sheet.height, sheet.width)
        margins = layout.margins[material.region.paper]
        rtl = material.localised.locale.direction == "rtl"
        width = paper.width - margins.start - margins.end
        page_of = "side-of" if layout.page_map else "page-of"
        number = width * layout.running_width[1]
        if not material.localised.locale.english:
            said = material.words(page_of, page=88, pages=88)
            number = max(number, running_width(said, material.localised.locale, layout.footer_pt))
        page = self.templates.get_template(f"{folder}/page.css.j2").render(
            paper=paper,
            panels=material.panels,
            translated=material.localised.translated,
            top=margins.top,
            bottom=margins.bottom,
            left=margins.end if rtl else margins.start,
            right=margins.start if rtl else margins.end,
            inner=margins.start,
            outer=margins.end,
            edge=layout.running,
            start="right" if rtl else "left",
            end="left" if rtl else "right",
            words_width=width * sum(layout.running_width) - number,
            number_width=number,
            footer_pt=layout.footer_pt,
            footer_gap=layout.footer_gap,
            faint=layout.faint_footer,
            page_of=material.words.table[page_of],
            page_word=material.words.table["page"],
        )
        sheets = [self.project.read_text(f"templates/css/{name}") for name in self.sheets(material)[1:]]
        if folder == "pack":
            sheets.append(self.project.read_text("templates/css/pack.css"))
        locale = material.localised.locale
        values = with_leading(self._tokens(view), locale)
        values |= {"--font": font, "--latin": stack(LATIN), "--end": "left" if rtl else "right"}
        values["--measure"] = f"{width - float(values['--col'].removesuffix('mm')):g}mm"
        if isinstance(view, LeafletView) and not locale.english:
            room = width - float(values["--col"].removesuffix("mm"))
            size = title_size(view.title.striptags(), locale, float(values["--t-h1"].removesuffix("pt")), room)
            values["--t-h1"] = f"{size:g}pt"
        found = (put_in(sheet, values) for sheet in ("\n".join(sheets), page))
        return tuple(sheet_with_leading(sheet, locale) for sheet in found)
