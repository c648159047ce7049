//! The watch over one visitor.

use flex_glance::core::{
    failure::Failure,
    obstacle::Obstacle,
    watch::{Command, Input, Watch, step},
    whereabouts::{Page, Whereabouts},
};

/// Takes the steps one after another, without jitter; the last state, and the last step's commands.
fn walk(inputs: impl IntoIterator<Item = Input>) -> (Watch, Vec<Command>) {
    let start = (Watch::default(), vec![]);
    inputs.into_iter().fold(start, |(watch, _), input| step(watch, input, 0.0))
}

fn cart() -> Page {
    Page::new(Some("https://shop.example/cart"), Some("Firefox"))
}

fn home() -> Page {
    Page::new(Some("https://shop.example/"), Some("Firefox"))
}

/// Connected, with the visitor in the cart.
fn here() -> Vec<Input> {
    vec![Input::Opened, Input::Found(Some(cart()))]
}

fn after(mut before: Vec<Input>, inputs: impl IntoIterator<Item = Input>) -> (Watch, Vec<Command>) {
    before.extend(inputs);
    walk(before)
}

#[test]
fn it_connects_once_presence_opens_and_checks_until_it_hears() {
    assert_eq!(Watch::default().whereabouts, Whereabouts::Checking);
    let (watch, commands) = walk([Input::Opened]);
    assert_eq!(watch.whereabouts, Whereabouts::Checking);
    assert_eq!(commands, [Command::Connect]);
    assert_eq!(walk([Input::Opened, Input::Opened]), (watch, vec![]));
}

#[test]
fn the_first_look_tells_where_the_visitor_is() {
    assert_eq!(walk(here()).0.whereabouts, Whereabouts::Here(cart()));
    let (watch, commands) = walk([Input::Opened, Input::Found(None)]);
    assert_eq!((watch.whereabouts, commands), (Whereabouts::Away, vec![]));
}

#[test]
fn a_visitor_who_arrives_is_here_at_once_and_looked_up_for_their_page() {
    let (watch, commands) = walk([Input::Opened, Input::Found(None), Input::Connected(true)]);
    assert_eq!(watch.whereabouts, Whereabouts::Here(Page::default()));
    assert_eq!(commands, [Command::LookUp]);
    let (watch, _) = step(watch, Input::Found(Some(home())), 0.0);
    assert_eq!(watch.whereabouts, Whereabouts::Here(home()));
}

#[test]
fn a_visitor_who_goes_to_another_page_never_seems_away() {
    let (watch, commands) = after(here(), [Input::Connected(false)]);
    assert_eq!(watch.whereabouts, Whereabouts::Here(cart()));
    assert_eq!(commands, [Command::SetAlarm(4_000)]);

    for back in [Input::Connected(true), Input::Moved(home())] {
        let (watch, _) = after(here(), [Input::Connected(false), back]);
        assert!(watch.whereabouts.is_here());
        let (watch, _) = step(watch, Input::Alarm, 0.0);
        assert!(watch.whereabouts.is_here());
    }
    assert_eq!(after(here(), [Input::Moved(home())]).0.whereabouts, Whereabouts::Here(home()));
}

#[test]
fn a_visitor_who_stays_away_is_away() {
    let (watch, commands) = after(here(), [Input::Connected(false), Input::Alarm]);
    assert_eq!((watch.whereabouts, commands), (Whereabouts::Away, vec![]));
    let (watch, _) = after(here(), [Input::Connected(false), Input::Found(None)]);
    assert_eq!(watch.whereabouts, Whereabouts::Away);
}

#[test]
fn a_word_that_comes_twice_asks_for_nothing() {
    let (once, _) = walk(here());
    for again in [Input::Found(Some(cart())), Input::Moved(cart()), Input::Connected(true)] {
        assert_eq!(step(once.clone(), again, 0.0), (once.clone(), vec![]));
    }
}

#[test]
fn a_broken_connection_is_made_again_after_a_while() {
    let (watch, commands) = after(here(), [Input::Broken]);
    assert_eq!(watch.whereabouts, Whereabouts::Unknown(Obstacle::Connection));
    assert_eq!(commands, [Command::Disconnect, Command::SetAlarm(1_000)]);
    let (watch, commands) = step(watch, Input::Alarm, 0.0);
    assert_eq!(commands, [Command::Connect]);
    assert_eq!(watch.whereabouts, Whereabouts::Unknown(Obstacle::Connection));
    let (watch, _) = step(watch, Input::Found(None), 0.0);
    assert_eq!(watch.whereabouts, Whereabouts::Away);
}

#[test]
fn a_connection_that_keeps_breaking_is_made_again_after_longer_and_longer() {
    let (mut watch, _) = walk([Input::Opened]);
    for wait_ms in [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000] {
        let (broken, commands) = step(watch, Input::Broken, 0.0);
        assert_eq!(commands, [Command::Disconnect, Command::SetAlarm(wait_ms)]);
        watch = step(broken, Input::Alarm, 0.0).0;
    }
    let (told, _) = step(watch, Input::Found(None), 0.0);
    let (_, commands) = step(told, Input::Broken, 0.0);
    assert_eq!(commands, [Command::Disconnect, Command::SetAlarm(1_000)]);
}

#[test]
fn jitter_shortens_the_wait_by_half_at_most() {
    let (watch, _) = walk([Input::Opened]);
    let (_, commands) = step(watch, Input::Broken, 1.0);
    assert_eq!(commands.last(), Some(&Command::SetAlarm(500)));
}

#[test]
fn what_a_broken_connection_still_tells_is_not_believed() {
    let (broken, _) = after(here(), [Input::Broken]);
    for late in [
        Input::Found(Some(home())),
        Input::Found(None),
        Input::Moved(home()),
        Input::Connected(true),
        Input::Connected(false),
        Input::Broken,
        Input::Opened,
    ] {
        assert_eq!(step(broken.clone(), late, 0.0), (broken.clone(), vec![]));
    }
}

#[test]
fn it_disconnects_when_presence_closes_and_says_why() {
    for obstacle in [Obstacle::Refused, Obstacle::Key(Failure::Network)] {
        for connected in [here(), [here(), vec![Input::Broken]].concat()] {
            let (watch, commands) = after(connected, [Input::Closed(Some(obstacle.clone()))]);
            assert_eq!(watch.whereabouts, Whereabouts::Unknown(obstacle.clone()));
            assert_eq!(commands, [Command::Disconnect]);
        }
        let (watch, commands) = walk([Input::Closed(Some(obstacle.clone()))]);
        assert_eq!((watch.whereabouts, commands), (Whereabouts::Unknown(obstacle), vec![]));
    }
}

#[test]
fn while_presence_is_closed_for_a_renewal_it_checks_and_then_connects_anew() {
    let (watch, commands) = after(here(), [Input::Closed(None)]);
    assert_eq!(watch.whereabouts, Whereabouts::Checking);
    assert_eq!(commands, [Command::Disconnect]);
    assert_eq!(step(watch, Input::Opened, 0.0).1, [Command::Connect]);
}

#[test]
fn an_alarm_of_before_the_connection_closed_does_nothing() {
    for before in [Input::Connected(false), Input::Broken] {
        let (closed, _) = after(here(), [before, Input::Closed(None)]);
        assert_eq!(step(closed.clone(), Input::Alarm, 0.0), (closed.clone(), vec![]));
        let (opened, _) = step(closed, Input::Opened, 0.0);
        assert_eq!(step(opened.clone(), Input::Alarm, 0.0), (opened, vec![]));
    }
}
