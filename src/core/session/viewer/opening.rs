//! How a viewer is opened: the blank window inside the click, the login key, and the ways round what fails.

use std::rc::Rc;

use crate::core::{
    ids::{Ids, ViewerId},
    login_key::{Credentials, LoginKeyFailure},
    session::{
        OpenTarget, ViewerRequest,
        viewer::{
            Attempt, FRAME_TIMEOUT_MS, Frame, Open, Place, Reach, Request, Viewer,
            watching::{OPENING_CHECK_MS, WINDOW_CHECK_MS},
        },
    },
    time::Now,
    viewer_url::ViewerUrl,
};

impl Viewer {
    /// Opens the viewer, or brings the one that is open to the front. Another key replaces what is being
    /// tried; the same one is under way already.
    pub(super) fn open(
        &mut self,
        request: Rc<ViewerRequest>,
        again: bool,
        now: Now,
        ids: &mut Ids,
        requests: &mut Vec<Request>,
    ) {
        if let Some(Attempt::FetchingKey { request: tried, .. }) = &self.attempt
            && tried.is_same_viewer(&request)
        {
            return;
        }
        match &self.open {
            Some(Open::Window { request: open, reach: Reach::OutOfReach, .. })
                if open.is_same_viewer(&request) && !again => {}
            Some(Open::Window { request: open, reach: Reach::OutOfReach, .. })
                if open.is_same_viewer(&request) =>
            {
                self.begin(request, now, ids, requests);
            }
            Some(Open::Window { request: open, .. } | Open::Panel { request: open, .. })
                if open.is_same_viewer(&request) =>
            {
                self.cancel(requests);
                self.bring_to_front(requests);
            }
            _ => self.begin(request, now, ids, requests),
        }
    }

    pub(super) fn begin(
        &mut self,
        request: Rc<ViewerRequest>,
        now: Now,
        ids: &mut Ids,
        requests: &mut Vec<Request>,
    ) {
        let has_blank_window =
            matches!(self.attempt, Some(Attempt::FetchingKey { place: Place::Window { .. }, .. }));
        let place = match request.target {
            OpenTarget::Flex => {
                if has_blank_window {
                    requests.push(Request::CloseWindow);
                }
                Place::Panel
            }
            target => {
                // One task, one window: opening takes the place of the one that is there.
                self.open.take_if(|open| matches!(open, Open::Window { .. }));
                let id = ids.issue();
                requests.push(Request::OpenWindow(id, target));
                Place::Window { id, look_at_ms: now.after(WINDOW_CHECK_MS) }
            }
        };
        requests.push(Request::LoginKey);
        self.attempt = Some(Attempt::FetchingKey { request, place });
    }

    pub(super) fn login_key(
        &mut self,
        outcome: Result<Credentials, LoginKeyFailure>,
        now: Now,
        ids: &mut Ids,
        requests: &mut Vec<Request>,
    ) {
        let Some(Attempt::FetchingKey { request, place }) = &self.attempt else { return };
        let (request, place) = (request.clone(), *place);
        let credentials = match outcome {
            Ok(credentials) => credentials,
            Err(failure) => {
                if matches!(place, Place::Window { .. }) {
                    requests.push(Request::CloseWindow);
                }
                self.attempt = Some(Attempt::Failed { request, failure });
                return;
            }
        };
        let url = request.url(Some(&credentials));
        self.attempt = None;
        match place {
            Place::Panel => {
                if matches!(self.open, Some(Open::Window { .. })) {
                    requests.push(Request::CloseWindow);
                }
                let id = ids.issue();
                requests.push(Request::ShowFrame(id, url));
                let frame = Frame::Loading { deadline_ms: now.after(FRAME_TIMEOUT_MS) };
                self.open = Some(Open::Panel { id, request, since: now.moment(), frame });
            }
            Place::Window { id, .. } => self.navigate(id, request, url, now, requests),
            Place::Refused => {
                let validity = Some(credentials.validity);
                self.attempt = Some(Attempt::Blocked { request, link: Some(url), validity });
            }
        }
    }

    /// Sends the blank window to the viewer.
    fn navigate(
        &mut self,
        id: ViewerId,
        request: Rc<ViewerRequest>,
        url: ViewerUrl,
        now: Now,
        requests: &mut Vec<Request>,
    ) {
        if matches!(self.open, Some(Open::Panel { .. })) {
            requests.push(Request::CloseFrame);
        }
        requests.push(Request::Navigate(id, url));
        let reach = Reach::Opening { look_at_ms: now.after(OPENING_CHECK_MS), has_page: false };
        self.open = Some(Open::Window { id, request, since: now.moment(), reach });
    }

    pub(super) fn window_refused(&mut self, refused: ViewerId) {
        match (&mut self.attempt, &self.open) {
            (Some(Attempt::FetchingKey { place, .. }), _) if matches!(&*place, Place::Window { id, .. } if *id == refused) =>
            {
                *place = Place::Refused;
            }
            // Only a viewer without a login key is sent on its way before the browser has answered.
            (None, Some(Open::Window { id, request, .. })) if *id == refused => {
                let (request, link) = (request.clone(), Some(request.url(None)));
                self.open = None;
                self.attempt = Some(Attempt::Blocked { request, link, validity: None });
            }
            _ => {}
        }
    }

    pub(super) fn sign_in(&mut self, now: Now, ids: &mut Ids, requests: &mut Vec<Request>) {
        let Some(Attempt::Failed { request, .. }) = &self.attempt else { return };
        let request = ViewerRequest {
            target: OpenTarget::Tab,
            without_panel: None,
            ..request.as_ref().clone()
        };
        self.open_without_key(request.into(), now, ids, requests);
    }

    pub(super) fn open_blocked(&mut self, now: Now, ids: &mut Ids, requests: &mut Vec<Request>) {
        match &self.attempt {
            Some(Attempt::Blocked { request, validity: Some(_), .. }) => {
                let request = request.clone();
                self.begin(request, now, ids, requests);
            }
            Some(Attempt::Blocked { request, validity: None, .. }) => {
                let request = request.clone();
                self.open_without_key(request, now, ids, requests);
            }
            _ => {}
        }
    }

    /// Opens a window where the agent signs in to Glance by hand.
    fn open_without_key(
        &mut self,
        request: Rc<ViewerRequest>,
        now: Now,
        ids: &mut Ids,
        requests: &mut Vec<Request>,
    ) {
        self.attempt = None;
        let (id, url) = (ids.issue(), request.url(None));
        requests.push(Request::OpenWindow(id, OpenTarget::Tab));
        self.navigate(id, request, url, now, requests);
    }

    pub(super) fn link_followed(&mut self, now: Now, ids: &mut Ids, requests: &mut Vec<Request>) {
        let Some(Attempt::Blocked { request, link: Some(_), .. }) = &self.attempt else { return };
        let request = request.clone();
        if matches!(self.open, Some(Open::Panel { .. })) {
            requests.push(Request::CloseFrame);
        }
        self.attempt = None;
        self.open = Some(Open::Window {
            id: ids.issue(),
            request,
            since: now.moment(),
            reach: Reach::OutOfReach,
        });
    }
}
