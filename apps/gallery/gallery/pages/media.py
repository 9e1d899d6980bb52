"""What plays: video and sound."""

import reflex as rx

from gallery.frame import page, sample


@rx.page(route="/media", title="Media")
def media() -> rx.Component:
    """Players for files of the app's own."""
    return page(
        "Media",
        sample("video", rx.video(src="/still.webm", muted=True, width="320px", height="180px")),
        sample("audio", rx.audio(src="/tone.wav", width="320px", height="54px")),
        sample("logo", rx.logo()),
    )
