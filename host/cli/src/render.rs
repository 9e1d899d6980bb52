//! Pages as HTML: the render crate's threads, as the server asks for them.
//!
//! Not here: the engine and its budget (`ferroflex-render`), and which HTML is kept (the server).

use std::{
    borrow::Cow,
    collections::HashMap,
    fs,
    path::{Component, Path, PathBuf},
    sync::Arc,
};

use ferroflex_render::{AppRenderer, Modules, RenderError, Renderer as Threads};
use ferroflex_server::{NotRendered, Renderer, Rendering, ServedPage};

/// An app's modules: the shell's, its pages', and those among its assets.
pub(crate) struct AppModules {
    /// Addresses by specifier. Where the shell and the app both have one, it is the shell's.
    addresses: HashMap<String, String>,
    /// The pages' modules by their addresses.
    pages: HashMap<String, Arc<str>>,
    assets: Option<PathBuf>,
    base: String,
}

impl AppModules {
    /// The modules of an app that is served under `base`.
    pub(crate) fn new(
        base: &str,
        pages: &[ServedPage],
        own: &[(String, String)],
        assets: Option<&Path>,
    ) -> Self {
        let shell = ferroflex_shell::imports().map(|(name, it)| (name.to_owned(), it.to_owned()));
        let file = |page: &ServedPage| {
            let address = format!("{base}/_app/{}", page.module.path);
            (address, page.module.text.as_str().into())
        };
        Self {
            addresses: own.iter().cloned().chain(shell).collect(),
            pages: pages.iter().map(file).collect(),
            assets: assets.map(Path::to_owned),
            base: base.to_owned(),
        }
    }

    fn asset(&self, address: &str) -> Option<Vec<u8>> {
        let (address, _version) = address.split_once('?').unwrap_or((address, ""));
        let path = Path::new(address.strip_prefix(&self.base)?.strip_prefix('/')?);
        let is_inside = |part| matches!(part, Component::Normal(_));
        let file = self.assets.as_ref()?.join(path);
        path.components().all(is_inside).then_some(())?;
        fs::read(file).ok()
    }
}

impl Modules for AppModules {
    fn address(&self, specifier: &str) -> Option<String> {
        self.addresses.get(specifier).cloned()
    }

    fn source(&self, address: &str) -> Option<Cow<'static, [u8]>> {
        if let Some(path) = address.strip_prefix("/_shell/") {
            return Some(ferroflex_shell::file(path)?.bytes);
        }
        match self.pages.get(address) {
            Some(page) => Some(Cow::Owned(page.as_bytes().to_vec())),
            None => self.asset(address).map(Cow::Owned),
        }
    }
}

/// What renders the pages of one app.
pub(crate) struct Pages(AppRenderer);

impl Pages {
    /// A renderer for an app with these modules.
    pub(crate) fn new(threads: &Threads, modules: AppModules) -> Self {
        Self(threads.app(Arc::new(modules)))
    }
}

impl Renderer for Pages {
    fn render(&self, module: &str, description: String) -> Rendering {
        let (app, module) = (self.0.clone(), module.to_owned());
        let rendering = async move { app.render(&module, description).await };
        Box::pin(async move { rendering.await.map_err(not_rendered) })
    }

    fn prepare(&self, module: &str, description: String) -> Rendering {
        let (app, module) = (self.0.clone(), module.to_owned());
        let rendering = async move { app.prepare(&module, description).await };
        Box::pin(async move { rendering.await.map_err(not_rendered) })
    }
}

fn not_rendered(error: RenderError) -> NotRendered {
    match error {
        RenderError::Busy | RenderError::Late { .. } => NotRendered::Busy(error.to_string()),
        RenderError::TooSlow { .. } => NotRendered::TooSlow(error.to_string()),
        RenderError::Thrown { message, stack } => {
            NotRendered::Failed(format!("{message}\n{}", stack.trim_end()))
        }
        other => NotRendered::Failed(other.to_string()),
    }
}
