//! The agent's tasks: what TaskRouter, the visitor's site, the chats and the control API share.

mod board;
mod reservation;

pub(crate) use self::{
    board::{Board, NewTask, cancel_task, create_task, reserve, task_changes, task_state},
    reservation::{Channel, Event, Reservation, Status, Step},
};
