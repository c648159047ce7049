// A stable ID of this visitor. Glance takes it as the session key of a session started here, and
// the chat hands it to the agent's desktop.
{
  let visitorid = localStorage.getItem('visitor-id');
  if (!visitorid) {
    const bytes = crypto.getRandomValues(new Uint8Array(8));
    visitorid = `V${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
    localStorage.setItem('visitor-id', visitorid);
  }
  window.GLANCE_COBROWSE = { visitorid };
}
