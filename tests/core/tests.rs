//! The core, machine by machine and as a whole desk. One program, so that it is compiled and linked once.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

mod authorization;
mod config;
mod connection;
mod desk_neighbours;
mod desk_notifications;
mod desk_policy;
mod desk_presence;
mod desk_privacy;
mod desk_restored;
mod desk_sessions;
mod desk_tasks;
mod desk_walk;
mod elapsed;
mod environment;
mod invitation;
mod invitation_table;
mod invite_by_link;
mod login_key;
mod login_key_cache;
mod login_key_reply;
mod origin;
mod policy;
mod presence;
mod presence_status;
mod printable;
mod props;
mod retry;
mod session;
mod session_facts;
mod session_key;
mod strings;
mod task;
mod theme;
mod time;
mod video;
mod viewer;
mod viewer_table;
mod viewer_url;
