//! What each state makes of each event.

use Request::{
    BringFrameToFront, BringWindowToFront, CancelLoginKey, CloseFrame, CloseWindow, LoginKey,
    LookAtWindow, Navigate, OpenWindow, ShowFrame,
};
use WindowSight::{Blank, Closed, Foreign};

use super::*;

type Change = (Event, Viewer, Vec<Request>);

/// The session of this request is asked for in a new window; `kept` stays until it is there.
fn to_window(event: Event, request: Rc<ViewerRequest>, kept: &Option<Open>) -> Change {
    let target = request.target;
    let next = viewer(fetching(request, blank(NEW, 1_000.0)), kept.clone());
    (event, next, vec![OpenWindow(NEW, target), LoginKey])
}

/// The session of this request is asked for in the panel; `kept` stays until it is there.
fn to_panel(event: Event, request: Rc<ViewerRequest>, kept: &Option<Open>) -> Change {
    (event, viewer(fetching(request, Place::Panel), kept.clone()), vec![LoginKey])
}

/// What opens a window, whatever else there is.
fn windows(kept: &Option<Open>) -> Vec<Change> {
    vec![
        to_window(open(ann(Window)), ann(Window), kept),
        to_window(open(typed(Tab)), typed(Tab), kept),
    ]
}

fn tabs(kept: &Option<Open>) -> Vec<Change> {
    vec![to_window(open(ann(Tab)), ann(Tab), kept), to_window(open_again(ann(Tab)), ann(Tab), kept)]
}

/// Each of the events leads to the same.
fn each(events: impl IntoIterator<Item = Event>, to: &Viewer, requests: &[Request]) -> Vec<Change> {
    events.into_iter().map(|event| (event, to.clone(), requests.to_vec())).collect()
}

fn row(from: Viewer, changes: impl IntoIterator<Item = Vec<Change>>) -> Row {
    let over = vec![CancelLoginKey, CloseWindow, CloseFrame];
    let mut changes = changes.into_iter().flatten().collect::<Vec<_>>();
    changes.push((Event::TaskOver, Viewer::default(), over));
    Row { from, changes }
}

pub(crate) fn table() -> Vec<Row> {
    [nothing_open(), window_open(), panel_open(), both()].into_iter().flatten().collect()
}

fn nothing_open() -> Vec<Row> {
    let closed = Viewer::default();
    let key = || Event::LoginKey(Ok(credentials()));
    let no_key = || Event::LoginKey(Err(refused()));
    let anew = || [tabs(&None), windows(&None), vec![to_panel(open(ann(Flex)), ann(Flex), &None)]];
    let link = || Some(with_key(&ann(Tab)));
    let late = viewer(blocked(ann(Tab), None), None);
    vec![
        row(closed.clone(), anew()),
        row(
            viewer(fetching(ann(Tab), blank(WINDOW, 0.0)), None),
            [
                windows(&None),
                each(
                    [open(ann(Flex))],
                    &viewer(fetching(ann(Flex), Place::Panel), None),
                    &[CloseWindow, LoginKey],
                ),
                each(
                    [key()],
                    &viewer(None, sent_window(WINDOW, ann(Tab))),
                    &[Navigate(WINDOW, with_key(&ann(Tab)))],
                ),
                each([no_key()], &viewer(failed(ann(Tab), refused()), None), &[CloseWindow]),
                each(
                    [Event::WindowRefused(WINDOW)],
                    &viewer(fetching(ann(Tab), Place::Refused), None),
                    &[],
                ),
                each(
                    [seen(Blank), seen(Foreign)],
                    &viewer(fetching(ann(Tab), blank(WINDOW, 1_000.0)), None),
                    &[],
                ),
                each([seen(Closed)], &closed, &[CancelLoginKey, CloseWindow]),
                each(give_up(), &closed, &[CancelLoginKey, CloseWindow]),
                each(ann_is_over(), &closed, &[CancelLoginKey, CloseWindow]),
                each(
                    [Event::Deadline],
                    &viewer(fetching(ann(Tab), blank(WINDOW, 1_000.0)), None),
                    &[LookAtWindow(WINDOW)],
                ),
            ],
        ),
        row(
            viewer(fetching(ann(Flex), Place::Panel), None),
            [
                tabs(&None),
                windows(&None),
                each(
                    [key()],
                    &viewer(None, new_panel(ann(Flex))),
                    &[ShowFrame(NEW, with_key(&ann(Flex)))],
                ),
                each([no_key()], &viewer(failed(ann(Flex), refused()), None), &[]),
                each(give_up(), &closed, &[CancelLoginKey]),
                each(ann_is_over(), &closed, &[CancelLoginKey]),
            ],
        ),
        row(
            viewer(fetching(ann(Tab), Place::Refused), None),
            [
                windows(&None),
                vec![to_panel(open(ann(Flex)), ann(Flex), &None)],
                each(
                    [key()],
                    &viewer(
                        Some(Attempt::Blocked {
                            request: ann(Tab),
                            link: link(),
                            validity: Some(credentials().validity),
                        }),
                        None,
                    ),
                    &[],
                ),
                each([no_key()], &viewer(failed(ann(Tab), refused()), None), &[]),
                each(give_up(), &closed, &[CancelLoginKey]),
                each(ann_is_over(), &closed, &[CancelLoginKey]),
            ],
        ),
        row(
            viewer(blocked(ann(Tab), link()), None),
            anew().into_iter().chain([
                each(give_up(), &closed, &[]),
                each(ann_is_over(), &closed, &[]),
                vec![to_window(Event::OpenBlocked, ann(Tab), &None)],
                each([Event::LinkFollowed], &viewer(None, linked_window(ann(Tab))), &[]),
                each([Event::Deadline], &late, &[]),
            ]),
        ),
        row(
            late.clone(),
            anew().into_iter().chain([
                each(give_up(), &closed, &[]),
                each(ann_is_over(), &closed, &[]),
                vec![to_window(Event::OpenBlocked, ann(Tab), &None)],
            ]),
        ),
        row(
            viewer(blocked_sign_in(ann(Tab)), None),
            anew().into_iter().chain([
                each(give_up(), &closed, &[]),
                each(ann_is_over(), &closed, &[]),
                each(
                    [Event::OpenBlocked],
                    &viewer(None, sent_window(NEW, ann(Tab))),
                    &[OpenWindow(NEW, Tab), Navigate(NEW, without_key(&ann(Tab)))],
                ),
                each([Event::LinkFollowed], &viewer(None, linked_window(ann(Tab))), &[]),
            ]),
        ),
        row(
            viewer(failed(ann(Tab), refused()), None),
            anew().into_iter().chain([
                each(give_up(), &closed, &[]),
                each(ann_is_over(), &closed, &[]),
                each([Event::Dismiss], &closed, &[]),
                each(
                    [Event::SignIn],
                    &viewer(None, sent_window(NEW, ann(Tab))),
                    &[OpenWindow(NEW, Tab), Navigate(NEW, without_key(&ann(Tab)))],
                ),
            ]),
        ),
    ]
}

fn window_open() -> Vec<Row> {
    let closed = Viewer::default();
    let row_of = |reach: Reach, own: Vec<Vec<Change>>| {
        let from = viewer(None, window(ann(Tab), reach));
        let shared = [
            windows(&None),
            vec![to_panel(open(ann(Flex)), ann(Flex), &from.open)],
            each([Event::WindowRefused(WINDOW)], &viewer(blocked_sign_in(ann(Tab)), None), &[]),
            each(
                [Event::Close, Event::CloseWaiting(ann(Tab)), Event::WindowGone(WINDOW)],
                &closed,
                &[CloseWindow],
            ),
        ];
        row(from, shared.into_iter().chain(own))
    };
    let to_front = [open(ann(Tab)), open_again(ann(Tab)), Event::BringToFront];
    let kept = |reach: Reach| viewer(None, window(ann(Tab), reach));
    vec![
        row_of(
            opening(0.0),
            vec![
                each(to_front.clone(), &kept(opening(0.0)), &[BringWindowToFront]),
                each([seen(Blank)], &kept(opening(100.0)), &[]),
                each([seen(Foreign)], &kept(opening_with_page(300.0)), &[]),
                each([seen(Closed)], &kept(Reach::OutOfReach), &[]),
                each([Event::Deadline], &kept(opening(1_000.0)), &[LookAtWindow(WINDOW)]),
            ],
        ),
        row_of(
            opening_with_page(0.0),
            vec![
                each(to_front.clone(), &kept(opening_with_page(0.0)), &[BringWindowToFront]),
                each([seen(Blank)], &kept(opening(100.0)), &[]),
                each([seen(Foreign)], &kept(ours(1_000.0)), &[]),
                each([seen(Closed)], &kept(Reach::OutOfReach), &[]),
                each([Event::Deadline], &kept(opening_with_page(1_000.0)), &[LookAtWindow(WINDOW)]),
            ],
        ),
        row_of(
            ours(0.0),
            vec![
                each(to_front, &kept(ours(0.0)), &[BringWindowToFront]),
                each([seen(Blank), seen(Foreign)], &kept(ours(1_000.0)), &[]),
                each([seen(Closed)], &closed, &[CloseWindow]),
                each([Event::Deadline], &kept(ours(1_000.0)), &[LookAtWindow(WINDOW)]),
            ],
        ),
        row_of(
            Reach::OutOfReach,
            vec![
                vec![to_window(open_again(ann(Tab)), ann(Tab), &None)],
                each([Event::Dismiss], &closed, &[]),
            ],
        ),
    ]
}

fn panel_open() -> Vec<Row> {
    let closed = Viewer::default();
    let gone = viewer(None, suspended(ann(Flex)));
    let row_of = |frame: Frame| {
        let from = viewer(None, panel(ann(Flex), frame));
        let changes = [
            tabs(&from.open),
            windows(&from.open),
            each([open(ann(Flex)), Event::BringToFront], &from, &[BringFrameToFront]),
            each([Event::PanelGone(PANEL)], &gone, &[CloseFrame]),
            each([Event::Close], &closed, &[CloseFrame]),
            each(ann_is_over(), &closed, &[CloseFrame]),
            each([Event::FrameLoaded(PANEL)], &viewer(None, panel(ann(Flex), Frame::Loaded)), &[]),
        ];
        row(from, changes)
    };
    let mut loading = row_of(Frame::Loading { deadline_ms: NOW.mono_ms });
    loading.changes.extend(each(
        [Event::Deadline],
        &viewer(None, panel(ann(Flex), Frame::Slow)),
        &[],
    ));
    let suspended = row(
        gone.clone(),
        [
            tabs(&gone.open),
            windows(&gone.open),
            vec![
                to_panel(open(ann(Flex)), ann(Flex), &gone.open),
                to_panel(Event::PanelBack, ann(Flex), &gone.open),
            ],
            each([Event::Close], &closed, &[]),
            each(ann_is_over(), &closed, &[]),
            each([Event::BringToFront], &gone, &[BringFrameToFront]),
        ],
    );
    vec![loading, row_of(Frame::Slow), row_of(Frame::Loaded), suspended]
}

/// Something is open while something else is being tried.
fn both() -> Vec<Row> {
    let key = || Event::LoginKey(Ok(credentials()));
    let no_key = || Event::LoginKey(Err(refused()));
    let closed = Viewer::default();
    let in_panel = panel(ann(Flex), Frame::Loaded);
    let back = viewer(None, in_panel.clone());
    let in_window = window(ann(Tab), ours(0.0));
    let gone = suspended(ann(Flex));

    let tab_over_panel = viewer(fetching(ann(Tab), blank(WINDOW, 0.0)), in_panel.clone());
    let looked_at = viewer(fetching(ann(Tab), blank(WINDOW, 1_000.0)), in_panel.clone());
    let give_back = [CancelLoginKey, CloseWindow];
    let give_all = [CancelLoginKey, CloseWindow, CloseFrame];
    let to_front = [CancelLoginKey, CloseWindow, BringFrameToFront];
    let fetching_over_panel = row(
        tab_over_panel.clone(),
        [
            windows(&in_panel),
            each([open(ann(Flex))], &back, &to_front),
            each(
                [key()],
                &viewer(None, sent_window(WINDOW, ann(Tab))),
                &[CloseFrame, Navigate(WINDOW, with_key(&ann(Tab)))],
            ),
            each(
                [no_key()],
                &viewer(failed(ann(Tab), refused()), in_panel.clone()),
                &[CloseWindow],
            ),
            each(
                [Event::WindowRefused(WINDOW)],
                &viewer(fetching(ann(Tab), Place::Refused), in_panel.clone()),
                &[],
            ),
            each([seen(Blank), seen(Foreign)], &looked_at, &[]),
            each([Event::Deadline], &looked_at, &[LookAtWindow(WINDOW)]),
            each([seen(Closed), Event::Cancel], &back, &give_back),
            each([Event::Close], &closed, &give_all),
            each(ann_is_over(), &closed, &give_all),
            each([Event::BringToFront], &tab_over_panel, &[BringFrameToFront]),
            each(
                [Event::PanelGone(PANEL)],
                &viewer(tab_over_panel.attempt.clone(), gone.clone()),
                &[CloseFrame],
            ),
        ],
    );
    // What is being tried by a typed key belongs to another session than what is open.
    let link = Some(with_key(&typed(Tab)));
    let over_panel = |attempt: Option<Attempt>, own: Vec<Vec<Change>>| {
        let from = viewer(attempt.clone(), in_panel.clone());
        let shared = [
            tabs(&in_panel),
            windows(&in_panel),
            each([open(ann(Flex))], &back, &[BringFrameToFront]),
            each([Event::Cancel], &back, &[]),
            each(typed_is_over(), &back, &[]),
            each([Event::Close], &closed, &[CloseFrame]),
            each(ann_is_over(), &viewer(attempt.clone(), None), &[CloseFrame]),
            each([Event::BringToFront], &from, &[BringFrameToFront]),
            each([Event::PanelGone(PANEL)], &viewer(attempt, gone.clone()), &[CloseFrame]),
        ];
        row(from, shared.into_iter().chain(own))
    };
    let blocked_over_panel = over_panel(
        blocked(typed(Tab), link),
        vec![
            vec![to_window(Event::OpenBlocked, typed(Tab), &in_panel)],
            each([Event::LinkFollowed], &viewer(None, linked_window(typed(Tab))), &[CloseFrame]),
            each([Event::Deadline], &viewer(blocked(typed(Tab), None), in_panel.clone()), &[]),
        ],
    );
    let sign_in = [OpenWindow(NEW, Tab), CloseFrame, Navigate(NEW, without_key(&typed(Tab)))];
    let failed_over_panel = over_panel(
        failed(typed(Tab), refused()),
        vec![
            each([Event::Dismiss], &back, &[]),
            each([Event::SignIn], &viewer(None, sent_window(NEW, typed(Tab))), &sign_in),
        ],
    );
    let panel_over_window = viewer(fetching(typed(Flex), Place::Panel), in_window.clone());
    let still_ours = viewer(panel_over_window.attempt.clone(), window(ann(Tab), ours(1_000.0)));
    let only_tried = viewer(panel_over_window.attempt.clone(), None);
    let only_window = viewer(None, in_window.clone());
    let fetching_over_window = row(
        panel_over_window.clone(),
        [
            each(
                [open(ann(Tab)), open_again(ann(Tab))],
                &only_window,
                &[CancelLoginKey, BringWindowToFront],
            ),
            windows(&None),
            vec![to_panel(open(ann(Flex)), ann(Flex), &in_window)],
            each(
                [key()],
                &viewer(None, new_panel(typed(Flex))),
                &[CloseWindow, ShowFrame(NEW, with_key(&typed(Flex)))],
            ),
            each([no_key()], &viewer(failed(typed(Flex), refused()), in_window.clone()), &[]),
            each([seen(Blank), seen(Foreign)], &still_ours, &[]),
            each(
                [seen(Closed), Event::CloseWaiting(ann(Tab)), Event::WindowGone(WINDOW)],
                &only_tried,
                &[CloseWindow],
            ),
            each([Event::Cancel], &only_window, &[CancelLoginKey]),
            each(typed_is_over(), &only_window, &[CancelLoginKey]),
            each([Event::Close], &closed, &[CancelLoginKey, CloseWindow]),
            each([Event::BringToFront], &panel_over_window, &[BringWindowToFront]),
            each([Event::Deadline], &still_ours, &[LookAtWindow(WINDOW)]),
        ],
    );
    let reopening = viewer(fetching(ann(Flex), Place::Panel), gone.clone());
    let fetching_while_suspended = row(
        reopening.clone(),
        [
            tabs(&gone),
            windows(&gone),
            each(
                [key()],
                &viewer(None, new_panel(ann(Flex))),
                &[ShowFrame(NEW, with_key(&ann(Flex)))],
            ),
            each([no_key()], &viewer(failed(ann(Flex), refused()), gone.clone()), &[]),
            each([Event::Cancel], &viewer(None, gone.clone()), &[CancelLoginKey]),
            each([Event::Close], &closed, &[CancelLoginKey]),
            each(ann_is_over(), &closed, &[CancelLoginKey]),
            each([Event::BringToFront], &reopening, &[BringFrameToFront]),
        ],
    );
    vec![
        fetching_over_panel,
        blocked_over_panel,
        failed_over_panel,
        fetching_over_window,
        fetching_while_suspended,
    ]
}
