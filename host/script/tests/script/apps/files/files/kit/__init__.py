"""A package that brings files of its own."""

import reflex as rx

swatch = rx.asset("swatch.js", shared=True)
sound = rx.asset("sound.txt", shared=True, subfolder="sounds")


class Swatch(rx.Component):
    library = swatch.importable_path
    tag = "Swatch"
