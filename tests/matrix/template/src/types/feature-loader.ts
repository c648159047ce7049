export interface FeatureDefinition {
  name?: string;
  hooks?: any[];
}
