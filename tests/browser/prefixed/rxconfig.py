import reflex as rx

config = rx.Config(app_name="prefixed", frontend_path="/sub/")
