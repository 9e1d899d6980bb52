//! Which modules and names Reflex 0.10.1 has below its package, so that what Ferroflex lacks is
//! told apart from what nobody has.
//!
//! Not here: the names of `rx` itself, which the package and the catalogue of components know.

use std::{collections::HashSet, sync::LazyLock};

/// Whether Reflex has what an import or the look-up of an attribute did not find: a module such as
/// `reflex.testing`, or a name in one, `reflex.vars.base.LiteralVar`. A name counts for every
/// module, since Reflex hands many of them on.
pub(super) fn is_known(full_name: &str) -> bool {
    let Some(rest) = full_name.strip_prefix("reflex.") else {
        return false;
    };
    if MODULE_SET.contains(rest) {
        return true;
    }
    match rest.rsplit_once('.') {
        Some((module, name)) => MODULE_SET.contains(module) && NAME_SET.contains(name),
        None => NAME_SET.contains(rest),
    }
}

/// Whether a module of Reflex has a name that is no component's.
pub(crate) fn is_known_name(name: &str) -> bool {
    NAME_SET.contains(name)
}

static MODULE_SET: LazyLock<HashSet<&str>> = LazyLock::new(|| MODULES.split(' ').collect());
static NAME_SET: LazyLock<HashSet<&str>> = LazyLock::new(|| NAMES.split(' ').collect());

/// The modules below `reflex`.
const MODULES: &str = "\
    admin app app_mixins app_mixins.lifespan app_mixins.middleware app_mixins.mixin assets \
    compiler compiler.compiler compiler.plugins compiler.plugins.builtin \
    compiler.plugins.memoize compiler.templates compiler.utils components components.base \
    components.base.bare components.base.fragment components.base.script \
    components.component components.core components.core.cond components.core.debounce \
    components.core.foreach components.core.match components.core.upload \
    components.datadisplay components.datadisplay.code components.datadisplay.dataeditor \
    components.datadisplay.logo components.dynamic components.el components.el.elements \
    components.el.elements.forms components.field components.gridjs components.literals \
    components.lucide components.lucide.icon components.markdown \
    components.markdown.markdown components.memo components.moment components.plotly \
    components.props components.radix components.radix.primitives \
    components.radix.primitives.accordion components.radix.themes \
    components.radix.themes.base components.radix.themes.components \
    components.radix.themes.components.text_field components.radix.themes.layout \
    components.radix.themes.typography components.react_player components.recharts \
    components.sonner components.sonner.toast components.tags components.tags.cond_tag \
    components.tags.iter_tag components.tags.match_tag components.tags.tag \
    components.tags.tagless config constants constants.base constants.colors \
    constants.compiler constants.config constants.event constants.installer constants.route \
    constants.state constants.utils environment event experimental experimental.client_state \
    experimental.hooks experimental.memo hosting istate istate.data istate.delta \
    istate.dynamic istate.manager istate.manager.disk istate.manager.memory \
    istate.manager.redis istate.manager.token istate.proxy istate.shared istate.storage \
    istate.wrappers middleware middleware.hydrate_middleware middleware.middleware model \
    page plugins plugins._screenshot plugins.base plugins.shared_tailwind plugins.sitemap \
    plugins.tailwind_v3 plugins.tailwind_v4 reflex route state style testing utils \
    utils.build utils.cli_options utils.codespaces utils.compat utils.console \
    utils.decorator utils.exceptions utils.exec utils.export utils.format \
    utils.frontend_skeleton utils.imports utils.js_runtimes utils.lazy_loader utils.log \
    utils.misc utils.net utils.path_ops utils.precompressed_staticfiles utils.prerequisites \
    utils.processes utils.pyi_generator utils.redir utils.registry utils.rename \
    utils.serializers utils.tasks utils.telemetry utils.telemetry_accounting utils.templates \
    utils.token_manager utils.types vars vars.base vars.color vars.datetime \
    vars.dep_tracking vars.function vars.number vars.object vars.sequence";

/// What is defined in them, but for the inner workings of its command line and its compiler.
const NAMES: &str = "\
    A ARRAY_INNER_TYPE ARRAY_ISARRAY ARRAY_VAR_TYPE ASGIApp Abbr Accordion \
    AccordionComponent AccordionContent AccordionHeader AccordionIcon AccordionItem \
    AccordionRoot AccordionTrigger AddPageProtocol AddTaskProtocol Address AdminDash \
    AgentsMd App AppMixin Area AreaChart ArgsFunctionOperation ArgsFunctionOperationBuilder \
    ArraySliceOperation ArrayVar Article Aside AssetPathStr AsyncComputedVar Audio B \
    BASIC_EVENT_TYPES BackendVarFormatError Bar BarChart Bare Base BaseComponent \
    BaseComponentMeta BaseConfig BaseContext BaseField BaseHTML BaseInput BasePlugin \
    BaseState BaseStateEventProcessor BaseStateMeta BaseStateToken \
    BaseVarShadowsInheritedVarError Bdi Bdo Blockquote Body BooleanVar Bounds Box Br \
    Breakpoints Brush BuilderFunctionVar Bun Button CALLABLE_TYPE CachedVarOperation \
    CallableEventSpec Canvas Caption CartesianAxis CartesianGrid Cell CheckboxInput \
    ChildrenTypeError Circle Cite ClientErrorType ClientStateVar ClientStorageBase Clipboard \
    Code CodeBlock CodeblockNamespace Col Colgroup Color ColorMode ColorVar CommonContext \
    CommonMarginProps CommonPaddingProps CommonTag CompatSelection CompileContext \
    CompileVars CompilerHooks Component ComponentField ComponentName ComponentNamespace \
    ComponentState ComponentTypeError ComponentVar ComposedChart ComputedVar \
    ComputedVarShadowsBaseVarsError ComputedVarShadowsStateVarError \
    ComputedVarSignatureError ConcatVarOperation Cond CondTag Config ConfigError \
    ConnectionBanner ConnectionModal ConnectionPulser ConnectionToaster Constants Cookie \
    CustomVarOperation CustomVarOperationReturn DATETIME_T DBConfig DEFAULT_MEMO_WRAPPER \
    DEFAULT_SEQUENCE_OPTIONS DICT_KEY DICT_VAL Data DataEditor DataEditorTheme \
    DataEditorThemeBase DataTable Datalist DateTimeVar Dd DebounceInput DefaultPage \
    DefaultPorts Defs Del DependencyTracker Description DestructuredArg Details Dfn Dialog \
    Dirs Div Dl Dt DynamicComponentInvalidSignatureError DynamicComponentMissingLibraryError \
    DynamicIcon DynamicRouteArgShadowsStateVarError DynamicRouteVar EMPTY_VAR_COMPONENT \
    EMPTY_VAR_DATA EMPTY_VAR_INT EMPTY_VAR_STR ENCODE_URI_COMPONENT Element Ellipse Em Embed \
    EmbedPlugin Endpoint Env EnvVar EnvVarValueError EnvironmentVarValueError \
    EnvironmentVariables ErrorBar ErrorBoundary EvenMoreBasicBaseState Event \
    EventActionsMixin EventCallback EventChain EventChainVar EventContext \
    EventDeserializationError EventFnArgMismatchError EventHandler \
    EventHandlerArgTypeMismatchError EventHandlerSetVar \
    EventHandlerShadowsBuiltInStateMethodError EventHandlerTypeError EventHandlerValueError \
    EventNamespace EventProcessor EventSpec EventTriggers EventType EventVar \
    ExperimentalNamespace Expiration Ext FIELD_TYPE FORM_DATA FORM_SUBMIT_MAPPING \
    FakeComputedVarBaseClass Field FieldBasedMeta Fieldset Figcaption Figure FileUpload \
    Footer Foreach ForeachRenderError ForeachVarError Form Fragment \
    FrontendEventExceptionState FunctionArgs FunctionStringVar FunctionVar Funnel \
    FunnelChart G GeneratedCodeHasNoFunctionDefsError GhostUpload GitIgnore GraphingTooltip \
    GridCell GridColumn GridColumnIcons GridSelection GridSelectionCurrent \
    GroupHeaderClickedEventArgs H1 H2 H3 H4 H5 H6 Head Header HeaderData Helmet HookOrder \
    Hooks Hr Html HybridProperty HybridPropertyError HydrateMiddleware I INNER_ARRAY_VAR \
    Icon IdentityEventReturn Iframe Image Img ImmutableMutableProxy ImmutableStateError \
    ImportVar Imports IndividualEventType Input Ins InvalidLifespanTaskTypeError \
    InvalidLockWarningThresholdError InvalidPluginConfigError InvalidPropValueError \
    InvalidStateManagerModeError InvalidStylePropError IterTag JSON_STRINGIFY Javascript \
    JavascriptHTMLInputElement JavascriptInputEvent JavascriptKeyboardEvent \
    JavascriptMouseEvent JavascriptPointerEvent KEY_TYPE Kbd KeyInputInfo LAMBDA_OR_STATE \
    LINKED_STATE LIST_INSIDE LIST_T LITERAL_STRING_S LITERAL_STRING_T Label LabelList \
    LambdaEventCallback Layer Legend Li LifespanMixin Line LineChart LinearGradient Link \
    Links LiteralArrayVar LiteralBooleanVar LiteralColorVar LiteralComponentVar \
    LiteralDatetimeVar LiteralEventChainVar LiteralEventVar LiteralNoneVar LiteralNumberVar \
    LiteralObjectVar LiteralRangeVar LiteralStringVar LiteralVar LocalStorage \
    LockExpiredError LogLevel LucideIconComponent MAPPING_VAR_TYPE Main Map Mark Markdown \
    MarkdownComponentMap MarkdownNamespace MarkdownWrapper Marker Match MatchTag \
    MatchTypeError Math MemoComponent MemoComponentDefinition MemoDefinition \
    MemoFunctionDefinition MemoParam MemoParamKind MemoizationDisposition MemoizationLeaf \
    MemoizationMode MemoizationStrategy Message Meta MetaclassVar Meter Middleware \
    MiddlewareMixin MissingAnnotationError Model ModelRegistry Moment MomentDelta \
    MomentProvider MouseEventInfo MutableProxy NUMBER_T Nav NoExtrasAllowedProps \
    NoSSRComponent Node NoneVar Noscript NumberVar OBJECT_TYPE OTHER_ARRAY_VAR_TYPE \
    OTHER_CALLABLE_TYPE OTHER_KEY_TYPE OTHER_TUPLE OTHER_VAR_TYPE OUTPUT Object \
    ObjectItemOperation ObjectVar Ol OnLoadInternalState Optgroup Option Outlet Output P \
    PARAMS PROPS_FIELD_TYPE PROTOTYPE_TO_STRING PackageJson Page404 PageContext PageData \
    PageNames PageValueError Path PathExistsFlag PerformanceMode Picture Pie PieChart Ping \
    Plotly PlotlyBasic PlotlyCartesian PlotlyFinance PlotlyGeo PlotlyGl2d PlotlyGl3d \
    PlotlyMapbox PlotlyNamespace PlotlyStrict Plugin PluginBase PointerEventInfo \
    PolarAngleAxis PolarGrid PolarRadiusAxis Polygon PoorProgress Portal PostBuildContext \
    PostCompileContext Pre PreCompileContext PrimitiveUnserializableToJSONError Progress \
    PropsBase PropsBaseMeta PropsField PyprojectToml Q R RETURN RETURN_TYPE Radar RadarChart \
    RadialBar RadialBarChart RadialGradient RadixLoadingProp RadixPrimitiveComponent \
    RadixThemesColorModeProvider RadixThemesComponent RadixThemesPlugin \
    RadixThemesTriggerComponent RangeVar RawLink RawTextBaseHTML ReactRouter \
    ReadOnlyStateProxy Receive Rect Rectangle RedisTokenManager ReferenceArea ReferenceDot \
    ReferenceLine Reflex ReflexCallable ReflexError ReflexHostingCLI ReflexRuntimeError \
    ReflexURL ReflexURLCastedVar ReflexURLVar RegisterRouteContext RegistrationContext \
    RequirementsTxt ResetStylesheet ResponsiveContainer RestProp RouteArgType RouteRegex \
    RouteValueError RouteVar RouterData RouterDataVar Rp Rt Ruby RunningMode S SEQUENCE_TYPE \
    SERIALIZED_FUNCTION SLIDE_DOWN SLIDE_UP STRING_T STRING_TYPE SVG_COLOR Samp SankeyChart \
    SankeyData SankeyLink SankeyLinkPayload SankeyLinkProps SankeyNode SankeyNodePayload \
    SankeyNodeProps ScanStatus Scatter ScatterChart Scope ScreenshotPlugin Script ScriptTag \
    Scripts ScrollRestoration Section Select Send SequenceOptions SessionData SessionStorage \
    SetUndefinedStateVarError SharedState SharedStateBaseInternal SitemapLink \
    SitemapLinkConfiguration SitemapPlugin Slot Small SocketEvent Source Span \
    SpecialAttributes State StateManager StateManagerMode StateMismatchError \
    StateModificationContext StateOperation StateProxy StateSchemaMismatchError \
    StateSerializationError StateTooLargeError StateUpdate StateValueError Stop StringVar \
    Strong Style StyleEl StyledUpload Sub Summary Sup Svg SystemPackageMissingError T \
    T_STATE Table Tag Tagless TailwindConfig TailwindPlugin TailwindPluginImport \
    TailwindPluginWithCallConfig TailwindPluginWithoutCallConfig TailwindV3Plugin \
    TailwindV4Plugin Tbody Td TelemetryContext Template Templates Text TextField \
    TextFieldRoot TextFieldSlot Textarea Tfoot Th Thead Theme ThemePanel Time Title \
    ToOperation ToastAction ToastNamespace ToastProps Toaster TokenManager Tr Track Treemap \
    TriggerDefinition U URLData Ul UnevaluatedPage UnretrievableVarValueError Unset \
    UntrackedLocalVarError UntypedComputedVarError UntypedVarError UpdateVarsInternalState \
    Upload UploadChunkIterator UploadFile UploadFilesChunk UploadFilesProvider \
    UploadNamespace UploadTypeError UploadValueError UploadedFilesHeadersMiddleware UvLock V \
    V1 V2 V3 V4 V5 V6 VALUE_TYPE VAR1 VAR2 VAR3 VAR4 VAR5 VAR6 VAR7 VAR_INSIDE VAR_SUBCLASS \
    VAR_TYPE ValueNumberInput Var VarAttributeError VarData VarDependencyError VarNameError \
    VarOperationCall VarOperationTypeError VarProtocol VarSubclassEntry VarTypeError \
    VarValueError Video VoidBaseHTML Wbr WindowEventListener XAxis YAxis ZAxis a abbr \
    accordion add_tailwind_to_css_file add_tailwind_to_postcss_config address \
    alembic_autogenerate alembic_init alert_dialog and_operation annotations_from_namespace \
    area area_chart args_specs_from_fields array_concat_operation \
    array_contains_field_operation array_contains_operation array_ge_operation \
    array_gt_operation array_item_operation array_join_operation array_le_operation \
    array_length_operation array_lt_operation array_pluck_operation array_range_operation \
    array_reverse_operation article asession aside ask aspect_ratio assert_base_state asset \
    audio auto_reload_cooldown auto_scroll avatar b back backend_disabled badge bar \
    bar_chart base bdi bdo binary_number_operation blockquote blur_focus body \
    boolean_not_operation boolean_to_number_operation boolify box br brush build_delta \
    bundle_library button cache_initial_snapshot cached_property cached_property_no_lock \
    call_event_fn call_event_handler call_function call_script callout can_serialize \
    can_use_in_object_var cancel_upload canvas caption card cartesian_axis cartesian_grid \
    cell center check_fn_match_arg_spec check_prop_in_allowed_types \
    check_type_in_allowed_types checkbox checkbox_cards checkbox_group checked_input_event \
    circle cite classproperty clean_state clear_local_storage clear_selected_files \
    clear_session_storage clipboard code code_block code_uses_state_contexts col colgroup \
    collapse_imports collect_form_dict_names collect_subtree_app_wraps color color_mode \
    color_mode_cond comparison_operator compile_config compile_root_style component_hash \
    composed_chart computed_var cond configuration_with_loc connection_banner \
    connection_modal connection_pulser connection_toaster console_log const \
    construct_theme_var container context_menu convert \
    convert_dict_to_style_and_format_emotion convert_item convert_list create_component_memo \
    create_passthrough_component_memo data data_editor data_editor_theme data_list \
    data_table datalist date_compare_operation date_eq_operation date_ge_operation \
    date_gt_operation date_le_operation date_lt_operation date_ne_operation dd \
    debounce_input debug debug_failed_pickles declares_annotation deep_equal_operation \
    default_backend_exception_handler default_error_boundary \
    default_frontend_exception_handler default_overlay_component defs del_ deprecate \
    desktop_only details deterministic_hash dfn dialog dispatch div divider dl \
    does_obj_satisfy_typed_dict download drawer dropdown_menu dt dynamic ellipse em embed \
    empty_component env_var environment equal_operation error error_bar \
    evaluate_style_namespaces event event_sequence extra_overlay_function field fieldset \
    figcaption figure figure_out_type filter_array_operation fix_events \
    flat_map_array_operation flex float_input_event footer foreach form \
    format_args_function_operation format_array_ref format_as_emotion format_color \
    format_data_editor_cell format_data_editor_column format_dataframe_values format_event \
    format_event_handler format_library_name format_match format_prop format_props \
    format_query_params format_queue_events format_ref format_route format_state_name \
    format_string format_style_key format_var fragment funnel funnel_chart g \
    generate_links_for_sitemap generate_xml get_async_engine get_attribute_access_type \
    get_attribute_descriptor get_backend_compile_trigger get_base_class \
    get_base_component_map get_cdn_url get_cell_value get_close_char get_compile_context \
    get_config get_db_status get_decimal_string_operation \
    get_decimal_string_separator_operation get_default_value_for_field \
    get_default_value_for_type get_engine get_engine_args get_event get_event_app_wraps \
    get_event_handler_parts get_field_type get_handler_args get_hydrate_event get_leaf_vars \
    get_memoization_strategy get_memoized_event_triggers get_migration_history \
    get_module_path get_origin get_performance_mode get_plugin get_property_hint \
    get_python_literal get_required_typed_dict_keys get_route_args get_route_regex \
    get_router get_serializer get_serializer_type get_state get_state_auto_setters \
    get_state_manager get_to_operation get_type_hints get_type_hints_environment \
    get_typed_dict_field_types get_unique_variable_name get_upload_dir \
    get_upload_files_context_var_data get_upload_url get_uuid_string_var get_var_for_field \
    graphing_tooltip greater_than_operation greater_than_or_equal_operation grid h1 h2 h3 h4 \
    h5 h6 has_args has_serializer head header heading health helmet hover_card hr hstack \
    html hybrid_property i icon icon_button iframe image img indent info input input_event \
    ins insert_app_wraps inset int_input_event interpret_boolean_env interpret_enum_env \
    interpret_env_var_value interpret_existing_path_env interpret_float_env \
    interpret_int_env interpret_path_env interpret_plugin_class_env interpret_plugin_env \
    interpret_timedelta_env is_classvar is_computed_var is_dataframe is_debug is_dependency \
    is_encoded_fstring is_generic_alias is_immutable is_literal is_mutable_type \
    is_non_string_sequence is_none is_not_none_operation is_optional is_page_meta_set \
    is_prod_mode is_route_dynamic is_serializable is_testing_env is_tuple_type is_union \
    is_valid_var_type is_wrapped json_dumps kbd key_event label label_list layer legend \
    length_of_largest_common_substring less_than_operation less_than_or_equal_operation li \
    line line_chart linear_gradient link list list_item load_dynamic_serializer log \
    log_file_console logo main make_default_page_title map map_array_operation mark markdown \
    marker match math media_query memo memo_tag menu merge_imports merge_parsed_imports meta \
    meter migrate mobile_and_tablet mobile_only moment moment_provider nav \
    no_args_event_spec noop noscript not_equal_operation number_abs_operation \
    number_add_operation number_ceil_operation number_exponent_operation \
    number_floor_division_operation number_floor_operation number_modulo_operation \
    number_multiply_operation number_negate_operation number_round_operation \
    number_subtract_operation number_true_division_operation number_trunc_operation object \
    object_entries_operation object_has_own_property_operation object_keys_operation \
    object_merge_operation object_values_operation ol on_submit_event \
    on_submit_mapping_event on_submit_string_event on_value_change_handler once \
    oplock_hold_time optgroup option or_operation ordered_list output p page parse_args_spec \
    parse_imports passthrough_children_var passthrough_event_spec path picture pie pie_chart \
    ping plotly pointer_event_spec polar_angle_axis polar_grid polar_radius_axis polygon \
    popover portal pre preload_color_theme prevent_default print print_table \
    print_to_log_file progress props_field q radar radar_chart radial_bar radial_bar_chart \
    radial_gradient radio radio_cards radio_group raise_unsupported_operand_types \
    raise_var_type_error readable_name_from_component rect rectangle redirect \
    reduce_array_operation reference_area reference_dot reference_line reload_config \
    reload_state_module remove_cookie remove_local_storage remove_session_storage \
    remove_stale_external_asset_symlinks remove_version_from_plugin render_dict_to_var \
    render_prop repeat_array_operation replace_brackets_with_keywords \
    reset_bundled_libraries reset_memo_component_classes resolve_annotation \
    resolve_annotations resolve_delta resolve_type_alias resolve_upload_chunk_handler_param \
    resolve_upload_handler_param resolved_color_mode responsive_container route_specificity \
    rp rt ruby rule run_in_thread run_script s safe_issubclass samp \
    sanitize_client_log_value sankey_chart satisfies_type_hint scatter scatter_chart script \
    scroll_area scroll_to section segmented_control select selected_files separator \
    serialize serialize_action serialize_color serialize_dataeditortheme serialize_dataframe \
    serialize_datetime serialize_decimal serialize_enum serialize_figure \
    serialize_frozen_dict_str_str serialize_image serialize_literal serialize_mapping \
    serialize_mutable_proxy serialize_path serialize_props_base serialize_router_data \
    serialize_sequence serialize_set serialize_sqlmodel serialize_state_update \
    serialize_template serialize_type serialize_uuid serializer server_side session \
    set_breakpoints set_clipboard set_color_mode set_focus set_log_level set_value \
    should_prerender_routes should_use_log_file_console sitemap_task skeleton slider slot \
    small source spacer span spinner sqla_session stack state_manager_disk_debounce \
    state_snapshot_hashes status sticky stop stop_propagation string_capitalize_operation \
    string_codepoints_operation string_contains_field_operation string_contains_operation \
    string_ends_with_operation string_ge_operation string_gt_operation string_item_operation \
    string_le_operation string_length_operation string_lower_operation \
    string_lstrip_operation string_lt_operation string_replace_operation \
    string_rstrip_operation string_slice_operation string_split_operation \
    string_starts_with_operation string_strip_operation string_title_operation \
    string_upper_operation strong style sub success summary sup svg svg_logo switch table \
    tablet_and_desktop tablet_only tabs tailwind_config_js_template tbody td template \
    ternary_operation text text_area text_field textarea tfoot th thead theme theme_panel \
    time timing title to_camel_case to_kebab_case to_snake_case to_title_case toast \
    toast_ref toggle_color_mode tooltip tr track transform treemap typehint_issubclass u ul \
    unionize unordered_list unwrap_var_annotation upload upload_file upload_files \
    upload_files_chunk uploaded_files_url_prefix useCallback useContext useRef useState \
    use_chart_width use_hook_var use_id validate_literal validate_str value_inside_optional \
    var var_operation var_operation_return verify_route_validity video vstack warn wbr \
    window_alert window_event_listener with_cwd_in_syspath wrap x_axis y_axis z_axis";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reflex_has_is_told_from_what_nobody_has() {
        assert!(is_known("reflex.testing"));
        assert!(is_known("reflex.components.radix.themes.base"));
        assert!(is_known("reflex.vars.base.LiteralVar"));
        assert!(!is_known("reflex.no_such_module"));
        assert!(!is_known("reflex.vars.base.NoSuchVar"));
        assert!(!is_known("reflex.no_such_module.LiteralVar"));
        assert!(!is_known("pandas"));
    }
}
