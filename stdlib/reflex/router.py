"""`self.router`: the client, its headers and the page that it shows.

Made by the host when a handler first asks for it. Not here: routes and their matching.
"""

from urllib.parse import parse_qsl, urlsplit


class SessionData:
    """Who is at the other end."""

    __slots__ = ("client_token", "client_ip", "session_id")

    def __init__(self, client_token="", client_ip="", session_id=""):
        self.client_token = client_token
        self.client_ip = client_ip
        self.session_id = session_id


class HeaderData:
    """The headers of the socket's request; the common ones as attributes."""

    def __init__(self, raw_headers):
        self.raw_headers = raw_headers

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self.raw_headers.get(name.replace("_", "-"), "")


class PageData:
    """The page as Reflex before 0.8 describes it: `path` is its route, `raw_path` the address."""

    __slots__ = ("host", "path", "raw_path", "full_path", "full_raw_path", "params")

    def __init__(self, host, path, raw_path, params):
        self.host = host
        self.path = path
        self.raw_path = raw_path
        self.full_path = host + path
        self.full_raw_path = host + raw_path
        self.params = params


class ReflexURL(str):
    """The address that the browser shows: a string with its parts as attributes."""

    def __new__(cls, url):
        made = super().__new__(cls, url)
        parts = urlsplit(url)
        set_part = super(ReflexURL, made).__setattr__
        for name in ("scheme", "netloc", "path", "query", "fragment"):
            set_part(name, getattr(parts, name))
        set_part("origin", f"{parts.scheme}://{parts.netloc}" if parts.netloc else "")
        set_part("query_parameters", dict(parse_qsl(parts.query)))
        set_part("href", url)
        return made

    def __setattr__(self, name, value):
        raise AttributeError(f"{name} of an address cannot be assigned")

    def __reduce__(self):
        return (ReflexURL, (str(self),))


class RouterData:
    """What `self.router` is."""

    __slots__ = ("session", "headers", "page", "url", "route_id")

    def __init__(self, session, headers, page, url, route_id):
        self.session = session
        self.headers = headers
        self.page = page
        self.url = url
        self.route_id = route_id


def make(token, session_id, client_ip, origin, address, route, route_id, params, headers):
    """The router for what the host knows of a visit."""
    return RouterData(
        SessionData(token, client_ip, session_id),
        HeaderData(headers),
        PageData(origin, route, address, params),
        ReflexURL(origin + address),
        route_id,
    )
