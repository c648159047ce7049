//! What a source file imports and re-exports.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::tokens::{Token, tokens};

/// Names from the crate's root on; the root itself has none.
pub(crate) type ModulePath = Vec<String>;

/// One file and what it says of others.
pub(crate) struct Source {
    /// From `src` on.
    pub(crate) file: String,
    pub(crate) module: ModulePath,
    pub(crate) imports: Vec<Import>,
    /// The name by which others find an item here, and where it is.
    pub(crate) re_exports: Vec<(String, ModulePath)>,
}

/// A path to an item, or to a module.
pub(crate) struct Import {
    pub(crate) line: usize,
    pub(crate) path: ModulePath,
}

impl Source {
    pub(crate) fn new(file: &str, text: &str) -> Self {
        let module = module_of(file);
        let mut reader = Reader {
            tokens: tokens(text),
            at: 0,
            inner: Vec::new(),
            depth: 0,
            source: Self {
                file: file.to_owned(),
                module,
                imports: Vec::new(),
                re_exports: Vec::new(),
            },
        };
        reader.read();
        reader.source
    }
}

/// All `.rs` files in and below a folder.
pub(crate) fn read_sources(folder: &Path) -> io::Result<Vec<Source>> {
    let mut files = Vec::new();
    collect(folder, &mut files)?;
    files.sort();
    files
        .iter()
        .map(|path| {
            let file = path.strip_prefix(folder).unwrap_or(path).to_string_lossy();
            Ok(Source::new(&file.replace('\\', "/"), &fs::read_to_string(path)?))
        })
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|it| it == "rs") {
            files.push(path);
        }
    }
    Ok(())
}

/// `a/b.rs` and `a/b/mod.rs` are `a::b`; `lib.rs` and `main.rs` are the root.
fn module_of(file: &str) -> ModulePath {
    let mut names: Vec<_> = file.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    let last = names.last().map(String::as_str);
    let is_root = names.len() == 1 && matches!(last, Some("lib" | "main"));
    if is_root || last == Some("mod") {
        names.pop();
    }
    names
}

struct Reader<'a> {
    tokens: Vec<Token<'a>>,
    at: usize,
    /// The inline modules around, each with the depth of braces inside it.
    inner: Vec<(String, usize)>,
    depth: usize,
    source: Source,
}

impl<'a> Reader<'a> {
    fn read(&mut self) {
        while let Some(text) = self.peek(0) {
            match text {
                "{" => self.depth += 1,
                "}" => {
                    if self.inner.last().is_some_and(|(_, depth)| *depth == self.depth) {
                        self.inner.pop();
                    }
                    self.depth = self.depth.saturating_sub(1);
                }
                "mod" if self.peek(2) == Some("{") => {
                    let name = self.peek(1).unwrap_or_default().to_owned();
                    self.depth += 1;
                    self.inner.push((name, self.depth));
                    self.at += 2;
                }
                "use" => {
                    let is_public = self.is_public();
                    self.at += 1;
                    self.tree(Vec::new(), true, is_public);
                    continue;
                }
                "crate" | "super" | "self" if self.peek(1) == Some("::") => {
                    self.tree(Vec::new(), false, false);
                    continue;
                }
                _ => {}
            }
            self.at += 1;
        }
    }

    fn peek(&self, ahead: usize) -> Option<&'a str> {
        self.tokens.get(self.at + ahead).map(|token| token.text)
    }

    /// Whether `pub` or `pub(…)` stands before this token.
    fn is_public(&self) -> bool {
        let before: Vec<_> = self.tokens[..self.at].iter().rev().map(|it| it.text).collect();
        match before.first() {
            Some(&"pub") => true,
            Some(&")") => {
                let open = before.iter().position(|it| *it == "(").unwrap_or_default();
                before.get(open + 1) == Some(&"pub")
            }
            _ => false,
        }
    }

    /// Reads `a::b::{c, d::*, e as f}` behind the names of `path`.
    fn tree(&mut self, mut path: Vec<&'a str>, is_use: bool, is_public: bool) {
        let line = self.tokens.get(self.at).map_or(0, |token| token.line);
        if is_use && path.is_empty() && self.peek(0) == Some("::") {
            self.at += 1;
        }
        loop {
            match self.peek(0) {
                Some("{") if is_use => {
                    self.at += 1;
                    while self.peek(0).is_some_and(|it| it != "}") {
                        self.tree(path.clone(), is_use, is_public);
                        if self.peek(0) == Some(",") {
                            self.at += 1;
                        }
                    }
                    self.at += 1;
                    return;
                }
                Some("*") if is_use => {
                    self.at += 1;
                    break;
                }
                Some("self") if is_use && !path.is_empty() => self.at += 1,
                Some(name) if is_name(name) => {
                    path.push(name);
                    self.at += 1;
                }
                _ => break,
            }
            if self.peek(0) != Some("::") {
                break;
            }
            self.at += 1;
        }
        let mut name = path.last().copied().unwrap_or_default();
        if is_use && self.peek(0) == Some("as") {
            name = self.peek(1).unwrap_or_default();
            self.at += 2;
        }
        if let Some(absolute) = self.absolute(&path) {
            if is_public && self.inner.is_empty() {
                self.source.re_exports.push((name.to_owned(), absolute.clone()));
            }
            self.source.imports.push(Import { line, path: absolute });
        } else if self.peek(0).is_some_and(|it| is_use && ![",", "}", ";"].contains(&it)) {
            // Nothing that can be read; go on behind it.
            self.at += 1;
        }
    }

    /// The path from the root on. One that starts with another name is taken for a child's: if there
    /// is no such child, it is another crate's and leads nowhere.
    fn absolute(&self, path: &[&str]) -> Option<ModulePath> {
        let mut here = self.source.module.clone();
        here.extend(self.inner.iter().map(|(name, _)| name.clone()));
        let mut names = path.iter().peekable();
        match **names.peek()? {
            "crate" => {
                here.clear();
                names.next();
            }
            "self" => {
                names.next();
            }
            _ => {}
        }
        while names.next_if(|name| **name == "super").is_some() {
            here.pop();
        }
        here.extend(names.map(|name| (*name).to_owned()));
        Some(here)
    }
}

fn is_name(text: &str) -> bool {
    text.starts_with(|it: char| it.is_alphabetic() || it == '_') && text != "as"
}
