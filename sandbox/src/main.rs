//! Serves the sandbox: `sandbox [--port N] [--root DIR] [--until-stdin-closes]`.
//!
//! Prints `ready http://127.0.0.1:<port>/` when every party listens. Binds 127.0.0.1 only.

mod account;
mod agent;
mod chat;
mod common;
mod desktop;
mod function;
mod glance;
mod landing;
mod options;
mod origins;
mod pages;
mod scenario;
mod shop;
mod studio;
mod tasks;
mod twilio_run;
mod unknown;

use std::{
    path::PathBuf,
    process::ExitCode,
    sync::{Arc, RwLock},
};

use axum::Router;
use tokio::net::TcpListener;

use crate::{options::Options, origins::Origins, scenario::Scenario, unknown::UnknownCalls};

/// What all parties share. Each party keeps its own state behind its own lock.
pub(crate) struct Sandbox {
    /// The project's root folder: `www/`, `functions/` and `sandbox/dist/` are below it.
    pub(crate) root: PathBuf,
    /// The script of Flex UI, below the root.
    pub(crate) flex: PathBuf,
    pub(crate) origins: Origins,
    scenario: RwLock<Scenario>,
    pub(crate) account: account::State,
    pub(crate) agent: agent::State,
    pub(crate) tasks: tasks::Board,
    pub(crate) unknown_calls: UnknownCalls,
    pub(crate) chat: chat::State,
    pub(crate) desktop: desktop::State,
    pub(crate) function: function::State,
    pub(crate) glance: glance::State,
}

impl Sandbox {
    /// A sandbox in which nothing has happened yet.
    fn new(root: PathBuf, flex: PathBuf, origins: Origins) -> Self {
        Self {
            root,
            flex,
            origins,
            scenario: RwLock::default(),
            account: account::State::default(),
            agent: agent::State::default(),
            tasks: tasks::Board::default(),
            unknown_calls: UnknownCalls::default(),
            chat: chat::State::default(),
            desktop: desktop::State::default(),
            function: function::State::default(),
            glance: glance::State::default(),
        }
    }

    /// The same for a test, without a folder and without ports.
    #[cfg(test)]
    pub(crate) fn for_test() -> Self {
        Self::new(PathBuf::new(), PathBuf::new(), Origins::new([0; 5]))
    }

    /// A copy of the present scenario.
    pub(crate) fn scenario(&self) -> Scenario {
        match self.scenario.read() {
            Ok(scenario) => scenario.clone(),
            Err(poisoned) => poisoned.into_inner().clone(),
        }
    }

    /// Puts another scenario in its place.
    pub(crate) fn change_scenario(&self, scenario: Scenario) {
        match self.scenario.write() {
            Ok(mut present) => *present = scenario,
            Err(poisoned) => *poisoned.into_inner() = scenario,
        }
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let options = match Options::parse(std::env::args_os()) {
        Ok(options) => options,
        Err(message) => {
            eprintln!("{message}");
            return ExitCode::from(2);
        }
    };
    match serve(options).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(options: Options) -> Result<(), String> {
    let listeners = bind(options.port).await?;
    let mut ports = [0; 5];
    for (port, listener) in ports.iter_mut().zip(&listeners) {
        *port = listener.local_addr().map_err(|error| error.to_string())?.port();
    }
    let sandbox = Arc::new(Sandbox::new(options.root, options.flex, Origins::new(ports)));
    account::begin(&sandbox);
    let _function_process = function::start(&sandbox)?;

    let routers: [Router; 5] = [
        landing::router(sandbox.clone()),
        desktop::router(sandbox.clone()),
        shop::router(sandbox.clone()),
        glance::router(sandbox.clone()),
        function::router(sandbox.clone()),
    ];
    for (listener, router) in listeners.into_iter().zip(routers) {
        tokio::spawn(async move { axum::serve(listener, router).await });
    }
    println!("ready {}/", sandbox.origins.landing);
    options.until.wait().await;
    Ok(())
}

/// Five neighbouring ports from `first` on, or five free ones if `first` is 0.
async fn bind(first: u16) -> Result<Vec<TcpListener>, String> {
    let mut listeners = Vec::with_capacity(5);
    for offset in 0..5 {
        let port = if first == 0 { 0 } else { first + offset };
        let listener = TcpListener::bind(("127.0.0.1", port)).await.map_err(|error| {
            format!("Port {port} of 127.0.0.1 cannot be used ({error}). Choose another first port with --port N; the sandbox takes five in a row.")
        })?;
        listeners.push(listener);
    }
    Ok(listeners)
}
