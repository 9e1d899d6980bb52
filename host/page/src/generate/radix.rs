//! The two modules in which pages load Radix Themes: the common components, and all of them. The
//! shell's side is `js-client/src/library/radix-base.ts`.

/// The module of the common components; it provides the theme, too.
pub(super) const BASE: &str = "@radix-ui/themes/base";

/// The module of all components.
const ALL: &str = "@radix-ui/themes";

/// The components of the smaller module.
const COMMON: &[&str] = &[
    "AspectRatio",
    "Avatar",
    "Badge",
    "Blockquote",
    "Box",
    "Button",
    "Callout",
    "Card",
    "Checkbox",
    "Code",
    "Container",
    "DataList",
    "Em",
    "Flex",
    "Grid",
    "Heading",
    "IconButton",
    "Inset",
    "Kbd",
    "Link",
    "Progress",
    "Quote",
    "Reset",
    "Section",
    "Separator",
    "Skeleton",
    "Spinner",
    "Strong",
    "Switch",
    "Table",
    "Text",
    "TextArea",
    "TextField",
    "Theme",
];

/// The module in which a component stands.
pub(super) fn module_of(component: &str) -> &'static str {
    match COMMON.binary_search(&component) {
        Ok(_) => BASE,
        Err(_) => ALL,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shell_has_the_same_common_components() {
        let source = include_str!("../../../../js-client/src/library/radix-base.ts");
        let (_, exported) = source.split_once("export {").unwrap();
        let (exported, _) = exported.split_once('}').unwrap();
        let names: Vec<&str> = exported
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .collect();
        assert_eq!(names, COMMON);
        assert!(COMMON.is_sorted());
    }
}
