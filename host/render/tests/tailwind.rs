//! Tailwind's engine as the shell's build packs it, without a browser.

use ferroflex_render::{RenderError, Tailwind};
use serde_json::{Value, json};

fn build(request: &Value, words: &str) -> Result<Value, RenderError> {
    let words: Vec<&str> = words.split_whitespace().collect();
    let engine = Tailwind::new(ferroflex_shell::tailwind());
    let result = engine.build(&request.to_string(), &json!(words).to_string())?;
    Ok(serde_json::from_str(&result).unwrap())
}

fn request(version: u8, config: &Value) -> Value {
    json!({ "version": version, "config": config, "stylesheets": [] })
}

/// The stylesheet of a configuration that nothing is wrong with.
fn css(version: u8, config: &Value, words: &str) -> String {
    let result = build(&request(version, config), words).unwrap();
    assert_eq!(result["warnings"], json!([]), "{config}");
    result["css"].as_str().unwrap().to_owned()
}

fn assert_has(css: &str, parts: &[&str]) {
    for part in parts {
        assert!(css.contains(part), "{part} is not in {css}");
    }
}

#[test]
fn utilities_variants_and_arbitrary_values() {
    let words = "p-4 hover:bg-red-500 md:w-1/2 w-[37px] [mask-type:alpha] before:content-['a_b'] \
                 group-hover:underline peer-checked:block @lg:flex @container data-[open=true]:p-2 \
                 not-a-class prose";
    let sheet = css(4, &json!({}), words);
    assert_has(
        &sheet,
        &[
            r".p-4{padding:calc(var(--spacing) * 4)",
            r".hover\:bg-red-500",
            r"@media (width >= 48rem){.md\:w-1\/2",
            r".w-\[37px\]{width:37px",
            r"mask-type:alpha",
            "'a b'",
            r".group):hover .group-hover\:underline",
            r".peer):checked ~ .peer-checked\:block",
            r"@container (width >= 32rem){.\@lg\:flex",
            r#"[data-open="true"]"#,
        ],
    );
    assert!(!sheet.contains("not-a-class") && !sheet.contains("prose"));
    assert!(!sheet.contains("--color-red-400"));
}

#[test]
fn the_layers_stand_in_an_order_that_lets_utilities_override_components() {
    let sheet = css(4, &json!({}), "p-4");
    assert_has(&sheet, &["@layer theme, base, components, utilities;"]);
    assert_has(&sheet, &["@layer utilities{.p-4"]);
    let former = css(3, &json!({}), "p-4");
    assert!(!former.contains("@layer utilities{"));
}

#[test]
fn dark_follows_the_class_of_the_root_element_unless_the_author_wants_the_system() {
    let words = "dark:p-4";
    assert_has(&css(4, &json!({}), words), &[":where(.dark, .dark *)"]);
    let class = json!({ "darkMode": "class" });
    assert_has(&css(3, &class, words), &[":is(.dark *)"]);
    let media = json!({ "darkMode": "media" });
    let sheet = css(4, &media, words);
    assert_has(&sheet, &["prefers-color-scheme: dark"]);
}

#[test]
fn themes_of_both_versions_bring_their_colours_and_fonts() {
    let config = json!({ "theme": {
        "colors": { "only": "#010203" },
        "extend": {
            "colors": { "brand": { "DEFAULT": "#123456", "light": "#abcdef" } },
            "fontFamily": { "display": ["Oswald", "sans-serif"] },
            "screens": { "wide": "100rem" },
        },
    }});
    for version in [3, 4] {
        let words = "bg-brand text-brand-light bg-only font-display wide:p-4 bg-red-500";
        let sheet = css(version, &config, words);
        assert_has(
            &sheet,
            &["#123456", "#abcdef", "#010203", "Oswald, sans-serif"],
        );
        assert_has(&sheet, &["100rem"]);
        assert!(!sheet.contains("bg-red-500"), "{sheet}");
    }
}

#[test]
fn version_three_keeps_its_colours_scales_and_defaults() {
    let words = "bg-blue-500 shadow-sm rounded-sm blur-sm ring hover:p-4 border";
    let sheet = css(3, &json!({}), words);
    assert_has(
        &sheet,
        &[
            "--color-blue-500:#3b82f6",
            "0 1px 2px 0 var(--tw-shadow-color, rgb(0 0 0 / 0.05))",
            "--radius-sm:0.125rem",
            "--blur-sm:4px",
            "calc(3px + var(--tw-ring-offset-width))",
            r".hover\:p-4:hover{",
            "border-color:#e5e7eb",
            "cursor:pointer",
        ],
    );
    let border = json!({ "theme": { "extend": { "borderColor": { "DEFAULT": "#abc" } } } });
    assert_has(&css(3, &border, "border"), &["border-color:#abc;"]);
    let fourth = css(4, &json!({}), words);
    assert_has(&fourth, &["--color-blue-500:oklch(", "--radius-sm:0.25rem"]);
}

#[test]
fn opacities_of_version_three_apply_to_colours() {
    let config = json!({ "theme": { "extend": { "colors": { "brand": "#123456" } } } });
    let sheet = css(
        3,
        &config,
        "bg-black bg-brand sm:bg-opacity-50 text-red-500",
    );
    assert_has(
        &sheet,
        &[
            "--tw-bg-opacity:0.5",
            "color-mix(in srgb, #123456 calc(var(--tw-bg-opacity, 1) * 100%), transparent)",
            "color:var(--color-red-500)",
        ],
    );
}

#[test]
fn values_in_brackets_of_version_three_are_understood() {
    let sheet = css(3, &json!({}), "hover:bg-[--slate-1] grid-cols-[1fr,2fr]");
    assert_has(
        &sheet,
        &[
            r".hover\:bg-\[--slate-1\]:hover{background-color:var(--slate-1)",
            r".grid-cols-\[1fr\,2fr\]{grid-template-columns:1fr 2fr",
        ],
    );
}

#[test]
fn plugins_are_named_with_versions_and_options() {
    let named = json!({ "plugins": ["@tailwindcss/typography@0.5.20", "@tailwindcss/forms",
        "@tailwindcss/aspect-ratio", "@tailwindcss/container-queries"] });
    let words = "prose prose-lg dark:prose-invert form-input aspect-w-16 @container @md:p-4";
    for version in [3, 4] {
        let sheet = css(version, &named, words);
        assert_has(
            &sheet,
            &[".prose{", ".form-input", "--tw-aspect-w:16", r".\@md\:p-4"],
        );
    }
    let called = json!({ "plugins": [{
        "name": "@tailwindcss/typography",
        "import": { "name": "typography", "from": "@tailwindcss/typography" },
        "call": "typography",
        "args": { "className": "wysiwyg" },
    }]});
    assert_has(&css(3, &called, "wysiwyg"), &[".wysiwyg{"]);
}

#[test]
fn what_is_not_taken_is_told_and_the_rest_works() {
    let config = json!({
        "plugins": ["daisyui@4", "@tailwindcss/forms"],
        "presets": ["some-preset"],
        "corePlugins": { "preflight": false, "float": false },
        "safelist": ["p-7"],
        "prefix": "tw-",
        "content": ["./x/**"],
    });
    let result = build(&request(3, &config), "p-4").unwrap();
    let warnings = result["warnings"].to_string();
    for part in ["daisyui", "some-preset", "corePlugins", "prefix"] {
        assert!(warnings.contains(part), "{part} is not in {warnings}");
    }
    let sheet = result["css"].as_str().unwrap();
    assert_has(sheet, &[".p-4{", ".p-7{"]);
    assert!(!sheet.contains("tab-size"), "{sheet}");
}

#[test]
fn importance_is_of_all_or_below_an_element() {
    let all = css(4, &json!({ "important": true }), "p-4");
    assert_has(&all, &["!important"]);
    let below = css(4, &json!({ "important": "#root" }), "p-4");
    assert_has(&below, &["#root .p-4"]);
}

#[test]
fn stylesheets_in_tailwinds_language_are_compiled() {
    let mut request = request(4, &json!({}));
    request["stylesheets"] = json!([
        "@import 'tailwindcss'; @theme { --color-leaf: #0f0; } .a { @apply p-4 hover:underline; }"
    ]);
    let sheet = build(&request, "bg-leaf").unwrap();
    let sheet = sheet["css"].as_str().unwrap();
    assert_has(sheet, &[".a{padding:", ".bg-leaf{", "--color-leaf:#0f0"]);
}

#[test]
fn whether_a_class_is_used_is_told() {
    let used = |words| build(&request(4, &json!({})), words).unwrap()["used"].clone();
    assert_eq!(used("rt-Box my-card header"), false);
    assert_eq!(used("rt-Box mt-4"), true);
    let mut decided = request(4, &json!({}));
    decided["deciding"] = json!(["my-card"]);
    assert_eq!(build(&decided, "my-card hidden").unwrap()["used"], false);
}

#[test]
fn a_bad_configuration_is_an_error() {
    let config = json!({ "theme": { "extend": { "colors": 7 } } });
    let error = build(&request(4, &config), "p-4").unwrap_err();
    let expected = "theme.extend.colors must be a dictionary";
    assert_eq!(error.to_string(), expected);
    let mut request = request(4, &json!({}));
    request["stylesheets"] = json!([".a { @apply no-such-class; }"]);
    let error = build(&request, "").unwrap_err();
    assert!(error.to_string().contains("no-such-class"), "{error}");
}
