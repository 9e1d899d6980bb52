//! Packing content for those who take it so: brotli, gzip.
//!
//! Not here: what is packed, and when. The shell's files come packed already.

use std::io::Write as _;

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, header};
use flate2::write::GzEncoder;

/// How a content is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Coding {
    Brotli,
    Gzip,
}

/// Below this, the frame around packed content outweighs what is won, in bytes.
const BYTES_MIN: usize = 256;

/// Brotli's quality for what is packed once and sent often. The last two steps take many times as
/// long for a few percent.
const BROTLI_QUALITY: u32 = 9;
/// The window of brotli, as a power of two: larger than any file that is packed here needs.
const BROTLI_WINDOW: u32 = 22;
/// The buffer that brotli reads through, in bytes.
const BROTLI_BUFFER_BYTES: usize = 16 * 1024;

impl Coding {
    /// The best one that a client takes.
    pub(crate) fn of(request: &HeaderMap) -> Option<Self> {
        [Self::Brotli, Self::Gzip]
            .into_iter()
            .find(|coding| takes(request, coding.name()))
    }

    /// Its name in HTTP.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }
}

/// Whether content of that type and length gets smaller: pictures and fonts are packed as they are.
pub(crate) fn is_packable(content_type: &HeaderValue, length: usize) -> bool {
    let kind = content_type.to_str().unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default();
    let is_text = kind.starts_with("text/")
        || kind.ends_with("+xml")
        || kind.ends_with("+json")
        || [
            "application/json",
            "application/javascript",
            "application/xml",
            "application/wasm",
            "image/svg+xml",
        ]
        .contains(&kind);
    is_text && length >= BYTES_MIN
}

/// The content packed; none where that would not make it smaller.
pub(crate) fn pack(coding: Coding, bytes: &[u8]) -> Option<Bytes> {
    let packed = match coding {
        Coding::Brotli => brotli(bytes),
        Coding::Gzip => gzip(bytes),
    };
    let packed = packed.ok().filter(|packed| packed.len() < bytes.len())?;
    Some(packed.into())
}

fn brotli(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packed = Vec::with_capacity(bytes.len() / 3);
    let mut writer = brotli::CompressorWriter::new(
        &mut packed,
        BROTLI_BUFFER_BYTES,
        BROTLI_QUALITY,
        BROTLI_WINDOW,
    );
    writer.write_all(bytes)?;
    drop(writer);
    Ok(packed)
}

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut writer = GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes)?;
    writer.finish()
}

/// Whether the client names the coding, and not with the weight of nothing.
fn takes(request: &HeaderMap, name: &str) -> bool {
    let accepted = request.get_all(header::ACCEPT_ENCODING).iter();
    let mut codings = accepted
        .filter_map(|value| value.to_str().ok())
        .flat_map(|it| it.split(','));
    codings.any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let is_named = parts.next() == Some(name);
        let weight = parts.find_map(|part| part.strip_prefix("q="));
        is_named && weight.and_then(|weight| weight.parse().ok()) != Some(0.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepting(text: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(text))])
    }

    #[test]
    fn the_best_coding_that_a_client_takes_is_chosen() {
        assert_eq!(
            Coding::of(&accepting("gzip, deflate, br")),
            Some(Coding::Brotli)
        );
        assert_eq!(
            Coding::of(&accepting("gzip;q=0.5, br;q=0")),
            Some(Coding::Gzip)
        );
        assert_eq!(Coding::of(&accepting("identity")), None);
        assert_eq!(Coding::of(&HeaderMap::new()), None);
    }

    #[test]
    fn text_is_packed_and_pictures_are_not() {
        let kind = HeaderValue::from_static;
        assert!(is_packable(&kind("text/css; charset=utf-8"), 1_000));
        assert!(is_packable(&kind("image/svg+xml"), 1_000));
        assert!(!is_packable(&kind("image/png"), 1_000));
        assert!(!is_packable(&kind("text/css"), 10));
    }

    #[test]
    fn what_gets_no_smaller_stays() {
        let text = "a line of text\n".repeat(100);
        for coding in [Coding::Brotli, Coding::Gzip] {
            assert!(pack(coding, text.as_bytes()).unwrap().len() < 100);
            assert_eq!(pack(coding, b"xy"), None);
        }
    }
}
