// A stand-in for the tabbed container that Twilio's Flex project template puts into the second panel by
// default (feature `enhanced_crm_container`). Wording and code are its own; the tabs are no Paste.
//
// As in the template's source (twilio-professional-services/flex-project-template at fbd5594, folder
// `feature-library/enhanced-crm-container`):
// - it replaces the content of CRMContainer, with `sortOrder: 1`;
// - it renders one group of tabs for each task without `attributes.parentTask` and one for no task, keeps
//   all of them mounted, and hides those that are neither the selected task's nor its parent's;
// - each group asks for its tabs as it mounts: `LoadCRMContainerTabs {task, components: []}`. Listeners of
//   `before…` set `components` anew, with `{title, order, component}`; the group hears `after…`, sorts by
//   `order` (999 without one), and hears it again whenever somebody invokes the Action for its task;
// - both Actions do nothing themselves and are registered once all plugins are initialized;
// - one tab is its own, with a frame, and comes first;
// - contents of tabs stay mounted, and are laid out as its Paste elements are.
//
// As measured in Chromium with the same markup of `@twilio-paste/core` 15.3.1: the ids of tabs and contents
// are numbers, the same in each group, so `SelectCRMContainerTab {title}`, which selects the id
// `crm-tab-<title>`, selects nothing. `selects: true` makes it do what the template's page promises: select
// the tab of this title, in every group that has one.
import React, { useEffect, useState } from 'react';

const LOAD = 'LoadCRMContainerTabs';
const SELECT = 'SelectCRMContainerTab';
const GROW = { display: 'flex', flex: '1 0 auto', width: '100%' };

export function startTabbedCrmContainer(
  flex,
  manager,
  { selects = false, speaksAria = true } = {},
) {
  const Group = flex.withTaskContext(TaskTabs);

  function Groups() {
    const tasks = flex.useFlexSelector((state) => state.flex.worker.tasks);
    const parents = Array.from(tasks.values()).filter(({ attributes }) => !attributes.parentTask);
    return (
      <>
        {parents.map((task) => (
          <Group thisTask={task} key={task.taskSid} />
        ))}
        <Group key="no-task" />
      </>
    );
  }

  function TaskTabs({ thisTask, task }) {
    const [tabs, setTabs] = useState([]);
    const [selected, select] = useState(0);
    useEffect(() => {
      const loaded = (payload) => {
        if (sidOf(payload.task) !== sidOf(thisTask)) return;
        const { components } = payload;
        setTabs(components.sort((a, b) => (a.order ?? 999) - (b.order ?? 999)));
      };
      flex.Actions.addListener(`after${LOAD}`, loaded);
      flex.Actions.invokeAction(LOAD, { task: thisTask, components: [] });
      return () => flex.Actions.removeListener(`after${LOAD}`, loaded);
    }, []);
    useEffect(() => {
      if (!selects) return undefined;
      const chosen = ({ title }) => {
        const at = tabs.findIndex((tab) => tab.title === title);
        if (at >= 0) select(at);
      };
      flex.Actions.addListener(`after${SELECT}`, chosen);
      return () => flex.Actions.removeListener(`after${SELECT}`, chosen);
    });
    const isChild = thisTask && task && task.attributes.parentTask === thisTask.sid;
    const isShown = sidOf(task) === sidOf(thisTask) || isChild;
    const named = (role, more) => (speaksAria ? { role, ...more } : {});
    return (
      <div style={{ display: isShown ? 'flex' : 'none', flex: '1 0 auto' }}>
        <div data-paste-element="CRM_TABS" style={{ ...GROW, flexDirection: 'column' }}>
          <div {...named('tablist', { 'aria-label': 'CRM tabs' })}>
            {tabs.map(({ title }, at) => (
              <button
                key={title}
                id={`crm-${at + 1}`}
                {...named('tab', {
                  'aria-selected': at === selected,
                  'aria-controls': `crm-${tabs.length + at + 1}`,
                })}
                onClick={() => select(at)}
              >
                {title}
              </button>
            ))}
          </div>
          <div style={GROW}>
            {tabs.map(({ title, component }, at) => (
              <div
                key={title}
                id={`crm-${tabs.length + at + 1}`}
                {...named('tabpanel')}
                hidden={at !== selected}
                style={{ ...GROW, overflowY: 'scroll', display: at === selected ? 'flex' : 'none' }}
              >
                <div
                  style={{ display: 'flex', flexGrow: 1, alignItems: 'stretch', overflow: 'auto' }}
                >
                  {component}
                </div>
              </div>
            ))}
          </div>
        </div>
      </div>
    );
  }

  flex.CRMContainer.Content.replace(<Groups key="tabbed-crm" />, { sortOrder: 1 });
  flex.Actions.addListener(`before${LOAD}`, async (payload) => {
    const page = <iframe key="page" title="Page of the shop" srcDoc="Orders of the shop" />;
    payload.components = [...payload.components, { title: 'Web Page', component: page }];
  });
  manager.events.addListener('pluginsInitialized', () => {
    flex.Actions.registerAction(LOAD, async () => {});
    flex.Actions.registerAction(SELECT, async () => {});
  });
}

function sidOf(task) {
  return task ? task.taskSid : undefined;
}
