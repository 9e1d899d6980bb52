//! What Reflex's own code and some apps read of a Var: `_js_expr`, `_var_type`, `_var_data` and
//! their kin. Here they are made from the expression when they are asked for.

use ferroflex_page::{
    expr::{ExprKind, Needs},
    types::Type,
};
use rustpython_vm::{
    AsObject, PyObjectRef, PyResult, VirtualMachine, builtins::PyTypeRef, convert::ToPyObject,
    function::FuncArgs,
};

use super::{annotation, code, token, var::Var};
use crate::{convert::from_value, interpreter::module};

/// The attribute of that name; none when there is no such one.
///
/// # Errors
/// Whatever making a value or a type raises.
pub(super) fn find(var: &Var, name: &str, vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
    Ok(Some(match name {
        "_js_expr" | "_var_name" | "_var_name_unwrapped" | "_var_full_name" => {
            javascript(var).to_pyobject(vm)
        }
        "_var_type" => var_type(var, vm)?,
        "_var_data" => var_data(var, vm)?,
        "_var_state" => place(var).0.to_pyobject(vm),
        "_var_field_name" => place(var).1.to_pyobject(vm),
        "_var_is_local" => vm.ctx.new_bool(false).into(),
        "_var_is_string" => vm.ctx.new_bool(var.expr.constant_text().is_some()).into(),
        "_var_value" => match &*var.expr.kind {
            ExprKind::Literal(value) => from_value(value, vm)?,
            _ => return Ok(None),
        },
        "_kind" => kind(&var.expr.ty.without_none()).to_pyobject(vm),
        _ => return Ok(None),
    }))
}

/// The author's JavaScript as it stands; of anything else a text that stands for the Var wherever
/// JavaScript or an f-string is written.
fn javascript(var: &Var) -> String {
    match &*var.expr.kind {
        ExprKind::Raw(text) => text.to_string(),
        _ => token::encode(&var.expr),
    }
}

/// The state class and the field that are read first.
fn place(var: &Var) -> (String, String) {
    let first = var.expr.fields().into_iter().next();
    let names = first.map(|field| (field.state.to_string(), field.field.to_string()));
    names.unwrap_or_default()
}

/// The kind of Var in Reflex's words.
fn kind(ty: &Type) -> &'static str {
    match ty {
        Type::Bool => "boolean",
        Type::Int | Type::Float => "number",
        Type::Union(types) if types.iter().all(Type::is_number) => "number",
        Type::Str => "string",
        Type::List(_) | Type::Tuple(_) => "array",
        Type::Dict(..) | Type::Object(_) => "object",
        Type::DateTime => "datetime",
        Type::None => "none",
        Type::Any | Type::Union(_) | Type::Bytes => "any",
    }
}

/// The type that a Reflex class of Vars (`NumberVar`) says of a Var of this type; none when it is
/// no such class.
pub(super) fn type_of_class(class: &PyTypeRef, ty: &Type) -> Option<Type> {
    let wanted = class
        .mro_collect()
        .iter()
        .find_map(|class| annotation::var_class(&class.name()))?;
    let matches = kind(&ty.without_none()) == kind(&wanted)
        || (kind(&wanted) == "number" && ty.without_none().is_number());
    Some(if matches { ty.clone() } else { wanted })
}

/// The annotation that the Var was made with, or one that says as much.
fn var_type(var: &Var, vm: &VirtualMachine) -> PyResult {
    match &var.annotation {
        Some(annotation) => Ok(annotation.clone()),
        None => annotation_of(&var.expr.ty, vm),
    }
}

fn annotation_of(ty: &Type, vm: &VirtualMachine) -> PyResult {
    let types = &vm.ctx.types;
    let generic = |origin: &PyTypeRef, args: &[&Type]| {
        let args = args.iter().map(|ty| annotation_of(ty, vm));
        let args = vm.ctx.new_tuple(args.collect::<PyResult<_>>()?);
        origin.as_object().get_item(args.as_object(), vm)
    };
    Ok(match ty {
        Type::Any => module("typing", vm)?.get_attr("Any", vm)?,
        Type::None => vm.ctx.none(),
        Type::Bool => types.bool_type.to_owned().into(),
        Type::Int => types.int_type.to_owned().into(),
        Type::Float => types.float_type.to_owned().into(),
        Type::Str => types.str_type.to_owned().into(),
        Type::Bytes => types.bytes_type.to_owned().into(),
        Type::DateTime => module("datetime", vm)?.get_attr("datetime", vm)?,
        Type::List(item) => generic(&types.list_type.to_owned(), &[item])?,
        Type::Tuple(items) => generic(
            &types.tuple_type.to_owned(),
            &items.iter().collect::<Vec<_>>(),
        )?,
        Type::Dict(key, value) => generic(&types.dict_type.to_owned(), &[key, value])?,
        Type::Object(_) => types.dict_type.to_owned().into(),
        Type::Union(alternatives) => {
            let mut union: Option<PyObjectRef> = None;
            for alternative in alternatives.iter() {
                let next = annotation_of(alternative, vm)?;
                union = Some(match union {
                    Some(union) => vm._or(&union, &next)?,
                    None => next,
                });
            }
            union.unwrap_or_else(|| vm.ctx.none())
        }
    })
}

/// `_get_all_var_data()`: a `VarData` of the state that is read and of what JavaScript needs, None
/// when there is nothing to tell.
///
/// # Errors
/// Whatever making it raises.
pub(super) fn var_data(var: &Var, vm: &VirtualMachine) -> PyResult {
    let (state, field) = place(var);
    let needs = var.expr.needs();
    if state.is_empty() && needs.is_empty() {
        return Ok(vm.ctx.none());
    }
    let mut imports = Vec::new();
    let mut hooks = Vec::new();
    for Needs {
        imports: some,
        hooks: more,
    } in needs.iter().map(|needs| &**needs)
    {
        imports.extend(some.iter().map(|import| {
            let text = |text: &Option<std::sync::Arc<str>>| text.as_deref().to_pyobject(vm);
            let row = vec![
                import.library.to_string().to_pyobject(vm),
                text(&import.name),
                text(&import.alias),
                vm.ctx.new_bool(import.is_default).into(),
            ];
            vm.ctx.new_tuple(row).into()
        }));
        hooks.extend(more.iter().map(|hook| hook.to_string().to_pyobject(vm)));
    }
    let make = module("reflex.vars.base", vm)?.get_attr("_var_data", vm)?;
    let (imports, hooks) = (vm.ctx.new_list(imports), vm.ctx.new_list(hooks));
    make.call((state, field, imports, hooks), vm)
}

/// `_replace(_js_expr=…, _var_type=…, _var_data=…, merge_var_data=…)`: the Var with other parts.
///
/// # Errors
/// `TypeError` for other names, and whatever reading the parts raises.
pub(super) fn replace(var: &Var, mut args: FuncArgs, vm: &VirtualMachine) -> PyResult<Var> {
    let mut changed = Var::annotated(var.expr.clone(), var.annotation.clone());
    if let Some(javascript) = args.take_keyword("_js_expr") {
        let javascript = javascript.try_into_value::<String>(vm)?;
        let needs = code::needs_of(&var.expr);
        changed.expr.kind = code::expression(&javascript, needs).kind;
    }
    if let Some(annotation) = args.take_keyword("_var_type") {
        changed.expr.ty = annotation::type_of(&annotation, vm)?;
        changed.annotation = Some(annotation);
    }
    for keyword in ["_var_data", "merge_var_data"] {
        if let Some(data) = args.take_keyword(keyword) {
            changed.expr = code::needing(changed.expr, &*code::needs(&data, vm)?);
        }
    }
    match args.kwargs.keys().next() {
        Some(keyword) => Err(vm.new_type_error(format!(
            "Var._replace() has no argument {:?}",
            keyword.to_string_lossy()
        ))),
        None => Ok(changed),
    }
}
