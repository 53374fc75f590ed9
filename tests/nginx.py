"""An nginx of our own before an application, set up as docs/operations.md says."""

import getpass
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from tests.serving import free_address, running

# Debian puts it where only root looks.
PROGRAM = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")

CONFIGURATION = """
{user}
daemon off;
pid {folder}/pid;
error_log {folder}/log;
events {{}}
http {{
    access_log off;
    sendfile on;
    default_type application/pdf;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    upstream application {{ server {application}; keepalive 4; }}
    server {{
        listen {address};
        {location}
        location /plain/ {{ alias {papers}/; }}
        location / {{
            proxy_pass http://application;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host $http_host;
        }}
    }}
}}
"""


@contextmanager
def in_front_of(application: str, folder: Path) -> Iterator[str]:
    """The address of an nginx that asks `application` (host:port); `/plain/` is the shelf, open."""
    address = free_address()
    (folder / "nginx.conf").write_text(
        CONFIGURATION.format(
            # Its workers would else be somebody who may not read this folder.
            user="user root;" if getpass.getuser() == "root" else "",
            folder=folder,
            application=application,
            address=address,
            papers=settings.PAPERS_DIR,
            location=documented_location(),
        )
    )
    command = [PROGRAM, "-e", folder / "log", "-c", folder / "nginx.conf"]
    with running(command, address):
        yield address


def documented_location() -> str:
    """The lines of docs/operations.md, with the shelf of these settings."""
    pages = Path(settings.BASE_DIR, "docs", "operations.md").read_text()
    [location] = re.findall(r"location /kept-papers/ \{.+?\}", pages)
    return re.sub(r"alias \S+;", f"alias {settings.PAPERS_DIR}/;", location)
