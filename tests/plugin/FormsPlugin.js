import { FlexPlugin } from '@twilio/flex-plugin';
import { registerCrmContainer, registerTaskCanvasHeader, TwilioFlexGlance } from 'flex-glance';
import { doctor } from 'flex-glance/doctor';
import * as external from 'flex-glance/external';
import React from 'react';

import { startTabbedCrmContainer } from './TabbedCrmContainer';

/** Puts the component into Flex in each way that is documented, as `ui_attributes.glance.form` says. */
const FORMS = {
  /** The vendor's header form, with no panel of ours. */
  header(flex, manager, props) {
    flex.TaskCanvasHeader.Content.add(<TwilioFlexGlance key="glance" {...props} />, {
      sortOrder: -1,
    });
  },

  /** The same inside a component of the author's, which reads the visitor's ID off the task. */
  'header-by-task'(flex, manager, props) {
    flex.TaskCanvasHeader.Content.add(<ByTask key="glance" {...props} />, { sortOrder: -1 });
  },

  /** The same where another plugin owns the panel. */
  'header-and-other-panel'(flex, manager, props) {
    flex.CRMContainer.Content.replace(<p key="other">Another plugin's panel</p>);
    FORMS.header(flex, manager, props);
  },

  /** The vendor's panel form. */
  panel(flex, manager, props) {
    flex.CRMContainer.Content.replace(<TwilioFlexGlance key="glance" {...props} />, {});
  },

  'header-and-panel'(flex, manager, props) {
    FORMS.header(flex, manager, props);
    FORMS.panel(flex, manager, props);
  },

  'register-panel'(flex, manager, props) {
    registerCrmContainer(flex, manager, props, { replace: true });
  },

  /** Props that change while the component is mounted. */
  changing(flex, manager, props) {
    flex.TaskCanvasHeader.Content.add(<Changing key="glance" {...props} />, { sortOrder: -1 });
  },

  /** Registered, taken back and registered again as the page says. */
  registered(flex, manager, props) {
    FORMS['registered-later'](flex, manager, props);
    window.glanceRegistration.begin();
  },

  /** Not before the page says so, and then with other settings if it gives some. */
  'registered-later'(flex, manager, props) {
    let takeBack;
    window.glanceRegistration = {
      begin(settings) {
        const given = settings ? propsOf(manager, settings) : props;
        takeBack = registerTaskCanvasHeader(flex, manager, given);
      },
      end() {
        takeBack();
      },
    };
  },

  /** Two copies of the package, as two plugins bring them; the second opens viewers in a place of its own. */
  'two-copies'(flex, manager, props) {
    registerTaskCanvasHeader(flex, manager, props);
    external.registerTaskCanvasHeader(flex, manager, { ...props, openlocation: 'flex' });
    external.registerCrmContainer(flex, manager, props);
  },

  /** Two copies of which the first is taken back when the page says so. */
  'second-copy'(flex, manager, props) {
    window.endFirstCopy = external.registerTaskCanvasHeader(flex, manager, props);
    registerTaskCanvasHeader(flex, manager, props);
  },

  /** A second copy in the vendor's form. */
  'second-copy-by-hand'(flex, manager, props) {
    FORMS.header(flex, manager, props);
    const { TwilioFlexGlance: Second } = external;
    flex.TaskCanvasHeader.Content.add(<Second key="second" {...props} />);
  },

  /** One copy, registered twice. */
  'registered-twice'(flex, manager, props) {
    registerTaskCanvasHeader(flex, manager, props);
    registerTaskCanvasHeader(flex, manager, props);
  },

  /** Where another plugin has put the panel into tabs, of which it is not the first. */
  tabs(flex, manager, props) {
    const { CRMContainer, Tab, Tabs } = flex;
    flex.AgentDesktopView.Panel2.Content.replace(
      <Tabs key="tabs">
        <Tab key="notes" uniqueName="notes" label="Notes">
          Notes of the shop
        </Tab>
        <Tab key="crm" uniqueName="crm" label="CRM">
          <CRMContainer key="container" />
        </Tab>
      </Tabs>,
    );
    registerTaskCanvasHeader(flex, manager, props);
  },

  /** In a desktop of Twilio's project template, whose plugin starts first; taken back as the page says. */
  template(flex, manager, { container, ...props }) {
    startTabbedCrmContainer(flex, manager, container);
    FORMS.registered(flex, manager, props);
  },

  /** The same where ours starts first. */
  'before-template'(flex, manager, props) {
    FORMS.registered(flex, manager, props);
    startTabbedCrmContainer(flex, manager);
  },

  'template-and-panel'(flex, manager, props) {
    startTabbedCrmContainer(flex, manager);
    registerCrmContainer(flex, manager, props);
  },

  'template-and-header'(flex, manager, props) {
    startTabbedCrmContainer(flex, manager);
    FORMS.header(flex, manager, props);
  },

  /** Where another plugin hides the panel. */
  'hidden-panel'(flex, manager, props) {
    flex.AgentDesktopView.defaultProps.showPanel2 = false;
    registerTaskCanvasHeader(flex, manager, props);
  },

  /** Where another plugin has taken the panel's content out. */
  'removed-panel'(flex, manager, props) {
    flex.AgentDesktopView.Panel2.Content.remove('container');
    registerTaskCanvasHeader(flex, manager, props);
  },

  /** With a task that is none of the agent's in the place of the selected one. */
  foreign(flex, manager, props) {
    const task = { sid: 'WR0', attributes: { glance_visitor_id: 'somebody-1' } };
    const header = <TwilioFlexGlance key="glance" {...props} task={task} />;
    flex.TaskCanvasHeader.Content.add(header, { sortOrder: -1 });
  },

  /** What the doctor tells of its neighbours. */
  'registered-beside-a-copy'(flex, manager, props) {
    registerTaskCanvasHeader(flex, manager, props);
    external.registerTaskCanvasHeader(flex, manager, props);
  },

  'changing-and-hidden-panel'(flex, manager, props) {
    flex.AgentDesktopView.defaultProps.showPanel2 = false;
    FORMS.changing(flex, manager, props);
  },

  'changing-and-removed-panel'(flex, manager, props) {
    flex.AgentDesktopView.Panel2.Content.remove('container');
    FORMS.changing(flex, manager, props);
  },

  /** Registered and taken back at once. */
  unregistered(flex, manager, props) {
    registerTaskCanvasHeader(flex, manager, props)();
    registerCrmContainer(flex, manager, props)();
  },
};

function ByTask(props) {
  return <TwilioFlexGlance {...props} visitorid={props.task.attributes.crm_id} />;
}

/** Lays over its props what the page's `glance-props` events bring; one without anything takes it off. */
class Changing extends React.Component {
  constructor(props) {
    super(props);
    this.state = { over: {} };
    this.change = ({ detail }) =>
      this.setState(({ over }) => ({ over: detail ? { ...over, ...detail } : {} }));
  }

  componentDidMount() {
    window.addEventListener('glance-props', this.change);
  }

  componentWillUnmount() {
    window.removeEventListener('glance-props', this.change);
  }

  render() {
    return <TwilioFlexGlance {...this.props} {...this.state.over} />;
  }
}

/** The props that settings mean, with what the page notes of sessions. */
function propsOf(manager, settings) {
  const {
    with_doctor: withDoctor,
    visitor_attribute: attribute,
    asks_flex: asksFlex,
    ...others
  } = settings;
  const { token, identity } = manager.user;
  const sessions = (window.glanceSessions = []);
  return {
    authtoken: asksFlex ? () => manager.user.token : token,
    puid: asksFlex ? () => manager.user.identity : identity,
    visitorid: attribute ? (task) => task.attributes[attribute] : undefined,
    onsessionstart: (session) => sessions.push(['start', session]),
    onsessionend: (session) => sessions.push(['end', session]),
    doctor: withDoctor ? doctor : undefined,
    ...others,
  };
}

export default class FormsPlugin extends FlexPlugin {
  constructor() {
    super('FormsPlugin');
  }

  init(flex, manager) {
    const { form, ...settings } = manager.serviceConfiguration.ui_attributes.glance;
    FORMS[form](flex, manager, propsOf(manager, settings));
  }
}
