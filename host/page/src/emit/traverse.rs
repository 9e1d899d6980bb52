//! Lists gone through item by item: `map`, `filter`, `flat_map`, `reduce`.

use super::{Emitter, Js, Locals, Reading};
use crate::{
    PageError,
    expr::{Expr, LocalId, Traversal},
};

impl Emitter<'_> {
    pub(super) fn write_traverse(
        &mut self,
        of: &Expr,
        traversal: Traversal,
        item: LocalId,
        body: &Expr,
    ) -> Result<Js, PageError> {
        let function = match traversal {
            Traversal::Map => "map",
            Traversal::Filter => "filter",
            Traversal::FlatMap => "flatMap",
        };
        let of = self.text(of)?;
        let body = self.function([item], |emitter| match traversal {
            Traversal::Filter => emitter.truth(body),
            _ => emitter.write(body),
        })?;
        Ok(self.call_written(function, &[of, body]))
    }

    pub(super) fn write_reduce(
        &mut self,
        of: &Expr,
        (total, item): (LocalId, LocalId),
        body: &Expr,
        initial: Option<&Expr>,
    ) -> Result<Js, PageError> {
        let mut args = vec![self.text(of)?];
        args.push(self.function([total, item], |emitter| emitter.write(body))?);
        if let Some(initial) = initial {
            args.push(self.text(initial)?);
        }
        Ok(self.call_written("reduce", &args))
    }

    /// Writes an arrow function that binds these names around what `write` writes.
    fn function<const N: usize>(
        &mut self,
        bound: [LocalId; N],
        write: impl FnOnce(&mut Emitter<'_>) -> Result<Js, PageError>,
    ) -> Result<String, PageError> {
        let mut locals: Locals = self.locals.clone();
        let mut names = Vec::with_capacity(N);
        for id in bound {
            // No name of a value or of a loop is such a letter with such a number.
            let name = format!("x{}", locals.len() + 1);
            locals.insert(id, name.clone());
            names.push(name);
        }
        let mut inner = Emitter {
            names: self.names,
            core: self.core,
            sent: self.sent,
            reading: match &mut self.reading {
                Reading::Selector(states) => Reading::Selector(states),
                Reading::Selected(selection) => Reading::Selected(selection),
                Reading::Now => Reading::Now,
            },
            locals: &locals,
            event: self.event,
            color_mode: self.color_mode,
        };
        let body = write(&mut inner)?.into_body();
        Ok(format!("({}) => {body}", names.join(", ")))
    }
}
