//! How much of a file is read.

/// Limits of every reader; over them stands a coded fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most bytes of a document.
    pub bytes: usize,
    /// Most bytes that the parts of an archive may unpack to, together.
    pub unpacked: u64,
    /// Most parts of an archive.
    pub parts: usize,
    /// Deepest nesting of elements or objects.
    pub depth: usize,
    /// Most pages.
    pub pages: usize,
    /// Most lines of a text.
    pub lines: usize,
    /// Most characters of a text, all lines together.
    pub characters: usize,
    /// Most files of a folder.
    pub files: usize,
}

impl Limits {
    /// What an office's documents never reach.
    pub const USUAL: Limits = Limits {
        bytes: 64 << 20,
        unpacked: 64 << 20,
        parts: 4_096,
        depth: 256,
        pages: 2_000,
        lines: 200_000,
        characters: 8_000_000,
        files: 20_000,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Limits::USUAL
    }
}
