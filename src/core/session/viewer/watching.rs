//! What becomes of a window or frame by itself: windows are looked at, frames are waited for, links run out.

use crate::core::{
    ids::ViewerId,
    session::viewer::{
        Attempt, FRAME_TIMEOUT_MS, Frame, Open, Place, Reach, Request, Viewer, WindowSight,
    },
    time::Now,
};

/// How often a window is looked at, in milliseconds: no event says that it was closed.
pub(super) const WINDOW_CHECK_MS: f64 = 1_000.0;

/// How often it is looked at while its page is on the way, in milliseconds.
pub(super) const OPENING_CHECK_MS: f64 = 100.0;

/// How long after its page was seen first a window is looked at again, in milliseconds. In Chromium 156 a
/// page cuts itself off within 20; an agent takes longer to close what has just come.
const SECOND_LOOK_MS: f64 = 300.0;

impl Viewer {
    pub(super) fn window_seen(
        &mut self,
        seen: ViewerId,
        sight: WindowSight,
        now: Now,
        requests: &mut Vec<Request>,
    ) {
        if let Some(Attempt::FetchingKey { place: Place::Window { id, look_at_ms }, .. }) =
            &mut self.attempt
            && *id == seen
        {
            match sight {
                WindowSight::Closed => self.cancel(requests),
                _ => *look_at_ms = now.after(WINDOW_CHECK_MS),
            }
            return;
        }
        let Some(Open::Window { id, reach, since, .. }) = &mut self.open else { return };
        if *id != seen {
            return;
        }
        match (&*reach, sight) {
            (Reach::OutOfReach, _) => {}
            (Reach::Opening { .. }, WindowSight::Blank) => {
                // A slow page is looked at as often as a loaded one.
                let is_slow = since.elapsed_ms(now) > FRAME_TIMEOUT_MS;
                let pause_ms = if is_slow { WINDOW_CHECK_MS } else { OPENING_CHECK_MS };
                *reach = Reach::Opening { look_at_ms: now.after(pause_ms), has_page: false };
            }
            (Reach::Opening { .. }, WindowSight::Closed) => *reach = Reach::OutOfReach,
            (Reach::Opening { has_page: false, .. }, WindowSight::Foreign) => {
                let look_at_ms = now.after(SECOND_LOOK_MS);
                *reach = Reach::Opening { look_at_ms, has_page: true };
            }
            (_, WindowSight::Blank | WindowSight::Foreign) => {
                *reach = Reach::Ours { look_at_ms: now.after(WINDOW_CHECK_MS) };
            }
            (Reach::Ours { .. }, WindowSight::Closed) => self.close(requests),
        }
    }

    pub(super) fn on_deadline(&mut self, now: Now, requests: &mut Vec<Request>) {
        match &mut self.attempt {
            Some(Attempt::FetchingKey { place: Place::Window { id, look_at_ms }, .. })
                if now.is_past(*look_at_ms) =>
            {
                *look_at_ms = now.after(WINDOW_CHECK_MS);
                requests.push(Request::LookAtWindow(*id));
            }
            Some(Attempt::Blocked { link, validity: Some(validity), .. })
                if link.is_some() && !validity.is_good(now) =>
            {
                *link = None;
            }
            _ => {}
        }
        match &mut self.open {
            Some(Open::Window { id, reach, .. }) => {
                if let Reach::Opening { look_at_ms, .. } | Reach::Ours { look_at_ms } = reach
                    && now.is_past(*look_at_ms)
                {
                    *look_at_ms = now.after(WINDOW_CHECK_MS);
                    requests.push(Request::LookAtWindow(*id));
                }
            }
            Some(Open::Panel { frame, .. }) => {
                if let Frame::Loading { deadline_ms } = frame
                    && now.is_past(*deadline_ms)
                {
                    *frame = Frame::Slow;
                }
            }
            _ => {}
        }
    }
}
