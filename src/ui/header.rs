//! The component in the header of Flex's task canvas: icons where words have no room, messages below it.

use yew::prelude::*;

use crate::{
    core::{desk::Slot, strings::Text},
    ui::surface::SurfaceProperties,
};

#[component]
pub(super) fn Header(props: &SurfaceProperties) -> Html {
    props.render(Slot::Header, Text::Region)
}
