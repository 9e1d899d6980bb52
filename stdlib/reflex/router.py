"""`self.router`: the client, its headers and the page that it shows.

Made by the host when a handler first asks for it. Not here: routes and their matching.
"""

from urllib.parse import parse_qs, urlsplit


class SessionData:
    """Who is at the other end."""

    __slots__ = ("client_token", "client_ip", "session_id")

    def __init__(self, client_token, client_ip, session_id):
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
    """The page as Reflex before 0.8 describes it."""

    __slots__ = ("host", "path", "raw_path", "full_path", "full_raw_path", "params")

    def __init__(self, origin, route, path, params):
        self.host = origin
        self.path = path
        self.raw_path = route
        self.full_path = origin + path
        self.full_raw_path = origin + route
        self.params = params


class Url(str):
    """The address that the browser shows: a string with its parts as attributes."""

    def __new__(cls, href):
        url = super().__new__(cls, href)
        parts = urlsplit(href)
        url.scheme = parts.scheme
        url.netloc = parts.netloc
        url.origin = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
        url.path = parts.path or "/"
        url.query = parts.query
        url.fragment = parts.fragment
        url.query_parameters = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        url.href = href
        return url


class RouterData:
    """What `self.router` is."""

    __slots__ = ("session", "headers", "page", "url", "route_id")

    def __init__(self, session, headers, page, url, route_id):
        self.session = session
        self.headers = headers
        self.page = page
        self.url = url
        self.route_id = route_id


def make(token, session_id, client_ip, origin, route, headers):
    """The router for what the host knows of a visit."""
    url = Url(origin + route)
    return RouterData(
        SessionData(token, client_ip, session_id),
        HeaderData(headers),
        PageData(origin, route, url.path, dict(url.query_parameters)),
        url,
        url.path,
    )
