"""Components of an app's own classes: what a class body declares, and the parts of an instance.

An instance is an ordinary object whose attributes may be changed until it is put on a page; native
code then asks for its parts. Not here: classes of the catalogue (`classes.py`), and what becomes of
the parts, which native code knows.
"""

import _ferroflex_ui as _ui
from _ferroflex_ui import Component, EventHandler, Var
from reflex.annotations import annotations_of
from reflex.components.fields import Field
from reflex.components.tags import Tag
from reflex.event_specs import no_args_event_spec, pointer_event_spec
from reflex.utils.imports import parse_imports

# What every component has that is no prop of its library's component, with a maker of its default.
_COMMON = {
    "children": list,
    "style": dict,
    "event_triggers": dict,
    "custom_attrs": dict,
    "special_props": list,
    "lib_dependencies": list,
    "class_name": lambda: None,
    "id": lambda: None,
    "key": lambda: None,
    "ref": lambda: None,
    "library": lambda: None,
    "tag": lambda: None,
    "alias": lambda: None,
    "is_default": lambda: False,
}

# The common triggers that tell where the pointer was; the others tell nothing.
_OF_POINTER = {"on_click", "on_context_menu", "on_double_click"}

# What may stand between a component and those that it takes as children or parents.
_TRANSPARENT = {"Fragment", "Foreach", "Cond", "Match"}


class Declared:
    """What the body of a component class declares, its bases included."""

    def __init__(self, cls):
        self.props = {}
        self.triggers = {}
        self.base = getattr(cls, "_catalogue_class", None)
        for base in reversed(cls.__mro__):
            if base is not Component and issubclass(base, Component):
                self._read(base)

    def _read(self, cls):
        for name, annotation in annotations_of(cls).items():
            origin = getattr(annotation, "__origin__", annotation)
            if name in _COMMON or _is_class_variable(origin):
                continue
            default = cls.__dict__.get(name)
            if origin is EventHandler:
                self.triggers[name] = _spec(annotation)
            elif not (name.startswith("_") or getattr(default, "is_prop", True) is False):
                self.props[name] = origin is Var


def declared(cls):
    """What a class declares, read when it is first asked for: annotations may name later classes."""
    if cls not in _DECLARED:
        _DECLARED[cls] = Declared(cls)
    return _DECLARED[cls]


# What was read, by class. Classes live as long as the app.
_DECLARED = {}


def event_triggers(cls):
    """The event triggers of a class by name, each with a function that gives its arguments."""
    specs = {}
    for name in _ui.trigger_names(declared(cls).base):
        specs[name] = pointer_event_spec if name in _OF_POINTER else no_args_event_spec
    return specs | declared(cls).triggers


def create(cls, children, props):
    """An instance of a class of the app's own."""
    component = cls.__new__(cls)
    fields = declared(cls)
    given = {name: value for name, value in props.items() if value is not None}
    for name, default in _COMMON.items():
        if name in _PER_INSTANCE or not (name in given or hasattr(cls, name)):
            setattr(component, name, default())
    for name in fields.props:
        if name not in given and not hasattr(cls, name):
            setattr(component, name, None)
    component.children = list(children)
    _check_children(component, children)
    _take(component, fields, given)
    return component


# Attributes that instances must not share, whatever the class says.
_PER_INSTANCE = {"style", "event_triggers", "custom_attrs", "special_props", "children"}


def _take(component, fields, given):
    """Sorts keyword arguments into props, event triggers, attributes and style."""
    triggers = component.get_event_triggers()
    style = {}
    for name, value in given.items():
        if name in fields.props:
            is_value = not isinstance(value, Component)
            setattr(component, name, Var.create(value) if fields.props[name] and is_value else value)
        elif name in triggers:
            component.event_triggers[name] = value
        elif name.startswith("on_"):
            raise ValueError(_unknown_trigger(component, name, triggers))
        elif name == "style":
            style = _merged(value) | style
        elif name == "custom_attrs":
            component.custom_attrs.update(value)
        elif name == "special_props":
            component.special_props.extend(value)
        elif name in _COMMON:
            setattr(component, name, value)
        elif name.startswith(("data_", "aria_", "data-", "aria-")):
            component.custom_attrs[name.replace("_", "-")] = value
        elif fields.base is not None and _ui.has_prop(fields.base, name):
            component.__dict__.setdefault("_base_props", {})[name] = value
            setattr(component, name, value)
        else:
            style[name] = value
    component.style.update(style)


def _merged(style):
    """The style of a dictionary, of several, or of a Var."""
    if isinstance(style, (list, tuple)):
        return {key: value for part in style if part is not None for key, value in part.items()}
    if isinstance(style, Var):
        return {"&": style}
    return dict(style)


def _unknown_trigger(component, name, triggers):
    cls = type(component).__name__
    return (
        f"{cls} has no event trigger {name!r}; it has {', '.join(sorted(triggers))}. Declare it in "
        f"the class: {name}: rx.EventHandler[rx.event.no_args_event_spec]"
    )


def render(component):
    """What Reflex's components render to, as far as subclasses read or replace it."""
    tag = component._render()
    return {"name": tag.name, "props": tag.props, "children": component.children}


def tag_of(component):
    """The tag with the props of its own that an instance has."""
    base = component.__dict__.get("_base_props", {})
    values = {name: getattr(component, name) for name in declared(type(component)).props}
    values.update((name, getattr(component, name)) for name in base)
    if component.ref is not None:
        values["ref"] = component.ref
    name = component.alias or component.tag or ""
    special = list(component.special_props)
    props = {name: value for name, value in values.items() if value is not None}
    return Tag(name=name, props=props, special_props=special)


def parts(component):
    """What native code makes an element of."""
    cls = type(component)
    fields = declared(cls)
    shown = _is_shown(component, cls)
    tag = component._render()
    excluded = set(component._exclude_props())
    props = [(name, value) for name, value in tag.props.items() if name not in excluded]
    base = fields.base
    replaced = component.library is not None or component.tag is not None
    is_of_base = base is not None and shown
    of_base = {name: value for name, value in props if is_of_base and _ui.has_prop(base, name)}
    renamed = _renamed(cls)
    own = [
        (_react_name(name, renamed), value) for name, value in props if name not in of_base
    ]
    specs = component.get_event_triggers()
    common = event_triggers(Component)
    return {
        "class": cls.__name__,
        "base": base,
        "replaced": replaced or not shown,
        "library": component.library if shown else None,
        "tag": component.tag if shown else None,
        "is_default": bool(component.is_default),
        "alias": component.alias,
        "client_only": isinstance(component, NoSSRComponent),
        "keywords": of_base | _keywords(component, cls) if shown else {},
        "props": own if shown else [],
        "special_props": tag.special_props if shown else [],
        "events": [
            (name, value, None if specs.get(name) is common.get(name) else specs[name])
            for name, value in component.event_triggers.items()
        ],
        "triggers": [
            (name, _react_name(name, renamed))
            for name, spec in specs.items()
            if spec is not common.get(name) and not _is_of_base(base, name, fields)
        ],
        "children": component.children if shown else [],
        "imports": _imports(component, cls),
        "code": _code(component, cls),
        "hooks": _hooks(component, cls),
    }


class NoSSRComponent(Component):
    """A component that is rendered in the browser only, as all are today."""


def _is_of_base(base, name, fields):
    return base is not None and name not in fields.triggers and _ui.has_trigger(base, name)


def _is_shown(component, cls):
    """Whether there is anything to see: a `render` that gives nothing leaves the hooks only."""
    return not any("render" in base.__dict__ for base in _own_bases(cls)) or bool(
        component.render()
    )


def _keywords(component, cls):
    keywords = {}
    style = {}
    for base in reversed(_own_bases(cls)):
        if "add_style" in base.__dict__:
            style.update(base.add_style(component) or {})
    style.update(component.style)
    for name in ("class_name", "id", "key"):
        value = getattr(component, name)
        if value is not None and value != "":
            keywords[name] = value
    if style:
        keywords["style"] = style
    if component.custom_attrs:
        keywords["custom_attrs"] = component.custom_attrs
    return keywords


def _own_bases(cls):
    """The classes that an app wrote of which a class is made, the most derived first."""
    return [
        base
        for base in cls.__mro__
        if issubclass(base, Component) and base not in (Component, NoSSRComponent)
    ]


def _renamed(cls):
    renamed = {}
    for base in reversed(_own_bases(cls)):
        renamed.update(base.__dict__.get("_rename_props") or {})
    return renamed


def _react_name(name, renamed):
    """The name that the library's component knows. Reflex renames by the beginning of names."""
    react = _ui.react_name(name)
    for old, new in renamed.items():
        if react.startswith(old):
            react = react.replace(old, new, 1)
    return react


def _imports(component, cls):
    """Names imported for the author's code: library, name, alias, whether it is the default."""
    found = []
    sources = [component._get_imports()]
    for base in _own_bases(cls):
        if "add_imports" in base.__dict__:
            added = base.add_imports(component)
            sources.extend(added if isinstance(added, list) else [added])
    for source in sources:
        for library, names in parse_imports(source or {}).items():
            for name in names:
                if name.render is not False:
                    found.append((library, name.tag, name.alias, bool(name.is_default)))
    return found


def _code(component, cls):
    code = [component._get_custom_code(), component._get_dynamic_imports()]
    for base in _own_bases(cls):
        if "add_custom_code" in base.__dict__:
            code.extend(base.add_custom_code(component))
    return [str(text) for text in code if text]


def _hooks(component, cls):
    hooks = [component._get_hooks()]
    for base in reversed(_own_bases(cls)):
        if "add_hooks" in base.__dict__:
            hooks.extend(base.add_hooks(component))
    return [hook for hook in hooks if hook is not None and str(hook)]


def _spec(annotation):
    """The function in `rx.EventHandler[function]`; without one the trigger tells nothing."""
    arguments = getattr(annotation, "__args__", None) or (no_args_event_spec,)
    return arguments[0]


def _is_class_variable(origin):
    return getattr(origin, "_name", None) == "ClassVar"


def _check_children(component, children):
    """Refuses children that the classes do not want inside each other, by their names."""
    cls = type(component)
    valid = getattr(cls, "_valid_children", None)
    invalid = getattr(cls, "_invalid_children", None) or ()
    names = {base.__name__ for base in _own_bases(cls)}
    for child in children:
        if not isinstance(child, Component):
            continue
        name = _name_of(child)
        if name in _TRANSPARENT:
            continue
        if name in invalid:
            raise ValueError(f"{cls.__name__} does not take {name} as a child")
        if valid and name not in valid:
            allowed = ", ".join(valid)
            raise ValueError(f"{cls.__name__} takes only {allowed} as children, not {name}")
        parents = getattr(type(child), "_valid_parents", None)
        if parents and not names.intersection(parents):
            allowed = ", ".join(parents)
            raise ValueError(f"{name} can stand only in {allowed}, not in {cls.__name__}")


def _name_of(child):
    if type(child) is not Component:
        return type(child).__name__
    name = child._catalogue_name
    if name is None:
        return "Fragment"
    return _ui.component_class(name).__name__
