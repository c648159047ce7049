//! Elements that are not drawn by Yew.

use web_sys::{Document, Element};

/// Makes an element with these attributes. `None` if the browser refuses one.
pub fn create(document: &Document, name: &str, attributes: &[(&str, &str)]) -> Option<Element> {
    let element = document.create_element(name).ok()?;
    for (name, value) in attributes {
        element.set_attribute(name, value).ok()?;
    }
    Some(element)
}
