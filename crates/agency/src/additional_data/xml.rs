//! A small tree of elements, written by quick-xml. What XML 1.0 cannot hold in any spelling (section 2.2:
//! most control characters) is replaced, so that a document is well formed whatever a person wrote.

use std::io;

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};

/// An element with its attributes and either text or elements in it.
pub(super) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    text: Option<String>,
    children: Vec<Element>,
}

impl Element {
    pub(super) fn new(name: &'static str) -> Self {
        Element {
            name,
            attributes: Vec::new(),
            text: None,
            children: Vec::new(),
        }
    }

    /// An element that holds text alone.
    pub(super) fn text(name: &'static str, text: impl Into<String>) -> Self {
        Element {
            text: Some(text.into()),
            ..Element::new(name)
        }
    }

    pub(super) fn name(&self) -> &'static str {
        self.name
    }

    pub(super) fn attribute(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    pub(super) fn child(mut self, child: Element) -> Self {
        self.children.push(child);
        self
    }

    pub(super) fn children(mut self, children: impl IntoIterator<Item = Element>) -> Self {
        self.children.extend(children);
        self
    }

    /// The document with this root, UTF-8, indented.
    pub(super) fn to_document(&self) -> String {
        let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
        let declaration = Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None));
        let written = writer
            .write_event(declaration)
            .and_then(|()| self.write(&mut writer));
        written.expect("memory takes every byte");
        let mut text = String::from_utf8(writer.into_inner()).expect("every text written is UTF-8");
        text.push('\n');
        text
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
        let cleaned: Vec<(&str, String)> = self
            .attributes
            .iter()
            .map(|(name, value)| (*name, legal(value)))
            .collect();
        let attributes = cleaned.iter().map(|(name, value)| (*name, value.as_str()));
        let element = writer.create_element(self.name).with_attributes(attributes);
        match &self.text {
            Some(text) => element
                .write_text_content(BytesText::new(&legal(text)))
                .map(drop),
            None if self.children.is_empty() => element.write_empty().map(drop),
            None => element
                .write_inner_content(|writer| {
                    self.children
                        .iter()
                        .try_for_each(|child| child.write(writer))
                })
                .map(drop),
        }
    }
}

/// The text with what is no character of XML 1.0 replaced by U+FFFD.
fn legal(text: &str) -> String {
    let is_legal = |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    text.chars()
        .map(|c| {
            if is_legal(c) {
                c
            } else {
                char::REPLACEMENT_CHARACTER
            }
        })
        .collect()
}
