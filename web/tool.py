"""The audit tool's versions: what each asks and which months use it; and the page on which a new one is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from flask import Blueprint, flash, redirect, render_template, request, send_file
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from programme import tool_file
from programme.cases import PLAN_TYPES
from programme.people import Person
from programme.refusals import Faulty, NotAllowed, NotFound, Refusal
from programme.tool import AuditTool, difference
from storage import find, tooling
from storage.office import Office
from storage.session import Session
from web import tool_form
from web.sign_in import NobodyHere, require_person, signed_in_at_the_form, to_sign_in
from web.tool_form import Typed


@dataclass(frozen=True)
class ToolView(MethodView):
    office: Office

    def _reader(self, session: Session) -> Person:
        me = require_person(session, self.office)
        if not me.can_see_tool():
            raise NotFound("There is no such page.")
        return me

    def _editor(self, session: Session) -> Person:
        """Writing questions takes longer than half an hour: what is sent in time for the visit is taken."""
        me = signed_in_at_the_form(session, self.office)
        if me is None:
            raise NobodyHere
        if not me.can_edit_tool():
            raise NotFound("There is no such page.")
        return me


class VersionsPage(ToolView):
    def get(self) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            self._reader(session)
            versions, months = find.tools.every(session), find.tools.months_by_version(session)
            return render_template("tool/list.html", versions=versions, months=months)


class VersionPage(ToolView):
    def get(self, version: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            me = self._reader(session)
            tool = find.tools.must_be(session, version)
            months = find.tools.months_by_version(session).get(version, [])
            return render_template("tool/version.html", tool=tool, months=months, may_edit=me.can_edit_tool())


class VersionFile(ToolView):
    """The version as the file that `flask tool import` takes."""

    def get(self, version: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            self._reader(session)
            written = tool_file.write(find.tools.must_be(session, version))
        name = f"audit-tool-{version}.toml"
        return send_file(BytesIO(written.encode()), "application/toml", as_attachment=True, download_name=name)


class NewVersionPage(ToolView):
    """Written, looked over, saved. Every button sends the whole page, so that nothing typed is lost."""

    def get(self, version: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            self._editor(session)
            base = find.tools.must_be(session, version)
            return _edited(base, tool_form.of_tool(base, self.office.today(session)))

    def post(self, version: str) -> ResponseReturnValue:
        wish = request.form.get("do", "check")
        typed = tool_form.after(tool_form.of_form(request.form), wish)
        try:
            if wish == "save":
                return self._save(version, typed)
            return self._look_over(version, typed) if wish == "check" else self._shown_back(version, typed)
        except Faulty as faulty:
            return self._shown_back(version, typed, tool_form.errors_of(faulty.faults)), 422
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            return self._shown_back(version, typed, {refusal.field or "version": refusal.sentence}), 422

    def _look_over(self, version: str, typed: Typed) -> str:
        """What would be saved, and how it differs, before it is."""
        with self.office.record.reading() as session:
            self._editor(session)
            base, newest = find.tools.must_be(session, version), find.tools.newest(session)
            tool = _written(session, base, typed)
            tooling.must_have_a_new_name(session, tool)
            later = newest if newest is not None and newest.dated > tool.dated else None
            return render_template(
                "tool/check.html", base=base, tool=tool, typed=typed, later=later, found=difference(base, tool)
            )

    def _save(self, version: str, typed: Typed) -> ResponseReturnValue:
        with self.office.record.writing() as session:
            me = self._editor(session)
            base = find.tools.must_be(session, version)
            tool = _written(session, base, typed)
            tooling.make(session, self.office, tool, base, by=me)
        flash(f"Version {tool.version} is saved. Version {version} stays as it was.", "done")
        return redirect(f"/tool/{tool.version}", code=303)

    def _shown_back(self, version: str, typed: Typed, errors: Mapping[str, str] | None = None) -> str:
        with self.office.record.reading() as session:
            self._editor(session)
            return _edited(find.tools.must_be(session, version), typed, errors)


class RemoveVersionPage(ToolView):
    def get(self, version: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            me = self._editor(session)
            tool = find.tools.must_be(session, version)
            tool.must_be_removable(find.tools.months_by_version(session).get(version, []), by=me)
            return render_template("tool/remove.html", tool=tool)

    def post(self, version: str) -> ResponseReturnValue:
        with self.office.record.writing() as session:
            me = self._editor(session)
            tooling.remove(session, self.office, version, by=me)
        flash(f"Version {version} is removed.", "done")
        return redirect("/tool", code=303)


def _written(session: Session, base: AuditTool, typed: Typed) -> AuditTool:
    """What is typed, read and refused as a file is."""
    tool, _ = tool_file.read(tool_form.as_file(typed, base.scale, find.tools.keys(session)))
    return tool


def _edited(base: AuditTool, typed: Typed, errors: Mapping[str, str] | None = None) -> str:
    errors = errors or {}
    return render_template(
        "tool/edit.html",
        base=base,
        typed=typed,
        said=typed.fields(),
        errors=errors,
        opened={int(field.split(".")[1]) for field in errors if field.startswith("questions.")},
        plans={plan: plan for plan in PLAN_TYPES},
    )


def routes(office: Office) -> Blueprint:
    blueprint = Blueprint("tool", __name__, url_prefix="/tool")
    blueprint.add_url_rule("", view_func=VersionsPage.as_view("list", office))
    blueprint.add_url_rule("/<version>", view_func=VersionPage.as_view("version", office))
    blueprint.add_url_rule("/<version>.toml", view_func=VersionFile.as_view("file", office))
    blueprint.add_url_rule("/<version>/new", view_func=NewVersionPage.as_view("new", office))
    blueprint.add_url_rule("/<version>/remove", view_func=RemoveVersionPage.as_view("remove", office))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
