"""The types of props that take one of a few values, as `typing.Literal`.

Apps write them in annotations and read their values out: `LiteralAccentColor.__args__`. Not here:
telling of values that a prop does not take, which the page crate does.
"""

# A name, a colon, and the values; '' is the empty one.
_VALUES = """
AriaRole: alert alertdialog application article banner button cell checkbox columnheader combobox
    complementary contentinfo definition dialog directory document feed figure form grid gridcell
    group heading img link list listbox listitem log main marquee math menu menubar menuitem
    menuitemcheckbox menuitemradio navigation none note option presentation progressbar radio
    radiogroup region row rowgroup rowheader scrollbar search searchbox separator slider
    spinbutton status switch tab table tablist tabpanel term textbox timer toolbar tooltip tree
    treegrid treeitem
AutoCapitalize: off none on sentences words characters
ButtonType: submit reset button
CalloutVariant: soft surface outline
ChangeFrequency: always hourly daily weekly monthly yearly never
ColorType: gray mauve slate sage olive sand tomato red ruby crimson pink plum purple violet iris
    indigo blue cyan teal jade green grass brown orange sky mint lime yellow amber gold bronze
    accent black white
CrossOrigin: anonymous use-credentials ''
EnterKeyHint: enter done go next previous search send
HTMLInputTypeAttribute: button checkbox color date datetime-local email file hidden image month
    number password radio range reset search submit tel text time url week
ImageDecoding: async auto sync
ImageLoading: eager lazy
InputMode: none text tel url email numeric decimal search
LITERAL_ENV: dev preview prod
LiteralAccentColor: tomato red ruby crimson pink plum purple violet iris indigo blue cyan teal
    jade green grass brown orange sky mint lime yellow amber gold bronze gray
LiteralAccordionDir: ltr rtl
LiteralAccordionOrientation: vertical horizontal
LiteralAccordionType: single multiple
LiteralAccordionVariant: classic soft surface outline ghost
LiteralAlign: start center end baseline stretch
LiteralAlignType: start center end
LiteralAnimationEasing: ease ease-in ease-out ease-in-out linear
LiteralAppearance: inherit light dark
LiteralAxisType: number category
LiteralBarChartStackOffset: expand none wiggle silhouette sign
LiteralBoolNumber: 0 1
LiteralButtonSize: 1 2 3 4
LiteralCheckboxSize: 1 2 3
LiteralCheckboxVariant: classic surface soft
LiteralColorMode: system light dark
LiteralComposedChartBaseValue: dataMin dataMax auto
LiteralContainerSize: 1 2 3 4
LiteralContentSize: 1 2 3 4
LiteralCurveType: basis basisClosed basisOpen bumpX bumpY bump linear linearClosed natural
    monotoneX monotoneY monotone step stepBefore stepAfter
LiteralDirType: ltr rtl
LiteralDirection: x y
LiteralDirectionType: top bottom left right
LiteralFlexDirection: row column row-reverse column-reverse
LiteralFlexWrap: nowrap wrap wrap-reverse
LiteralGrayColor: gray mauve slate sage olive sand auto
LiteralGridFlow: row column dense row-dense column-dense
LiteralGridType: polygon circle
LiteralIconType: circle cross diamond line plainline rect square star triangle wye
LiteralIfOverflow: discard hidden visible extendDomain
LiteralInputType: button checkbox color date datetime-local email file hidden image month number
    password radio range reset search submit tel text time url week
LiteralInterval: preserveStart preserveEnd preserveStartEnd
LiteralIntervalAxis: preserveStart preserveEnd preserveStartEnd equidistantPreserveStart
LiteralJustify: start center end between
LiteralLayout: horizontal vertical
LiteralLegendAlign: left center right
LiteralLegendType: circle cross diamond line plainline rect square star triangle wye none
LiteralLineType: joint fitting
LiteralLinkDiscover: none render
LiteralLinkUnderline: auto hover always none
LiteralListStyleTypeOrdered: none decimal decimal-leading-zero lower-roman upper-roman lower-greek
    lower-latin upper-latin armenian georgian lower-alpha upper-alpha hiragana katakana
LiteralListStyleTypeUnordered: none disc circle square
LiteralMatcher: badInput patternMismatch rangeOverflow rangeUnderflow stepMismatch tooLong
    tooShort typeMismatch valid valueMissing
LiteralOrientation: top bottom left right middle
LiteralOrientationLeftRight: left right
LiteralOrientationLeftRightMiddle: left right middle
LiteralOrientationTopBottom: top bottom
LiteralOrientationTopBottomLeftRight: top bottom left right
LiteralPanelBackground: solid translucent
LiteralPolarRadiusType: auto number category
LiteralPosition: top-left top-right bottom-left bottom-right
LiteralRadius: none small medium large full
LiteralRowMarker: none number checkbox both checkbox-visible clickable-number
LiteralScale: auto linear pow sqrt log identity time band point ordinal quantile quantize utc
    sequential threshold
LiteralScaling: 90% 95% 100% 105% 110%
LiteralSectionSize: 1 2 3
LiteralSeparatorSize: 1 2 3 4
LiteralShape: square circle cross diamond star triangle wye
LiteralSideType: top right bottom left
LiteralSize: 1 2 3 4 5 6 7 8 9
LiteralSizeType: 1 2
LiteralSliderDir: ltr rtl
LiteralSliderOrientation: horizontal vertical
LiteralSpacing: 0 1 2 3 4 5 6 7 8 9
LiteralSpinnerSize: 1 2 3
LiteralStackOffset: expand none wiggle silhouette
LiteralStickyType: partial always
LiteralSwitchSize: 1 2 3
LiteralSyncMethod: index value
LiteralTextAlign: left center right
LiteralTextAnchor: start middle end
LiteralTextAreaResize: none vertical horizontal both
LiteralTextAreaSize: 1 2 3
LiteralTextFieldSize: 1 2 3
LiteralTextFieldVariant: classic surface soft
LiteralTextSize: 1 2 3 4 5 6 7 8 9
LiteralTextTrim: normal start end both
LiteralTextWeight: light regular medium bold
LiteralType: p label div span b i u abbr cite del em ins kbd mark s samp sub sup
LiteralVariant: classic solid soft surface outline ghost
LiteralVariantType: solid soft
LiteralVerticalAlign: top middle bottom
OverflowMethod: fold crop ellipsis ignore
ReferrerPolicy: '' no-referrer no-referrer-when-downgrade origin origin-when-cross-origin
    same-origin strict-origin strict-origin-when-cross-origin unsafe-url
ShadeType: 1 2 3 4 5 6 7 8 9 10 11 12
TrailingSlashOption: always never preserve
"""

# Where the values are numbers.
_NUMBERS = {"ShadeType"}

# Lists of hundreds, of which an annotation needs nothing.
_ANY_TEXT = {"LiteralCodeLanguage", "LiteralCodeTheme", "LiteralLineCap"}


def find(name):
    """The type of that name; None when there is none."""
    if name in _ANY_TEXT:
        return str
    values = _rows().get(name)
    if values is None:
        return None
    # `typing` is imported only by apps that name one.
    from typing import Literal

    words = ["" if word == "''" else word for word in values.split()]
    return Literal[tuple(map(int, words) if name in _NUMBERS else words)]


def _rows():
    joined = _VALUES.replace("\n    ", " ")
    return dict(row.split(": ", 1) for row in joined.strip().splitlines())
