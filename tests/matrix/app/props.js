/** Props with which the component opens the stage's viewer, of a visitor with this ID. */
export function propsOf(visitor) {
  return {
    groupid: 20541,
    authurl: `${location.origin}/getloginkey`,
    authtoken: 'flex-token',
    openlocation: 'tab',
    glancebaseurl: 'production',
    puid: 'maria',
    hosts: { web: location.origin },
    task: { sid: `WR-${visitor}`, attributes: { glance_visitor_id: visitor } },
  };
}
