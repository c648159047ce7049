/** The picture of the visitor's own camera, in a session with video. It goes nowhere else. */
export class SelfView {
  #element;
  #isOn = false;
  #stream;

  /** @param {HTMLVideoElement} element */
  constructor(element) {
    this.#element = element;
  }

  /** Extra calls are harmless. @returns {Promise<boolean>} Whether the camera may be used. */
  async start() {
    if (this.#isOn) {
      return true;
    }
    this.#isOn = true;
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: true });
    } catch {
      this.#isOn = false;
      return false;
    }
    if (!this.#isOn) {
      release(stream);
      return true;
    }
    this.#stream = stream;
    this.#element.srcObject = stream;
    this.#element.hidden = false;
    return true;
  }

  /** Lets the camera go. Extra calls are harmless. */
  stop() {
    this.#isOn = false;
    this.#element.hidden = true;
    this.#element.srcObject = null;
    release(this.#stream);
    this.#stream = undefined;
  }
}

function release(stream) {
  stream?.getTracks().forEach((track) => track.stop());
}
