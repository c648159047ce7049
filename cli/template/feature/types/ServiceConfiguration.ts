/** `custom_data.features.glance_cobrowse`: the settings that docs/administrators.md of flex-glance lists. */
export default interface GlanceCobrowseSettings {
  enabled?: boolean;
  group_id?: number | string;
  auth_url?: string;
  [setting: string]: unknown;
}
