//! The component's bar in a panel, above the viewer.

use yew::prelude::*;

use crate::{
    core::{desk::Slot, strings::Text},
    ui::surface::SurfaceProperties,
};

#[component]
pub(super) fn Panel(props: &SurfaceProperties) -> Html {
    props.render(Slot::Panel, Text::RegionPanel)
}
