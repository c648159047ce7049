//! Elements as data: a tag, attributes, children.
//!
//! `html!` writes the making of every element out anew, some three hundred bytes each. Here one
//! function makes them all.

use yew::{
    AttrValue, Html, NodeRef,
    virtual_dom::{AttributeOrProperty, Attributes, VList, VTag, VText},
};

/// An element's attributes: the names it may have, and their values now. Yew compares two renderings
/// value by value if both have the same names, as those of one [`attributes!`] do.
pub(super) struct Named {
    pub(super) names: &'static [&'static str],
    pub(super) values: Box<[Option<AttributeOrProperty>]>,
}

/// Names attributes with their values: a [`Value`] each.
macro_rules! attributes {
    ($($name:literal: $value:expr),* $(,)?) => {
        $crate::ui::element::Named {
            names: &[$($name),*],
            values: Box::new([$($crate::ui::element::Value::of($value)),*]),
        }
    };
}
pub(super) use attributes;

/// What an attribute can be set to; `None` leaves it out.
pub(super) trait Value {
    fn of(self) -> Option<AttributeOrProperty>;
}

impl Value for &'static str {
    fn of(self) -> Option<AttributeOrProperty> {
        Some(AttributeOrProperty::Static(self))
    }
}

impl Value for AttrValue {
    fn of(self) -> Option<AttributeOrProperty> {
        Some(AttributeOrProperty::Attribute(self))
    }
}

impl Value for String {
    fn of(self) -> Option<AttributeOrProperty> {
        AttrValue::from(self).of()
    }
}

impl<T: Value> Value for Option<T> {
    fn of(self) -> Option<AttributeOrProperty> {
        self.and_then(Value::of)
    }
}

/// An element.
pub(super) fn element(tag: &'static str, named: Named, children: Vec<Html>) -> Html {
    known_element(None, &NodeRef::default(), tag, named, children)
}

/// An element that `node` refers to. With another `key` it is another element, which takes neither
/// the old one's place nor its focus.
pub(super) fn known_element(
    key: Option<&'static str>,
    node: &NodeRef,
    tag: &'static str,
    named: Named,
    children: Vec<Html>,
) -> Html {
    let mut made = VTag::new(tag);
    made.key = key.map(Into::into);
    made.node_ref = node.clone();
    made.attributes = Attributes::Dynamic { keys: named.names, values: named.values };
    if let Some(inside) = made.children_mut() {
        *inside = list(children);
    }
    made.into()
}

/// Words. Not `into`, by which Yew would format them.
pub(super) fn words(text: impl Into<AttrValue>) -> Html {
    VText::new(text).into()
}

/// Several nodes in the place of one.
pub(super) fn list(children: Vec<Html>) -> Html {
    VList::with_children(children, None).into()
}
