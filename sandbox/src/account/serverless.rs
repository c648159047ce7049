//! Twilio's Serverless API: which part answers what.

use super::{
    asked::{Answer, Asked},
    builds,
    deployments::Deployment,
    environments::{self, Environment},
    refusal::Refusal,
    running::Running,
    services::{self, Service},
    uploads::{self, Uploads},
    variables,
};
use crate::Sandbox;

/// * `build_fails`: whether a build that is made now will fail
///
/// # Errors
/// What Twilio refuses.
pub(super) fn answer(
    sandbox: &Sandbox,
    all: &mut Vec<Service>,
    build_fails: bool,
    asked: &Asked,
) -> Result<Answer, Refusal> {
    let method = asked.operation.method.as_str();
    let path = asked.operation.path.strip_prefix("/v1/Services").unwrap_or_default();
    if path.is_empty() {
        return match method {
            "GET" => Ok(Answer::List(all.iter().rev().map(Service::wire).collect())),
            _ => services::create(all, asked).map(Answer::Item),
        };
    }
    let own = path == "/{Sid}";
    let name = asked.parameter(if own { "Sid" } else { "ServiceSid" });
    let place = all.iter().position(|it| it.sid == name || own && it.unique_name == name);
    let place = place.ok_or_else(|| asked.not_found())?;
    if own && method == "DELETE" {
        all.remove(place);
        return Ok(Answer::Gone);
    }
    let service = &mut all[place];
    match path.strip_prefix("/{ServiceSid}") {
        None if method == "GET" => Ok(Answer::Item(service.wire())),
        None => Ok(Answer::Item(services::update(service, asked))),
        Some(path) if path.starts_with("/Functions") => {
            if path.ends_with("/Content") {
                return uploads::content(&mut service.functions, asked).map(Answer::Item);
            }
            of_uploads(&mut service.functions, &service.sid, asked)
        }
        Some(path) if path.starts_with("/Assets") => {
            of_uploads(&mut service.assets, &service.sid, asked)
        }
        Some(path) if path.starts_with("/Builds") => of_builds(service, build_fails, path, asked),
        Some(path) => of_environments(sandbox, service, path, asked),
    }
}

fn of_uploads(all: &mut Uploads, service: &str, asked: &Asked) -> Result<Answer, Refusal> {
    let method = asked.operation.method.as_str();
    let path = asked.operation.path.as_str();
    let is_single = path.ends_with("/{Sid}");
    if path.contains("/Versions") {
        return match (method, is_single) {
            ("GET", true) => all.fetch_version(asked).map(|it| Answer::Item(it.wire.clone())),
            ("GET", false) => all.versions(asked).map(Answer::List),
            _ => all.upload(asked).map(Answer::Item),
        };
    }
    match (method, is_single) {
        ("GET", false) => Ok(Answer::List(all.wires(service))),
        ("GET", true) => all.fetch(asked).map(Answer::Item),
        ("DELETE", _) => all.delete(asked).map(|()| Answer::Gone),
        (_, true) => all.update(asked).map(Answer::Item),
        (_, false) => Ok(Answer::Item(all.create(asked))),
    }
}

fn of_builds(
    service: &mut Service,
    fails: bool,
    path: &str,
    asked: &Asked,
) -> Result<Answer, Refusal> {
    let Service { builds, functions, assets, environments, .. } = service;
    match (asked.operation.method.as_str(), path) {
        ("GET", "/Builds") => {
            return Ok(Answer::List(builds.iter().rev().map(builds::Build::wire).collect()));
        }
        ("POST", _) => {
            return builds::create(builds, functions, assets, fails, asked).map(Answer::Item);
        }
        _ => {}
    }
    let sid = asked.parameter("Sid");
    let place = builds.iter().position(|it| it.sid == sid).ok_or_else(|| asked.not_found())?;
    if asked.operation.method == "DELETE" {
        if environments.iter().any(|it| it.build.as_deref() == Some(sid)) {
            return Err(Refusal::invalid("The build is deployed"));
        }
        builds.remove(place);
        return Ok(Answer::Gone);
    }
    let build = &mut builds[place];
    build.look();
    Ok(Answer::Item(if path.ends_with("/Status") { build.wire_status() } else { build.wire() }))
}

fn of_environments(
    sandbox: &Sandbox,
    service: &mut Service,
    path: &str,
    asked: &Asked,
) -> Result<Answer, Refusal> {
    let method = asked.operation.method.as_str();
    if path == "/Environments" {
        let all = &mut service.environments;
        return match method {
            "GET" => Ok(Answer::List(all.iter().rev().map(Environment::wire).collect())),
            _ => environments::create(all, &service.domain_base, asked).map(Answer::Item),
        };
    }
    let own = path == "/Environments/{Sid}";
    let sid = asked.parameter(if own { "Sid" } else { "EnvironmentSid" });
    let place = service.environments.iter().position(|it| it.sid == sid);
    let place = place.ok_or_else(|| asked.not_found())?;
    if own && method == "DELETE" {
        service.environments.remove(place);
        return Ok(Answer::Gone);
    }
    let environment = &mut service.environments[place];
    match path.strip_prefix("/Environments/{EnvironmentSid}") {
        None => Ok(Answer::Item(environment.wire())),
        Some("/Deployments") if method == "POST" => deploy(sandbox, service, place, asked),
        Some("/Deployments") => {
            let all = environment.deployments.iter().rev();
            Ok(Answer::List(all.map(|it| it.wire.clone()).collect()))
        }
        Some("/Deployments/{Sid}") => {
            let sid = asked.parameter("Sid");
            let found = environment.deployments.iter().find(|it| it.sid == sid);
            found.map(|it| Answer::Item(it.wire.clone())).ok_or_else(|| asked.not_found())
        }
        Some(path) => {
            let all = &mut environment.variables;
            let answer = match (method, path) {
                ("GET", "/Variables") => return Ok(Answer::List(variables::list(all))),
                ("GET", _) => return variables::fetch(all, asked).map(Answer::Item),
                ("DELETE", _) => variables::delete(all, asked).map(|()| Answer::Gone),
                (_, "/Variables") => variables::create(all, asked).map(Answer::Item),
                _ => variables::update(all, asked).map(Answer::Item),
            }?;
            // The next request finds the new value, without a deployment.
            environment.running.iter_mut().for_each(Running::end_functions);
            Ok(answer)
        }
    }
}

/// Activates a build in the environment at `place`.
fn deploy(
    sandbox: &Sandbox,
    service: &mut Service,
    place: usize,
    asked: &Asked,
) -> Result<Answer, Refusal> {
    let Some(sid) = asked.fields.text("BuildSid") else {
        return Err(Refusal::field("Missing required parameter BuildSid in the post body"));
    };
    let Some(build) = service.builds.iter().find(|build| build.sid == sid) else {
        return Err(Refusal::invalid(format!("There is no build {sid}")));
    };
    if build.status() != "completed" {
        return Err(Refusal::invalid(format!("Build {sid} is {}", build.status())));
    }
    let environment = &mut service.environments[place];
    // What ran ends first, so that two never run.
    environment.running = None;
    match Running::new(sandbox, &build.functions, &build.assets) {
        Ok(running) => environment.running = Some(running),
        Err(sentence) => {
            eprintln!("{sentence}");
            return Err(Refusal::internal());
        }
    }
    let deployment = Deployment::new(sid, asked);
    let wire = deployment.wire.clone();
    environment.build = Some(sid.to_owned());
    environment.updated = asked.now();
    environment.deployments.push(deployment);
    Ok(Answer::Item(wire))
}
