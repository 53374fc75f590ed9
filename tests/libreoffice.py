"""Run by the Python that LibreOffice brings along: what it leaves of a Word file's paragraphs.

Arguments: the file, and "AcceptAllTrackedChanges", "RejectAllTrackedChanges" or "". Prints JSON.
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


def left(context, desktop, file, command):
    hidden = PropertyValue()
    hidden.Name, hidden.Value = "Hidden", True
    document = desktop.loadComponentFromURL(Path(file).as_uri(), "_blank", 0, (hidden,))
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
    json.dump(left(context, desktop, sys.argv[1], sys.argv[2]), sys.stdout)
    desktop.terminate()
    office.wait(timeout=30)
