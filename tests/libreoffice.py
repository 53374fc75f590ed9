"""Run by the Python that LibreOffice brings along: what it leaves of a Word file's paragraphs.

Arguments: the file, and "AcceptAllTrackedChanges", "RejectAllTrackedChanges" or "". Prints JSON.
With a third and a fourth argument, changes as JSON and a new file, the words are replaced with
changes tracked, and the file is kept under the new name, in the format that its name says.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue

PIPE = f"chithi{time.time_ns()}"


def connect():
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    for _attempt in range(120):
        try:
            return resolver.resolve(f"uno:pipe,name={PIPE};urp;StarOffice.ComponentContext")
        except Exception:
            time.sleep(0.5)
    raise TimeoutError


def paragraphs(text):
    for one in text:
        if one.supportsService("com.sun.star.text.TextTable"):
            for name in one.CellNames:
                yield from paragraphs(one.getCellByName(name))
        else:
            yield one.String


def service(context, name):
    return context.ServiceManager.createInstanceWithContext(f"com.sun.star.frame.{name}", context)


def said(name, value):
    property = PropertyValue()
    property.Name, property.Value = name, value
    return property


def rewrite(document, changes, file):
    document.RecordChanges = True
    for old, new in changes.items():
        wanted = document.createSearchDescriptor()
        wanted.SearchString = old
        document.findFirst(wanted).String = new
    filters = {".docx": "MS Word 2007 XML", ".odt": "writer8"}
    document.storeToURL(file.as_uri(), (said("FilterName", filters[file.suffix]),))


def left(context, desktop, file, command, *new):
    hidden = said("Hidden", True)
    document = desktop.loadComponentFromURL(Path(file).as_uri(), "_blank", 0, (hidden,))
    if new:
        rewrite(document, json.loads(new[0]), Path(new[1]))
    if command:
        frame = document.CurrentController.Frame
        dispatcher = service(context, "DispatchHelper")
        dispatcher.executeDispatch(frame, f".uno:{command}", "", 0, ())
    found = list(paragraphs(document.Text))
    document.close(True)
    return found


with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
    office = subprocess.Popen(
        ["soffice", f"-env:UserInstallation={Path(profile).as_uri()}", "--headless",
         "--norestore", f"--accept=pipe,name={PIPE};urp;"]
    )  # fmt: skip
    context = connect()
    desktop = service(context, "Desktop")
    json.dump(left(context, desktop, *sys.argv[1:]), sys.stdout)
    desktop.terminate()
    office.wait(timeout=30)
